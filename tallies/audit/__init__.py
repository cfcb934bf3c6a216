"""The audit bundle: a counted round in one file that anyone can check and count again (docs/audit-bundle.md)."""
