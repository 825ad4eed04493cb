"""An explanation for people and as JSON: the parts of a score, matched words, the rival, and the rung of the ladder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from tabulate import tabulate

from reconcile.errors import ReconcileError
from reconcile.matching.explain import Case, Explanation, Match
from reconcile.messages import Lang, text
from reconcile.model.links import Part
from reconcile.model.reports import Item, Kind
from reconcile.outputs import wording
from reconcile.outputs.marking import Marking
from reconcile.verdicts.explain import Reasons

FORMATS = ("table", "json")
_MOST = 12


def render(found: Case | Reasons, format: str, lang: Lang) -> str:  # noqa: A002 - the word of the command line
    """A pair or a verdict explained, as text or as JSON."""
    match format:
        case "json":
            return msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n"
        case "table":
            lines = _case(found, lang) if isinstance(found, Case) else _reasons(found, lang)
            return "\n".join(lines) + "\n"
    raise ReconcileError("outputs.unknown_format", format=format, known=" · ".join(FORMATS))


def _case(case: Case, lang: Lang) -> list[str]:
    lines = _pair(case.pair, lang)
    if case.rival is not None:
        rival = text("explain.rival", lang, score=f"{case.rival.score:.2f}", text=case.rival.target.text)
        lines += ["", rival, text("explain.lost_by", lang), _table(case.lost_by, lang)]
    return lines


def _pair(pair: Explanation, lang: Lang) -> list[str]:
    decision = text("explain.accepted" if pair.accepted else "explain.not_accepted", lang)
    target = "explain.next_plan" if pair.target.kind is Kind.PLAN else "explain.target"
    return [
        _quote("explain.plan", pair.plan, lang),
        _quote(target, pair.target, lang),
        text("explain.score", lang, score=f"{pair.score:.2f}", logit=f"{pair.logit:.2f}", decision=decision),
        *_matches("explain.matched", pair.matched, pair, lang),
        *_matches("explain.conflicting", pair.conflicting, pair, lang),
        "",
        _table(weightiest(pair.parts, _MOST), lang, total=pair.logit),
    ]


def _quote(key: str, item: Item, lang: Lang) -> str:
    office = f"[{item.office}] " if item.office else ""
    return text("explain.quote", lang, what=text(key, lang), text=office + item.text)


def weightiest(parts: Sequence[Part], most: int) -> tuple[Part, ...]:
    """The starting point and the parts that weigh most, the others as one: they add up to the same."""
    bias, others = [p for p in parts if p.name == "bias"], [p for p in parts if p.name != "bias"]
    if len(others) <= most:
        return (*bias, *others)
    rest = sum(part.contribution for part in others[most:])
    return (*bias, *others[:most], Part("others", 0, 0, rest))


def marked(found: Mapping[str, Explanation], most: int = 8) -> dict[str, Marking]:
    """Explanations by link id as the pages show them: the weightiest parts, and the words that match in either text."""
    return {
        id_: Marking(
            parts=weightiest(one.parts, most),
            plan=tuple(span for match in one.matched for span in match.plan),
            target=tuple(span for match in one.matched for span in match.target),
        )
        for id_, one in found.items()
    }


def _matches(key: str, found: Sequence[Match], pair: Explanation, lang: Lang) -> list[str]:
    if not found:
        return []
    told = []
    for match in found:
        left = "/".join(dict.fromkeys(pair.plan.text[start:end] for start, end in match.plan))
        right = "/".join(dict.fromkeys(pair.target.text[start:end] for start, end in match.target))
        told.append(left if left == right else f"{left} ↔ {right}")
    return [text("explain.quote", lang, what=text(key, lang), text=" · ".join(dict.fromkeys(told)))]


def _table(parts: Iterable[Part], lang: Lang, total: float | None = None) -> str:
    rows = [
        [
            wording.part(part.name, lang),
            "" if part.weight == 0 else f"{_near(part.value):.2f}",
            "" if part.weight == 0 else f"{part.weight:+.2f}",
            f"{part.contribution:+.2f}",
        ]
        for part in parts
    ]
    if total is not None:
        rows.append([text("explain.sum", lang), "", "", f"{total:+.2f}"])
    headers = [text(f"explain.column_{name}", lang) for name in ("part", "value", "weight", "contribution")]
    return tabulate(rows, headers=headers, disable_numparse=True, colalign=("left", "right", "right", "right"))


def _near(value: float) -> float:
    """A value without the sign of a zero."""
    return round(value, 2) + 0.0


def _kinds(kinds: Sequence[str], lang: Lang) -> str:
    """What a clause reports, each kind once."""
    return " · ".join(text(f"explain.says_{kind}", lang) for kind in dict.fromkeys(kinds))


def _reasons(found: Reasons, lang: Lang) -> list[str]:
    verdict = found.verdict
    rule = text(
        "explain.rule",
        lang,
        status=wording.status(verdict.status, lang),
        why=wording.why(verdict.rule, lang),
        confidence=f"{verdict.confidence:.2f}",
    )
    lines = [_quote("explain.plan", verdict.item, lang), rule]
    lines += ["", text("explain.reported", lang, p=f"{found.reported:.2f}"), _table(found.reported_parts, lang)]
    if found.clauses:
        lines += ["", text("explain.read", lang)]
        lines += [f"  [{clause.office}] {clause.text} → {_kinds(clause.kinds, lang)}" for clause in found.clauses]
        lines += [
            "",
            text("explain.incomplete", lang, p=f"{found.incomplete:.2f}"),
            _table(found.incomplete_parts, lang),
        ]
        lines += ["", text("explain.undone", lang, p=f"{found.undone:.2f}"), _table(found.undone_parts, lang)]
    for candidate in found.candidates:
        lines += ["", *_pair(candidate, lang)]
    return lines
