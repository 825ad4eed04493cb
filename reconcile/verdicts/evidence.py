"""What the linked completions and the next plan say about one plan item: everything the ladder looks at."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from reconcile.language import counts, extent, parts
from reconcile.language.aspect import Aspect
from reconcile.language.listing import Unnamed
from reconcile.language.measures import Measure
from reconcile.language.progress import Progress
from reconcile.language.stages import Reached
from reconcile.language.tokens import fold
from reconcile.model.reports import Item, Task

CLEARLY = 0.5
"""From this share of its pairs on a task is told of clearly."""
_FIGURE = re.compile(r"\d")
_OPENING = 6
"""How many characters open a task with its verb."""


class Said(Struct, frozen=True):
    """One clause of a completion that speaks of a plan item: which task it reports on, and what it says."""

    item: Item
    clause: Task
    task: int
    alike: float
    aspects: tuple[Aspect, ...]
    reasons: tuple[str, ...] = ()


class Evidence(Struct, frozen=True):
    """Everything the ladder looks at for one plan item.

    `reported` is what the clauses `said` tell, one after another. `link` and `carry` are the probabilities that any
    completion and any next plan speaks of it; `covered` says for each task how alike the likeliest clause is;
    `again` are the next plan items that plan it again. `measures` hold the figures asked for against those
    reported, `stage` the stage asked for against the one reported, `beyond` whether all that is left open lies
    beyond what was asked for. `unnamed` are the lists of which only some members are named, `lacks_a_member` says
    whether one was surely left out; `untold` are the tasks and second acts of which no word is told while others
    are told of clearly. `onward` says for each task how alike the likeliest clause of `again` is, `next_known`
    whether the next report plans anything at all; `progress` how far a cumulative target has come.
    """

    plan: Item
    said: tuple[Said, ...]
    reported: str
    linked: tuple[Item, ...]
    again: tuple[Item, ...]
    link: float
    carry: float
    covered: tuple[float, ...]
    measures: tuple[Measure, ...] = ()
    stage: Reached | None = None
    beyond: bool = False
    unnamed: tuple[Unnamed, ...] = ()
    untold: tuple[str, ...] = ()
    lacks_a_member: bool = False
    onward: tuple[float, ...] = ()
    next_known: bool = True
    progress: Progress | None = None

    def without_next(self) -> Evidence:
        """The same evidence where no next plan is known."""
        return msgspec.structs.replace(self, again=(), carry=0.0, onward=(), next_known=False)

    def aspects(self, task: int) -> list[Aspect]:
        """What the clauses that speak of one task report, in order."""
        return [found for said in self.said if said.task == task for found in said.aspects]

    def found(self) -> list[Aspect]:
        """What all clauses report, in order."""
        return [found for said in self.said for found in said.aspects]

    def figures(self, task: int) -> tuple[Measure, ...]:
        """The figures that one task asks for; an item of one task has them all."""
        if len(self.plan.tasks) == 1:
            return self.measures
        own = self.plan.tasks[task]
        return tuple(one for one in self.measures if own.start <= one.target.start < own.end)

    def leaves_out_members(self, task: int) -> bool:
        """Whether a task holds a list of which only some members are named."""
        text = fold(self.plan.tasks[task].text)
        return any(member in text for one in self.unnamed for member in one.left)

    def leaves_out_an_act(self, task: int) -> bool:
        """Whether a task is not told of, or an act that it joins to another (制定预案并组织演练)."""
        text = fold(self.plan.tasks[task].text)
        return any(act in text for act in self.untold)

    def is_silent_on(self, task: int) -> bool:
        """Whether no clause and no word tells of a task, while others of its item are told of clearly."""
        return fold(self.plan.tasks[task].text) in self.untold and not self.aspects(task)

    def is_soft(self, task: int) -> bool:
        """Whether a task opens with a soft verb and asks for no end, figure or date of its own: 加强组织领导."""
        text = self.plan.tasks[task].text
        return opens_softly(text) and not extent.mentions("hard", text) and not _FIGURE.search(text)

    @property
    def covers_a_part(self) -> bool:
        """Whether every one was asked for (全覆盖) and the report says of how many it was some."""
        every = extent.mentions("every", self.plan.text) and not extent.mentions("whole", self.reported)
        return every and parts.rate_short(self.plan.text, self.reported) > 0

    @property
    def verbatim(self) -> bool:
        """Whether the next plan repeats the item almost word for word."""
        return any(parts.same(self.plan.text, later.text) for later in self.again)

    @property
    def rest_again(self) -> bool:
        """Whether the next plan holds what the report leaves over: 其余12对, or a part of which nothing is told."""
        return any(
            extent.mentions("remainder", later.text)
            or counts.counted(self.plan.text, self.reported, later.text).rest
            or parts.left_to(self.plan.text, self.reported, later.text) >= CLEARLY
            for later in self.again
        )

    @property
    def soft(self) -> bool:
        """Whether the plan opens with a soft verb (做好, 推进), which any reported act satisfies."""
        return opens_softly(self.plan.text)


def joined(texts: Iterable[str]) -> str:
    """Texts one after another, each a sentence of its own."""
    return "。".join(texts)


def opens_softly(text: str) -> bool:
    """Whether a planned text opens with a soft verb."""
    return extent.mentions("soft", text[:_OPENING])
