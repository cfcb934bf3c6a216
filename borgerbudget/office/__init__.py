"""What a clerk does: one function for each thing, in one transaction each."""
