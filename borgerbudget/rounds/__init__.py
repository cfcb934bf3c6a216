"""A round as values: its policies, codes, deadlines, guards and transitions.  Nothing here knows a database."""
