"""The ledger's tables, and the migrations that make them, each in the transaction that records it."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    insert,
    select,
)

metadata = MetaData()

versions = Table("versions", metadata, Column("version", Integer, primary_key=True))

secrets = Table(
    "secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
"""The key of the payload hashes: whoever has a hash but not the ledger cannot guess values with it."""

runs = Table(
    "runs",
    metadata,
    Column("run", Integer, primary_key=True),
    Column("run_id", Text, nullable=False, unique=True),
    Column("verb", Text, nullable=False),
    Column("of_run", Integer),
    Column("status", Text, nullable=False),
    Column("phase", Text, nullable=False),
    Column("mapping", Text, nullable=False),
    Column("mapping_path", Text, nullable=False),
    Column("mapping_hash", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("source_path", Text, nullable=False),
    Column("source_hash", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("row_limit", Integer),
    Column("only_changed", Boolean, nullable=False),
    Column("report_dir", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("worked_s", Float, nullable=False),
    Column("pushed_s", Float, nullable=False),
    Column("rows_read", Integer, nullable=False),
    Column("rate_limit", Float),
)
"""`of_run`: the run whose rows this one retries. `phase`: reading, pushing, done. `worked_s`, `pushed_s`: seconds over
all resumes, pauses between them left out. `reason`: why it ended early, "" where it did not."""

targets = Table(
    "targets",
    metadata,
    Column("target", Text, primary_key=True),
    Column("rate", Float, nullable=False),
)
"""The rate in requests a second that a target was found to take."""

rows = Table(
    "rows",
    metadata,
    Column("run", Integer, primary_key=True),
    Column("row", Integer, primary_key=True),
    Column("candidate", Text, nullable=False),
    Column("payload_hash", LargeBinary),
    Column("outcome", Text),
    Column("http_status", SmallInteger),
    Column("settled_s", Float),
    sqlite_with_rowid=False,
)
"""`outcome` is null while a row is due. `settled_s`: seconds of pushing when its outcome came."""

row_errors = Table(
    "row_errors",
    metadata,
    Column("run", Integer, primary_key=True),
    Column("row", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("code", Text, nullable=False),
    Column("column_name", Text, nullable=False),
    Column("cell", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("tip", Text, nullable=False),
    sqlite_with_rowid=False,
)

attempts = Table(
    "attempts",
    metadata,
    Column("run", Integer, primary_key=True),
    Column("row", Integer, primary_key=True),
    Column("attempt", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("applied", Text),
    Column("http_status", SmallInteger),
    sqlite_with_rowid=False,
)
"""One request each, recorded before it leaves. `kind`: put, get, or unsent when it
never left. `applied`: yes, no, maybe; null while in flight."""

# A check's rows have no payload: kept in the order of a million random ids, their index would cost most of its time.
_HAS_PAYLOAD = rows.c.payload_hash.is_not(None)
Index("rows_candidate", rows.c.candidate, rows.c.run, sqlite_where=_HAS_PAYLOAD)


def _create_all(connection: Connection) -> None:
    metadata.create_all(connection)


MIGRATIONS = (_create_all,)
"""Applied in order; the ledger's version is how many it has had. Never edit one that was released: append."""


def current_version(connection: Connection) -> int:
    """How many migrations this ledger has had; 0 for a new file."""
    if not connection.dialect.has_table(connection, versions.name):
        return 0
    return connection.execute(select(versions.c.version).order_by(versions.c.version.desc())).scalars().first() or 0


def migrate(connection: Connection) -> None:
    """Bring the ledger to this program's version, within the caller's transaction."""
    done = current_version(connection)
    for number, migration in enumerate(MIGRATIONS[done:], start=done + 1):
        migration(connection)
        connection.execute(insert(versions), {"version": number})
