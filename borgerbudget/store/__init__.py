"""Where rounds are kept: one SQLite file, or PostgreSQL."""
