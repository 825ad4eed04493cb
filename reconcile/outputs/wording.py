"""How facts are worded: statuses, lights, deadlines, sources, rates. One way for all outputs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from reconcile.messages import Lang, catalogue, text
from reconcile.model.documents import Anchor, Fact, SourceWarning
from reconcile.model.links import Relation
from reconcile.model.threads import Step
from reconcile.model.verdicts import Finding, Outcome, Quantity, Review, Status
from reconcile.outputs.rows import LIGHTS, Linked
from reconcile.period import Period


def status(value: Status, lang: Lang) -> str:
    """The word for a verdict: 掉项, dropped."""
    return text(f"statuses.{value}", lang)


def outcome(value: Outcome | str, lang: Lang) -> str:
    """The word people count by."""
    return text(f"statuses.outcome_{value}", lang)


def relation(value: Relation, lang: Lang) -> str:
    """What a link says: 再次列入, planned again."""
    return text(f"statuses.relation_{value}", lang)


def review(value: Review, lang: Lang) -> str:
    """The review as a mark for the review column: nothing where nobody has looked yet."""
    return "" if value is Review.AUTO else text(f"statuses.review_{value}", lang)


def light(value: str, lang: Lang) -> str:
    """The light (亮灯) as a word; one no profile of ours has stays as it is."""
    return text(f"statuses.light_{LIGHTS[value].name}", lang) if value in LIGHTS else value


_UNHOLDABLE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"  # slow to compile, for two formats alone


def plain(value: str) -> str:
    """Text without the characters XML cannot hold."""
    return re.sub(_UNHOLDABLE, "", value)


def label(name: str, lang: Lang, /, **facts: object) -> str:
    """A label or a sentence of the outputs."""
    return text(f"outputs.{name}", lang, **facts)


def period(value: Period, lang: Lang) -> str:
    """A period as people write it: 2020年10月, October 2020 as 2020-10."""
    if lang == "en":
        return value
    year, _, rest = value.partition("-")
    if not rest:
        return f"{year}年"
    return f"{year}年第{'一二三四'[int(rest[1:]) - 1]}季度" if rest.startswith("Q") else f"{year}年{int(rest)}月"


def day(value: date | str | None, lang: Lang) -> str:
    """A date as people write it; what is no date stays as it is."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return str(value)
    if found is None:
        return ""
    return f"{found.year}年{found.month}月{found.day}日" if lang == "zh" else found.isoformat()


def quantity(value: Quantity | None) -> str:
    """A figure in the words of the report."""
    return value.text if value else ""


def share(part: int, whole: int, lang: Lang) -> str:
    """A rate with its numerator and denominator: 3/4（75.0%）."""
    if not whole:
        return label("no_rate", lang)
    return label("rate", lang, part=part, whole=whole, percent=f"{100 * part / whole:.1f}")


def source(anchor: Anchor, lang: Lang) -> str:
    """Where words stand (出处): file, then page, paragraph or cell."""
    places = [
        label(f"source_{name}", lang, value=value)
        for name in ("page", "paragraph", "cell")
        if (value := getattr(anchor, name)) is not None
    ]
    return " ".join([anchor.file, *places])


def quotes(found: tuple[Linked, ...], lang: Lang, *, office: str = "") -> str:
    """The words linked to, numbered where there are several, each with its office where that is another one."""
    lines = []
    for place in (one.place for one in found):
        other = label("by_office", lang, office=place.item.office) if place.item.office != office else ""
        lines.append(other + place.text)
    if len(lines) == 1:
        return lines[0]
    return "\n".join(f"{number}) {line}" for number, line in enumerate(lines, 1))


def step(value: Step) -> str:
    """The words of a stop of a thread: the task's, where the item has others beside it."""
    alone = value.task is None or len(value.item.tasks) == 1
    return value.item.text if alone or value.task is None else value.task.head + value.task.text


def why(name: str | None, lang: Lang) -> str:
    """A rung of the ladder or a reason code in words; a name the catalogue does not know is shown as it is."""
    if name is None:
        return ""
    entry = catalogue("reasons").get(name)
    return entry[lang] if entry else name


def part(name: str, lang: Lang) -> str:
    """A part of a score in words; a name the catalogue does not know is shown as it is."""
    entry = catalogue("explain").get(name)
    return entry[lang] if entry else name


def notes(findings: Sequence[Finding], code: str | None, lang: Lang) -> str:
    """What to check (核查提示): the doubt in words, then the findings, a line each."""
    return "\n".join(part for part in (why(code, lang), *(finding(one, lang) for one in findings)) if part)


def finding(one: Finding | SourceWarning, lang: Lang) -> str:
    """A finding, or what looks wrong in a source, in words."""
    area = "findings" if isinstance(one, Finding) else "warnings"
    facts = {name: _fact(name, value, lang) for name, value in one.facts.items()}
    return text(f"{area}.{one.code}", lang, **facts).lstrip()  # a sentence may begin with an office, and there be none


def _fact(name: str, value: Fact, lang: Lang) -> str | int:
    """A fact as a sentence has it: names in a list, periods and days as people write them."""
    if not isinstance(value, str):
        return value if isinstance(value, int) else label("separator", lang).join(value)
    match name:
        case "kind":
            return text(f"warnings.kind_{value}", lang)
        case "period":
            return period(value, lang)
        case "cutoff" | "end":
            return day(value, lang)
    return value
