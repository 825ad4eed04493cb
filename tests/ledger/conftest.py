"""Every ledger test runs on SQLite and on a private PostgreSQL cluster, started from Debian's package."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from reconcile.ledger.store import Ledger

CLUSTERS = Path("/usr/lib/postgresql")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a cluster of this session's own, without the database name; skipped where it cannot be started."""
    pytest.importorskip("psycopg")
    programs = sorted(CLUSTERS.glob("*/bin/initdb"))
    if not programs:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("starting a private PostgreSQL cluster needs root")
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as name:  # a short path: sockets have no long names
        folder = Path(name)
        shutil.chown(folder, "postgres")
        data, bin_ = folder / "data", programs[-1].parent

        def run(*command: object) -> None:
            arguments = [str(each) for each in command]
            subprocess.run(arguments, user="postgres", cwd=folder, check=True, capture_output=True)

        run(bin_ / "initdb", "-D", data, "-U", "reconcile", "--auth=trust", "-E", "UTF8", "--no-locale", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run(bin_ / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
        yield f"postgresql://reconcile@/{{database}}?host={folder}"
        run(bin_ / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store of either kind."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    import psycopg

    template: str = request.getfixturevalue("postgresql")
    name = f"t{uuid4().hex}"
    with psycopg.connect(template.format(database="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return template.format(database=name)


@pytest.fixture
def ledger(store: str) -> Iterator[Ledger]:
    """A new ledger on either kind of store."""
    with Ledger.open(store, create=True) as ledger:
        yield ledger
