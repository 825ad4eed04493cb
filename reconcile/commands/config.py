"""`reconcile config`: the configuration, looked over before it is relied on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from reconcile.commands import console, opening
from reconcile.messages import Lang, text
from reconcile.policy import Check

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _group() -> None:
    """A group, although there is one command in it."""


@app.command()
def check(
    file: Annotated[
        Path | None,
        typer.Argument(help="配置文件，默认就近查找 · default: the nearest reconcile.toml", show_default=False),
    ] = None,
    config: console.ConfigOption = None,
    lang: console.LangOption = None,
) -> None:
    """检查配置：错误指明键和行 · Check the configuration: a mistake is named by key and line."""
    from reconcile import config as configuration

    path = file or config or configuration.find(Path.cwd())
    settings = opening.config(path)
    words = console.language(lang)
    print(text("check.config_good", words, file=path) if path else text("check.config_none", words))
    doubts = _doubts(settings.check, words)
    for line in (*_due(settings.check, words), *doubts):
        print(line)
    if doubts:
        raise typer.Exit(2)


def _due(policy: Check, lang: Lang) -> list[str]:
    """When the report of this month is due, so that the working days can be seen to be right."""
    from reconcile.check import workdays
    from reconcile.outputs import wording
    from reconcile.period import containing

    period = containing("2000-01", date.today())  # noqa: DTZ011 - due days are local days
    day = workdays.due(period, policy.due_day)
    lines = [text("check.config_due", lang, period=wording.period(period, lang), day=wording.day(day, lang))]
    if not workdays.has_calendar(day.year):
        lines.append(text("check.no_calendar", lang, year=day.year))
    return lines


def _doubts(policy: Check, lang: Lang) -> list[str]:
    """What is well written and cannot work: addresses that cannot be used, exemptions of nobody or of the past."""
    from reconcile.check import notices, sending

    found = []
    for number, route in enumerate(policy.tell, 1):
        if why := sending.fault(route, lang):
            found.append(text("check.config_route", lang, route=number, to=notices.scheme(route.to), why=why))
    if policy.ping and (why := sending.ping_fault(policy.ping, lang)):
        found.append(text("check.ping_failed", lang, why=why))
    for number, each in enumerate(policy.exempt, 1):
        if policy.organisations and each.organisation not in policy.organisations:
            found.append(text("check.config_stranger", lang, number=number, organisation=each.organisation))
        if each.until < date.today():  # noqa: DTZ011
            facts = {"organisation": each.organisation, "until": each.until, "reason": each.reason}
            found.append(text("check.exemption_over", lang, **facts))
    return found
