"""The database behind the ledger: opening, the schema, transactions, backup, and what can go wrong in plain words.

Every write is one transaction that holds the only right to write: on SQLite ``BEGIN IMMEDIATE``, on PostgreSQL an
advisory lock. So a ledger is never half-written, and two imports at once follow one another. A commit is on the disk
when it returns (``synchronous=FULL``).
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from reconcile.errors import StoreError
from reconcile.ledger.tables import SCHEMA

DEFAULT_FILE = "reconcile.db"
"""The ledger where neither ``--store`` nor the configuration names one."""

_WRITER_LOCK = 0x7265636F
"""The PostgreSQL advisory lock every writer takes: any number, the same for all."""


class Database:
    """A store by file name or URL. `wait` is how many seconds to wait for another writer."""

    def __init__(self, store: str | Path, wait: float = 30.0) -> None:
        self.url = _url_of(store)
        self.name = self.url.database or "" if self.is_sqlite else self.url.render_as_string(hide_password=True)
        self.wait = wait
        with self._in_plain_words():
            how: dict[str, Any] = {"creator": self._as_it_lies} if self._cannot_write() else {}
            self.engine: Engine = create_engine(self.url, **how)
        event.listen(self.engine, "connect", self._set_up_sqlite if self.is_sqlite else self._set_up_postgresql)
        event.listen(self.engine, "begin", self._begin)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    def _cannot_write(self) -> bool:
        """Whether a SQLite file, or the folder it lies in, cannot be written, and nobody has it open to write."""
        file = Path(self.name)
        if not self.is_sqlite or not file.is_file() or Path(f"{file}-wal").exists():
            return False
        return not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))

    def _as_it_lies(self) -> sqlite3.Connection:
        """A connection that reads a file and leaves nothing beside it, as WAL mode would."""
        return sqlite3.connect(f"{Path(self.name).resolve().as_uri()}?immutable=1", uri=True)

    def open(self, *, create: bool) -> None:
        """Make sure the schema is there and known; with `create` an absent one is made."""
        if not create:
            found = self.require()
        else:
            if self.is_sqlite and not Path(self.name).exists():
                _make_folder_and_wal(Path(self.name), self.wait)
            found = self.schema() or self.upgrade()
        if found > SCHEMA:
            raise StoreError("ledger.newer", store=self.name, found=found, known=SCHEMA)
        if found < SCHEMA:
            raise StoreError("ledger.older", store=self.name, found=found, known=SCHEMA)

    def require(self) -> str:
        """The migration of the ledger that must be there; `StoreError` where there is none."""
        absent = self.is_sqlite and not Path(self.name).exists()
        found = None if absent else self.schema()
        if found is None:
            raise StoreError("ledger.absent", store=self.name)
        return found

    def schema(self) -> str | None:
        """The migration the database is at; None where it holds no ledger."""
        with self.read() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return str(connection.scalar(text("SELECT version_num FROM alembic_version")))

    def upgrade(self) -> str:
        """Bring the schema to the newest migration, in one transaction; the migration it is at now."""
        from alembic import command
        from alembic.config import Config

        with self.write() as connection:
            config = Config()
            config.set_main_option("script_location", "reconcile.ledger:migrations")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        return SCHEMA

    def backup(self, target: Path) -> None:
        """Copy a SQLite ledger to a new file while it is in use (SQLite's backup API)."""
        if not self.is_sqlite:
            raise StoreError("ledger.backup_postgresql", store=self.name)
        if target.exists():
            raise StoreError("ledger.backup_exists", store=self.name, file=target)
        partial = target.with_name(target.name + ".partial")
        with self._in_plain_words(), self.read() as connection:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            try:
                copy = sqlite3.connect(partial)
            except sqlite3.Error as error:
                raise StoreError("outputs.unwritable", file=target, why=error) from error
            try:
                source.backup(copy)
            finally:
                copy.close()
        partial.rename(target)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the ledger throughout."""
        with self._in_plain_words(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that alone may write; committed at its end, undone by any exception."""
        with (
            self._in_plain_words(),
            self.engine.connect() as connection,
            connection.execution_options(writes=True).begin(),
        ):
            yield connection

    def _set_up_sqlite(self, connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun by `_begin`, not guessed by the driver
        for pragma in (
            f"busy_timeout={int(self.wait * 1000)}",
            "foreign_keys=ON",
            "recursive_triggers=ON",  # else INSERT OR REPLACE would delete a row past its trigger
            "synchronous=FULL",
        ):
            connection.execute(f"PRAGMA {pragma}")

    def _set_up_postgresql(self, connection: Any, _record: object) -> None:
        connection.execute(f"SET lock_timeout = {int(self.wait * 1000)}")
        connection.commit()

    def _begin(self, connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        if self.is_sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
        elif writes:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")

    @contextmanager
    def _in_plain_words(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise StoreError(_key_of(error.orig), store=self.name, why=_first_line(error.orig)) from error
        except sqlite3.Error as error:
            raise StoreError(_key_of(error), store=self.name, why=error) from error
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise StoreError("ledger.bad_url", store=self.name, why=error) from error
        except OSError as error:
            raise StoreError("ledger.unusable", store=self.name, why=error) from error


_SQLITE_KEYS = (
    ("SQLITE_BUSY", "ledger.locked"),
    ("SQLITE_LOCKED", "ledger.locked"),
    ("SQLITE_READONLY", "ledger.read_only"),
    ("SQLITE_FULL", "ledger.full"),
    ("SQLITE_IOERR", "ledger.full"),
    ("SQLITE_CORRUPT", "ledger.damaged"),
    ("SQLITE_NOTADB", "ledger.damaged"),
)


def _key_of(error: BaseException | None) -> str:
    """The catalogue key for what a driver reports: by SQLite's error name, by PostgreSQL's SQLSTATE."""
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", "")
        return next((key for prefix, key in _SQLITE_KEYS if name.startswith(prefix)), "ledger.unusable")
    match getattr(error, "sqlstate", None):
        case "55P03" | "40P01":
            return "ledger.locked"
        case "25006" | "42501":
            return "ledger.read_only"
        case "53100":
            return "ledger.full"
        case _:
            return "ledger.unusable"


def _first_line(error: BaseException | None) -> str:
    return re.split(r"[\r\n]", str(error).strip(), maxsplit=1)[0]


def _url_of(store: str | Path) -> URL:
    """A database URL from a file name or a URL; PostgreSQL is spoken to through psycopg."""
    if "://" not in str(store):
        return URL.create("sqlite", database=str(store))
    try:
        url = make_url(str(store))
    except ArgumentError as error:
        raise StoreError("ledger.bad_url", store=store, why=error) from error
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise StoreError("ledger.bad_url", store=url.render_as_string(), why=url.drivername)
    return url


def _make_folder_and_wal(file: Path, wait: float) -> None:
    """A new, empty SQLite file in WAL mode, where readers and the one writer do not stand in each other's way."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(file, timeout=wait)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        finally:
            connection.close()
    except sqlite3.Error as error:
        if _key_of(error) != "ledger.locked":  # another process is making the same file: it sets the same mode
            raise StoreError(_key_of(error), store=file, why=error) from error
    except OSError as error:
        raise StoreError("ledger.unusable", store=file, why=error) from error
