"""The tables of the database, for SQLite (STRICT) and PostgreSQL.

Amounts are whole minor units, moments UTC in ISO 8601, days ``YYYY-MM-DD`` in the round's zone, lists JSON, hashes hex.  No table
has a column that says when a ballot was cast, and ``participation`` and ``ballots`` have no key in common.

Every row is bound, so that a change behind the program's back can be named (``store.integrity``):

- ``DIGESTED``: the digest of each new version of a row stands in the private part of the event that brought it;
- ``SEALED``: the row carries a MAC under the key that lies outside the database, because no event may tell when it came;
- ``CHAINED``: the chain's own tables, and what its public part already holds the hash of.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

METADATA = MetaData()
Whole = BigInteger().with_variant(Integer(), "sqlite")


def _text(name: str, null: bool = False, key: bool = False) -> Column[str]:
    return Column(name, Text, nullable=null, primary_key=key)


def _whole(name: str, null: bool = False, key: bool = False) -> Column[int]:
    return Column(name, Whole, nullable=null, primary_key=key, autoincrement=False)


def _bytes(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


def _round(key: bool = True) -> Column[str]:
    return Column("round", Text, ForeignKey("rounds.id"), nullable=False, primary_key=key)


def _table(name: str, *columns: Column[str] | Column[int] | Column[bytes]) -> Table:
    return Table(name, METADATA, *columns, sqlite_strict=True, sqlite_with_rowid=False)


AREAS = _table(
    "areas", _text("id", key=True), _text("name"), _text("grouping", null=True), _whole("population", null=True),
    _text("statutes", null=True), _text("seal"),
)  # fmt: skip
ROUNDS = _table(
    "rounds", _text("id", key=True), Column("area", Text, ForeignKey("areas.id"), nullable=False), _text("area_name"),
    _whole("area_population", null=True), _text("title"), _text("zone"), _text("currency"), _text("rerun_of", null=True),
)  # fmt: skip
SOURCES = _table(
    "sources", _round(), _whole("number", key=True), _text("name"), _whole("amount"), _text("reference", null=True),
    _whole("carried_over"), _text("earmark", null=True),
)  # fmt: skip
POLICIES = _table("policies", _round(), _text("key", key=True), _text("value"))
DATES = _table("dates", _round(), _text("kind", key=True), _text("moment"))
PROPOSALS = _table(
    "proposals", _round(), _text("id", key=True), _whole("version", key=True), _text("status"), _text("title"),
    _text("summary"), _whole("cost"), _whole("min_cost", null=True), _whole("total_price", null=True),
    _whole("own_financing", null=True), _whole("other_financing", null=True), _text("vat", null=True),
    _text("quote", null=True), _text("responsible", null=True), _text("area", null=True), _text("category"),
    _text("goals"), _whole("ballot_number", null=True), _text("merged_into", null=True),
)  # fmt: skip
ROLL = _table("roll", _round(), _text("id", key=True), _text("area", null=True), _text("status"))
CODES = _table("codes", _round(), _text("mac", key=True), _text("roll_id"), _whole("issue"), _text("status"))
SIGNERS = _table("signers", _round(), _text("fingerprint", key=True), _text("public_key"), _text("role"))
RESULTS = _table("results", _round(), _whole("version", key=True), _text("outcome"), _bytes("trace"), _text("reason"))
APPEALS = _table(
    "appeals", _round(), _whole("number", key=True), _text("day"), _text("words"), _text("verdict", null=True),
    _text("grounds", null=True),
)  # fmt: skip
DECISIONS = _table(
    "decisions", _round(), _whole("number", key=True), _text("kind"), _text("day"), _text("decider"), _text("reference"),
    _text("grounds"), _text("amounts"), _text("seal"),
)  # fmt: skip
AWARDS = _table(
    "awards", _round(), _text("proposal", key=True), _whole("amount"), _text("reference"), _text("day"), _text("kind"),
)  # fmt: skip
TEMPLATES = _table("templates", _text("name", key=True), _text("policies"), _text("seal"))

PARTICIPATION = _table(
    "participation", _round(), _text("roll_id", key=True), _text("channel", key=True), _text("day"), _text("seal")
)
INTAKE = _table("intake", _round(), _whole("voters"), _whole("envelopes"), _whole("batch"), _text("day"), _text("seal"))
SPOOL = _table(
    "spool", _round(), _text("leaf", key=True), _text("token"), _whole("turn"), _text("channel"), _text("content"),
    _text("salt"), _whole("late"), _whole("batch"), _text("seal"),
)  # fmt: skip
Index("spool_by_token", SPOOL.c.round, SPOOL.c.token, SPOOL.c.turn, unique=True)
BALLOTS = _table("ballots", _round(), _text("leaf", key=True), _text("salt"), _text("content"), _text("verdict"))

BATCHES = _table(
    "batches", _round(), _whole("number", key=True), _text("urn"), _whole("sheets"), _text("first", null=True),
    _text("second", null=True), _text("disputed"), _text("status"), _text("seal"),
)  # fmt: skip
READINGS = _table(
    "readings", _round(), _whole("batch", key=True), _whole("sheet", key=True), _whole("reading", key=True),
    _text("content"), _text("seal"),
)  # fmt: skip
RECONCILIATIONS = _table(
    "reconciliations", _round(), _text("urn", key=True), _whole("issued"), _whole("handed_out"), _whole("counted"),
    _whole("void"), _whole("spoiled"), _whole("unused"), _text("reasons"),
)  # fmt: skip

EVENTS = _table("events", _round(), _whole("seq", key=True), _text("line"))
PRIVATE = _table("private", _round(), _whole("seq", key=True), _text("salt"), _text("words"))
FROZEN = _table("frozen", _round(), _whole("seq", key=True), _bytes("round_json"), _bytes("proposals_jsonl"))

DIGESTED = (
    ROUNDS, SOURCES, POLICIES, DATES, PROPOSALS, ROLL, CODES, SIGNERS, RESULTS, APPEALS, AWARDS,
    RECONCILIATIONS,
)  # fmt: skip
SEALED = (AREAS, TEMPLATES, DECISIONS, PARTICIPATION, INTAKE, SPOOL, BATCHES, READINGS)
CHAINED = (EVENTS, PRIVATE, FROZEN, BALLOTS)

APPEND_ONLY = (EVENTS, FROZEN, RESULTS, DECISIONS, BALLOTS, PROPOSALS)
"""Neither changed nor deleted; a trigger stops accidents, the chain shows the rest."""
UNCHANGING = (PRIVATE,)
"""Not changed; deleted only when personal data is purged."""
