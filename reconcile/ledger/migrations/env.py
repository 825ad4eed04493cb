"""Runs migrations on the connection, and in the transaction, that `Database.upgrade` hands over."""

from alembic import context

from reconcile.ledger.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
