"""The commands about a stored round: its settings, its life, what is shown of it, and what comes after the count."""
