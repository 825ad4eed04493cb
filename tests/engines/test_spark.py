"""The same rows from a cluster as from one machine, on a real local Spark."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.generate import as_rows, organisation
from reconcile.config import Config
from reconcile.engines import local, spark

pytest.importorskip("pyspark", reason="pyspark is not installed: the extra spark")
pytest.importorskip("pandas", reason="pandas is not installed: the extra spark")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, which is not installed"),
    pytest.mark.filterwarnings("ignore"),
]

CHECKOUT = Path(__file__).parents[2]
BROKEN = "坏表局"
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def table() -> Rows:
    """The items of two small bureaus over two months, and of a large one over eight."""
    sizes = ((0, 2, 6), (1, 2, 6), (2, 8, 30))
    return [
        row
        for number, months, items in sizes
        for month in organisation(number, months, items)
        for row in as_rows(month)
    ]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A Spark of two local cores with four tasks to a shuffle, its Hive warehouse in a temporary folder."""
    settings = "--conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=4 pyspark-shell"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYSPARK_SUBMIT_ARGS", settings)
        patch.setenv("PYTHONPATH", str(CHECKOUT))
        patch.chdir(tmp_path_factory.mktemp("spark"))
        started = spark.session("local[2]", hive=True)
        yield started
        started.stop()


@pytest.fixture(scope="module")
def found(session: Any, table: Rows) -> Rows:
    """The rows of the table and of a bureau whose items are of no known kind, with the task each row came from."""
    from pyspark.sql import functions as f

    broken = [row | {"organisation": BROKEN, "period": "无"} for row in table if row["report"] == "2024-01"]
    frame = spark.judged(session.createDataFrame(table + broken), Config())
    return plain(frame.withColumn("task", f.spark_partition_id()))


def plain(frame: Any) -> Rows:
    """The rows of a Spark frame as plain values, sorted."""
    return in_order([row.asDict(recursive=True) for row in frame.collect()])


def in_order(rows: Rows) -> Rows:
    """Rows in an order that does not depend on who made them."""
    return sorted(rows, key=lambda row: json.dumps(row, ensure_ascii=False, sort_keys=True))


def locally(table: Rows, folder: Path) -> Rows:
    """The rows that the local engine gives for the same table."""
    source = folder / "items.jsonl"
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in table), encoding="utf-8")
    local.run(source, folder / "out", 1, Config(), lambda _: None)
    return in_order([json.loads(line) for line in (folder / "out" / "results.jsonl").read_bytes().splitlines()])


def test_the_rows_equal_those_of_the_local_engine(found: Rows, table: Rows, tmp_path: Path) -> None:
    rows = [
        {name: value for name, value in row.items() if name != "task"} for row in found if row["organisation"] != BROKEN
    ]
    assert in_order(rows) == locally(table, tmp_path)
    assert {row["record"] for row in rows} == {"plan", "unplanned", "missing"}


def test_a_failing_bureau_becomes_a_row(found: Rows) -> None:
    records = {row["record"] for row in found if row["organisation"] == BROKEN}
    assert "error" in records
    assert "plan" not in records


def test_the_months_of_a_large_bureau_are_spread_over_tasks(found: Rows, table: Rows) -> None:
    large = table[-1]["organisation"]
    tasks = {row["task"] for row in found if row["organisation"] == large}
    assert len(tasks) > 1


def test_parquet_and_hive_tables_are_read_and_written(session: Any, table: Rows, tmp_path: Path) -> None:
    small = [row for row in table if row["organisation"] == table[0]["organisation"]]
    wanted = locally(small, tmp_path)
    items, verdicts = str(tmp_path / "items.parquet"), str(tmp_path / "verdicts.parquet")
    session.createDataFrame(small).write.parquet(items)
    session.sql("create database province")
    spark.transfer(session, items, "province.verdicts", Config())
    assert plain(session.table("province.verdicts")) == wanted
    session.createDataFrame(small).write.saveAsTable("province.items")
    spark.transfer(session, "province.items", verdicts, Config())
    assert plain(session.read.parquet(verdicts)) == wanted
