"""What comes in: the files of a folder tree that the ledger does not hold yet, read and stored.

Whose report a file is, and for which period, is read from the document and never from its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from functools import partial
from pathlib import Path

from msgspec import Struct

from reconcile import intake, layout
from reconcile.check.journal import Journal
from reconcile.check.record import Flag, Imported
from reconcile.config import Config
from reconcile.errors import InputError, ReconcileError
from reconcile.intake.archive import reports_in
from reconcile.ledger.store import Ledger
from reconcile.messages import Lang, text
from reconcile.model.reports import Report
from reconcile.policy import FlagKind
from reconcile.workers import Workers


class TakenIn(Struct, frozen=True):
    """What an inbox gave: reports that are new or corrected, and a flag for each file that gives none."""

    imported: tuple[Imported, ...] = ()
    flags: tuple[Flag, ...] = ()


def take_in(
    ledger: Ledger, folder: Path, config: Config, leave_out: Collection[Path], journal: Journal, workers: Workers
) -> TakenIn:
    """Store every report of a folder tree that the ledger does not hold; a bad file is flagged and stops no other."""
    known = ledger.contents()
    paths = [path for path in incoming(folder, leave_out) if _sha256(path) not in known]
    imported: list[Imported] = []
    flags: list[Flag] = []
    with journal.progress("reading", len(paths)) as advance:
        for path, result in workers.spread(partial(_read, config), paths, len(paths)):
            name = path.relative_to(folder).as_posix() if path != folder else path.name
            for report in result if isinstance(result, list) else [result]:
                try:
                    stored = _stored(ledger, report)
                except Exception as error:
                    flags.append(_unreadable(name, error, journal.lang))
                    journal.say("unreadable", "warning", text=flags[-1].text)
                else:
                    if stored:
                        imported.append(stored)
                        journal.say(
                            f"imported_{stored.state}",
                            file=stored.file,
                            organisation=stored.organisation,
                            period=stored.period,
                        )
            advance()
    return TakenIn(tuple(imported), tuple(flags))


def incoming(folder: Path, leave_out: Collection[Path]) -> list[Path]:
    """The reports in a folder tree, the oldest first, so that a correction comes after what it corrects.

    What the check writes itself is left out.
    """
    if not folder.exists():
        raise InputError("check.no_folder", folder=folder)
    own = {path.resolve() for path in leave_out}
    found = [folder] if folder.is_file() else reports_in(folder)
    kept = [path for path in found if own.isdisjoint((path.resolve(), *path.resolve().parents))]
    return sorted(kept, key=lambda path: (path.stat().st_mtime_ns, path))


def _read(config: Config, path: Path) -> list[Report | Exception]:
    """The reports of one file (several of an archive); runs in a process of its own."""
    found: list[Report | Exception] = []
    for document in intake.read_all(path):
        try:
            found.append(document if isinstance(document, Exception) else layout.read_report(document, config))
        except Exception as error:
            found.append(error)
    return found


def _stored(ledger: Ledger, report: Report | Exception) -> Imported | None:
    if isinstance(report, Exception):
        raise report
    if not report.organisation:
        raise InputError("check.no_organisation", file=report.file.name)
    if not report.items:  # stored, it would make every plan before it look dropped
        raise InputError("check.no_items", file=report.file.name)
    stored = ledger.add(report)
    if stored.state == "unchanged":
        return None
    return Imported(report.file.name, stored.organisation, stored.period, stored.state)


def _unreadable(name: str, error: Exception, lang: Lang) -> Flag:
    if isinstance(error, ReconcileError):
        why = error.message(lang)
    else:
        why = text("check.crashed", lang, file=name, why=f"{type(error).__name__}: {error}")
    return Flag(FlagKind.UNREADABLE, "", "", unit=name, text=why)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
