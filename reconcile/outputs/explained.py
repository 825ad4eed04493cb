"""An explanation for people and as JSON: the parts of a score, matched words, the rival, and the rung of the ladder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from tabulate import tabulate

from reconcile.errors import ReconcileError
from reconcile.matching.explain import Case, Explanation, Match
from reconcile.messages import Lang, catalogue, text
from reconcile.model import Part
from reconcile.outputs import words
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
    shown = [part for part in pair.parts if part.name == "bias"] + [p for p in pair.parts if p.name != "bias"][:_MOST]
    rest = sum(part.contribution for part in pair.parts) - sum(part.contribution for part in shown)
    return [
        f"{text('explain.plan', lang)}: [{pair.plan.office}] {pair.plan.text}",
        f"{text('explain.target', lang)}: [{pair.target.office}] {pair.target.text}",
        text("explain.score", lang, score=f"{pair.score:.2f}", logit=f"{pair.logit:.2f}", decision=decision),
        *_matches("explain.matched", pair.matched, pair, lang),
        *_matches("explain.conflicting", pair.conflicting, pair, lang),
        "",
        _table([*shown, Part("…", 0, 0, rest)] if len(shown) < len(pair.parts) else shown, lang, total=pair.logit),
    ]


def _matches(key: str, found: Sequence[Match], pair: Explanation, lang: Lang) -> list[str]:
    if not found:
        return []
    told = []
    for match in found:
        left = "/".join(dict.fromkeys(pair.plan.text[start:end] for start, end in match.plan))
        right = "/".join(dict.fromkeys(pair.target.text[start:end] for start, end in match.target))
        told.append(left if left == right else f"{left} ↔ {right}")
    return [f"{text(key, lang)}: {' · '.join(dict.fromkeys(told))}"]


def _table(parts: Iterable[Part], lang: Lang, total: float | None = None) -> str:
    rows = [
        [
            _name(part.name, lang),
            "" if part.weight == 0 else f"{part.value:.2f}",
            "" if part.weight == 0 else f"{part.weight:+.2f}",
            f"{part.contribution:+.2f}",
        ]
        for part in parts
    ]
    if total is not None:
        rows.append([text("explain.sum", lang), "", "", f"{total:+.2f}"])
    headers = [text(f"explain.column_{name}", lang) for name in ("part", "value", "weight", "contribution")]
    return tabulate(rows, headers=headers, disable_numparse=True, colalign=("left", "right", "right", "right"))


def _name(name: str, lang: Lang) -> str:
    entry = catalogue("explain").get(name)
    return entry[lang] if entry else name


def _reasons(found: Reasons, lang: Lang) -> list[str]:
    verdict = found.verdict
    rule = text(
        "explain.rule",
        lang,
        status=words.status(verdict.status, lang),
        why=words.why(verdict.rule, lang),
        confidence=f"{verdict.confidence:.2f}",
    )
    lines = [f"{text('explain.plan', lang)}: [{verdict.item.office}] {verdict.item.text}", rule]
    if found.clauses:
        lines += ["", text("explain.read", lang)]
        lines += [f"  [{clause.office}] {clause.text} → {'、'.join(clause.kinds)}" for clause in found.clauses]
        lines += [
            "",
            text("explain.incomplete", lang, p=f"{found.incomplete:.2f}"),
            _table(found.incomplete_parts, lang),
        ]
        lines += ["", text("explain.undone", lang, p=f"{found.undone:.2f}"), _table(found.undone_parts, lang)]
    for candidate in found.candidates:
        lines += ["", *_pair(candidate, lang)]
    return lines
