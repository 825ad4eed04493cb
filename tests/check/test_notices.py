"""Notices: who is told what, in which words, and what becomes of it on a real mail server and a real web hook."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from reconcile.check import notices, sending
from reconcile.check.record import Change, Flag, Notice
from reconcile.model.verdicts import Status
from reconcile.policy import Check, FlagKind, Route
from tests.check.receivers import Hook, Mailbox, mail_server, web_hook

pytest.importorskip("apprise")

DROPPED = Flag(
    FlagKind.DROPPED, "甲局", "2023-02", "办公室", "t1", "w1", "清淤河道", 0, "2023-02", Status.DROPPED, "2023-03-08"
)
AGAIN = replace(
    DROPPED, organisation="乙局", unit="t2", kind=FlagKind.SLIPPED, status=Status.CARRIED_OVER, count=2, text="绿化补植"
)
DAY = "2023-03-08"


@pytest.fixture
def mail() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def hook() -> Iterator[Hook]:
    with web_hook() as found:
        yield found


def drawn_up(route: Route, *flags: Flag, cleared: tuple[Flag, ...] = (), link: str | None = None) -> tuple[Notice, ...]:
    return notices.drawn_up(Check(tell=(route,), link=link), flags, cleared, DAY, "zh")


def test_a_notice_has_counts_and_a_link_and_none_of_the_reports_words() -> None:
    (notice,) = drawn_up(Route("json://x"), DROPPED, AGAIN, link="https://oa.example.cn/{organisation}/{period}")
    assert notice.title == "计划落实核查：乙局等2个单位（掉项 1、再次顺延 1）"
    assert "· 甲局：掉项 1" in notice.body
    assert "https://oa.example.cn/%E7%94%B2%E5%B1%80/2023-02" in notice.body
    assert "依据科室自报，未经实地核查" in notice.body
    assert "清淤河道" not in notice.body


def test_the_words_are_quoted_where_they_are_asked_for() -> None:
    (notice,) = drawn_up(Route("json://x", quote=True, lang="en"), DROPPED)
    assert "dropped: 甲局 办公室: “清淤河道”" in notice.body


def test_a_route_hears_of_its_organisations_and_kinds_alone() -> None:
    assert drawn_up(Route("json://x", organisations=("丙局",)), DROPPED, AGAIN) == ()
    (notice,) = drawn_up(Route("json://x", organisations=("甲局",)), DROPPED, AGAIN)
    assert "乙局" not in notice.body
    (notice,) = drawn_up(Route("json://x", flags=(FlagKind.SLIPPED,)), DROPPED, AGAIN)
    assert "甲局" not in notice.body


def test_nobody_is_told_what_stands_or_is_exempt() -> None:
    standing, exempt = replace(DROPPED, change=Change.STANDING), replace(DROPPED, exempt="机构改革")
    assert drawn_up(Route("json://x"), standing, exempt) == ()


def test_what_is_cleared_is_told() -> None:
    (notice,) = drawn_up(Route("json://x"), cleared=(DROPPED,))
    assert notice.title == "计划落实核查：甲局（已消除 1）"


def test_mail_arrives(mail: Mailbox) -> None:
    route = Route(mail.route)
    (notice,) = drawn_up(route, DROPPED)
    after = sending.send(notice, [route], "zh")
    assert (after.sent, after.attempts, after.error) == (True, 1, None)
    assert mail.subjects == [notice.title]
    assert "· 甲局：掉项 1" in mail.bodies[0]


def test_a_refused_mail_is_tried_again_after_a_growing_pause(mail: Mailbox) -> None:
    mail.refusals = 2
    route = Route(mail.route)
    pauses: list[float] = []
    after = sending.send(drawn_up(route, DROPPED)[0], [route], "zh", pauses.append)
    assert (after.sent, after.attempts) == (True, 3)
    assert pauses == [1.0, 4.0]
    assert len(mail.messages) == 1


def test_a_web_hook_gets_json(hook: Hook) -> None:
    route = Route(hook.route)
    (notice,) = drawn_up(route, DROPPED)
    assert sending.send(notice, [route], "zh").sent
    assert hook.posts[0]["title"] == notice.title


def test_a_failure_is_recorded_without_the_secrets_of_the_address(hook: Hook) -> None:
    hook.status = 500
    route = Route(hook.route + "/secret-token")
    after = sending.send(drawn_up(route, DROPPED)[0], [route], "zh", lambda _: None)
    assert (after.sent, after.attempts, after.to) == (False, 3, "json")
    assert after.error is not None
    assert "secret" not in after.error
    assert sending.retried([after], [route]) == [after]


def test_a_secret_may_come_from_the_environment(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    route = Route("json://127.0.0.1:${HOOK_PORT}/hook")
    (notice,) = drawn_up(route, DROPPED)
    unset = sending.send(notice, [route], "zh")
    assert (unset.sent, unset.error) == (False, "环境变量 HOOK_PORT 没有设置。")
    monkeypatch.setenv("HOOK_PORT", str(hook.port))
    assert sending.send(notice, [route], "zh").sent


@pytest.mark.parametrize(
    "address",
    [
        "mailto://user:pass@example.cn",
        "dingtalk://token",
        "wecombot://abcdefgh-1234",
        "feishu://token",
        "jsons://example.cn/hook",
    ],
)
def test_the_usual_channels_are_known(address: str) -> None:
    assert sending.fault(Route(address), "zh") is None


def test_an_unknown_channel_is_a_fault() -> None:
    assert sending.fault(Route("pigeon://loft"), "en") is not None


def test_the_ping_address_is_called(hook: Hook) -> None:
    assert sending.ping(hook.address, "zh") is None
    assert hook.calls == ["/ping"]
    hook.status = 503
    assert sending.ping(hook.address, "zh") == "没有应答（HTTPError）。"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://example.cn/${UNSET_PING}", "环境变量 UNSET_PING 没有设置。"),
        ("file:///etc/passwd", "网址应以 http:// 或 https:// 开头。"),
    ],
)
def test_a_ping_address_that_cannot_be_called_is_a_fault(address: str, why: str) -> None:
    assert sending.ping_fault(address, "zh") == sending.ping(address, "zh") == why
