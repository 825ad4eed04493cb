"""Units for each scheduler: in their own syntax, whatever stands in the paths."""

from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from reconcile.check.schedule import SYSTEMS, Plan, unit

PLAN = Plan(
    ("/opt/对账 100%/reconcile", "check", "/srv/in box", "--quiet"), "/srv/对账 100%", 5, 8, 30, "Asia/Shanghai", "r:1"
)
DAILY = Plan(("/usr/bin/reconcile", "check"), "/srv", None, 8, 30, "Asia/Shanghai", "r:1")


def test_systemd_makes_up_for_missed_runs_and_takes_a_flag_for_success() -> None:
    text = unit("systemd", PLAN)
    assert "Persistent=true" in text
    assert "SuccessExitStatus=1" in text
    assert "OnCalendar=*-*-05 08:30:00 Asia/Shanghai" in text
    assert 'ExecStart="/opt/对账 100%%/reconcile" check "/srv/in box" --quiet' in text
    assert "OnCalendar=*-*-* 08:30:00 Asia/Shanghai" in unit("systemd", DAILY)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_itself_accepts_the_units(tmp_path: Path) -> None:
    program = tmp_path / "reconcile 100%"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    plan = Plan((str(program), "check"), str(tmp_path), 5, 8, 30, "Asia/Shanghai", "")
    for part in unit("systemd", plan).split("# /etc/systemd/system/")[1:]:
        name, text = part.split("\n", 1)
        (tmp_path / name).write_text(text, encoding="utf-8")
    units = sorted(str(path) for path in tmp_path.glob("reconcile-check.*"))
    found = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert not [line for line in found.stderr.splitlines() if "reconcile-check" in line]
    calendar = subprocess.run(["systemd-analyze", "calendar", "*-*-05 08:30:00 Asia/Shanghai"], capture_output=True)
    assert calendar.returncode == 0


def test_cron_escapes_what_it_would_take_for_the_end_of_the_command() -> None:
    line = unit("cron", PLAN).splitlines()[-1]
    assert line.startswith(
        "30 8 5 * * cd '/srv/对账 100\\%' && '/opt/对账 100\\%/reconcile' check '/srv/in box' --quiet >>"
    )
    assert unit("cron", DAILY).splitlines()[-1].startswith("30 8 * * * cd /srv && /usr/bin/reconcile check")


@pytest.mark.parametrize(("plan", "trigger"), [(PLAN, "ScheduleByMonth"), (DAILY, "ScheduleByDay")])
def test_windows_gets_well_formed_xml(plan: Plan, trigger: str) -> None:
    root = ET.fromstring(unit("windows", plan).encode())
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert root.find(f".//t:{trigger}", space) is not None
    assert root.findtext(".//t:Command", namespaces=space) == plan.command[0]
    assert root.findtext(".//t:StartWhenAvailable", namespaces=space) == "true"


def test_windows_quotes_arguments_and_xml() -> None:
    plan = Plan(("C:\\reconcile.exe", "check", "D:\\a & b"), "D:\\", 5, 8, 0, "", "")
    root = ET.fromstring(unit("windows", plan).encode())
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert root.findtext(".//t:Arguments", namespaces=space) == 'check "D:\\a & b"'


def test_kubernetes_lets_no_two_checks_run_at_once() -> None:
    yaml = pytest.importorskip("yaml")
    job = yaml.safe_load(unit("kubernetes", PLAN))
    assert job["kind"] == "CronJob"
    assert job["spec"]["schedule"] == "30 8 5 * *"
    assert job["spec"]["concurrencyPolicy"] == "Forbid"
    (container,) = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    assert container["image"] == "r:1"
    assert container["command"][:2] == ["reconcile", "check"]
    assert "--exit-zero" in container["command"]


def test_there_is_a_template_for_every_scheduler() -> None:
    for system in SYSTEMS:
        assert "$" not in unit(system, DAILY).replace("$$", "")
