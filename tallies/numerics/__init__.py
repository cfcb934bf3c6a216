"""The one room where floats live: they may filter, never decide.  docs/exactness.md holds the proofs."""
