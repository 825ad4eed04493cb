"""`reconcile sample`: a sample to check by hand, and the precision it shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconcile.commands import console, opening
from reconcile.errors import InputError, NothingToCheck
from reconcile.messages import Lang, text

if TYPE_CHECKING:
    from reconcile.ledger.sampling import Drawn, HandChecked

SAMPLE = Path("sample.xlsx")
"""The sample's file where none is named."""

_NEEDED = ("status", "band", "of", "right")


def sample(
    n: Annotated[int, typer.Option("--n", min=1, help="抽取的任务数 · how many tasks")] = 40,
    seed: Annotated[int, typer.Option("--seed", help="随机种子 · the seed")] = 7,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="写出的 xlsx 文件 · the xlsx file to write, default: sample.xlsx"),
    ] = None,
    force: console.ForceOption = False,
    read: Annotated[
        Path | None, typer.Option("--read", help="读回填好的表，估计准确率 · a filled-in sample: estimate precision")
    ] = None,
    period: console.PeriodOption = None,
    store: console.StoreOption = None,
    config: console.ConfigOption = None,
    lang: console.LangOption = None,
) -> None:
    """A stratified sample for audit, and what it shows."""
    from reconcile.ledger import sampling
    from reconcile.outputs import files

    settings = opening.config(config)
    words = opening.language(lang, settings)
    if read is not None:
        print(_precision(_checked(read), words), end="")
        return
    month = console.period("--period", period)
    with opening.ledger(store, settings) as ledger:
        drawn = sampling.draw(ledger.reconciliations(period=month), n, seed)
    if not drawn:
        raise NothingToCheck("sample.nothing")
    if output:
        console.write(_sheet(drawn, words), output)
    else:
        files.write(SAMPLE, _sheet(drawn, words), force=force)  # one that was filled in is not lost
    console.note(text("sample.written", words, file=output or SAMPLE, count=len(drawn)))


def _sheet(drawn: tuple[Drawn, ...], lang: Lang) -> bytes:
    from reconcile.ledger import workbook
    from reconcile.ledger.workbook import Column

    choices = (text("sample.yes", lang), text("sample.no", lang))
    shown = (("period", 9), ("office", 14), ("item", 40), ("task", 36), ("evidence", 44), ("said", 10), ("source", 24))
    columns = [Column(key, text(f"sample.column_{key}", lang), width) for key, width in shown]
    columns.append(Column("right", text("sample.column_right", lang), 10, choices, open=True))
    columns.append(Column("note", text("sample.column_note", lang), 30, open=True))
    columns += [Column(key) for key in ("id", "status", "band", "of")]
    rows = [
        {
            "period": each.period,
            "office": each.item.office,
            "item": each.item.text,
            "task": each.verdict.task.head + each.verdict.task.text,
            "evidence": each.evidence,
            "said": text(f"statuses.{each.verdict.status}", lang),
            "source": f"{each.item.anchor.file} [{each.item.anchor.start}–{each.item.anchor.end}]",
            "id": each.verdict.task.id,
            "status": each.verdict.status.value,
            "band": each.band,
            "of": str(each.of),
        }
        for each in drawn
    ]
    return workbook.write(text("sample.title", lang), columns, rows, (text("sample.how", lang),))


def _checked(file: Path) -> list[HandChecked]:
    """The rows somebody answered; an answer that is no choice is named by its row."""
    from reconcile.ledger import workbook
    from reconcile.ledger.sampling import HandChecked
    from reconcile.model.verdicts import Status

    answers = {text(f"sample.{word}", lang): word == "yes" for word in ("yes", "no") for lang in ("zh", "en")}
    found = []
    for number, row in enumerate(workbook.read(console.read_bytes(file), str(file), _NEEDED), 3):
        if not row["right"]:
            continue
        if row["right"] not in answers:
            raise InputError("sample.no_answer", file=file, row=number, answer=row["right"])
        found.append(HandChecked(Status(row["status"]), row["band"], int(float(row["of"])), answers[row["right"]]))
    if not found:
        raise NothingToCheck("sample.unanswered", file=file)
    return found


def _precision(checked: list[HandChecked], lang: Lang) -> str:
    from tabulate import tabulate

    from reconcile.ledger.sampling import precision

    rows = [
        (
            text(f"statuses.{each.status}", lang),
            f"{each.right}/{each.checked}",
            f"{each.estimate:.1%}",
            f"{each.low:.1%} – {each.high:.1%}",
        )
        for each in precision(checked)
    ]
    columns = ("verdict", "checked", "estimate", "interval")
    return tabulate(rows, [text(f"sample.column_{name}", lang) for name in columns], disable_numparse=True) + "\n"
