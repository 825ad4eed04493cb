"""The tables of the ledger (台账), on SQLite and PostgreSQL alike.

What was read and what was concluded is kept as JSON beside the columns that are searched, so that a record comes back
to the byte. Reports and runs are only ever added: a corrected report is a new version, a new model a new run.
`judgements` is append-only by triggers (`append_only`), and each of its rows carries the hash of the one before.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA = "0001"
"""The newest migration: what this version of the program reads and writes."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

organisations = Table(
    "organisations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)

organisation_names = Table(
    "organisation_names",
    metadata,
    Column("name", Text, primary_key=True),
    Column("organisation_id", ForeignKey("organisations.id"), nullable=False),
)

office_aliases = Table(
    "office_aliases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organisation_id", ForeignKey("organisations.id"), nullable=False),
    Column("office", Text, nullable=False),
    Column("alias", Text, nullable=False),
    Column("valid_from", String(10)),
    Column("valid_to", String(10)),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organisation_id", ForeignKey("organisations.id"), nullable=False),
    Column("period", String(7), nullable=False),
    Column("part", String(6), nullable=False),
    Column("version", Integer, nullable=False),
    Column("supersedes", ForeignKey("reports.id"), unique=True),
    Column("content_sha256", String(64), nullable=False, index=True),
    Column("record_sha256", String(64), nullable=False),
    Column("file", Text, nullable=False),
    Column("imported_at", String(32), nullable=False),
    Column("record", Text, nullable=False),
    UniqueConstraint("organisation_id", "period", "part", "version"),
)

items = Table(
    "items",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("period", String(7), nullable=False),
    Column("office", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("record", Text, nullable=False),
    Index("ix_items_id", "id"),
)

tasks = Table(
    "tasks",
    metadata,
    Column("report_id", Integer, primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("item_id", String(64), nullable=False),
    Column("text", Text, nullable=False),
    ForeignKeyConstraint(["report_id", "item_id"], ["items.report_id", "items.id"]),
    Index("ix_tasks_id", "id"),
    Index("ix_tasks_item_id", "item_id"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan_report_id", ForeignKey("reports.id"), nullable=False),
    Column("completion_report_id", ForeignKey("reports.id"), nullable=False),
    Column("period", String(7), nullable=False),
    Column("version", String(32), nullable=False),
    Column("model", String(64), nullable=False),
    Column("config_sha256", String(64), nullable=False),
    Column("record_sha256", String(64), nullable=False),
    Column("run_at", String(32), nullable=False),
    Column("record", Text, nullable=False),
    Index("ix_runs_reports", "plan_report_id", "completion_report_id"),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("run_id", ForeignKey("runs.id"), primary_key=True),
    Column("item_id", String(64), primary_key=True),
    Column("task_id", String(64), primary_key=True),
    Column("status", String(16), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("rule", String(64), nullable=False),
    Column("record", Text),
)

links = Table(
    "links",
    metadata,
    Column("run_id", ForeignKey("runs.id"), primary_key=True),
    Column("plan_id", String(64), primary_key=True),
    Column("target_id", String(64), primary_key=True),
    Column("relation", String(16), primary_key=True),
    Column("score", Float, nullable=False),
    Index("ix_links_plan_id", "plan_id"),
    Index("ix_links_target_id", "target_id"),
)

judgements = Table(
    "judgements",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("previous", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("action", String(16), nullable=False),
    Column("plan_id", String(64), nullable=False),
    Column("actor", Text, nullable=False),
    Column("time", String(32), nullable=False),
    Column("record", Text, nullable=False),
)
