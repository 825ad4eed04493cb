"""`reconcile schedule`: units that run the check on a schedule."""

from __future__ import annotations

import sys
from datetime import time
from pathlib import Path
from typing import Annotated

import typer

from reconcile.commands import console, opening
from reconcile.errors import ReconcileError
from reconcile.messages import text

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _group() -> None:
    """A group, although there is one command in it."""


@app.command("print")
def print_(
    system: Annotated[str, typer.Argument(help="systemd · cron · windows · kubernetes", show_default=False)],
    folder: Annotated[
        Path | None, typer.Argument(help="报告所在文件夹，默认为配置中的 inbox · the reports, default: the inbox")
    ] = None,
    day: Annotated[int, typer.Option("--day", help="每月几日 · day of the month", min=1, max=28)] = 5,
    daily: Annotated[bool, typer.Option("--daily", help="每天 · every day")] = False,
    at: Annotated[str, typer.Option("--at", help="时刻 · when")] = "08:00",
    zone: Annotated[str, typer.Option("--zone", help="时区 · time zone (systemd, kubernetes)")] = "Asia/Shanghai",
    image: Annotated[str, typer.Option("--image", help="容器镜像 · container image (kubernetes)")] = "plan-reconcile",
    config: console.ConfigOption = None,
    lang: console.LangOption = None,
) -> None:
    """打印可直接安装的定时任务 · Print a unit that is ready to install."""
    from reconcile import config as configuration
    from reconcile.check.schedule import SYSTEMS, Plan, unit

    if system not in SYSTEMS:
        raise ReconcileError("check.unknown_scheduler", system=system, known=" · ".join(SYSTEMS))
    found = config or configuration.find(Path.cwd())
    words = opening.language(lang, opening.config(found))
    try:
        when = time.fromisoformat(at)
    except ValueError as error:
        raise ReconcileError("check.bad_time", value=at) from error
    base = found.resolve().parent if found else Path.cwd()
    command = [*_program(), "check", *([str(folder.resolve())] if folder else []), "--quiet"]
    if found:
        command += ["--config", str(found.resolve())]
    plan = Plan(tuple(command), str(base), None if daily else day, when.hour, when.minute, zone, image)
    print(unit(system, plan), end="")
    console.note(text(f"check.install_{system}", words))


def _program() -> list[str]:
    """How this program was called, in full, since a scheduler knows no search path."""
    called = Path(sys.argv[0]).resolve()
    return [sys.executable, str(called)] if called.suffix == ".py" else [str(called)]
