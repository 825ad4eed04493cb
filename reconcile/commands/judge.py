"""`reconcile judge`: what people decide on links and verdicts, kept for good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconcile.commands import console, opening
from reconcile.messages import Lang, text

if TYPE_CHECKING:
    from reconcile.ledger.judgements import Judgement
    from reconcile.ledger.replay import Replay

app = typer.Typer(no_args_is_help=True)

ReasonOption = Annotated[str, typer.Option("--reason", help="理由 · why")]


@app.command()
def add(
    action: Annotated[str, typer.Argument(help="confirm · reject · add · override · note")],
    plan: Annotated[
        str, typer.Argument(help="计划任务、事项或关联的编号 · id of the planned task or item, or of a link")
    ],
    target: Annotated[
        str | None, typer.Option("--target", help="关联另一端的编号 · id of the link's other end")
    ] = None,
    relation: Annotated[
        str | None,
        typer.Option("--relation", help="full · partial · negative · replan · next_phase · window_roll · standing"),
    ] = None,
    status: Annotated[
        str | None, typer.Option("--status", help="改判的结论 · the verdict in place of the engine's")
    ] = None,
    reason: ReasonOption = "",
    actor: console.ActorOption = None,
    store: console.StoreOption = None,
    config: console.ConfigOption = None,
    lang: console.LangOption = None,
) -> None:
    """确认、否定或新增关联，改判，备注 · Confirm, reject or add a link, override a verdict, add a note."""
    from reconcile.ledger.judgements import Action
    from reconcile.ledger.judging import Decision, word
    from reconcile.model.links import Relation
    from reconcile.model.verdicts import Status

    decision = Decision(
        word(Action, action),
        plan,
        console.user(actor),
        target,
        word(Relation, relation) if relation else None,
        word(Status, status) if status else None,
        reason,
    )
    with opening.ledger(store, opening.config(config)) as ledger:
        (entry,) = ledger.judge(decision)
        ledger.bring_up_to_date()
    print(text("judge.recorded", console.language(lang), number=entry.number, id=entry.id[:12]))


@app.command("list")
def list_(
    format_: console.TableOrJsonOption = "table",
    store: console.StoreOption = None,
    config: console.ConfigOption = None,
    lang: console.LangOption = None,
) -> None:
    """列出有效的复核意见及其是否仍然适用 · The judgements in force, and what has become of each."""
    import msgspec
    from tabulate import tabulate

    settings = opening.config(config)
    words, form = opening.language(lang, settings), console.table_or_json(format_)
    with opening.ledger(store, settings) as ledger:
        replayed = ledger.replay()
    if form == "json":
        print(msgspec.json.format(msgspec.json.encode(replayed.entries), indent=1).decode())
        return
    columns = ("number", "state", "action", "plan", "target", "decision", "actor", "time", "reason")
    print(
        tabulate(
            _rows(replayed, words), [text(f"judge.column_{name}", words) for name in columns], disable_numparse=True
        )
    )
    console.note(text("import.replayed", words, **replayed.counts))


def _rows(replayed: Replay, lang: Lang) -> list[tuple[object, ...]]:
    return [
        (
            each.entry.number,
            text(f"judge.state_{each.state}", lang),
            text(f"judge.action_{(judgement := each.entry.judgement).action}", lang),
            f"{judgement.plan.period} {judgement.plan.office} {judgement.plan.text}",
            judgement.target.text if judgement.target else "",
            _decision(judgement, lang),
            judgement.actor,
            judgement.time,
            judgement.reason,
        )
        for each in replayed.entries
    ]


def _decision(judgement: Judgement, lang: Lang) -> str:
    """The verdict or the relation that was decided on."""
    from reconcile.outputs import wording

    if judgement.status:
        return wording.status(judgement.status, lang)
    return wording.relation(judgement.relation, lang) if judgement.relation else ""


@app.command()
def undo(
    entry: Annotated[
        str, typer.Argument(help="意见的序号或编号开头 · number of the judgement, or the beginning of its id")
    ],
    reason: ReasonOption = "",
    actor: console.ActorOption = None,
    store: console.StoreOption = None,
    config: console.ConfigOption = None,
    lang: console.LangOption = None,
) -> None:
    """撤回一条意见（追加一条撤回记录） · Take a judgement back: a new entry that names it."""
    with opening.ledger(store, opening.config(config)) as ledger:
        new = ledger.undo(entry, console.user(actor), reason)
        ledger.bring_up_to_date()
    print(text("judge.recorded", console.language(lang), number=new.number, id=new.id[:12]))


@app.command()
def export(
    output: console.OutputOption = None, store: console.StoreOption = None, config: console.ConfigOption = None
) -> None:
    """导出全部意见（JSONL，含哈希链） · The whole chain as JSONL."""
    from reconcile.ledger.judgements import to_lines

    with opening.ledger(store, opening.config(config)) as ledger:
        lines = to_lines(ledger.judgements())
    console.write(lines, output)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="JSONL")],
    store: console.StoreOption = None,
    config: console.ConfigOption = None,
    lang: console.LangOption = None,
) -> None:
    """并入另一台账的意见（已有的跳过） · Take in another ledger's judgements; those known are left out."""
    from reconcile.ledger.judgements import of_lines

    with opening.ledger(store, opening.config(config)) as ledger:
        count = ledger.take_judgements(of_lines(console.read_text(file), str(file), "judge.broken_import"))
        ledger.bring_up_to_date()
    console.note(text("judge.taken_in", console.language(lang), count=count))


@app.command()
def verify(
    file: Annotated[Path | None, typer.Argument(help="JSONL，默认为台账 · JSONL, default: the ledger")] = None,
    store: console.StoreOption = None,
    config: console.ConfigOption = None,
    lang: console.LangOption = None,
) -> None:
    """检查哈希链 · Check the chain of hashes."""
    from reconcile.errors import StoreError
    from reconcile.ledger.judgements import broken, of_lines

    if file:
        chain = of_lines(console.read_text(file), str(file))
    else:
        with opening.ledger(store, opening.config(config)) as ledger:
            chain = ledger.judgements()
            if wrong := broken(chain):
                raise StoreError("judge.broken_chain", store=ledger.database.name, number=wrong)
    console.note(text("judge.whole", console.language(lang), count=len(chain), hash=chain[-1].hash if chain else "-"))
