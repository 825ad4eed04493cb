"""One check at a time: a lock the system takes away with the process, and a note of who holds it.

Since the lock dies with its process, a note that is found with the lock free was left by a check that did not finish.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import filelock
import msgspec
from msgspec import Struct

from reconcile.errors import StoreError


class Holder(Struct, frozen=True):
    """Whose check it is: the process and the machine, and since when (local time)."""

    pid: int
    host: str
    since: str


@contextmanager
def alone(folder: Path, wait: float = 0) -> Iterator[Holder | None]:
    """Hold the lock of a folder; `StoreError` names who has it after `wait` seconds.

    Gives the holder of a check that did not finish, None where the last one did.
    """
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / "check.running"
    lock = filelock.FileLock(folder / "check.lock", timeout=wait)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        by = _read(note)
        facts = {"pid": by.pid, "host": by.host, "since": by.since} if by else {"pid": "?", "host": "?", "since": "?"}
        raise StoreError("check.running", **facts) from error
    try:
        stale = _read(note)
        me = Holder(os.getpid(), socket.gethostname(), datetime.now().astimezone().isoformat(timespec="seconds"))
        note.write_bytes(msgspec.json.encode(me))
        yield stale
        note.unlink(missing_ok=True)
    finally:
        lock.release()


def _read(note: Path) -> Holder | None:
    try:
        return msgspec.json.decode(note.read_bytes(), type=Holder)
    except (OSError, msgspec.DecodeError):
        return None
