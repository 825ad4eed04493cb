"""The working paper of a run (`run.json`): enough for another auditor to repeat it and compare to the byte.

It names every input with its hash, the program's version, the model, all of the configuration that verdicts depend on,
the counts, and the hash of the result. No clock and no machine stand in it, so the same run gives the same manifest.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from reconcile import pipeline
from reconcile.config import Config
from reconcile.errors import InputError
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Report
from reconcile.model.threads import Thread

SCHEMA = "reconcile.manifest/1"

Result = tuple[tuple[Reconciliation, ...], tuple[Thread, ...]]
"""What a run comes to: its pairs in the order of time, and the threads over them."""


class Input(Struct, frozen=True):
    """A file that was read: its path, relative to the manifest's folder, its hash, and what the run called it."""

    path: str
    sha256: str
    name: str


class Output(Struct, frozen=True):
    """A file the run wrote: its path and hash, and how it was drawn."""

    path: str
    sha256: str
    format: str
    lang: str


class Manifest(Struct, frozen=True):
    """Everything a run depended on, and what came out."""

    version: str
    model: str
    config_sha256: str
    config: Config
    inputs: tuple[Input, ...]
    counts: dict[str, int]
    result_sha256: str
    outputs: tuple[Output, ...] = ()
    schema: str = SCHEMA


def inputs(paths: Sequence[Path], folder: Path) -> tuple[Input, ...]:
    """The files a run over some files, folders and archives reads, for a manifest in `folder`."""
    found = []
    for path in paths:
        for file in _files(path):
            name = file.name if file == path else file.relative_to(path).as_posix()
            found.append(Input(relative(file, folder), sha256_of(file), name))
    return tuple(found)


def manifest(read: Sequence[Input], config: Config, result: Result, outputs: Sequence[Output] = ()) -> Manifest:
    """The manifest of a run."""
    pairs, threads = result
    return Manifest(
        version=pairs[0].version,
        model=pairs[0].model,
        config_sha256=config.sha256(),
        config=config.decisive(),
        inputs=tuple(read),
        counts={
            "reports": len({report.file for pair in pairs for report in (pair.plan_report, pair.completion_report)}),
            "pairs": len(pairs),
            "items": sum(pair.summary.items for pair in pairs),
            "tasks": sum(pair.summary.tasks for pair in pairs),
            "unplanned": sum(len(pair.unplanned) for pair in pairs),
            "threads": len(threads),
        },
        result_sha256=result_sha256(result),
        outputs=tuple(outputs),
    )


def judged(manifest: Manifest, folder: Path) -> Result:
    """What the run comes to when it is repeated: each two consecutive reports, and threads where there are more.

    A file that cannot be read was left out then, and is now.
    """
    from reconcile import intake, layout

    documents = (each for one in manifest.inputs for each in intake.read_named(folder / one.path, one.name))
    reports = [one for one in layout.read_reports(documents, manifest.config) if isinstance(one, Report)]
    pairs, threads, _ = pipeline.reconcile_all(reports, manifest.config)
    return tuple(pairs), threads


def encode(manifest: Manifest) -> str:
    """The manifest as it is written."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1).decode() + "\n"


def load(path: Path) -> Manifest:
    """A manifest read back; `InputError` where it is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except OSError as error:
        raise InputError("console.unreadable", file=path, why=error.strerror or error) from error
    except msgspec.MsgspecError as error:
        raise InputError("manifest.not_one", file=path, why=error) from error


def output(folder: Path, path: Path, form: str, lang: str) -> Output:
    """A file the run wrote, as a manifest in `folder` names it."""
    return Output(relative(path, folder), sha256_of(path), form, lang)


def changed(manifest: Manifest, folder: Path) -> list[Input]:
    """The inputs that are gone or no longer what they were."""
    return [each for each in manifest.inputs if sha256_of(folder / each.path) != each.sha256]


def result_sha256(result: Result) -> str:
    """The hash of everything a run concluded."""
    return hashlib.sha256(msgspec.json.encode(result)).hexdigest()


def sha256_of(path: Path) -> str:
    """The hash of a file's content; empty where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _files(path: Path) -> list[Path]:
    from reconcile.intake import archive

    return archive.reports_in(path) if path.is_dir() else [path]


def relative(path: Path, folder: Path) -> str:
    """A path as seen from a folder, with forward slashes."""
    return Path(os.path.relpath(path, folder)).as_posix()
