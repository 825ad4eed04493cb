"""The rows of the page's slippage table, with what the evidence beneath each shows."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reconcile.language.distinct import Span
from reconcile.messages import Lang
from reconcile.outputs import tables, wording
from reconcile.outputs.plain_table import Cell
from reconcile.outputs.rows import LIGHTS, Linked, TaskRow, View, urgency_of

MAIN = ("rank", "office", "plan", "due", "reported", "status", "light", "slip_count", "next_plan", "hint")
"""The columns of the table; the others stand with the evidence."""
NEAR = 0.05


class Case(Struct, frozen=True):
    """A row: its cells by column, what sorts and filters it, and its evidence."""

    row: TaskRow
    cells: dict[str, Cell]
    titles: dict[str, str]
    light: str
    order: int
    why: str
    period: str

    @property
    def more(self) -> tuple[tuple[str, Cell], ...]:
        """The columns the table has no room for, with their titles, where they say something."""
        return tuple((self.titles[key], cell) for key, cell in self.cells.items() if key not in MAIN and cell != "")

    def plan_spans(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Spans of the whole item's text as they stand in the words this row quotes of it."""
        if not self.item:
            return tuple(spans)
        task = self.row.task.verdict.task
        head = len(task.head)
        shifted = ((start - task.start + head, end - task.start + head) for start, end in spans)
        return tuple((max(start, head), end) for start, end in shifted if end > head)

    @property
    def linked(self) -> tuple[Linked, ...]:
        """The completions this row rests on."""
        return self.row.task.linked

    @property
    def rejected(self) -> tuple[Linked, ...]:
        """The candidates not accepted that came near enough to be worth a look; the JSON has them all."""
        return tuple(one for one in self.row.item.rejected if one.link.score >= NEAR)

    @property
    def item(self) -> str:
        """The whole item, where the row is one of its several tasks."""
        item = self.row.item
        return "" if len(item.tasks) == 1 else item.verdict.item.text


class Choices(Struct, frozen=True):
    """What the filters offer: the words that occur."""

    periods: tuple[str, ...]
    offices: tuple[str, ...]
    statuses: tuple[str, ...]
    lights: tuple[str, ...]


def cases(view: View, lang: Lang, office: str | None) -> tuple[Case, ...]:
    """The slippage rows of one office, or of all for None."""
    drawn = tables.slippage(view, lang)
    titles = {column.key: column.title for column in drawn.columns}
    found = []
    for row, cells in zip(view.slippage, drawn.cells, strict=True):
        verdict = row.item.verdict
        if office is None or verdict.item.office == office:
            found.append(
                Case(
                    row=row,
                    cells=dict(zip(titles, cells, strict=True)),
                    titles=titles,
                    light=LIGHTS[verdict.light].colour if verdict.light in LIGHTS else "grey",
                    order=urgency_of(verdict.light),
                    why=wording.why(row.task.verdict.rule, lang),
                    period=wording.period(row.item.pair.period, lang),
                )
            )
    return tuple(found)


def choices(found: Sequence[Case]) -> Choices:
    """The words the rows of a page can be filtered by."""
    values = {
        key: tuple(dict.fromkeys(str(case.cells[key]) for case in found)) for key in ("office", "status", "light")
    }
    periods = tuple(dict.fromkeys(case.period for case in found))
    return Choices(periods, values["office"], values["status"], values["light"])
