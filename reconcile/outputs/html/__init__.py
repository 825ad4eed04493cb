"""The report as one HTML page that needs nothing else: no host, no script to be read, no style from elsewhere.

The page's own style and script are named by their hashes in its content security policy, so nothing a report says
can run. Beyond `SPLIT_ABOVE` rows of slippage, `pages` gives a page an office and a first page that leads to them.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from reconcile.messages import Lang
from reconcile.outputs import heading, marking, tables, wording
from reconcile.outputs.html import cases, heat, timeline
from reconcile.outputs.marking import Marking
from reconcile.outputs.rows import View

HERE = Path(__file__).parent
SPLIT_ABOVE = 5000


def render(view: View, lang: Lang, explained: Mapping[str, Marking] | None = None) -> str:
    """The whole run as one page; `explained` gives what explains a link, by link id."""
    return _page(view, lang, explained or {}, office=None, others={})


def pages(view: View, lang: Lang, explained: Mapping[str, Marking] | None = None) -> dict[str, str]:
    """The run as pages by office, "" being the first; one page where it stays usable as one."""
    if len(view.slippage) <= SPLIT_ABOVE:
        return {"": render(view, lang, explained)}
    offices = dict.fromkeys(row.verdict.item.office for row in view.items)
    names = {office: f"{number:03d}" for number, office in enumerate(offices, 1)}
    found = {"": _page(view, lang, explained or {}, office="", others=names)}
    for office, name in names.items():
        found[name] = _page(view, lang, explained or {}, office=office, others={})
    return found


def _page(
    view: View, lang: Lang, explained: Mapping[str, Marking], office: str | None, others: Mapping[str, str]
) -> str:
    style, script = _asset("style.css"), _asset("script.js")
    found = cases.cases(view, lang, office)
    return _template().render(
        lang=lang,
        label=partial(_label, lang),
        wording=wording,
        title=heading.title(view, lang),
        office=office,
        others=others,
        lines=heading.lines(view, lang),
        counts=[(wording.period(pair.period, lang), tables.counts(pair, lang)) for pair in view.pairs],
        columns=cases.MAIN,
        cases=found,
        choices=cases.choices(found),
        heat=heat.table(view, lang),
        lanes=timeline.draw(view.threads, lang),
        tables={drawn.name: drawn for drawn in tables.all_tables(view, lang)},
        explained=explained,
        pieces=marking.pieces,
        shared=marking.shared,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; "
        "form-action 'none'",
    )


def _label(lang: Lang, name: str, /, **facts: object) -> str:
    return wording.label(name, lang, **facts)


@cache
def _asset(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")


def _hash(content: str) -> str:
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"sha256-{digest}"
