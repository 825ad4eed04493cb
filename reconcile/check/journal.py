"""What a check says while it runs, on standard error: lines for people, or JSON lines for a log collector."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Literal

import msgspec

from reconcile.messages import Lang, text

Level = Literal["info", "warning", "error"]


class Journal:
    """Events are entries of the catalogue's area `check`; as JSON each keeps its name and facts apart."""

    def __init__(self, lang: Lang, form: Literal["text", "json"] = "text", *, quiet: bool = False) -> None:
        self.lang: Lang = lang
        self.form = form
        self.quiet = quiet

    def say(self, event: str, level: Level = "info", **facts: object) -> str:
        """Tell one event; its words."""
        message = text(f"check.{event}", self.lang, **facts)
        self.line(event, message, level, **facts)
        return message

    def line(self, event: str, message: str, level: Level = "info", **facts: object) -> None:
        """Tell one event that has words of its own."""
        if self.form == "json":
            time = datetime.now(UTC).isoformat(timespec="milliseconds")
            known = {name: fact if isinstance(fact, int | float) else str(fact) for name, fact in facts.items()}
            entry = {"time": time, "level": level, "event": event, "message": message} | known
            print(msgspec.json.encode(entry).decode(), file=sys.stderr, flush=True)
        elif not (self.quiet and level == "info"):
            print(message, file=sys.stderr, flush=True)

    @contextmanager
    def progress(self, event: str, total: int) -> Iterator[Callable[[], None]]:
        """A bar on a terminal, for people; nothing elsewhere. What it gives is called once for each step done."""
        if self.form == "json" or self.quiet or not sys.stderr.isatty() or total < 2:
            yield lambda: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(text(f"check.{event}", self.lang), total=total)
            yield lambda: bar.advance(task)
