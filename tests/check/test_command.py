"""The commands: options of a check, what config check finds, what schedule prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reconcile.check import record
from reconcile.check.lock import alone
from reconcile.commands import main
from tests.check.reports import write_report

SOIL, SEEDS = "完成耕地土壤取样60个", "开展晚稻种子质量抽检15家"
FISH = "完成增殖放流鱼苗20万尾"
FENCE, PUMP = "完成沿河护栏维修300米", "更换东坝泵站2号机组"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in an empty folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def called(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["reconcile", *arguments])
        code: int | str | None = 0
        try:
            main()
        except SystemExit as left:
            code = left.code
        told = capsys.readouterr()
        return int(code or 0), told.out, told.err

    return called


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """The reports of two bureaus: three months of one, two of the other, each with something flagged."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    farms, rivers = "临河市农业局", "白塔县水利局"
    write_report(folder / "a8.txt", farms, 2021, 8, {"种植科": ["完成早稻测产12处"]}, {"种植科": [SOIL, SEEDS]})
    write_report(folder / "a9.txt", farms, 2021, 9, {"种植科": [SOIL]}, {"种植科": [SEEDS], "渔业科": [FISH]})
    write_report(
        folder / "a10.txt",
        "临河市农业局",
        2021,
        10,
        {"种植科": ["接待来访群众6批"], "渔业科": [FISH]},
        {"种植科": [SEEDS]},
    )
    write_report(folder / "b10.txt", rivers, 2023, 10, {"河道科": ["完成河道巡查4次"]}, {"河道科": [FENCE, PUMP]})
    write_report(folder / "b11.txt", rivers, 2023, 11, {"河道科": [FENCE]}, {"河道科": ["完成水尺更新8处"]})
    return folder


def check(run: Run, *arguments: str) -> tuple[int, str, str]:
    return run("check", "--processes", "1", "--today", "2023-12-20", *arguments)


def test_a_check_says_one_line_and_records_the_rest(run: Run, inbox: Path, tmp_path: Path) -> None:
    _, out, err = check(run, "inbox")
    assert len(out.splitlines()) == 1
    assert out.startswith("check of 2023-12-20: 2 organisations, 2 pairs of reports, ")
    result = record.load(tmp_path / "check" / "run.json")
    assert result is not None
    assert result.summary == out.strip()
    assert len(result.imported) == 5
    assert result.counts["tasks"] == sum(sum(pair.by_status.values()) for pair in result.pairs)
    assert "new report" in err


def test_a_dry_run_writes_nothing(run: Run, inbox: Path, tmp_path: Path) -> None:
    code, out, _ = check(run, "inbox", "--dry-run")
    assert out.rstrip().endswith("(dry run, nothing written)")
    assert not (tmp_path / "reconcile.db").exists()
    assert not (tmp_path / "check" / "run.json").exists()
    real = check(run, "inbox")
    assert real[0] == code
    assert real[1].strip() in out


@pytest.fixture
def slipped(tmp_path: Path) -> None:
    """Three months over which a task slips twice, checked with JSON to be written and lights of another profile."""
    inbox, farms = tmp_path / "inbox", "临河市农业局"
    inbox.mkdir()
    write_report(inbox / "8.txt", farms, 2021, 8, {"种植科": ["完成早稻测产12处"]}, {"种植科": [SOIL, SEEDS]})
    write_report(inbox / "9.txt", farms, 2021, 9, {"种植科": [SOIL]}, {"种植科": [SEEDS], "渔业科": [FISH]})
    write_report(inbox / "10.txt", farms, 2021, 10, {"渔业科": [FISH]}, {"种植科": [SEEDS], "渔业科": ["检修船闸2座"]})
    (tmp_path / "reconcile.toml").write_text(
        '[verdicts]\nlights = "progress"\n[[check.outputs]]\nformat = "json"\nfolder = "outputs"\n', encoding="utf-8"
    )


