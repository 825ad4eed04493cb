"""Kills a process at every point of some work on a ledger, and checks what it leaves behind.

Run as a program of its own, since it forks: ``python -m tests.ledger.killing FOLDER [POSTGRESQL-URL]``. A point is the
moment before and after each SQL statement, before each commit, and after each commit before and after it was
acknowledged; besides, kills at moments that fall anywhere. It prints how many points there were, as JSON.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import event

from reconcile.ledger.judgements import Action
from reconcile.ledger.judging import Decision
from reconcile.ledger.store import Ledger
from reconcile.model.verdicts import Status
from tests.ledger.test_judgements import FLOOD, JAN, PUMP, judged_pair

AT_RANDOM = 15
"""Kills at moments that fall anywhere, a scenario."""

EVERY = {"sqlite": 1, "postgresql": 5}
"""Which points are taken: all on SQLite; on PostgreSQL, where the server undoes what a client leaves, every fifth."""

Acknowledge = Callable[[str], None]
Work = Callable[[Ledger, Acknowledge], None]


def importing(ledger: Ledger, acknowledge: Acknowledge) -> None:
    """A month stored, then judged with the one that follows."""
    ledger.add(JAN)
    acknowledge("report")
    ledger.record(judged_pair())
    acknowledge("run")


def judging(ledger: Ledger, acknowledge: Acknowledge) -> None:
    """Two decisions, one after the other, and one taken back."""
    ledger.judge(Decision(Action.CONFIRM, PUMP.id, "审计员"))
    acknowledge("first")
    ledger.judge(Decision(Action.OVERRIDE, FLOOD.id, "审计员", status=Status.PARTIAL))
    acknowledge("second")
    ledger.undo("1", "审计员")
    acknowledge("third")


def kept(ledger: Ledger) -> set[str]:
    """What of the work is there."""
    found = {"report"} if ledger.reports() else set()
    found |= {"run"} if ledger.reconciliations() else set()
    return found.union(("first", "second", "third")[: len(ledger.judgements())])


class Stores:
    """Fresh stores for each kill: copies of one that is prepared once."""

    def __init__(self, folder: Path, url: str | None) -> None:
        self.folder, self.url, self.count = folder, url, 0

    def empty(self) -> str:
        return self._named("TEMPLATE template0")

    def copy_of(self, base: str) -> str:
        if self.url:
            return self._named(f"TEMPLATE {base.split('?')[0].split('/')[-1]}")
        new = self._named("")
        shutil.copy(base, new)
        return new

    def _named(self, how: str) -> str:
        self.count += 1
        if not self.url:
            return str(self.folder / f"{self.count}.db")
        import psycopg

        name = f"kill{os.getpid()}_{self.count}"
        with psycopg.connect(self.url.format(database="postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} {how}".encode())
        return self.url.format(database=name)


def child(store: str, work: Work, acknowledged: Path, at: int) -> None:
    """Do the work in this process and die at point `at`; leave with the number of points if there are fewer."""
    passed = 0

    def point(*_: object, **__: object) -> None:
        nonlocal passed
        passed += 1
        if passed == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def acknowledge(what: str) -> None:
        point()
        with acknowledged.open("a") as file:
            file.write(what + "\n")
        point()

    from sqlalchemy import Engine

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, point)
    with Ledger.open(store, create=True) as ledger:
        work(ledger, acknowledge)
    os._exit(0)


def fork(store: str, work: Work, acknowledged: Path, at: int, delay: float | None = None) -> bool:
    """Whether a child process doing the work was killed: at a point, or after a delay."""
    acknowledged.write_text("")
    process = os.fork()
    if process == 0:
        try:
            child(store, work, acknowledged, at)
        finally:
            os._exit(1)
    if delay is not None:
        time.sleep(delay)
        os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0, "the work itself failed"
    return os.WIFSIGNALED(status)


def check(store: str, acknowledged: Path) -> None:
    """The ledger opens, every hash holds, and what was acknowledged is there."""
    with Ledger.open(store, create=True) as ledger:
        assert ledger.verify().faults == (), store
        assert set(acknowledged.read_text().split()) <= kept(ledger), store


def kills(stores: Stores, fresh: Callable[[], str], work: Work, acknowledged: Path) -> Iterator[str]:
    """Kill the work at each of its points, then at moments anywhere; checked after each."""
    step = EVERY["postgresql" if stores.url else "sqlite"]
    at, began = 1 - step, time.monotonic()
    while True:
        at, store = at + step, fresh()
        if not fork(store, work, acknowledged, at):
            break
        check(store, acknowledged)
        yield store
    took = (time.monotonic() - began) / (at / step + 1)
    dice = random.Random(7)
    for _ in range(AT_RANDOM):
        store = fresh()
        fork(store, work, acknowledged, 0, dice.uniform(0, took))
        check(store, acknowledged)
        yield store


def main(folder: Path, url: str | None) -> None:
    stores, acknowledged = Stores(folder, url), folder / "acknowledged"
    empty, imported = stores.empty(), stores.empty()
    with Ledger.open(empty, create=True):
        pass
    with Ledger.open(imported, create=True) as ledger:
        importing(ledger, lambda _: None)
    counts = {}
    for name, work, fresh in (
        ("creation", lambda *_: None, stores.empty),
        ("import", importing, lambda: stores.copy_of(empty)),
        ("judgement", judging, lambda: stores.copy_of(imported)),
    ):
        counts[name] = 0
        for store in kills(stores, fresh, work, acknowledged):
            counts[name] += 1
            if counts[name] % 10 == 0 and work is importing:  # and the work can be taken up again
                with Ledger.open(store) as ledger:
                    work(ledger, lambda _: None)
                    assert kept(ledger) == {"report", "run"}
    print(json.dumps(counts))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
