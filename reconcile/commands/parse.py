"""`reconcile parse`: what was read from reports, for people and for scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reconcile.commands import console, opening


def parse(
    files: Annotated[list[Path], typer.Argument(help="报告文件 · the reports", show_default=False)],
    format_: Annotated[str | None, console.formats("table", "json", "jsonl", "csv", "md")] = None,
    output: console.OutputOption = None,
    lang: console.LangOption = None,
    config: console.ConfigOption = None,
) -> None:
    """Show what is read from reports: offices, items, tasks, warnings."""
    from msgspec import structs

    from reconcile import intake, layout
    from reconcile.errors import InputError
    from reconcile.model.reports import Report
    from reconcile.outputs import format_of, parsed

    console.spare(files, output)
    settings = opening.config(config)
    if lang is not None:
        settings = structs.replace(settings, lang=console.language(lang))
    form = format_of(format_, output, parsed.FORMATS)
    reports: list[Report] = []
    errors: list[InputError] = []
    for found in layout.read_reports((one for path in files for one in intake.read_all(path)), settings):
        if isinstance(found, InputError):
            errors.append(found)
        else:
            reports.append(found)
    language = opening.language(lang, settings, reports)
    if not reports and not errors:
        raise InputError("intake.nothing_readable", file=files[0])
    for failed in errors:
        console.fail(failed)
    if reports:
        console.write(parsed.render(reports, form, language), output)
    if errors or not reports:
        raise typer.Exit(InputError.exit_code)
