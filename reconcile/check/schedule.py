"""Units for the scheduler of the machine: printed, for an administrator to look at and install.

The forms are templates in `schedules/`; what stands in them is quoted as each scheduler wants it.
"""

from __future__ import annotations

import shlex
import subprocess
from calendar import month_name
from collections.abc import Callable, Sequence
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

import msgspec
from msgspec import Struct


class Plan(Struct, frozen=True):
    """When to run what: `day` of the month (None: every day) at `hour`:`minute`; `folder` is where to run it.

    `zone` is a time zone of the IANA database, `image` the container image of Kubernetes.
    """

    command: tuple[str, ...]
    folder: str
    day: int | None
    hour: int
    minute: int
    zone: str
    image: str


def unit(system: str, plan: Plan) -> str:
    """The unit for one of `SYSTEMS`."""
    template = (Path(__file__).parent / "schedules" / f"{system}.txt").read_text(encoding="utf-8")
    return Template(template).substitute(SYSTEMS[system](plan))


def _systemd(plan: Plan) -> dict[str, object]:
    day = f"*-*-{plan.day:02d}" if plan.day else "*-*-*"
    return {
        "folder": plan.folder.replace("%", "%%"),
        "command": " ".join(_systemd_word(word) for word in plan.command),
        "calendar": f"{day} {plan.hour:02d}:{plan.minute:02d}:00 {plan.zone}",
    }


def _systemd_word(word: str) -> str:
    """Specifiers and variables doubled, the rest quoted as systemd reads it."""
    safe = word.replace("%", "%%").replace("$", "$$")
    if word and not set(word) & set(" \t\"'\\;"):
        return safe
    return '"' + safe.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _cron(plan: Plan) -> dict[str, object]:
    """A per cent sign ends a command of cron unless it is escaped."""

    def quoted(words: Sequence[str]) -> str:
        return shlex.join(words).replace("%", "\\%")

    return {
        **_clock(plan),
        "folder": quoted([plan.folder]),
        "command": quoted(plan.command),
        "log": quoted([str(Path(plan.folder) / "reconcile-check.log")]),
    }


def _windows(plan: Plan) -> dict[str, object]:
    months = "".join(f"<{name}/>" for name in _MONTHS)
    monthly = (
        "      <ScheduleByMonth>\n"
        f"        <DaysOfMonth><Day>{plan.day}</Day></DaysOfMonth>\n"
        f"        <Months>{months}</Months>\n"
        "      </ScheduleByMonth>"
    )
    daily = "      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>"
    return {
        "trigger": monthly if plan.day else daily,
        "hour": f"{plan.hour:02d}",
        "minute": f"{plan.minute:02d}",
        "program": escape(plan.command[0]),
        "arguments": escape(subprocess.list2cmdline(plan.command[1:])),
        "folder": escape(plan.folder),
    }


def _kubernetes(plan: Plan) -> dict[str, object]:
    """The container has its own paths: the program is `reconcile`, the data and `reconcile.toml` lie in /data."""
    command = ["reconcile", "check", "--exit-zero", "--log-format", "json"]
    return {**_clock(plan), "command": msgspec.json.encode(command).decode(), "image": plan.image}


def _clock(plan: Plan) -> dict[str, object]:
    return {"minute": plan.minute, "hour": plan.hour, "day": plan.day or "*", "zone": plan.zone}


_MONTHS = tuple(month_name)[1:]

SYSTEMS: dict[str, Callable[[Plan], dict[str, object]]] = {
    "systemd": _systemd,
    "cron": _cron,
    "windows": _windows,
    "kubernetes": _kubernetes,
}
"""The schedulers there is a form for, each with what fills it in."""
