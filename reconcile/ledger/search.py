"""Finding one piece of work among all the months, without reading all of them.

A text or an id leads to tasks, carries links lead from these to the tasks before and after, and only what was reached
is loaded: `trace` on ten years costs what its own thread costs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from msgspec import Struct
from sqlalchemy import JSON, ColumnElement, Connection, func, literal, or_, select

from reconcile.ledger.reports import Filed
from reconcile.ledger.tables import items, links, tasks, verdicts
from reconcile.model.links import CARRIES


class Around(Struct, frozen=True):
    """The items that may belong to some threads (all of theirs, perhaps more), and the runs that speak of them."""

    items: frozenset[str]
    runs: frozenset[int]


def units(connection: Connection, filed: Iterable[Filed], words: str) -> frozenset[str]:
    """The task or item of a current report with this id; else the tasks whose text holds the words.

    Words that run over the tasks of an item stand for the item.
    """
    current = [each.id for each in filed]
    for table in (tasks, items):
        if connection.execute(select(table.c.id).where(table.c.report_id.in_(current), table.c.id == words)).first():
            return frozenset({words})
    holding = [table.c.text.contains(words, autoescape=True) for table in (tasks, items)]
    parts = connection.execute(
        select(tasks.c.id, tasks.c.item_id).where(tasks.c.report_id.in_(current), holding[0])
    ).all()
    wholes = connection.execute(select(items.c.id).where(items.c.report_id.in_(current), holding[1])).scalars()
    return frozenset(part.id for part in parts).union(set(wholes) - {part.item_id for part in parts})


def runs_judging(connection: Connection, runs: Collection[int], unit: str) -> frozenset[int]:
    """Those of some runs that judge the item or task of this id."""
    judged = or_(verdicts.c.item_id == unit, verdicts.c.task_id == unit)
    return frozenset(connection.execute(select(verdicts.c.run_id).where(verdicts.c.run_id.in_(runs), judged)).scalars())


def around(
    connection: Connection, runs: Collection[int], start: Iterable[str], ties: Iterable[tuple[str, str]] = ()
) -> Around:
    """What carries links, or the `ties` people added, join to some tasks, items or completions, whichever way."""
    reached: set[str] = set()
    waiting = _family(connection, start)
    waiting |= set(_plans_of(connection, runs, waiting))
    joined = [*ties, *((other, one) for one, other in ties)]
    while waiting:
        waiting |= _family(connection, waiting)
        reached |= waiting
        following = {*_linked(connection, runs, waiting), *(other for one, other in joined if one in waiting)}
        waiting = following - reached
    reached |= {other for one, other in joined if one in reached}
    completions = _column(connection, links.c.target_id, links.c.plan_id, reached, links.c.run_id.in_(runs))
    reached |= _family(connection, reached.union(completions))
    speaking = {
        *_column(connection, verdicts.c.run_id, verdicts.c.item_id, reached, verdicts.c.run_id.in_(runs)),
        *_column(connection, links.c.run_id, links.c.plan_id, reached, links.c.run_id.in_(runs)),
    }
    return Around(frozenset(reached), frozenset(int(run) for run in speaking))


def _family(connection: Connection, ids: Iterable[str]) -> set[str]:
    """The ids with the items that tasks belong to and the tasks of these items."""
    parents = {*ids, *_column(connection, tasks.c.item_id, tasks.c.id, ids)}
    return parents.union(_column(connection, tasks.c.id, tasks.c.item_id, parents))


def _linked(connection: Connection, runs: Collection[int], ids: Iterable[str]) -> Iterator[str]:
    carries = (links.c.run_id.in_(runs), links.c.relation.in_([relation.value for relation in CARRIES]))
    yield from _column(connection, links.c.target_id, links.c.plan_id, ids, *carries)
    yield from _column(connection, links.c.plan_id, links.c.target_id, ids, *carries)


def _plans_of(connection: Connection, runs: Collection[int], ids: Iterable[str]) -> Iterable[str]:
    return _column(connection, links.c.plan_id, links.c.target_id, ids, links.c.run_id.in_(runs))


def _column(
    connection: Connection,
    wanted: ColumnElement[Any],
    key: ColumnElement[Any],
    ids: Iterable[str],
    *conditions: ColumnElement[bool],
) -> Iterable[str]:
    """The values of one column where another holds one of the ids, be there ever so many."""
    unpack = func.json_each if connection.dialect.name == "sqlite" else func.json_array_elements_text
    rows = unpack(literal(sorted(ids), JSON()))
    among = select(rows.table_valued("value").c.value)
    return connection.execute(select(wanted).distinct().where(key.in_(among), *conditions)).scalars()
