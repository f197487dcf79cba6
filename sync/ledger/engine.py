"""Opens the ledger's database: private to the user, durable at every commit, one writer at a time."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from sync.errors import SettingsError
from sync.ledger.schema import MIGRATIONS, current_version, migrate, versions

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a commit that was reported survives the machine's crash
    "PRAGMA busy_timeout=30000",
    "PRAGMA temp_store=FILE",  # the search for duplicates must not grow with the rows
    "PRAGMA cache_size=-4000",
)


def open_engine(path: Path) -> Engine:
    """Create or open the ledger at `path` (folder 0700, file 0600) and bring it to this version's tables.

    Raises SettingsError when the file is not a ledger, is a newer version's, or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
    except OSError as error:
        raise SettingsError(
            f"The ledger {path} cannot be written: {error.strerror}. Name another with --state."
        ) from None
    _refuse_foreign(path)
    engine = create_engine(URL.create("sqlite", database=os.fspath(path)), hide_parameters=True)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin_immediate)
    try:
        with engine.execution_options(read_only=True).begin() as connection:
            version = current_version(connection)
        _refuse_newer(version, path)
        if version < len(MIGRATIONS):
            with engine.begin() as connection:
                migrate(connection)
    except DatabaseError as error:
        reason = str(error.orig)
        raise SettingsError(f"{path} cannot be used as the ledger: {reason}. Name another with --state.") from None
    return engine


def _refuse_foreign(path: Path) -> None:
    """Raise SettingsError for a database that is something else than a ledger, before anything in it is changed."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.DatabaseError as error:
        raise SettingsError(f"{path} cannot be used as the ledger: {error}. Name another with --state.") from None
    if tables and versions.name not in tables:
        raise SettingsError(f"{path} is a database, but no ledger. Name another file with --state.")


def _configure(dbapi_connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 (SQLAlchemy's own type)
    # The driver would begin transactions late and on its own terms; _begin_immediate does instead.
    dbapi_connection.isolation_level = None
    for pragma in _PRAGMAS:
        dbapi_connection.execute(pragma)


def _begin_immediate(connection: Connection) -> None:
    # SQLite's busy time-out does not cover a transaction that turns from reading to writing.
    read_only = connection.get_execution_options().get("read_only")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _refuse_newer(version: int, path: Path) -> None:
    if version > len(MIGRATIONS):
        raise SettingsError(
            f"The ledger {path} was written by a newer candidate-sync (version {version} of its tables, this "
            f"program knows {len(MIGRATIONS)}): update the program, or name another ledger with --state."
        )