def newest(run: Run, tmp_path: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The plans of the newest month as a check writes them and as a report draws them from the same ledger."""
    check(run, "inbox")
    written = tmp_path / "outputs" / "临河市农业局-2021-10-plans.json"
    reported = json.loads(run("report", "--period", "2021-10", "--format", "json")[1])
    return json.loads(written.read_text(encoding="utf-8"))["plans"], reported["plans"]


def test_what_a_check_writes_counts_slips_over_the_months_as_a_report_does(
    run: Run, slipped: None, tmp_path: Path
) -> None:
    written, reported = newest(run, tmp_path)
    assert written == reported
    assert {plan["text"].rstrip("。"): plan["slip_count"] for plan in written} == {SEEDS: 2, FISH: 0}


def test_what_a_check_writes_lights_what_people_decided_by_the_configuration(
    run: Run, slipped: None, tmp_path: Path
) -> None:
    (seeds,) = (plan["id"] for plan in newest(run, tmp_path)[0] if plan["text"].startswith(SEEDS))
    assert run("judge", "add", "override", seeds, "--status", "completed", "--actor", "李")[0] == 0
    written, reported = newest(run, tmp_path)
    assert written == reported
    assert {plan["light"] for plan in written} == {"已完成"}


def test_one_organisation_is_checked_and_the_others_flags_are_kept(run: Run, inbox: Path, tmp_path: Path) -> None:
    check(run, "inbox")
    before = record.load(tmp_path / "check" / "run.json")
    assert before is not None
    name = before.pairs[0].organisation
    _, out, _ = check(run, "--organisation", name)
    after = record.load(tmp_path / "check" / "run.json")
    assert after is not None
    assert "1 organisation, 1 pair of" in out
    assert "nothing new" in out
    assert {pair.organisation for pair in after.pairs} == {pair.organisation for pair in before.pairs}
    assert {(flag.organisation, flag.unit) for flag in after.flags} == {
        (flag.organisation, flag.unit) for flag in before.flags
    }
    assert "nothing new" in check(run, "inbox")[1]


def test_since_looks_at_every_month_from_then_on(run: Run, inbox: Path) -> None:
    assert "2 organisations, 3 pairs" in check(run, "inbox", "--since", "2021-09")[1]
    assert "2 organisations, 1 pair of" in check(run, "inbox", "--since", "2023-01")[1]


def test_a_correction_of_an_earlier_month_is_pointed_out(run: Run, inbox: Path) -> None:
    check(run, "inbox")
    write_report(inbox / "a8-again.txt", "临河市农业局", 2021, 8, {"种植科": ["完成早稻测产15处"]}, {"种植科": [SOIL]})
    err = check(run, "inbox")[2]
    assert "corrected report: 临河市农业局 2021-08" in err
    assert "--since 2021-08" in err


def test_flags_may_leave_with_0(run: Run, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "reconcile.toml").write_text('[check]\norganisations = ["青溪县环保局"]\n', encoding="utf-8")
    assert check(run, "inbox")[0] == 1
    assert check(run, "inbox", "--exit-zero")[0] == 0


def test_logs_may_be_json_lines(run: Run, inbox: Path) -> None:
    err = check(run, "inbox", "--log-format", "json")[2]
    events = [json.loads(line) for line in err.splitlines()]
    assert {event["level"] for event in events} <= {"info", "warning", "error"}
    assert "imported_new" in {event["event"] for event in events}
    assert all(event["message"] and event["time"].endswith("+00:00") for event in events)


def test_nothing_to_check_is_5(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, out, err = check(run, "empty")
    assert code == 5
    assert "0 pairs" in out
    assert "nothing to check" in err


def test_a_bad_file_stops_no_other(run: Run, inbox: Path, tmp_path: Path) -> None:
    (inbox / "broken.docx").write_bytes(b"PK\x03\x04 no")
    (inbox / "note.txt").write_text("下周开会。", encoding="utf-8")
    (inbox / "half.txt.part").write_text("x", encoding="utf-8")
    for name in ("problems.xlsx", "problems.xlsx.run.json"):  # what a run leaves, and its working paper
        (inbox / name).write_text("x", encoding="utf-8")
    assert "2 pairs" in check(run, "inbox")[1]
    result = record.load(tmp_path / "check" / "run.json")
    assert result is not None
    assert {flag.unit for flag in result.flags if flag.kind == "unreadable"} == {"broken.docx", "note.txt"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "there is no such folder"),
        (["inbox", "--since", "soon"], "not a period"),
        (["inbox", "--organisation", "无此单位"], "has no report"),
        (["inbox", "--log-format", "xml"], "it takes text, json"),
    ],
)
def test_mistakes_are_2_and_one_line(run: Run, inbox: Path, arguments: list[str], words: str) -> None:
    code, out, err = check(run, *arguments)
    assert (code, out) == (2, "")
    assert words in err.splitlines()[-1]


def test_a_second_check_leaves_with_2(run: Run, inbox: Path, tmp_path: Path) -> None:
    with alone(tmp_path / "check"):
        code, _, err = check(run, "inbox")
    assert code == 2
    assert "another check is running" in err


def test_config_check_says_what_is_well_and_when_reports_are_due(run: Run, tmp_path: Path) -> None:
    (tmp_path / "reconcile.toml").write_text("[check]\ndue_day = 3\n", encoding="utf-8")
    code, out, _ = run("config", "check")
    assert code == 0
    assert "no mistakes" in out
    assert "are due by" in out


def test_config_check_names_key_and_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "reconcile.toml").write_text('[check]\nfail_on = ["late"]\n', encoding="utf-8")
    code, _, err = run("config", "check")
    assert code == 2
    assert "line 2, check.fail_on[1]" in err


def test_config_check_finds_what_cannot_work(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("apprise")
    (tmp_path / "reconcile.toml").write_text(
        """
[check]
organisations = ["甲局"]
[[check.tell]]
to = "dingtalk://${UNSET_TOKEN}"
[[check.exempt]]
organisation = "乙局"
until = 2020-01-31
reason = "撤并"
""",
        encoding="utf-8",
    )
    code, out, _ = run("config", "check")
    assert code == 2
    assert "route 1 (dingtalk): the environment variable UNSET_TOKEN is not set." in out
    assert "exemption 1: “乙局” is not among organisations." in out
    assert "ended on 2020-01-31" in out


def test_config_check_finds_a_ping_address_that_cannot_be_called(run: Run, tmp_path: Path) -> None:
    (tmp_path / "reconcile.toml").write_text(
        '[check]\nping = "https://hc.example.cn/${UNSET_PING}"\n', encoding="utf-8"
    )
    code, out, _ = run("config", "check")
    assert code == 2
    assert "ping address: the environment variable UNSET_PING is not set." in out


def test_config_check_takes_its_file_as_other_commands_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text("[check]\ndue_day = 3\n", encoding="utf-8")
    for arguments in (("other.toml",), ("--config", "other.toml")):
        code, out, _ = run("config", "check", *arguments)
        assert code == 0
        assert "other.toml: no mistakes" in out


def test_schedules_are_printed_with_the_inbox_and_the_configuration(run: Run, tmp_path: Path) -> None:
    (tmp_path / "reconcile.toml").write_text("", encoding="utf-8")
    code, out, err = run("schedule", "print", "systemd", "inbox", "--day", "8", "--at", "07:15")
    assert code == 0
    assert "OnCalendar=*-*-08 07:15:00 Asia/Shanghai" in out
    assert f"WorkingDirectory={tmp_path}" in out
    assert str(tmp_path / "inbox") in out
    assert "systemctl enable" in err
    (tmp_path / "reconcile.toml").write_text('lang = "zh"\n', encoding="utf-8")
    assert "用 crontab -e 加入" in run("schedule", "print", "cron")[2]
    for wrong in (("--config", "nowhere.toml"), ("--lang", "fr")):
        assert run("schedule", "print", "cron", *wrong)[:2] == (2, "")
    assert run("schedule", "print", "launchd")[0] == 2
    assert run("schedule", "print", "cron", "--at", "noon")[0] == 2
