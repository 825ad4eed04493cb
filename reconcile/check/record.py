"""What stays of a check: `run.json`, for people, for other systems, and for the next check to compare with."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from reconcile.errors import StoreError
from reconcile.model.verdicts import Status
from reconcile.period import Period
from reconcile.policy import FlagKind

FILE_NAME = "run.json"


class Change(StrEnum):
    """What a flag is to the last check."""

    NEW = "new"
    """Not flagged before (新增)."""
    AGAIN = "again"
    """The same work was flagged for an earlier period (再次)."""
    STANDING = "standing"
    """Flagged before, for the same period (未变)."""


class Flag(Struct, frozen=True):
    """One thing to look at (问题): a task, an office, a report or a file.

    `unit` is the id of the task, the file's name, or empty; `thread` the id of its work over the months; `count` how
    often it has slipped; `since` the day of the check that flagged this work first. `before` is the status of the task
    at the last check, where there was one for the same period; `exempt` the reason it is excused for.
    """

    kind: FlagKind
    organisation: str
    period: Period
    office: str = ""
    unit: str = ""
    thread: str = ""
    text: str = ""
    count: int = 0
    first_period: Period | None = None
    status: Status | None = None
    since: str = ""
    change: Change = Change.NEW
    before: Status | None = None
    exempt: str | None = None
    fails: bool = False


class Checked(Struct, frozen=True):
    """One pair of reports as it was judged: `reports` are the hashes of the two, `statuses` by task.

    `record_sha256` is the hash of the whole record: outputs are written anew where it differs.
    """

    organisation: str
    period: Period
    reports: tuple[str, str]
    record_sha256: str
    tasks: int
    by_status: dict[str, int]
    statuses: dict[str, Status]


class Moved(Struct, frozen=True):
    """A task whose verdict is another than at the last check, after a corrected report or a judgement.

    `before` or `after` is None where the task was not, or is no longer, in the report.
    """

    organisation: str
    period: Period
    office: str
    unit: str
    text: str
    before: Status | None
    after: Status | None


class Imported(Struct, frozen=True):
    """A report that came into the ledger."""

    file: str
    organisation: str
    period: Period
    state: Literal["new", "corrected"]


class Notice(Struct, frozen=True):
    """A message to one route: `to` is its address without secrets, `route` its place in the policy from 1."""

    route: int
    to: str
    title: str
    body: str
    sent: bool = False
    attempts: int = 0
    error: str | None = None


class Record(Struct, frozen=True):
    """A whole check. `day` is the day it was made for; `cleared` are flags of the last check that no longer hold."""

    version: str
    config_sha256: str
    day: str
    finished: str
    seconds: float
    exit_code: int
    summary: str
    counts: dict[str, int]
    pairs: tuple[Checked, ...] = ()
    flags: tuple[Flag, ...] = ()
    cleared: tuple[Flag, ...] = ()
    moved: tuple[Moved, ...] = ()
    imported: tuple[Imported, ...] = ()
    outputs: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    notes: tuple[str, ...] = ()
    schema: str = "reconcile.check/1"


def load(path: Path) -> Record | None:
    """The last check, or None where there was none; `StoreError` where the file is no record of a check."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Record)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise StoreError("check.bad_record", file=path, why=error) from error


def encode(record: Record) -> bytes:
    """The bytes of `run.json`."""
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"
