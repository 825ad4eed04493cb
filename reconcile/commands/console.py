"""What every command shares: streams in UTF-8, the language of a run, errors in one line.

Data goes to standard output, everything else to standard error.
"""

from __future__ import annotations

import errno
import getpass
import locale
import os
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import typer

from reconcile.errors import InputError, ReconcileError
from reconcile.messages import Lang, text
from reconcile.period import Period, containing, first_day

Word = TypeVar("Word", bound=str)


def formats(*names: str) -> Any:
    """The option for the format of what a command writes, which offers those it can write."""
    return typer.Option("--format", "-f", help=" · ".join(names), show_default=False)


FormatOption = Annotated[str | None, formats("table", "json", "jsonl", "csv", "md", "html", "xlsx", "docx")]
TableOrJsonOption = Annotated[str, typer.Option("--format", "-f", help="table · json")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="写入的文件，- 为标准输出 · where to write, - is standard output")
]
LangOption = Annotated[str | None, typer.Option("--lang", help="zh · en", show_default=False)]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="配置文件 · the configuration, default: the nearest reconcile.toml")
]
StoreOption = Annotated[
    str | None, typer.Option("--store", help="台账文件或数据库网址 · the ledger: a file or a database URL")
]
ProcessesOption = Annotated[
    int, typer.Option("--processes", help="进程数 · how many processes", min=1, show_default=False)
]
PROCESSES = min(os.cpu_count() or 1, 4)
"""How many processes where ``--processes`` does not say."""

ActorOption = Annotated[
    str | None, typer.Option("--actor", help="复核人，默认为登录用户 · who decides, default: the user logged in")
]
PeriodOption = Annotated[
    str | None,
    typer.Option("--period", help="只取台账中的一个期间，如 2023-06 · only this one of the ledger", show_default=False),
]
OrganisationOption = Annotated[
    str | None,
    typer.Option("--organisation", help="只取台账中的一个单位 · only this one of the ledger", show_default=False),
]
ForceOption = Annotated[bool, typer.Option("--force", help="覆盖已有文件 · overwrite files")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="不显示提示信息 · no notes on standard error")]


def use_utf8() -> None:
    """UTF-8 on every stream, whatever the locale: a Windows code page must not corrupt or stop a report."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "strict")


def locale_language() -> Lang:
    """The language of the environment: Chinese where the locale says so, else English."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


_known: list[Lang] = []
"""The language of the configuration or of the reports, once it is known."""


def speak(lang: Lang | None) -> None:
    """From here on the language where ``--lang`` asks for none, errors included; None for the locale's."""
    _known[:] = [lang] if lang else []


def language(asked: str | None) -> Lang:
    """The language asked for by ``--lang``, else the one known, else the locale's; a usage error for any other word."""
    if asked is None:
        return _known[0] if _known else locale_language()
    return one_of("--lang", asked, ("zh", "en"))


def one_of(option: str, word: str, known: Sequence[Word]) -> Word:
    """What an option was given, where it is one of the words it knows; a usage error for any other."""
    for each in known:
        if each == word:
            return each
    raise ReconcileError("console.unknown_word", option=option, word=word, known=", ".join(known))


def table_or_json(asked: str) -> Literal["table", "json"]:
    """What `TableOrJsonOption` was given."""
    return one_of("--format", asked, ("table", "json"))


def day(option: str, value: str | None) -> date | None:
    """The day an option names, if it was given; a usage error for what is no date."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise ReconcileError("console.bad_day", option=option, value=value) from error


def period(option: str, value: str | None) -> Period | None:
    """The period an option names, if it was given; a usage error for what is none."""
    try:
        return containing(value, first_day(value)) if value else None
    except (ValueError, IndexError) as error:
        raise ReconcileError("console.bad_period", option=option, value=value) from error


def switch(name: str) -> bool | None:
    """Whether an environment variable is on (1, true) or off (0, false), None where it is not set."""
    value = os.environ.get(name, "").strip()
    known = {"": None, "1": True, "true": True, "0": False, "false": False}
    if value.lower() not in known:
        raise ReconcileError("console.bad_switch", name=name, value=value)
    return known[value.lower()]


def write(data: str | bytes, output: Path | None) -> None:
    """Data to the file a person named, else (and for ``-``) to standard output.

    A file that is named is replaced, whole or not at all, and its folder must be there; what a program names itself is
    written by `outputs.files.write`, which keeps what is there.
    """
    if output is None or str(output) == "-":
        if isinstance(data, bytes) and sys.stdout.isatty():
            raise ReconcileError("console.not_text")
        sys.stdout.flush()
        sys.stdout.buffer.write(data.encode("utf-8") if isinstance(data, str) else data)
        sys.stdout.buffer.flush()
        return
    from reconcile.outputs import files

    if not output.parent.is_dir():
        raise ReconcileError("outputs.unwritable", file=output, why=os.strerror(errno.ENOENT))
    files.write(output, data, force=True)


def spare(inputs: Iterable[Path], *outputs: Path | None) -> None:
    """Refuse to write over a file that is read, by itself or in a folder: a report may be the only copy."""
    for output in outputs:
        if output and output.is_file() and any(output.samefile(each) for each in _files(inputs)):
            raise InputError("console.over_input", file=output)


def _files(inputs: Iterable[Path]) -> Iterator[Path]:
    """The files some inputs name, those in folders included."""
    from reconcile.intake.archive import reports_in

    for path in inputs:
        if path.is_dir():
            yield from reports_in(path)
        elif path.is_file():
            yield path


def user(named: str | None) -> str:
    """Who acts: the name given, else the user logged in."""
    return named or getpass.getuser()


def read_bytes(path: Path) -> bytes:
    """A file a person names; `InputError` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError("console.unreadable", file=path, why=error.strerror or error) from error


def read_text(path: Path) -> str:
    """A UTF-8 text file a person names; `InputError` where it cannot be read."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("console.unreadable", file=path, why=error) from error


def note(message: str, *, quiet: bool = False) -> None:
    """A line for the person at the terminal, on standard error."""
    if not quiet:
        print(message, file=sys.stderr)


def fail(error: ReconcileError) -> None:
    """One line for an error a person can act on, in the language of the run as far as it is known."""
    note(f"reconcile: {error.message(_language_of_arguments(sys.argv))}")


def fail_unexpectedly(error: Exception) -> None:
    """One line for a defect; the traceback only where RECONCILE_DEBUG asks for it."""
    if os.environ.get("RECONCILE_DEBUG"):
        traceback.print_exception(error)
    what = f"{type(error).__name__}: {error}"
    note(f"reconcile: {text('console.defect', _language_of_arguments(sys.argv), what=what)}")


def _language_of_arguments(arguments: list[str]) -> Lang:
    """``--lang`` as written on the command line, good enough to word an error in."""
    for flag, value in zip(arguments, [*arguments[1:], ""], strict=False):
        if flag in ("--lang=zh", "--lang=en"):
            return "zh" if flag.endswith("zh") else "en"
        if flag == "--lang" and value in ("zh", "en"):
            return "zh" if value == "zh" else "en"
    return language(None)
