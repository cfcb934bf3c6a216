"""scenarios: many tallies, one question.  Empty until the issue that fills it; see the README's list of what is missing."""
