"""`reconcile verify`: a run repeated from its manifest, and compared to the byte."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from reconcile import __version__
from reconcile.commands import console, opening
from reconcile.errors import InputError
from reconcile.messages import Lang, text

if TYPE_CHECKING:
    from reconcile.config import Config
    from reconcile.ledger.manifest import Manifest, Output, Result


def verify(
    manifest: Annotated[Path, typer.Argument(help="运行记录 run.json · the manifest of a run")],
    lang: console.LangOption = None,
) -> None:
    """Repeat a run from its manifest and compare to the byte."""
    from reconcile.ledger import manifest as papers

    settings = opening.config(None)
    paper, folder = papers.load(manifest), manifest.parent
    if paper.outputs and not settings.lang:
        console.speak(cast("Lang", paper.outputs[0].lang))
    words = console.language(lang)
    if changed := papers.changed(paper, folder):
        for each in changed:
            print(text("manifest.input_changed", words, file=folder / each.path))
        raise typer.Exit(InputError.exit_code)
    if paper.version != __version__:
        console.note(text("manifest.other_version", words, then=paper.version, now=__version__))
    result = papers.judged(paper, folder)
    differences = _differences(paper, result, folder, words)
    for line in differences:
        print(line)
    if differences:
        raise typer.Exit(InputError.exit_code)
    print(text("manifest.same", words, tasks=paper.counts["tasks"], outputs=len(paper.outputs)))


def _differences(paper: Manifest, result: Result, folder: Path, lang: Lang) -> list[str]:
    from reconcile.ledger.manifest import result_sha256

    found = []
    if (now := result_sha256(result)) != paper.result_sha256:
        found.append(text("manifest.result_differs", lang, then=paper.result_sha256, now=now))
    found += [
        text("manifest.output_differs", lang, file=folder / output.path)
        for output in paper.outputs
        if not _same(output, result, folder, paper.config)
    ]
    return found


def _same(output: Output, result: Result, folder: Path, settings: Config) -> bool:
    """Whether a file is there as written, and is what the repeated run draws."""
    import hashlib

    from reconcile import outputs
    from reconcile.ledger.manifest import sha256_of

    pairs, threads = result
    explained = opening.explained(pairs, output.format, settings)
    lang = cast("Lang", output.lang)
    drawn = outputs.render(pairs, threads, output.format, lang, width=outputs.FILE_WIDTH, explained=explained)
    raw = drawn.encode() if isinstance(drawn, str) else drawn
    return sha256_of(folder / output.path) == output.sha256 == hashlib.sha256(raw).hexdigest()
