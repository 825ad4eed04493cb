"""Metrics in the form Prometheus reads, whatever an organisation is called."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from reconcile.check import metrics
from reconcile.check.record import Checked, Flag, Notice, Record
from reconcile.policy import FlagKind


def record(organisation: str) -> Record:
    pair = Checked(organisation, "2023-02", ("a", "b"), "r", 3, {"completed": 2, "dropped": 1}, {})
    flags = (
        Flag(FlagKind.DROPPED, organisation, "2023-02", unit="t1", fails=True),
        Flag(FlagKind.DROPPED, organisation, "2023-02", unit="t2", exempt="机构改革"),
    )
    notice = Notice(1, "mailto", "", "", error="no")
    return Record("0", "", "2023-03-08", "2023-03-08T00:00:00+00:00", 1.5, 1, "", {}, (pair,), flags, notices=(notice,))


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])) | st.just('甲"\\局\n'))
def test_prometheus_reads_back_what_was_written(name: str) -> None:
    families = {family.name: family for family in text_string_to_metric_families(metrics.text(record(name)))}
    tasks = {sample.labels["status"]: sample.value for sample in families["reconcile_check_tasks"].samples}
    assert (tasks["completed"], tasks["dropped"], tasks["withdrawn"]) == (2, 1, 0)
    assert {sample.labels["organisation"] for sample in families["reconcile_check_tasks"].samples} == {name}
    flags = {sample.labels["kind"]: sample.value for sample in families["reconcile_check_flags"].samples}
    assert (flags["dropped"], flags["slipped"]) == (1, 0)
    (finished,) = families["reconcile_check_last_success_timestamp_seconds"].samples
    assert finished.value == 1678233600
    (unsent,) = families["reconcile_check_notices_unsent"].samples
    assert unsent.value == 1
