"""The command line: one file a subcommand, put together here.

Command modules import nothing heavier than typer at their top; what a command needs is imported when it runs.
"""

from __future__ import annotations

import sys
from importlib import import_module
from keyword import iskeyword

import typer

from reconcile.commands import console
from reconcile.errors import ReconcileError

app = typer.Typer(
    name="reconcile",
    help="计划与完成情况对账 · Check each month's plans against the next month's completions.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

COMMANDS = ("run", "parse", "import", "trace", "sample", "batch", "doctor")
"""The subcommands: each a function of the same name in the module of that name (with _ after a word of Python)."""

GROUPS = ("review", "judge", "db")
"""The groups of subcommands: each module of that name holds a Typer called `app`."""

for _name in COMMANDS:
    _python = f"{_name}_" if iskeyword(_name) else _name
    app.command(_name)(getattr(import_module(f"reconcile.commands.{_python}"), _python))
for _name in GROUPS:
    app.add_typer(import_module(f"reconcile.commands.{_name}").app, name=_name)


def main() -> None:
    """Run the command line and leave with the contract's exit codes.

    A first word that names no command is a report: ``reconcile A B`` is ``reconcile run A B``.
    """
    console.use_utf8()
    arguments = sys.argv[1:]
    if arguments and not arguments[0].startswith("-") and arguments[0] not in (*COMMANDS, *GROUPS):
        arguments = ["run", *arguments]
    try:
        app(arguments, prog_name="reconcile")
    except ReconcileError as error:
        console.fail(error)
        sys.exit(error.exit_code)
    except Exception as error:
        console.fail_unexpectedly(error)
        sys.exit(3)
