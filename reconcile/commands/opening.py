"""What commands open alike: the configuration in force, the ledger it or ``--store`` names, and the reports given."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reconcile import config as configuration
from reconcile.commands import console
from reconcile.config import Config
from reconcile.errors import InputError, ReconcileError
from reconcile.messages import Lang, text
from reconcile.model.reports import Kind

if TYPE_CHECKING:
    from reconcile.ledger.store import Ledger
    from reconcile.model.reconciliation import Reconciliation
    from reconcile.model.reports import Report
    from reconcile.outputs.marking import Marking

SEMANTIC = "RECONCILE_SEMANTIC"
"""The environment variable that has sentences weighed (1) or not (0) where the configuration does not say."""
_READING = 0.012
"""Seconds of a processor that the encoder takes to read an item, or two of them together, about."""


def config(path: Path | None) -> Config:
    """The configuration in a file, or the nearest one from the working directory upwards, or the defaults.

    From here on its language is spoken, where it names one. Where it does not say whether sentences are weighed, the
    environment does (`SEMANTIC`), or else they are if the extra `semantic` is installed: from here on it is settled.
    """
    settings = configuration.load(path or configuration.find(Path.cwd()))
    console.speak(settings.lang)
    if settings.matching.semantic is not None:
        return settings
    return replace(settings, matching=replace(settings.matching, semantic=_semantic()))


def _semantic() -> bool:
    if (asked := console.switch(SEMANTIC)) is not None:
        return asked
    return all(find_spec(package) for package in ("onnxruntime", "sentencepiece"))


def ledger(store: str | None, settings: Config, *, create: bool = False) -> Ledger:
    """The ledger ``--store`` names, else the configuration's, else the one in the working directory."""
    from reconcile.ledger.store import Ledger

    return Ledger.open(store, settings, create=create)


def language(asked: str | None, settings: Config, reports: Sequence[Report] = ()) -> Lang:
    """The language asked for, else the configuration's, else Chinese where the reports are, else the locale's."""
    from reconcile.outputs import parsed

    if reports and not settings.lang:
        console.speak(parsed.language_of(reports))
    return console.language(asked)


def reports(paths: Iterable[Path], settings: Config, asked: str | None, *, quiet: bool = False) -> list[Report]:
    """Every report in some files, folders and archives; `InputError` where one that is named cannot be read.

    What cannot be read in a folder or an archive is left out with a note, as long as anything is left. `asked` is the
    language of ``--lang``.
    """
    from reconcile import intake, layout

    found: list[Report] = []
    for path in paths:
        everything = list(layout.read_reports(intake.read_all(path), settings))
        read = [one for one in everything if not isinstance(one, InputError)]
        errors = [one for one in everything if isinstance(one, InputError)]
        if not read:
            raise errors[0] if errors else InputError("intake.nothing_readable", file=path)
        lang = language(asked, settings, read)
        for error in errors:
            console.note(text("pipeline.file_left_out", lang, why=error.message(lang)), quiet=quiet)
        found += read
    if settings.matching.semantic and sys.stderr.isatty():
        words, items = language(asked, settings, found), sum(len(report.items) for report in found)
        console.note(text("pipeline.reading", words, items=items, seconds=reading_time(found)), quiet=quiet)
    return found


def reading_time(given: Sequence[Report]) -> int:
    """Seconds the encoder takes to judge some reports, about, where all processors are free for it."""
    from reconcile import pairing
    from reconcile.matching.ranking import OF_CANDIDATE, OF_PLAN

    read = 0
    for earlier, later in pairwise(pairing.in_order(given)):
        plans, others = len(earlier.of(Kind.PLAN)), len(later.items)
        read += others + 2 * OF_PLAN * plans + OF_CANDIDATE * others  # plans are held against completions and plans
    return math.ceil(read * _READING / (os.cpu_count() or 1))


def say_gaps(given: Sequence[Report], left_out: Iterable[ReconcileError], lang: Lang, *, quiet: bool) -> None:
    """A note for the months without a report among those given, and for each pair that could not be compared."""
    from reconcile import pairing
    from reconcile.outputs import wording

    if gaps := pairing.missing(given):
        periods = wording.label("separator", lang).join(wording.period(each, lang) for each in gaps)
        console.note(text("pipeline.missing", lang, periods=periods), quiet=quiet)
    for error in left_out:
        console.note(text("pipeline.left_out", lang, why=error.message(lang)), quiet=quiet)


def explained(pairs: Iterable[Reconciliation], form: str, settings: Config) -> dict[str, Marking]:
    """What explains the links of some pairs, by link id, for the format that shows it."""
    if form != "html":
        return {}
    from reconcile import pipeline
    from reconcile.outputs.explained import marked

    return {id_: why for pair in pairs for id_, why in marked(pipeline.explain_all(pair, settings)).items()}
