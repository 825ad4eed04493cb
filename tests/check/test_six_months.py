"""Half a year of two bureaus: on time, late, broken, missing, corrected; and what each check makes of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from reconcile.check import record
from reconcile.check.record import Change, Flag, Record
from reconcile.commands import main
from reconcile.ledger.store import Ledger
from reconcile.policy import FlagKind
from tests.check.receivers import Hook, Mailbox, mail_server, web_hook
from tests.check.reports import Offices, write_report

pytest.importorskip("apprise")

WATER, WOODS = "云溪县水务局", "云溪县林业局"

POLICY = """
lang = "zh"

[check]
inbox = "inbox"
due_day = 3
organisations = ["云溪县水务局", "云溪县林业局"]
link = "https://oa.example.cn/check/{organisation}"
metrics = "metrics/reconcile.prom"
ping = "%(ping)s"

[[check.outputs]]
format = "csv"
folder = "outputs"

[[check.tell]]
to = "%(mail)s"

[[check.tell]]
to = "%(hook)s"
organisations = ["云溪县林业局"]
"""


class Bureau:
    """A folder with its policy and inbox, checked by the command line as a scheduler would."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.capsys = capsys
        monkeypatch.chdir(folder)
        self.inbox = folder / "inbox"
        self.inbox.mkdir()

    def hand_in(self, name: str, organisation: str, month: int, done: Offices, planned: Offices) -> Path:
        """Put the report of a month of 2025 into the inbox."""
        return write_report(self.inbox / name, organisation, 2025, month, done, planned)

    def check(self, day: str, *options: str) -> tuple[int, str, Record]:
        """The exit code, the line on standard output and the record of one check."""
        self.monkeypatch.setattr(sys, "argv", ["reconcile", "check", "--today", day, "--processes", "1", *options])
        with pytest.raises(SystemExit) as left:
            main()
        last = record.load(self.folder / "check" / "run.json")
        assert last is not None
        assert isinstance(left.value.code, int)
        return left.value.code, self.capsys.readouterr().out, last


def kinds(result: Record, *changes: Change) -> set[tuple[FlagKind, str]]:
    return {(flag.kind, flag.organisation) for flag in result.flags if not changes or flag.change in changes}


def one(result: Record, kind: FlagKind) -> Flag:
    (flag,) = (flag for flag in result.flags if flag.kind is kind)
    return flag


@pytest.fixture
def mail() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def hook() -> Iterator[Hook]:
    with web_hook() as found:
        yield found


