"""A whole fictive round in one command: ``borgerbudget demo``."""
