"""What a plan counts, held against the report and the next plan by units alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.language.counts import Counted, counted

SILENT = Counted(silent=True)


@pytest.mark.parametrize(
    ("plan", "reported", "later", "expected"),
    [
        ("检查养老院36家", "已检查24家", "检查其余12家", Counted(less=True, rest=True)),
        ("检查养老院36家", "城区检查24家，乡镇检查12家", "", Counted()),
        ("不符合项关闭十五条", "关了11条", "", Counted(less=True)),
        ("举办读书会两场", "读书会反响热烈", "举办第二场读书会", SILENT),
        ("覆盖率达到90%", "覆盖率76%", "覆盖率达到90%", Counted()),
        ("完善制度", "制度印发", "", Counted()),
    ],
)
def test_less_the_rest_or_nothing_is_counted(plan: str, reported: str, later: str, expected: Counted) -> None:
    assert counted(plan, reported, later) == expected


@given(st.integers(2, 500), st.data())
def test_whatever_two_months_make_up_together_is_the_rest(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(1, whole - 1))
    found = counted(f"走访企业{whole}家", f"走访企业{part}家", f"走访企业{whole - part}家")
    assert found == Counted(less=True, rest=True)
