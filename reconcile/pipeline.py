"""The whole way from files to a verdict, as pure functions over the layers below.

`read_report` touches the disk; `reconcile` does not, so the same function serves the command line, a process pool and
a cluster.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reconcile import __version__, pairing
from reconcile.config import Config
from reconcile.errors import NothingToCheck, ReconcileError
from reconcile.model.links import Barred, Link
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Item, Kind, Report
from reconcile.model.threads import Thread
from reconcile.model.verdicts import Outcome
from reconcile.period import Period

if TYPE_CHECKING:
    from reconcile.matching.block import Block
    from reconcile.matching.explain import Case, Explanation
    from reconcile.matching.scoring import Model
    from reconcile.verdicts.explain import Reasons


def read_report(path: Path | str, config: Config | None = None) -> Report:
    """Read one report from a file of any supported format; `InputError` says what cannot be read and why."""
    from reconcile import intake, layout

    return layout.read_report(intake.read(Path(path)), config or Config())


def reconcile(
    plan_report: Report, completion_report: Report, config: Config | None = None, barred: Sequence[Barred] = ()
) -> Reconciliation:
    """Judge every plan item of one report by the completions of the report that follows it, without the `barred` links.

    Raises `InputError` where the two cannot be compared: `pairing.check_pair` says when.
    """
    from reconcile.verdicts import findings, items, rollup

    config = config or Config()
    pairing.check_pair(plan_report, completion_report)
    model = _model(config)
    block = _block(plan_report, completion_report, config, model, barred)
    plans = block.links.plans
    absent = items.absent_offices(plans, completion_report, config)
    judged = items.judge(block, completion_report, absent, config, model)
    unplanned = items.unplanned(block)
    return Reconciliation(
        version=__version__,
        config_sha256=config.sha256(),
        model=model.name,
        plan_report=plan_report,
        completion_report=completion_report,
        period=completion_report.period,
        plans=judged,
        unplanned=unplanned,
        summary=rollup.summary(judged, unplanned, absent, items.renamed(plans, completion_report, config)),
        findings=findings.of_report(completion_report, (one for verdict in judged for one in verdict.findings)),
        barred=tuple(barred),
    )


def reconcile_next(
    plan_report: Report, completion_report: Report, config: Config | None = None, barred: Sequence[Barred] = ()
) -> Reconciliation:
    """As `reconcile`, for two reports that follow each other in a series, be there periods without a report between.

    Plans for such a period are suspended (报告缺失) and held against the next report there is: `carryover.gaps`.
    """
    from reconcile.carryover import gaps

    config = config or Config()
    held = _held_against(plan_report, completion_report.period)
    pair = reconcile(held, completion_report, config, barred)
    return pair if held is plan_report else gaps.suspended(pair, plan_report, config)


def _held_against(plan_report: Report, when: Period) -> Report:
    """The report itself, or across a gap as if its plans were for the period of the next report there is."""
    from reconcile.carryover import gaps

    missed = () if pairing.due_in(plan_report, when) else gaps.unanswered(plan_report, when)
    return gaps.moved(plan_report, missed, when) if missed else plan_report


def made_up(open_: Iterable[Item], pair: Reconciliation, config: Config | None = None) -> tuple[Link, ...]:
    """What in a pair's unplanned completions makes up late (补完成) for plan items of earlier periods, still open."""
    from reconcile.carryover import gaps, late

    report = pair.completion_report
    waiting = [item for item in open_ if late.in_time(item.period, report.period)]
    plans = late.candidates(waiting, pair.unplanned, (config or Config()).aliases)
    if not plans:
        return ()
    promised = gaps.moved(replace(pair.plan_report, organisation=report.organisation), plans, report.period)
    judged = reconcile(promised, replace(report, items=pair.unplanned), config)
    kept = (verdict for verdict in judged.plans if verdict.outcome is Outcome.DONE)
    return tuple(link for verdict in kept for link in verdict.links if link.score >= late.CERTAIN)


def _model(config: Config) -> Model:
    """The shipped model that fits the configuration."""
    from reconcile.matching.scoring import shipped

    return shipped(semantic=bool(config.matching.semantic))


