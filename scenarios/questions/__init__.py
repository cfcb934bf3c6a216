"""The questions: each takes an election (or none yet) and gives an Answer; no files, no screens."""
