"""tallies: from closed ballots to an outcome that anyone can repeat."""
