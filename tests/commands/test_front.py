"""The front door: every subcommand is found, listed and described."""

from __future__ import annotations

import pytest

from reconcile import commands, outputs
from reconcile.commands import trace
from reconcile.outputs import explained, parsed

NAMES = (*commands.COMMANDS, *commands.GROUPS)


@pytest.mark.parametrize("name", NAMES)
def test_the_list_says_of_a_command_what_its_own_help_says_first(name: str) -> None:
    assert commands.command(name).help == commands.summary(name)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("run", outputs.FORMATS),
        ("report", outputs.FORMATS),
        ("parse", parsed.FORMATS),
        ("explain", explained.FORMATS),
        ("trace", trace.FORMATS),
    ],
)
def test_a_command_offers_the_formats_it_writes(name: str, known: tuple[str, ...]) -> None:
    (option,) = (each for each in commands.command(name).params if each.name == "format_")
    assert option.help == " · ".join(known)


def test_the_list_imports_no_command() -> None:
    import subprocess
    import sys

    script = (
        "import sys; from reconcile import commands;"
        "sys.argv = ['reconcile', '--help'];"
        "import atexit; atexit.register(lambda: print(*sorted(sys.modules), sep='\\n'));"
        "commands.main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8")
    assert all(f"  {name} " in done.stdout for name in NAMES)
    modules = {f"reconcile.commands.{name}" for name in NAMES}
    assert not modules & set(done.stdout.splitlines())
