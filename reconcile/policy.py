"""What the monthly check goes by: the section `[check]` of `reconcile.toml`, as frozen types with their defaults.

Values are checked when they are read, so that a mistake is found before a run and not during it. Addresses may name
environment variables, as in ``"dingtalk://${DINGTALK_TOKEN}"``, so that no secret stands in the file.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from reconcile.messages import Lang


class FlagKind(StrEnum):
    """What a check points at, in the order it is shown."""

    DROPPED = "dropped"
    """掉项: planned, then in neither section of the next report."""
    SLIPPED = "slipped"
    """顺延、滞后: not done, planned again or expressly late."""
    REPORT_MISSING = "report_missing"
    """报告缺失: due, and not there."""
    OFFICE_MISSING = "office_missing"
    """科室缺报: the report is there, the office is not in it."""
    UNREADABLE = "unreadable"
    """无法读取: a file that gives no report."""
    REPORT_LATE = "report_late"
    """报告迟交: missing at an earlier check, there now."""
    LATE_DONE = "late_done"
    """补完成: done after it had slipped or been dropped."""


FailOn = Annotated[
    str, Meta(pattern=f"^({'|'.join(FlagKind)}|slipped:[1-9][0-9]?)$", examples=[*map(str, FlagKind), "slipped:2"])
]
"""A kind of flag that makes a check fail; ``slipped:2``: from the second slip of the same work on."""

Name = Annotated[str, Meta(min_length=1)]


class Exemption(Struct, frozen=True, forbid_unknown_fields=True):
    """What is known and excused until a day: shown, but neither failing the check nor told to anyone.

    Where `office` or `flag` is not given, every office or kind of flag of the organisation is meant.
    """

    organisation: Name
    until: date
    reason: Name
    office: str | None = None
    flag: FlagKind | None = None


class Output(Struct, frozen=True, forbid_unknown_fields=True):
    """A file to write for every organisation checked, as ``<folder>/<organisation>-<period>-计划落实情况.<format>``.

    The last word of its name is in the language of the check.
    """

    format: Literal["json", "jsonl", "csv", "md", "html", "xlsx", "docx"]
    folder: Name


class Route(Struct, frozen=True, forbid_unknown_fields=True):
    """Who is told: an address of Apprise (``mailto://``, ``dingtalk://``, ``wecombot://``, ``feishu://``, ``json://``).

    Told is what is new since the last check, of `organisations` (all where none is named) and of the kinds in `flags`
    (all where none is named). `quote` adds the words of the reports, else there are only counts and a link.
    """

    to: Annotated[str, Meta(pattern=r"^[a-z0-9]+://", min_length=1)]
    organisations: tuple[Name, ...] = ()
    flags: tuple[FlagKind, ...] = ()
    quote: bool = False
    lang: Lang | None = None


class Check(Struct, frozen=True, forbid_unknown_fields=True):
    """The policy of the monthly check.

    `due_day` is the working day of the following month by whose end a report is due (第几个工作日); `organisations` are
    those a report is expected of, besides those the ledger knows; `folder` holds `run.json` and the lock; `link` is put
    in notices (``{organisation}`` and ``{period}`` are filled in); `metrics` is a Prometheus textfile; `ping` an
    address called after every check. Relative paths, those of outputs too, start from the folder of `reconcile.toml`.
    """

    fail_on: tuple[FailOn, ...] = ("dropped", "slipped:2", "report_missing")
    due_day: Annotated[int, Meta(ge=1, le=20)] = 5
    organisations: tuple[Name, ...] = ()
    inbox: str | None = None
    folder: Name = "check"
    exempt: tuple[Exemption, ...] = ()
    outputs: tuple[Output, ...] = ()
    tell: tuple[Route, ...] = ()
    link: str | None = None
    metrics: str | None = None
    ping: str | None = None


def fails(fail_on: tuple[str, ...], kind: FlagKind, count: int) -> bool:
    """Whether a flag makes the check fail; `count` is how often its work has slipped."""
    for rule in fail_on:
        name, _, least = rule.partition(":")
        if name == kind and count >= int(least or 0):
            return True
    return False
