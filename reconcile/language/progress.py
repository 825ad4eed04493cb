"""Progress against the time that has passed (序时进度), for targets reached bit by bit over a year or a quarter.

By the end of November 11/12 of a year's target should be reached. One-off tasks have no such progress, and neither has
a target that falls due within the month; `read` gives nothing for them.
"""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from reconcile.language import data, quantities
from reconcile.language.quantities import Figure
from reconcile.language.tokens import fold


class Progress(Struct, frozen=True):
    """The share of a target that was reached, which may exceed 1, and the share of its time that has passed, 0–1."""

    share: float
    elapsed: float

    @property
    def behind(self) -> float:
        """How many points the work is behind the time that has passed; below zero where it is ahead."""
        return 100 * (self.elapsed - self.share)


_RULES = data.rules("extent")["progress"]
_STATED = re.compile(_RULES["stated"])
_YEAR = re.compile(_RULES["year"])
_QUARTERS = {"1-3": 3, "4-6": 6, "7-9": 9, "10-12": 12, "1-6": 6, "1-9": 9}
_FIRST = {"1-3": 1, "4-6": 4, "7-9": 7, "10-12": 10}


def read(plan: str, completion: str, day: date) -> Progress | None:
    """How far a cumulative target has come by a day; None where plan and completion name no such target and share."""
    if stated := _STATED.search(fold(completion)):
        return Progress(float(stated["share"]) / 100, elapsed("year", day))
    planned, reported = fold(plan), quantities.read(completion)
    for target in quantities.read(plan):
        window = target.window or ("year" if _YEAR.search(planned, *target.said) else "")
        passed = elapsed(window, day)
        so_far = [one for one in reported if one.unit == target.unit and _counts_up(one, window)]
        if passed and so_far and target.unit != "%" and target.value and not target.change:
            return Progress(so_far[0].value / target.value, passed)
    return None


def _counts_up(figure: Figure, window: str) -> bool:
    """Whether a reported figure is what a year or quarter has brought so far: 累计1200亩, 1-9月8.1亿元."""
    same_start = figure.window.split("-")[0] == str(_FIRST.get(window, 1)) and "-" in figure.window
    return not figure.change and (figure.running or same_start or figure.window == window)


def elapsed(window: str, day: date) -> float:
    """The share of a window of time ("year", "10-12") that has passed by the end of a day's month; 0 for others."""
    if window == "year":
        return day.month / 12
    first, last = _FIRST.get(window, 1), _QUARTERS.get(window, 0)
    return (day.month - first + 1) / (last - first + 1) if first <= day.month <= last else 0.0