@pytest.fixture
def bureau(
    tmp_path: Path, mail: Mailbox, hook: Hook, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Bureau:
    policy = POLICY % {"mail": mail.route, "hook": hook.route, "ping": hook.address}
    (tmp_path / "reconcile.toml").write_text(policy, encoding="utf-8")
    return Bureau(tmp_path, monkeypatch, capsys)


DREDGE = "完成青石河三号桥至五号桥段河道清淤1.8公里"
PUMP = "完成东坝泵站2号机组更换"
FEES = "开展自备井水资源费专项检查30户"
DAILY = ["抄录水表2600只", "抢修爆管4处"]
TREES = "完成南山荒坡补植马尾松200亩"
FIRE = "组织护林员防火演练2场"
PESTS = "完成松材线虫病春季普查1.2万亩"


def test_six_months(bureau: Bureau, mail: Mailbox, hook: Hook) -> None:
    # January: the first reports. There is a plan and nothing to hold it against.
    bureau.hand_in("a1.txt", WATER, 1, {"河道科": ["完成一月份河道巡查4次"]}, {"河道科": [DREDGE], "供水科": [PUMP]})
    bureau.hand_in("b1.txt", WOODS, 1, {"营林科": ["完成一月份苗圃管护"]}, {"营林科": [TREES], "防火办": [FIRE]})
    code, line, result = bureau.check("2025-02-10")
    assert code == 5
    assert kinds(result) == set()
    assert mail.messages == []

    # February: the pump is in neither section: dropped. The woods have done everything.
    bureau.hand_in(
        "a2.txt",
        WATER,
        2,
        {"河道科": [DREDGE], "供水科": [*DAILY, "办结用水投诉12件"]},
        {"供水科": [FEES], "河道科": ["完成沿河护栏维修300米"]},
    )
    bureau.hand_in(
        "b2.txt",
        WOODS,
        2,
        {"营林科": [TREES], "防火办": [FIRE]},
        {"营林科": [PESTS], "防火办": ["完成防火通道清理5公里"]},
    )
    code, line, result = bureau.check("2025-03-10")
    assert code == 1
    assert kinds(result) == {(FlagKind.DROPPED, WATER)}
    assert "掉项 1" in line
    assert (one(result, FlagKind.DROPPED).text, one(result, FlagKind.DROPPED).since) == (PUMP, "2025-03-10")
    assert len(mail.messages) == 1
    assert PUMP not in mail.bodies[0]
    assert hook.posts == []
    assert len(list((bureau.folder / "outputs").glob("*.csv"))) == 2
    written = {path: path.stat().st_mtime_ns for path in (bureau.folder / "outputs").iterdir()}

    # The same again: nothing new, nobody told, no output touched; what is flagged stays flagged.
    code, line, result = bureau.check("2025-03-11")
    assert code == 1
    assert "没有新情况" in line
    assert kinds(result, Change.STANDING) == {(FlagKind.DROPPED, WATER)}
    assert len(mail.messages) == 1
    assert {path: path.stat().st_mtime_ns for path in (bureau.folder / "outputs").iterdir()} == written

    # March: the fees are planned again; the woods hand in nothing.
    bureau.hand_in(
        "a3.txt",
        WATER,
        3,
        {"河道科": ["完成沿河护栏维修300米"], "供水科": [*DAILY, "办结用水投诉9件"]},
        {"供水科": [FEES], "河道科": ["完成河道采砂公示牌设置12块"]},
    )
    code, line, result = bureau.check("2025-04-10")
    assert code == 1
    assert kinds(result, Change.NEW) == {(FlagKind.SLIPPED, WATER), (FlagKind.REPORT_MISSING, WOODS)}
    assert len(hook.posts) == 1
    assert "报告缺失 1" in hook.posts[0]["title"]

    # It comes late.
    bureau.hand_in(
        "b3.txt",
        WOODS,
        3,
        {"营林科": [PESTS], "防火办": ["完成防火通道清理5公里"]},
        {"营林科": ["完成义务植树基地管护"], "防火办": ["完成瞭望塔检修3座"]},
    )
    code, line, result = bureau.check("2025-04-15")
    assert code == 0
    assert kinds(result, Change.NEW) == {(FlagKind.REPORT_LATE, WOODS)}
    assert kinds(result, Change.STANDING) == {(FlagKind.SLIPPED, WATER)}
    assert "报告迟交 1" in hook.posts[-1]["title"]

    # April: the fees slip once more; what the woods hand in is damaged.
    bureau.hand_in("a4.txt", WATER, 4, {"供水科": [*DAILY, "办结用水投诉7件"]}, {"供水科": [FEES]})
    broken = bureau.inbox / "b4.docx"
    broken.write_bytes(b"PK\x03\x04 not a document")
    code, line, result = bureau.check("2025-05-12")
    assert code == 1
    slip = one(result, FlagKind.SLIPPED)
    assert (slip.count, slip.change, slip.since, slip.first_period) == (2, Change.AGAIN, "2025-04-10", "2025-03")
    assert kinds(result, Change.NEW) >= {(FlagKind.REPORT_MISSING, WOODS), (FlagKind.UNREADABLE, "")}
    assert (FlagKind.OFFICE_MISSING, WATER) in kinds(result)

    # The damaged file is replaced, and the water bureau corrects itself: the river office had done its work.
    broken.unlink()
    bureau.hand_in(
        "b4.txt",
        WOODS,
        4,
        {"营林科": ["完成义务植树基地管护"], "防火办": ["完成瞭望塔检修3座"]},
        {"营林科": ["完成古树名木挂牌40株"], "防火办": ["完成夏季防火值班表"]},
    )
    bureau.hand_in(
        "a4-corrected.txt",
        WATER,
        4,
        {"供水科": [*DAILY, "办结用水投诉7件"], "河道科": ["完成河道采砂公示牌设置12块"]},
        {"供水科": [FEES], "河道科": ["完成水尺更新8处"]},
    )
    code, line, result = bureau.check("2025-05-14")
    assert code == 1
    assert [each.state for each in result.imported if each.organisation == WATER] == ["corrected"]
    assert {flag.kind for flag in result.cleared} >= {FlagKind.UNREADABLE, FlagKind.OFFICE_MISSING}
    (change,) = (each for each in result.moved if each.text == "完成河道采砂公示牌设置12块")
    assert (str(change.before), str(change.after)) == ("office_missing", "completed")
    assert kinds(result, Change.STANDING) == {(FlagKind.SLIPPED, WATER), (FlagKind.REPORT_LATE, WOODS)}

    # May: the fees are done at last. The mail server is down, and told later.
    bureau.hand_in(
        "a5.txt", WATER, 5, {"供水科": [FEES], "河道科": ["完成水尺更新8处"]}, {"供水科": ["完成二次供水水箱清洗20处"]}
    )
    bureau.hand_in(
        "b5.txt",
        WOODS,
        5,
        {"营林科": ["完成古树名木挂牌40株"], "防火办": ["完成夏季防火值班表"]},
        {"营林科": ["完成退耕还林地块核查"]},
    )
    before = len(mail.messages)
    mail.refusals = 99
    code, line, result = bureau.check("2025-06-10")
    assert code == 0
    assert kinds(result, Change.NEW) == {(FlagKind.LATE_DONE, WATER)}
    assert [(notice.to, notice.sent) for notice in result.notices] == [("mailto", False)]
    assert "通知未送达 1" in line
    mail.refusals = 0
    code, line, result = bureau.check("2025-06-11")
    assert len(mail.messages) == before + 1
    assert "补完成 1" in mail.subjects[-1]

    # June: all is well.
    bureau.hand_in("a6.txt", WATER, 6, {"供水科": ["完成二次供水水箱清洗20处"]}, {"供水科": ["完成抄表系统升级"]})
    bureau.hand_in("b6.txt", WOODS, 6, {"营林科": ["完成退耕还林地块核查"]}, {"营林科": ["完成林权档案整理"]})
    code, line, result = bureau.check("2025-07-10")
    assert (code, kinds(result)) == (0, set())
    assert "没有新情况" in line

    with Ledger.open(bureau.folder / "reconcile.db") as ledger:
        assert [(filed.organisation, filed.period) for filed in ledger.reports()] == [
            (name, f"2025-0{month}") for name in (WOODS, WATER) for month in range(1, 7)
        ]
        assert len(ledger.reconciliations()) == 10
        assert ledger.verify().faults == ()
    metrics = (bureau.folder / "metrics" / "reconcile.prom").read_text(encoding="utf-8")
    names = {family.name for family in text_string_to_metric_families(metrics)}
    assert "reconcile_check_flags" in names
    assert set(hook.calls) == {"/ping"}
