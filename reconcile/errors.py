"""Errors a user can meet: each knows its exit code, its catalogue key and the facts its message needs.

Exit codes are the contract's: 2 for usage, configuration and unreadable input, 5 for nothing to check. Anything that
is not a `ReconcileError` is a defect and leaves with 3.
"""

from __future__ import annotations

from typing import ClassVar

from reconcile import messages


class ReconcileError(Exception):
    """Something a person can act on: one line says which file, where, what, and the next step.

    `key` is an entry of the message catalogue (``area.name``), `facts` fill its placeholders.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, key: str, /, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        """So that an error comes back from a worker process as it was raised there."""
        facts = {name: fact if isinstance(fact, int) else str(fact) for name, fact in self.facts.items()}
        return _rebuilt, (type(self), self.key, facts)

    def message(self, lang: messages.Lang) -> str:
        """The line to print, in Chinese or English."""
        return messages.text(self.key, lang, **self.facts)

    def __str__(self) -> str:
        return self.message("en")


def _rebuilt(kind: type[ReconcileError], key: str, facts: dict[str, str | int]) -> ReconcileError:
    return kind(key, **facts)


class InputError(ReconcileError):
    """An input that cannot be read, or two inputs that cannot be compared."""


class ConfigError(ReconcileError):
    """A mistake in `reconcile.toml`, named by key and line."""


class StoreError(ReconcileError):
    """The ledger cannot be opened, read or written."""


class NothingToCheck(ReconcileError):
    """A report or a month is missing, so that there is nothing to reconcile."""

    exit_code = 5
