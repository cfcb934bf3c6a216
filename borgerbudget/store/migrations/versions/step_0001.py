"""The first schema.

Frozen: what a later version needs is another step.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("events", "frozen", "results", "decisions", "ballots", "proposals")
UNCHANGING = ("private",)


def upgrade() -> None:
    op.create_table(
        "areas",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("grouping", sa.Text(), nullable=True),
        sa.Column("population", WHOLE, autoincrement=False, nullable=True),
        sa.Column("statutes", sa.Text(), nullable=True),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "templates",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("policies", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rounds",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("area_name", sa.Text(), nullable=False),
        sa.Column("area_population", WHOLE, autoincrement=False, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("rerun_of", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["area"],
            ["areas.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "appeals",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, autoincrement=False, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "number"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "awards",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("amount", WHOLE, autoincrement=False, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "proposal"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballots",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("leaf", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "leaf"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "codes",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("mac", sa.Text(), nullable=False),
        sa.Column("roll_id", sa.Text(), nullable=False),
        sa.Column("issue", WHOLE, autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "mac"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dates",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "kind"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "decisions",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("decider", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("amounts", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "number"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "events",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("seq", WHOLE, autoincrement=False, nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "seq"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "frozen",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("seq", WHOLE, autoincrement=False, nullable=False),
        sa.Column("round_json", sa.LargeBinary(), nullable=False),
        sa.Column("proposals_jsonl", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "seq"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "intake",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("voters", WHOLE, autoincrement=False, nullable=False),
        sa.Column("envelopes", WHOLE, autoincrement=False, nullable=False),
        sa.Column("batch", WHOLE, autoincrement=False, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "participation",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("roll_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "roll_id", "channel"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "policies",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "key"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "private",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("seq", WHOLE, autoincrement=False, nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "seq"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "proposals",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", WHOLE, autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("cost", WHOLE, autoincrement=False, nullable=False),
        sa.Column("min_cost", WHOLE, autoincrement=False, nullable=True),
        sa.Column("total_price", WHOLE, autoincrement=False, nullable=True),
        sa.Column("own_financing", WHOLE, autoincrement=False, nullable=True),
        sa.Column("other_financing", WHOLE, autoincrement=False, nullable=True),
        sa.Column("vat", sa.Text(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("responsible", sa.Text(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("ballot_number", WHOLE, autoincrement=False, nullable=True),
        sa.Column("merged_into", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "id", "version"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "results",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("version", WHOLE, autoincrement=False, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("trace", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "version"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "roll",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "signers",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "fingerprint"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sources",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("amount", WHOLE, autoincrement=False, nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("carried_over", WHOLE, autoincrement=False, nullable=False),
        sa.Column("earmark", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "number"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "spool",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("leaf", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("turn", WHOLE, autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("late", WHOLE, autoincrement=False, nullable=False),
        sa.Column("batch", WHOLE, autoincrement=False, nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round"],
            ["rounds.id"],
        ),
        sa.PrimaryKeyConstraint("round", "leaf"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("spool_by_token", "spool", ["round", "token", "turn"], unique=True)

    for table in APPEND_ONLY + UNCHANGING:
        _guard(table, "UPDATE")
    for table in APPEND_ONLY:
        _guard(table, "DELETE")


def _guard(table: str, verb: str) -> None:
    """A trigger against accidents: whoever can write the file can drop it, and then the chain tells."""
    name, words = f"{table}_no_{verb.lower()}", f"{table} is append-only"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{words}'); END")
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{words}'; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
