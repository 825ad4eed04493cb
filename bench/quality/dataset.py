"""The labelled set: pairs of reports of fictional organisations, with the links and outcomes a careful reader gave.

Each pair is a ``*.gold.json`` beside the ``*.items.json`` of its two reports: items as a perfect parser would give
them, so that what is measured here is the matching and the verdicts alone. A label points to an item by its text.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reconcile.language import tasks
from reconcile.model.documents import Anchor, SourceFile
from reconcile.model.reports import Genre, Item, Kind, Report, Task
from reconcile.model.verdicts import Outcome

FOLDER = Path(__file__).parents[2] / "fixtures" / "pairs"

Mask = NDArray[np.bool_]
"""Plan items × candidate items: whether the two are linked."""


class LabelledItem(Struct, frozen=True):
    """An item as the label files write it."""

    text: str
    office: str = ""
    number: int | None = None
    kind: Kind = Kind.PLAN
    period: str = ""


class LabelledPlan(Struct, frozen=True):
    """What the reader found about one plan item."""

    text: str
    office: str
    status: Outcome
    completions: tuple[LabelledItem, ...]
    carried: tuple[LabelledItem, ...]


class Gold(Struct, frozen=True):
    """The content of one ``*.gold.json``."""

    plan_report: str
    completion_report: str
    period: str
    plans: tuple[LabelledPlan, ...]


class LabelledPair(Struct, frozen=True, eq=False):
    """Two consecutive reports of one organisation and what is true of them.

    `plans` are the plan items of the first report, `completions` and `next_plans` the items of the second, all in
    document order. `links` is plans × completions, `carried` plans × next plans, `outcomes` one a plan.
    """

    name: str
    organisation: str
    plan_report: Report
    completion_report: Report
    plans: tuple[Item, ...]
    completions: tuple[Item, ...]
    next_plans: tuple[Item, ...]
    links: Mask
    carried: Mask
    outcomes: tuple[Outcome, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All items of the pair: plans, completions, next plans."""
        return (*self.plans, *self.completions, *self.next_plans)


def load(folder: Path = FOLDER) -> tuple[LabelledPair, ...]:
    """Every labelled pair of a folder, sorted by name; `ValueError` where a label points to no item."""
    return tuple(_pair(path) for path in sorted(folder.glob("*.gold.json")))


def digest(folder: Path = FOLDER) -> str:
    """The hash of all labels and items: what the frozen figures were measured on."""
    files = sorted(folder.glob("*.gold.json")) + sorted(folder.glob("*.items.json"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _pair(path: Path) -> LabelledPair:
    gold = msgspec.json.decode(path.read_bytes(), type=Gold)
    first, second = (_report(path.with_name(name)) for name in (gold.plan_report, gold.completion_report))
    plans = tuple(item for item in first.of(Kind.PLAN) if item.period == gold.period)
    completions = second.of(Kind.COMPLETION)
    next_plans = second.of(Kind.PLAN)
    labels = {key(plan.office, plan.text): plan for plan in gold.plans}
    found = [labels[key(item.office, item.text)] for item in plans]
    if len(labels) != len(gold.plans) or len(found) != len(labels):
        raise ValueError(f"{path.name}: the labels are not one a plan item")
    return LabelledPair(
        name=path.name.removesuffix(".gold.json"),
        organisation=first.organisation,
        plan_report=first,
        completion_report=second,
        plans=plans,
        completions=completions,
        next_plans=next_plans,
        links=_mask([plan.completions for plan in found], completions),
        carried=_mask([plan.carried for plan in found], next_plans),
        outcomes=tuple(plan.status for plan in found),
    )


def without_offices(pair: LabelledPair) -> LabelledPair:
    """The pair as a body would report it that names no offices."""

    def bare(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(msgspec.structs.replace(item, office="") for item in items)

    first, second = (
        msgspec.structs.replace(report, items=bare(report.items))
        for report in (pair.plan_report, pair.completion_report)
    )
    return msgspec.structs.replace(
        pair,
        plan_report=first,
        completion_report=second,
        plans=bare(pair.plans),
        completions=bare(pair.completions),
        next_plans=bare(pair.next_plans),
    )


def report_of(name: str, organisation: str, period: str, entries: Iterable[LabelledItem], data: bytes = b"") -> Report:
    """A report made of items that somebody else read; `data` is what the file held, if there was one."""
    file = SourceFile(name, hashlib.sha256(data).hexdigest(), len(data), "items")
    items = tuple(_item(entry, ordinal, name) for ordinal, entry in enumerate(entries, 1))
    return Report(file, organisation, name.rsplit(".", 2)[0], Genre.MONTHLY, period, items)


def _report(path: Path) -> Report:
    """The items of one report; the organisation is the file's name up to its period."""
    stem = path.with_suffix("").name
    organisation, year, month = stem.rsplit("-", 2)
    data = path.with_name(f"{stem}.items.json").read_bytes()
    entries = msgspec.json.decode(data, type=list[LabelledItem])
    return report_of(path.name, organisation, f"{year}-{month}", entries, data)


def _item(entry: LabelledItem, ordinal: int, file: str) -> Item:
    return Item(
        id=f"{file}#{ordinal}",
        kind=entry.kind,
        period=entry.period,
        office=entry.office,
        text=entry.text,
        number=entry.number,
        ordinal=ordinal,
        anchor=Anchor(file, None, None, 0, len(entry.text)),
        tasks=tuple(
            Task(f"{file}#{ordinal}.{place}", clause.text, clause.start, clause.end, clause.head)
            for place, clause in enumerate(tasks.split(entry.text), 1)
        ),
    )


def _mask(labels: Iterable[tuple[LabelledItem, ...]], items: tuple[Item, ...]) -> Mask:
    column = {key(item.office, item.text): position for position, item in enumerate(items)}
    rows = list(labels)
    mask = np.zeros((len(rows), len(items)), bool)
    for row, targets in enumerate(rows):
        for target in targets:
            mask[row, column[key(target.office, target.text)]] = True
    return mask


def key(office: str, text: str) -> tuple[str, str]:
    """How a label names an item. Letters and digits only, full width folded: what makes two quotations the same."""
    folded = (unicodedata.normalize("NFKC", part) for part in (office, text))
    office, text = ("".join(char for char in part if char.isalnum()) for part in folded)
    return office, text
