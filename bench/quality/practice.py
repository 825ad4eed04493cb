"""Practice pairs (练习对): labelled pairs written by hand. Those of ``fixtures/practice`` help to train the link model,
those of ``fixtures/teaching`` teach what words and sentences mean (`bench.words`, `bench.encoder`) and how what is left
undone is told (`bench.quality.training`); those of ``fixtures/aside`` and ``fixtures/terse``, about other bodies, are
tests that nothing was trained or tuned on; the latter are of small bodies that report in few words.

Each file is one pair in the few lines a domain expert writes by hand, its parts separated by
`` | ``. First ``机构 | body`` and ``月份 | first month | second month``; then office by office (``科室 | name``, the
name in the first report behind it where it differs) the plan items ``P1 | status | text``, the completions
``C | plan numbers | text`` and the next plans ``N | plan numbers | text``; ``-`` stands for no plan.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from msgspec import Struct, field

from bench.quality import dataset
from bench.quality.dataset import LabelledItem, LabelledPair, Mask, report_of
from reconcile.model.reports import Kind
from reconcile.model.verdicts import Outcome

FOLDER = dataset.FOLDER.with_name("practice")
TEACHING = dataset.FOLDER.with_name("teaching")
ASIDE = dataset.FOLDER.with_name("aside")
TERSE = dataset.FOLDER.with_name("terse")


class _Draft(Struct):
    """A file while it is read: `wanted` has, for every completion or next plan, the plan numbers it speaks of."""

    organisation: str = ""
    months: tuple[str, str] = ("", "")
    offices: tuple[str, str] = ("", "")
    numbers: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    plans: list[LabelledItem] = field(default_factory=list)
    completions: list[LabelledItem] = field(default_factory=list)
    next_plans: list[LabelledItem] = field(default_factory=list)
    reported: list[list[str]] = field(default_factory=list)
    planned_again: list[list[str]] = field(default_factory=list)


def load(folder: Path = FOLDER) -> tuple[LabelledPair, ...]:
    """Every practice pair of a folder, sorted by name; `ValueError` names the file and line that cannot be read."""
    return tuple(read(path) for path in sorted(folder.glob("*.txt")))


def digest(folder: Path = FOLDER) -> str:
    """The hash of all practice pairs."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.txt")))).hexdigest()


def read(path: Path) -> LabelledPair:
    """One practice pair."""
    draft = _Draft()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                _add(draft, [part.strip() for part in line.split(" | ")])
            except (ValueError, IndexError) as error:
                raise ValueError(f"{path.name}:{number}: {error}") from error
    first, second = draft.months
    plan_report = report_of(f"{path.stem}-a.txt", draft.organisation, first, draft.plans)
    completion_report = report_of(
        f"{path.stem}-b.txt", draft.organisation, second, [*draft.completions, *draft.next_plans]
    )
    return LabelledPair(
        name=path.stem,
        organisation=path.stem.rsplit("-", 2)[0],
        plan_report=plan_report,
        completion_report=completion_report,
        plans=plan_report.of(Kind.PLAN),
        completions=completion_report.of(Kind.COMPLETION),
        next_plans=completion_report.of(Kind.PLAN),
        links=_mask(draft.numbers, draft.reported, path.name),
        carried=_mask(draft.numbers, draft.planned_again, path.name),
        outcomes=tuple(draft.outcomes),
    )


def _add(draft: _Draft, parts: list[str]) -> None:
    """One line of the file."""
    match parts:
        case ["机构", name]:
            draft.organisation = name
        case ["月份", first, second]:
            draft.months = (first, second)
        case ["科室", name, *before]:
            draft.offices = (before[0] if before else name, name)
        case ["C", numbers, text]:
            draft.completions.append(LabelledItem(text, draft.offices[1], kind=Kind.COMPLETION, period=draft.months[1]))
            draft.reported.append(_numbers(numbers))
        case ["N", numbers, text]:
            draft.next_plans.append(LabelledItem(text, draft.offices[1]))
            draft.planned_again.append(_numbers(numbers))
        case [name, status, text] if name.startswith("P"):
            draft.numbers.append(name[1:])
            draft.outcomes.append(Outcome(status))
            draft.plans.append(LabelledItem(text, draft.offices[0], period=draft.months[1]))
        case _:
            raise ValueError(f"not a line of a practice pair: {parts[0]}")


def _numbers(written: str) -> list[str]:
    return [] if written == "-" else written.split()


def _mask(numbers: list[str], wanted: list[list[str]], name: str) -> Mask:
    """Plans × candidates; a number that names no plan item, or two, is a mistake of the file."""
    place = {number: row for row, number in enumerate(numbers)}
    unknown = {number for some in wanted for number in some} - place.keys()
    if unknown or len(place) != len(numbers):
        raise ValueError(f"{name}: plan numbers unknown or not unique: {sorted(unknown)}")
    mask = np.zeros((len(numbers), len(wanted)), bool)
    for column, some in enumerate(wanted):
        for number in some:
            mask[place[number], column] = True
    return mask
