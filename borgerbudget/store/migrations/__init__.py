"""How the database came to be as it is: one file per step, each frozen once it is released."""