def _block(
    plan_report: Report, completion_report: Report, config: Config, model: Model, barred: Sequence[Barred] = ()
) -> Block:
    """The plan items due in the later report's period against all that report says."""
    from reconcile.matching.barred import bar
    from reconcile.matching.block import match

    plans = pairing.due_in(plan_report, completion_report.period)
    completions, later = completion_report.of(Kind.COMPLETION), completion_report.of(Kind.PLAN)
    return bar(match(plans, completions, later, config, model), barred)


def _block_of(pair: Reconciliation, config: Config, model: Model) -> Block:
    """The block a pair was judged by."""
    held = _held_against(pair.plan_report, pair.completion_report.period)
    return _block(held, pair.completion_report, config, model, pair.barred)


def explain(pair: Reconciliation, id_: str, config: Config | None = None) -> Case | Reasons | None:
    """What a link, an item or a task of a pair rests on; None where the pair has nothing of that id.

    The pair is scored again by the shipped model, as `reconcile` scored it.
    """
    from reconcile.matching import explain as links
    from reconcile.verdicts import explain as reasons

    config = config or Config()
    model = _model(config)
    for row, verdict in enumerate(pair.plans):
        known = [*verdict.links, *verdict.carried_to, *verdict.rejected]
        if id_ not in {verdict.item.id, *(task.task.id for task in verdict.tasks), *(link.id for link in known)}:
            continue
        block = _block_of(pair, config, model)
        for link in known:
            for scores in (block.links, block.carries):
                if link.id == id_ and (place := links.find(scores, link.plan, link.target)):
                    return links.explain(scores, *place)
        return reasons.explain(block, row, verdict, config, model)
    return None


def explain_all(pair: Reconciliation, config: Config | None = None) -> dict[str, Explanation]:
    """What every link of a pair rests on, by link id: to completions and to the next plan."""
    from reconcile.matching import explain as links

    config = config or Config()
    block = _block_of(pair, config, _model(config))
    return {
        **links.explain_links(block.links, (link for verdict in pair.plans for link in verdict.links)),
        **links.explain_links(block.carries, (link for verdict in pair.plans for link in verdict.carried_to)),
    }


def reconcile_all(
    reports: Sequence[Report], config: Config | None = None
) -> tuple[list[Reconciliation], tuple[Thread, ...], list[ReconcileError]]:
    """Two or more reports of one organisation in any order: each consecutive pair, and the threads over all of them.

    With more than two reports, plans for a missing month are held against the next report there is, and a pair that
    cannot be compared (a report without plans) is left out and its error returned; where no pair is left, with exactly
    two reports, and where they are of two organisations, it is raised.
    """
    if len(reports) < 2:
        raise NothingToCheck("pipeline.one_report", file=reports[0].file.name if reports else "-")
    pairs, errors = [], []
    judge = reconcile_next if len(reports) > 2 else reconcile
    for earlier, later in pairwise(pairing.in_order(reports)):
        try:
            pairs.append(judge(earlier, later, config))
        except ReconcileError as error:
            if not pairing.same_organisation(earlier, later):
                raise
            errors.append(error)
    if not pairs:
        raise errors[0]
    if len(pairs) == 1:
        return pairs, (), errors
    from reconcile import carryover

    pairs = _with_late(pairs, config)
    seen, threads = carryover.in_hindsight(pairs, carryover.build(pairs), config or Config())
    return list(seen), threads, errors


def _with_late(pairs: Iterable[Reconciliation], config: Config | None) -> list[Reconciliation]:
    """Consecutive pairs with what each makes up late for those before it."""
    from reconcile.carryover import late

    found: list[Reconciliation] = []
    open_: dict[str, Item] = {}
    for pair in pairs:
        links = made_up(open_.values(), pair, config)
        for link in links:
            open_.pop(link.plan, None)
        open_ |= {verdict.item.id: verdict.item for verdict in pair.plans if late.is_open(verdict)}
        found.append(replace(pair, late=links))
    return found
