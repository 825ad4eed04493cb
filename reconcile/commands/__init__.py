"""The command line: one file a subcommand, put together here.

A command is imported when it is asked for, so that starting costs no more than that one; the list of all of them is
drawn from the catalogue. Command modules import nothing heavier than typer at their top.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from reconcile import __version__
from reconcile.commands import console
from reconcile.errors import ReconcileError
from reconcile.messages import text

COMMANDS = ("run", "parse", "import", "trace", "explain", "sample", "verify", "batch", "check", "report", "doctor")
"""The subcommands: each a function of the same name in the module of that name (with _ after a word of Python)."""

GROUPS = ("review", "judge", "schedule", "config", "db")
"""The groups of subcommands: each module of that name holds a Typer called `app`."""

PLAIN: dict[str, Any] = {"add_completion": False, "rich_markup_mode": None, "pretty_exceptions_enable": False}
"""No shell completion, no markup, no tracebacks in colour."""


class Commands(TyperGroup):
    """All subcommands by name; none is imported to list them."""

    def list_commands(self, ctx: object) -> list[str]:  # noqa: ARG002
        return [*COMMANDS, *GROUPS]

    def get_command(self, ctx: object, cmd_name: str) -> Any:  # noqa: ARG002
        return command(cmd_name) if cmd_name in (*COMMANDS, *GROUPS) else None

    def format_commands(self, ctx: object, formatter: Any) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary(name)) for name in (*COMMANDS, *GROUPS)])


app = typer.Typer(
    name="reconcile",
    cls=Commands,
    help="计划与完成情况对账 · Check each month's plans against the next month's completions.",
    no_args_is_help=True,
    **PLAIN,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"reconcile {__version__}")
        raise typer.Exit


@app.callback()
def _front(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="版本 · the version")
    ] = False,
) -> None:
    """What comes before a subcommand."""


def summary(name: str) -> str:
    """What a subcommand is for, in a line of both languages: in the list of all of them and in its own help."""
    return f"{text(f'commands.{name}', 'zh')} · {text(f'commands.{name}', 'en')}"


def command(name: str) -> Any:
    """The subcommand of a name, imported now."""
    python = f"{name}_" if iskeyword(name) else name
    module = import_module(f"reconcile.commands.{python}")
    alone = typer.Typer(**PLAIN)
    if name in GROUPS:
        alone.add_typer(module.app, name=name, help=summary(name))
        return typer.main.get_command(alone).commands[name]  # type: ignore[attr-defined]
    alone.command(name, help=summary(name))(getattr(module, python))
    return typer.main.get_command(alone)


def _reports(arguments: list[str]) -> list[str]:
    """Arguments that begin with a report; `ReconcileError` where the first is neither a file nor looks like one."""
    first = arguments[0]
    if not Path(first).exists() and not Path(first).suffix and Path(first).name == first:
        raise ReconcileError("console.unknown_command", name=first, known=" · ".join((*COMMANDS, *GROUPS)))
    return arguments


def main() -> None:
    """Run the command line and leave with the contract's exit codes.

    A first word that names no command is a report: ``reconcile A B`` is ``reconcile run A B``.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: threads only wait, and sum in another order
    gc.set_threshold(50_000)  # a command makes much and drops little: to look for garbage every 700 objects only costs
    console.use_utf8()
    arguments = sys.argv[1:]
    try:
        if arguments and not arguments[0].startswith("-") and arguments[0] not in (*COMMANDS, *GROUPS):
            arguments = ["run", *_reports(arguments)]
        app(arguments, prog_name="reconcile")
    except ReconcileError as error:
        console.fail(error)
        sys.exit(error.exit_code)
    except Exception as error:
        console.fail_unexpectedly(error)
        sys.exit(3)
    finally:
        gc.freeze()  # the process ends: to look for garbage once more takes as long as reading a report
