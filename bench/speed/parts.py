"""What is measured in a process of its own: `python -m bench.speed.parts NAME …` prints one JSON object."""

from __future__ import annotations

import csv
import io
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from bench.formats import files, milliseconds
from bench.generate import MonthlyReport, as_text, organisation
from bench.quality import contenders
from bench.quality.dataset import FOLDER, load
from bench.speed.measure import warm
from reconcile import intake, layout
from reconcile.config import Config
from reconcile.engines import local
from reconcile.matching import likeness, texts
from reconcile.matching.block import match
from reconcile.matching.features import features
from reconcile.matching.scoring import shipped
from reconcile.model.reports import Kind, Report
from reconcile.pipeline import read_report, reconcile
from reconcile.verdicts.findings import of_report
from reconcile.verdicts.items import judge

T = TypeVar("T")

COUNTY = 166
"""Plan items of a large county report."""


def report(month: MonthlyReport) -> Report:
    """A generated report as the product reads it from a text file."""
    return layout.read_report(intake.read_bytes(as_text(month).encode(), f"{month.period}.txt"), Config())


def warm_pairs() -> dict[str, object]:
    """Pairs of a county after everything is loaded; every pair is of another organisation, so no text is known yet."""
    pairs = [[report(month) for month in organisation(number, 2, COUNTY)] for number in range(11)]
    times = []
    for first, second in pairs:
        begin = time.process_time()
        reconcile(first, second)
        times.append(time.process_time() - begin)
    return {**sizes(*pairs[-1]), "seconds": statistics.median(times[1:])}


def warm_files(plan_report: str, completion_report: str) -> dict[str, object]:
    """The same for two files, read once; the first of eleven runs is not counted."""
    first, second = read_report(plan_report), read_report(completion_report)
    return {**sizes(first, second), "seconds": warm(lambda: reconcile(first, second), 10)}


def warm_steps() -> dict[str, object]:
    """The same pairs step by step, each step on what the one before it left: medians of processor time."""
    pairs = [[report(month) for month in organisation(number, 2, COUNTY)] for number in range(11)]
    rounds = [_steps(first, second) for first, second in pairs][1:]
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


def _steps(first: Report, second: Report) -> dict[str, float]:
    """Processor time of each step of one pair."""
    times: dict[str, float] = {}

    def timed(name: str, call: Callable[[], T]) -> T:
        begin = time.process_time()
        result = call()
        times[name] = times.get(name, 0) + time.process_time() - begin
        return result

    model, config = shipped(), Config()
    plans, completions, later = first.of(Kind.PLAN), second.of(Kind.COMPLETION), second.of(Kind.PLAN)
    listed = plans, completions, later
    mine, theirs, again = timed("read the texts of three sides", lambda: [texts.read(items) for items in listed])
    weighing = timed("weigh the terms of the block", lambda: likeness.weigh(mine, theirs))
    timed("compare words and their meaning", lambda: likeness.words(mine, theirs, weighing.words))
    timed("compare pairs of characters", lambda: likeness.pairs(mine, theirs, weighing.pairs))
    found = timed("all features, against completions", lambda: features(mine, theirs))
    timed("all features, against next plans", lambda: features(mine, again))
    timed("score the completions", lambda: model.link.any_link(found.pairs, model.link.scores(found.pairs)))
    block = timed("features, scores and links of both", lambda: match(*listed, config, model))
    timed("verdicts", lambda: judge(block, second, frozenset(), config, model))
    timed("findings on the report", lambda: of_report(second))
    return times


def sizes(first: Report, second: Report) -> dict[str, object]:
    """How many items of each kind a pair has."""
    plans, completions, again = first.of(Kind.PLAN), second.of(Kind.COMPLETION), second.of(Kind.PLAN)
    return {"plans": len(plans), "completions": len(completions), "next_plans": len(again)}


def parse(name: str) -> dict[str, object]:
    """Reading one fixture, warm."""
    path = FOLDER / name
    return {"items": len(read_report(path).items), "seconds": warm(lambda: read_report(path), 10)}


def formats() -> dict[str, object]:
    """Reading one file of each format (`bench.formats`), after its modules are loaded."""
    read: dict[str, object] = {}
    for title, (name, data) in files().items():
        blocks = len(intake.read_bytes(data, name).blocks)
        read[title] = {"blocks": blocks, "seconds": milliseconds(data, name, 5) / 1000}
    return read


def contender(name: str) -> dict[str, object]:
    """One contender of the bench of quality: fitting on all labelled pairs, then scoring each."""
    pairs = load()
    matcher = contenders.make(name)
    begin = time.process_time()
    matcher.fit(pairs)
    fitted = time.process_time() - begin
    times = []
    for pair in pairs:
        begin = time.process_time()
        matcher.score(pair)
        times.append(time.process_time() - begin)
    return {"fit_seconds": fitted, "score_seconds": statistics.median(times)}


def block(items: str) -> dict[str, object]:
    """One office with so many plan items and about as many completions: the worst block."""
    months = organisation(0, 2, int(items), offices=1)
    first, second = (table(month, kind) for month, kind in zip(months, (Kind.PLAN, Kind.COMPLETION), strict=True))
    begin = time.process_time()
    result = reconcile(first, second)
    seconds = time.process_time() - begin
    return {"plans": len(result.plans), "completions": len(second.items), "seconds": seconds}


def table(month: MonthlyReport, kind: Kind) -> Report:
    """The items of one kind of a generated report, read from a table: no text numbers as many."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["kind", "period", "text"])
    items = month.plans if kind is Kind.PLAN else month.completions
    writer.writerows([item.kind.value, item.period, item.text] for item in items)
    found = layout.read_report(intake.read_bytes(lines.getvalue().encode(), f"{month.period}.csv"), Config())
    return msgspec.structs.replace(found, organisation=month.organisation, period=month.period)


def bureaus(count: str, months: str, jobs: str) -> dict[str, object]:
    """A batch of so many bureaus from text files to rows, as `reconcile batch` does it; the files are made before."""
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder, "reports")
        for number in range(int(count)):
            bureau = reports / f"{number:05d}"
            bureau.mkdir(parents=True)
            for month in organisation(number, int(months), 60):
                (bureau / f"{month.period}.txt").write_text(as_text(month), encoding="utf-8")
        begin, used = time.perf_counter(), processor_seconds()
        totals = local.run(reports, Path(folder, "out"), int(jobs), Config(), lambda _: None)
        seconds, processor = time.perf_counter() - begin, processor_seconds() - used
    return {
        "pairs": totals.pairs,
        "errors": totals.errors,
        "rows": totals.rows,
        "seconds": seconds,
        "processor_seconds": processor,
    }


def processor_seconds() -> float:
    """Processor time of this process and of its children that have ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


PARTS: dict[str, Callable[..., dict[str, object]]] = {
    "warm_pairs": warm_pairs,
    "warm_files": warm_files,
    "warm_steps": warm_steps,
    "parse": parse,
    "formats": formats,
    "contender": contender,
    "block": block,
    "bureaus": bureaus,
}

if __name__ == "__main__":
    print(msgspec.json.encode(PARTS[sys.argv[1]](*sys.argv[2:])).decode())
