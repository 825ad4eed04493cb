"""What an office was called, and when (科室别名): names with the days from and to which they were valid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, insert, select

from reconcile import period
from reconcile.config import Config
from reconcile.ledger.tables import office_aliases
from reconcile.model.reports import Report


class Alias(Struct, frozen=True):
    """`office` was also called `alias`, from one day to another (ISO dates, both inclusive; None: open)."""

    organisation_id: int
    office: str
    alias: str
    valid_from: str | None = None
    valid_to: str | None = None


class Aliases(Struct, frozen=True):
    """All aliases of a ledger."""

    known: tuple[Alias, ...]

    def on(self, organisation_id: int, report: Report, config: Config) -> Config:
        """The configuration with the aliases an organisation's offices had when a report was made."""
        first, last = (day(report.period).isoformat() for day in (period.first_day, period.last_day))
        names: dict[str, set[str]] = defaultdict(set)
        for each in self.known:
            begun = (each.valid_from or first) <= last
            if each.organisation_id == organisation_id and begun and (each.valid_to or last) >= first:
                names[each.office].add(each.alias)
        merged = {
            office: tuple(sorted(names[office].union(config.aliases.get(office, ())))) for office in sorted(names)
        }
        return replace(config, aliases=config.aliases | merged) if merged else config


def add(connection: Connection, aliases: Iterable[Alias]) -> None:
    """Record aliases."""
    connection.execute(
        insert(office_aliases), [{f: getattr(each, f) for f in Alias.__struct_fields__} for each in aliases]
    )


def load(connection: Connection) -> Aliases:
    """Every alias, in the order they were recorded."""
    columns = [office_aliases.c[field] for field in Alias.__struct_fields__]
    return Aliases(tuple(Alias(*row) for row in connection.execute(select(*columns).order_by(office_aliases.c.id))))
