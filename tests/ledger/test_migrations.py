"""The migrations make the tables the program speaks of."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from reconcile.ledger.store import Ledger
from reconcile.ledger.tables import SCHEMA, metadata


def test_the_tables_are_those_of_the_program(ledger: Ledger) -> None:
    with ledger.database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_migration_is_the_one_the_program_knows() -> None:
    config = Config()
    config.set_main_option("script_location", "reconcile.ledger:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == SCHEMA


def test_upgrading_what_is_up_to_date_changes_nothing(ledger: Ledger) -> None:
    assert ledger.database.upgrade() == SCHEMA == ledger.database.schema()
