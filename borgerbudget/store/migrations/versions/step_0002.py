"""Ballots on paper: batches of sheets, what each reader read on them, and how the sheets of each urn add up.

Frozen: what a later version needs is another step.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "batches",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, autoincrement=False, nullable=False),
        sa.Column("urn", sa.Text(), nullable=False),
        sa.Column("sheets", WHOLE, autoincrement=False, nullable=False),
        sa.Column("first", sa.Text(), nullable=True),
        sa.Column("second", sa.Text(), nullable=True),
        sa.Column("disputed", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"]),
        sa.PrimaryKeyConstraint("round", "number"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "readings",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("batch", WHOLE, autoincrement=False, nullable=False),
        sa.Column("sheet", WHOLE, autoincrement=False, nullable=False),
        sa.Column("reading", WHOLE, autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"]),
        sa.PrimaryKeyConstraint("round", "batch", "sheet", "reading"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reconciliations",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("urn", sa.Text(), nullable=False),
        sa.Column("issued", WHOLE, autoincrement=False, nullable=False),
        sa.Column("handed_out", WHOLE, autoincrement=False, nullable=False),
        sa.Column("counted", WHOLE, autoincrement=False, nullable=False),
        sa.Column("void", WHOLE, autoincrement=False, nullable=False),
        sa.Column("spoiled", WHOLE, autoincrement=False, nullable=False),
        sa.Column("unused", WHOLE, autoincrement=False, nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"]),
        sa.PrimaryKeyConstraint("round", "urn"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
