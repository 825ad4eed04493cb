"""Pieces of work taken from the labelled set, and their variation: what the generator makes its reports of.

A piece of work is what hangs together in a labelled pair: plan items, the completions that report on them, the items
that plan them again.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import networkx as nx
import numpy as np
from msgspec import Struct

from bench.quality.dataset import LabelledPair, Mask, load
from reconcile.model.reports import Item
from reconcile.model.verdicts import Outcome

FIGURE = re.compile(r"(?<![\d.〔])(\d{2,})(?![\d.]|[年月日号时点期届%％〕])")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年)")
MONTH = re.compile(r"(?<![\d.])(1[0-2]|[1-9])(?=月)")

Month = tuple[int, int]
"""A year and a month of it."""


class Line(Struct, frozen=True):
    """The text of one item and the office it belongs to."""

    office: str
    text: str


class Work(Struct, frozen=True):
    """One piece of work; `links` and `carried` pair places in the tuples, `outcomes` is one a plan item.

    `month` is the planned one: the dates in the texts belong to it.
    """

    plans: tuple[Line, ...]
    completions: tuple[Line, ...]
    again: tuple[Line, ...]
    links: frozenset[tuple[int, int]]
    carried: frozenset[tuple[int, int]]
    outcomes: tuple[Outcome, ...]
    month: Month

    def lines(self) -> tuple[Line, ...]:
        """Every line of the work."""
        return (*self.plans, *self.completions, *self.again)


@cache
def vocabulary() -> dict[str, Any]:
    """The words to vary with."""
    return tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8"))


@cache
def works(*, planned: bool) -> tuple[Work, ...]:
    """Every piece of work of the labelled set that was planned, or every one that was not."""
    return tuple(work for pair in load() for work in _works(pair) if bool(work.plans) == planned)


def place(rng: random.Random) -> str:
    """A name of a place that may or may not exist."""
    words = vocabulary()
    return f"{rng.choice(words['first'])}{rng.choice(words['second'])}"


def varied(work: Work, month: Month, offices: Sequence[str], rng: random.Random, where: str) -> Work:
    """The same work in other offices, with other figures in the same order, its dates moved, other words for some."""
    owner = {name: rng.choice(offices) for name in sorted({line.office for line in work.lines()})}
    factor = rng.uniform(1, 2)

    def line(old: Line) -> Line:
        text = YEAR.sub(lambda match: str(int(match[1]) + month[0] - work.month[0]), old.text)
        text = MONTH.sub(lambda match: str((int(match[1]) + month[1] - work.month[1] - 1) % 12 + 1), text)
        text = FIGURE.sub(lambda match: str(round(int(match[1]) * factor)), text)
        group = rng.choice(vocabulary()["synonyms"])
        return Line(owner[old.office], where + text.replace(group[0], rng.choice(group)))

    plans, completions, again = (tuple(map(line, lines)) for lines in (work.plans, work.completions, work.again))
    return msgspec.structs.replace(work, plans=plans, completions=completions, again=again, month=month)


def echo(line: Line, month: Month, rng: random.Random) -> Work:
    """Work that had been planned again: mostly reported as done in the month after, else dropped."""
    done = rng.random() < vocabulary()["echo_share"]
    text = rng.choice(vocabulary()["echoes"]).format(text=line.text.rstrip("。"))
    return Work(
        plans=(line,),
        completions=(Line(line.office, f"{text}。"),) if done else (),
        again=(),
        links=frozenset({(0, 0)} if done else ()),
        carried=frozenset(),
        outcomes=(Outcome.DONE if done else Outcome.DROPPED,),
        month=month,
    )


def _works(pair: LabelledPair) -> Iterator[Work]:
    """The connected parts of a labelled pair."""
    graph = nx.Graph()
    graph.add_nodes_from(("plan", row) for row in range(len(pair.plans)))
    graph.add_nodes_from(("completion", column) for column in range(len(pair.completions)))
    graph.add_edges_from((("plan", row), ("completion", column)) for row, column in np.argwhere(pair.links).tolist())
    graph.add_edges_from((("plan", row), ("again", column)) for row, column in np.argwhere(pair.carried).tolist())
    year, month = pair.plans[0].period.split("-")
    for nodes in nx.connected_components(graph):
        plans, completions, again = (
            sorted(place for side, place in nodes if side == wanted) for wanted in ("plan", "completion", "again")
        )
        yield Work(
            plans=_lines(pair.plans, plans),
            completions=_lines(pair.completions, completions),
            again=_lines(pair.next_plans, again),
            links=_edges(pair.links, plans, completions),
            carried=_edges(pair.carried, plans, again),
            outcomes=tuple(pair.outcomes[row] for row in plans),
            month=(int(year), int(month)),
        )


def _lines(items: Sequence[Item], places: Sequence[int]) -> tuple[Line, ...]:
    return tuple(Line(items[place].office, items[place].text) for place in places)


def _edges(mask: Mask, rows: Sequence[int], columns: Sequence[int]) -> frozenset[tuple[int, int]]:
    return frozenset((i, j) for i, row in enumerate(rows) for j, column in enumerate(columns) if mask[row, column])
