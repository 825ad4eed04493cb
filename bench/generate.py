"""Volumes of reports with known truth, for measuring speed: the labelled fixtures varied by names, figures and wording.

An organisation draws works month by month; what it plans again in one month is planned work of the next. Each
organisation depends on the seed and its own number only, so that any part of a volume can be made alone.

    python -m bench.generate OUT --bureaus 100 --months 12 --items 60
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from msgspec import Struct

from bench.quality.dataset import Gold, LabelledItem, LabelledPlan
from bench.works import Line, Month, Work, echo, place, varied, vocabulary, works
from reconcile.model.reports import Kind

FIRST_YEAR = 2024

Items = dict[Line, LabelledItem]


class MonthlyReport(Struct, frozen=True):
    """One report of a generated organisation; `gold` is the truth of the pair it closes, None for the first."""

    organisation: str
    period: str
    completions: tuple[LabelledItem, ...]
    plans: tuple[LabelledItem, ...]
    gold: Gold | None


def organisation(number: int, months: int, items: int, seed: int = 0, offices: int = 20) -> Iterator[MonthlyReport]:
    """The monthly reports of one organisation, about `items` plan items each."""
    rng = random.Random(f"{seed}/{number}")
    due: tuple[Work, ...] = ()
    for position in range(months):
        month = (FIRST_YEAR + position // 12, position % 12 + 1)
        report, due = _report(bureau_name(number), month, due, items, vocabulary()["offices"][:offices], rng)
        yield report


def bureau_name(number: int) -> str:
    """The name of an organisation: thirty bureaus to a county, no two counties of one name among the first 4,800."""
    words = vocabulary()
    county, bureau = divmod(number, len(words["bureaus"]))
    row, first = divmod(county, len(words["first"]))
    level, second = divmod(row, len(words["second"]))
    return "".join([words["first"][first], words["second"][second], words["levels"][level], words["bureaus"][bureau]])


def _report(
    name: str, month: Month, due: tuple[Work, ...], items: int, offices: Sequence[str], rng: random.Random
) -> tuple[MonthlyReport, tuple[Work, ...]]:
    """One month: what became of the works due and what nobody had planned; and the works planned for the next."""
    following = (month[0] + month[1] // 12, month[1] % 12 + 1)
    carried = [echo(line, following, rng) for work in due for line in work.again]
    seen = {line.text for work in (*due, *carried) for line in work.lines()}

    def draw(wanted: int, when: Month, *, planned: bool) -> list[Work]:
        pool, drawn = works(planned=planned), list[Work]()
        while wanted > 0:
            drawn.append(_distinct(rng.choice(pool), when, offices, rng, seen))
            wanted -= len(drawn[-1].plans if planned else drawn[-1].completions)
        return drawn

    unplanned = draw(items // 6 + 1, month, planned=False)
    planned = (*carried, *draw(items - len(carried), following, planned=True))
    done = [line for work in (*due, *unplanned) for line in work.completions]
    completions = _numbered(done, Kind.COMPLETION, _period(month), offices)
    plans = _numbered([line for work in planned for line in work.plans], Kind.PLAN, _period(following), offices)
    return MonthlyReport(
        organisation=name,
        period=_period(month),
        completions=tuple(completions.values()),
        plans=tuple(plans.values()),
        gold=_gold(due, completions, plans, month) if due else None,
    ), planned


def _distinct(work: Work, month: Month, offices: Sequence[str], rng: random.Random, seen: set[str]) -> Work:
    """The work varied so that none of its texts was seen before: by a place where figures are not enough."""
    new = varied(work, month, offices, rng, "")
    while not seen.isdisjoint(line.text for line in new.lines()):
        new = varied(work, month, offices, rng, place(rng) + rng.choice(vocabulary()["places"]))
    seen.update(line.text for line in new.lines())
    return new


def _numbered(lines: Sequence[Line], kind: Kind, period: str, offices: Sequence[str]) -> Items:
    """Items in the order of the offices, numbered inside each."""
    return {
        line: LabelledItem(line.text, office, number, kind, period)
        for office in offices
        for number, line in enumerate((line for line in lines if line.office == office), 1)
    }


def _gold(due: Sequence[Work], completions: Items, plans: Items, month: Month) -> Gold:
    """The truth of the pair a report closes, in the form of the labelled set; reports are named by their periods."""
    labels = [
        LabelledPlan(
            text=line.text,
            office=line.office,
            status=work.outcomes[row],
            completions=tuple(completions[work.completions[column]] for r, column in sorted(work.links) if r == row),
            carried=tuple(plans[work.again[column]] for r, column in sorted(work.carried) if r == row),
        )
        for work in due
        for row, line in enumerate(work.plans)
    ]
    before = (month[0], month[1] - 1) if month[1] > 1 else (month[0] - 1, 12)
    return Gold(_period(before), _period(month), _period(month), tuple(labels))


def _period(month: Month) -> str:
    return f"{month[0]}-{month[1]:02d}"


def as_text(report: MonthlyReport) -> str:
    """The report as an office would type it: office by office, what was done and what is planned."""
    year, month = report.period.split("-")
    this, following = int(month), int(month) % 12 + 1
    lines = [f"{report.organisation}{year}年{this}月份工作完成情况和{following}月份工作计划", ""]
    offices = dict.fromkeys(item.office for item in (*report.completions, *report.plans))
    for number, office in enumerate(sorted(offices, key=vocabulary()["offices"].index), 1):
        lines += [f"{_ORDER[number]}、{office}", ""]
        for mark, title, items in (
            ("（一）", f"{this}月份工作完成情况", report.completions),
            ("（二）", f"{following}月份工作计划", report.plans),
        ):
            own = [f"{item.number}.{item.text}" for item in items if item.office == office]
            lines += [f"{mark}{title}", *own, ""] if own else []
    return "\n".join(lines)


_ORDER = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
_ORDER += [f"十{digit}" for digit in _ORDER[1:10]] + ["二十"]


def as_rows(report: MonthlyReport) -> list[dict[str, object]]:
    """The report as rows of an items table of many organisations."""
    return [
        {"organisation": report.organisation, "report": report.period, "ordinal": ordinal, **msgspec.to_builtins(item)}
        for ordinal, item in enumerate((*report.completions, *report.plans), 1)
    ]


def main(
    out: Annotated[Path, typer.Argument(help="the folder to write")],
    bureaus: int = 30,
    months: int = 12,
    items: Annotated[int, typer.Option(help="plan items a report")] = 60,
    offices: Annotated[int, typer.Option(help="1 makes one large block of each report")] = 20,
    seed: int = 0,
) -> None:
    """Write `reports` (a folder a bureau, a file a month), `items.jsonl` (all in one table) and `gold` (the truth)."""
    encoder = msgspec.json.Encoder()
    out.mkdir(parents=True, exist_ok=True)
    with (out / "items.jsonl").open("wb") as table:
        for number in range(bureaus):
            for report in organisation(number, months, items, seed, offices):
                bureau = f"{number:05d}-{report.organisation}"
                table.write(encoder.encode_lines(as_rows(report)))
                _write(out / "reports" / bureau / f"{report.period}.txt", as_text(report).encode())
                if report.gold:
                    _write(out / "gold" / bureau / f"{report.period}.gold.json", encoder.encode(report.gold))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    typer.run(main)
