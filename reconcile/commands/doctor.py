"""`reconcile doctor`: what is installed, which formats can be read, where things are."""

from __future__ import annotations

import platform
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec
from tabulate import tabulate

from reconcile import __version__
from reconcile import config as configuration
from reconcile.commands import console, opening
from reconcile.intake.support import Support, formats
from reconcile.messages import Lang, text

_PACKAGES = (
    "rapidfuzz",
    "rjieba",
    "numpy",
    "networkx",
    "lxml",
    "pypdfium2",
    "python-calamine",
    "ofdkit",
    "rapidocr",
    "onnxruntime",
    "sentencepiece",
)
"""The packages whose versions a report of a problem should name."""


class Facts(msgspec.Struct, frozen=True):
    """What ``reconcile doctor --format json`` prints."""

    version: str
    python: str
    system: str
    config: str | None
    store: str | None
    semantic: bool
    temporary: str
    packages: dict[str, str | None]
    formats: list[Support]
    schema: str = "reconcile.doctor/1"


def doctor(
    format_: console.TableOrJsonOption = "table",
    lang: console.LangOption = None,
    config: console.ConfigOption = None,
    store: console.StoreOption = None,
) -> None:
    """Show what is installed and which formats can be read here."""
    settings = opening.config(config)
    language, form = console.language(lang), console.table_or_json(format_)
    path = config or configuration.find(Path.cwd())
    facts = Facts(
        version=__version__,
        python=platform.python_version(),
        system=platform.platform(),
        config=str(path) if path else None,
        store=store or settings.store,
        semantic=bool(settings.matching.semantic),
        temporary=tempfile.gettempdir(),
        packages={name: _version(name) for name in _PACKAGES},
        formats=formats(),
    )
    if form == "json":
        print(msgspec.json.format(msgspec.json.encode(facts), indent=1).decode())
    else:
        _show(facts, language)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _show(facts: Facts, lang: Lang) -> None:
    def say(name: str) -> str:
        return text(f"doctor.{name}", lang)

    rows = [
        (say("version"), facts.version),
        (say("python"), facts.python),
        (say("system"), facts.system),
        (say("config"), facts.config or say("no_config")),
        (say("store"), facts.store or say("no_store")),
        (say("semantic"), say("semantic_on" if facts.semantic else "semantic_off")),
        (say("temporary"), facts.temporary),
        (say("packages"), ", ".join(f"{name} {number or '–'}" for name, number in facts.packages.items())),
    ]
    print(tabulate(rows, tablefmt="plain", disable_numparse=True))
    print(f"\n{say('formats')}\n")
    table = [
        (" ".join(one.extensions), one.reader or say("cannot"), text(one.add, lang) if one.add else "")
        for one in facts.formats
    ]
    print(tabulate(table, [say("format"), say("reader"), say("to_add")], disable_numparse=True))
