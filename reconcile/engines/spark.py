"""A batch on a cluster: the same function inside one ``groupBy(organisation, pair).applyInPandas``.

The frame is an items table as in `units`: one row an item, with ``organisation``, ``report`` (its period) and
``ordinal`` (its place in the report). Every item goes to two pairs: the one that its report closes and the one that
it opens; ``side`` tells them apart. One frame with a column, not a cogroup of two: cogrouping frames that come from one
table has lost columns. Adaptive coalescing is off, or the small input would end in a single task.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from reconcile.config import Config
from reconcile.engines import judge, rows, table
from reconcile.engines.rows import Row
from reconcile.errors import ReconcileError
from reconcile.model.reports import Report
from reconcile.period import following

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

SETTINGS = {
    "spark.sql.adaptive.coalescePartitions.enabled": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
}


def run(source: str, out: str, master: str | None, config: Config) -> None:
    """Judge an items table into a table of rows, in a session of its own."""
    spark = session(master, hive=not (is_path(source) and is_path(out)))
    try:
        transfer(spark, source, out, config)
    finally:
        spark.stop()


def transfer(spark: SparkSession, source: str, out: str, config: Config) -> None:
    """Judge an items table into a table of rows; each is a Parquet path or a Hive table by name."""
    items = spark.read.parquet(source) if is_path(source) else spark.table(source)
    found = judged(items, config).write.mode("errorifexists")
    if is_path(out):
        found.parquet(out)
    else:
        found.saveAsTable(out)


def session(master: str | None, *, hive: bool) -> SparkSession:
    """The Spark session, with Hive tables where asked for; `ReconcileError` where Spark is not installed."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ReconcileError("batch.no_spark") from error
    if master is None or master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the workers need this environment's packages
    builder = SparkSession.builder.appName("reconcile")
    if hive:
        builder = builder.enableHiveSupport()
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    return (builder.master(master) if master else builder).getOrCreate()


def is_path(name: str) -> bool:
    """Whether a name is a path or URL, not a table ``db.table``."""
    return "/" in name or name.endswith(".parquet")


def judged(items: DataFrame, config: Config) -> DataFrame:
    """The rows of every pair in an items table."""
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema

    closing = items.withColumn("pair", f.col("report")).withColumn("side", f.lit("completion"))
    opening = items.withColumn("pair", f.udf(following)("report")).withColumn("side", f.lit("plan"))
    pairs = opening.unionByName(closing).groupBy("organisation", "pair")
    return pairs.applyInPandas(_judge(config), from_arrow_schema(table.schema()))


def _judge(config: Config) -> Callable[[tuple[str, str], pd.DataFrame], pd.DataFrame]:
    """The function of one group, with its configuration inside."""

    def one_pair(key: tuple[str, str], frame: pd.DataFrame) -> pd.DataFrame:
        import pandas as pd

        found = [msgspec.to_builtins(row) for row in _rows(*key, frame, config)]
        return pd.DataFrame(found, columns=Row.__struct_fields__).astype({"number": "Int64"})

    return one_pair


def _rows(organisation: str, pair: str, frame: pd.DataFrame, config: Config) -> list[Row]:
    """The rows of one pair: none where nothing was planned for it."""
    try:
        plan_report = _report(organisation, frame[frame["side"] == "plan"], config)
        completion_report = _report(organisation, frame[frame["side"] == "completion"], config)
    except Exception as error:
        return [rows.failed(organisation, pair, "", error)]
    if plan_report and completion_report:
        return judge.pair(plan_report, completion_report, config)
    return [rows.missing(plan_report, pair)] if plan_report else []


def _report(organisation: str, frame: pd.DataFrame, config: Config) -> Report | None:
    if frame.empty:
        return None
    items: list[dict[str, Any]] = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return judge.report_of(organisation, items[0]["report"], items, config)
