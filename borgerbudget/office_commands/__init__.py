"""The commands about areas, proposals, the roll, codes and ballots: thin over one function of ``borgerbudget.office`` each."""
