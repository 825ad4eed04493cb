"""Findings beside the verdict (提示): what an auditor wants to see, put as questions, with the words they rest on.

They never change a verdict. A finding is a code and facts; it is worded where it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from msgspec import structs

from reconcile import period
from reconcile.language import aspect, measures, quantities
from reconcile.language.distinct import conflicts, marks
from reconcile.language.quantities import Bound
from reconcile.model.documents import Fact
from reconcile.model.reports import Item, Report
from reconcile.model.verdicts import Finding, Outcome, Quote
from reconcile.verdicts import contradictions, disagreements
from reconcile.verdicts.evidence import Evidence, Said

_ALIKE = 0.4
"""Two clauses this alike speak of one object, so that they may contradict each other."""
_PERCENT = re.compile("[%％﹪]")
_BEHIND = 5.0
"""Points behind the time that has passed, from which it is asked about."""
_BAD = {aspect.Kind.NOT_DONE, aspect.Kind.WITHDRAWN}


def of_item(evidence: Evidence, outcome: Outcome) -> tuple[Finding, ...]:
    """The findings on one plan item: offices that contradict each other on it, members of its lists left out."""
    found = []
    for one, other in combinations(evidence.said, 2):
        if one.item.office != other.item.office and one.task == other.task and _contradict(one, other):
            found.append(_finding("contradiction", [_quote(one.item, one), _quote(other.item, other)]))
    for some in evidence.unnamed if outcome is Outcome.PARTIAL else ():
        quotes = [_quote(evidence.plan), *(_quote(item) for item in evidence.linked)]
        found.append(_finding("unnamed", quotes, members=tuple(some.listing.members), left=tuple(some.left)))
    if evidence.progress is not None and evidence.progress.behind >= _BEHIND:
        how = {name: _percent(value) for name, value in structs.asdict(evidence.progress).items()}
        found.append(_finding("behind_schedule", [_quote(said.item, said) for said in evidence.said], **how))
    return tuple(found)


def of_report(report: Report, known: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """The findings on a report as such: offices that contradict each other, beyond what is `known` of one plan item, or
    differ in their figures, sums that do not add up, rates above 100 %, figures taken out, odd cut-offs.
    """
    asked = {frozenset(quote.anchor for quote in one.quotes) for one in known if one.code == "contradiction"}
    across = (pair for pair in contradictions.across(report) if frozenset(one.anchor for one in pair) not in asked)
    differ = (
        _finding("figures_differ", [one.quote, other.quote], one=one.words, other=other.words)
        for one, other in disagreements.across(report)
    )
    return (*(_finding("contradiction", pair) for pair in across), *differ, *_of_items(report))


def _of_items(report: Report) -> Iterator[Finding]:
    end = period.last_day(report.period).isoformat()
    for item in report.items:
        for total in measures.subtotals(item.text):
            if not total.adds:
                parts = " + ".join(_plain(part.value) for part in total.parts)
                yield _finding("subtotal", [_quote(item)], whole=_plain(total.whole.value), parts=parts)
        for figure in quantities.read(item.text) if _PERCENT.search(item.text) else ():
            if figure.unit == "%" and figure.value > 100 and not figure.change and figure.bound is not Bound.MOST:
                yield _finding("rate_above_100", [_quote(item)], rate=_plain(figure.value))
        if item.redacted:
            yield _finding("redacted", [_quote(item)])
    if report.cutoff is not None and report.cutoff < end:
        yield _finding("cutoff", [], cutoff=report.cutoff, end=end)


def _contradict(one: Said, other: Said) -> bool:
    """Whether one clause says not done and the other done, of the same object."""
    bad = [bool({found.kind for found in said.aspects} & _BAD) for said in (one, other)]
    good = [aspect.Kind.DONE in {found.kind for found in said.aspects} for said in (one, other)]
    opposite = (bad[0] and good[1] and not bad[1]) or (bad[1] and good[0] and not bad[0])
    alike = min(one.alike, other.alike) >= _ALIKE
    return opposite and alike and not conflicts(marks(one.clause.text), marks(other.clause.text))


def _quote(item: Item, said: Said | None = None) -> Quote:
    """An item, or the clause of it, with where it stands."""
    if said is None:
        return Quote(item.text, item.office, item.anchor)
    return Quote(said.clause.text, item.office, item.anchor)


def _finding(code: str, quotes: Iterable[Quote], **facts: Fact) -> Finding:
    return Finding(code, tuple(quotes), facts)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _plain(value: float) -> str:
    return f"{value:.10g}"
