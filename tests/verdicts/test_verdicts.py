"""The status ladder, rung by rung, on reports of a line or two; and the sums that always hold."""

from pathlib import Path

import pytest
from msgspec import structs

from reconcile import pipeline
from reconcile.config import Config, Verdicts
from reconcile.errors import ConfigError
from reconcile.language.progress import Progress
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Kind
from reconcile.model.verdicts import OUTCOME_OF, ItemVerdict, Outcome, Status
from reconcile.verdicts import lights, rollup
from tests.pairs import again, done, item, plan, report

PAIRS = Path(__file__).parents[2] / "fixtures" / "pairs"
OTHERS = (
    done("接待市人大视察组，汇报公共文化服务情况。"),
    done("处置网络舆情3起，回复网民留言12条。"),
    done("慰问离退休老同志15人，送去慰问金。"),
)


def judge(planned: str, *reported: object, config: Config | None = None) -> ItemVerdict:
    """The verdict on one planned item by what the next report says besides some other work."""
    first = report("2023-04", item("完成预算编制。", Kind.COMPLETION, period="2023-04"), plan(planned))
    second = report("2023-05", *OTHERS, *reported)  # type: ignore[arg-type]
    return pipeline.reconcile(first, second, config).plans[0]


def test_reported_done_is_completed() -> None:
    assert judge("举办第八届读书节。", done("第八届读书节5月6日至20日举办，参与1.2万人次。")).outcome is Outcome.DONE


def test_expressly_not_done_is_delayed_with_its_reason_quoted() -> None:
    verdict = judge("举办第八届读书节。", done("因场馆改造，第八届读书节未能举办，推迟至6月。"))
    assert verdict.status is Status.DELAYED
    assert verdict.reason is not None
    assert "场馆改造" in verdict.reason


def test_short_of_its_target_is_partial_and_shows_both_figures() -> None:
    verdict = judge(
        "完成农家书屋提升60家。", done("完成农家书屋提升48家，其余12家正在施工。"), again("完成其余12家农家书屋提升。")
    )
    assert verdict.status is Status.PARTIAL
    assert verdict.target is not None
    assert verdict.actual is not None
    assert (verdict.target.value, verdict.actual.value) == (60, 48)


def test_called_off_is_withdrawn() -> None:
    verdict = judge("举办第八届读书节。", done("经局党组研究，今年不再举办第八届读书节。"))
    assert verdict.status is Status.WITHDRAWN


def test_silent_and_planned_again_is_carried_over() -> None:
    verdict = judge("编制图书馆新馆搬迁方案。", again("完成图书馆新馆搬迁方案编制。"))
    assert verdict.outcome in {Outcome.SLIPPED, Outcome.UNDETERMINED}
    assert verdict.carried_to


def test_silence_of_an_absent_office_accuses_nobody() -> None:
    first = report(
        "2023-04", item("完成预算编制。", Kind.COMPLETION, period="2023-04"), plan("修缮老城墙两处。", "文物科")
    )
    verdict = pipeline.reconcile(first, report("2023-05", *OTHERS)).plans[0]
    assert verdict.status is Status.OFFICE_MISSING


def test_silence_before_the_deadline_is_not_yet_due() -> None:
    first = report(
        "2023-04",
        item("完成预算编制。", Kind.COMPLETION, period="2023-04"),
        structs.replace(plan("12月底前建成影剧院舞台灯光系统。"), due="2023-12-29"),
    )
    verdict = pipeline.reconcile(first, report("2023-05", *OTHERS)).plans[0]
    assert verdict.status in {Status.NOT_YET_DUE, Status.UNVERIFIABLE}
    assert verdict.outcome is Outcome.UNDETERMINED


def test_what_is_left_open_has_not_slipped_yet() -> None:
    doubtful = Config(verdicts=Verdicts(drop_confidence=1.0))
    verdict = judge("编制图书馆新馆搬迁方案。", again("完成图书馆新馆搬迁方案编制。"), config=doubtful)
    assert verdict.outcome is Outcome.UNDETERMINED
    assert verdict.carried_to
    assert verdict.slip_count == 0


def test_what_is_due_later_may_be_planned_again_without_slipping() -> None:
    yearly = structs.replace(plan("12月底前建成影剧院舞台灯光系统。"), due="2023-12-29")
    first = report("2023-04", item("完成预算编制。", Kind.COMPLETION, period="2023-04"), yearly)
    verdict = pipeline.reconcile(first, report("2023-05", *OTHERS, again("12月底前建成影剧院舞台灯光系统。"))).plans[0]
    assert verdict.status is Status.NOT_YET_DUE
    assert (bool(verdict.carried_to), verdict.slip_count) == (True, 0)


@pytest.mark.parametrize(
    ("tasks", "outcome"),
    [
        ([Status.COMPLETED, Status.EXCEEDED], Outcome.DONE),
        ([Status.DROPPED, Status.DROPPED], Outcome.DROPPED),
        ([Status.COMPLETED, Status.DROPPED], Outcome.PARTIAL),
        ([Status.PARTIAL, Status.DELAYED], Outcome.PARTIAL),
        ([Status.DELAYED, Status.DROPPED], Outcome.SLIPPED),
        ([Status.WITHDRAWN], Outcome.WITHDRAWN),
        ([Status.UNVERIFIABLE], Outcome.UNDETERMINED),
        ([Status.COMPLETED, Status.WITHDRAWN], Outcome.PARTIAL),
    ],
)
def test_an_item_rolls_up_from_its_tasks(tasks: list[Status], outcome: Outcome) -> None:
    assert rollup.outcome(tasks) is outcome


def test_every_status_has_an_outcome() -> None:
    assert set(OUTCOME_OF) == set(Status)


@pytest.fixture(scope="module", params=["jiaotong-2021-03 jiaotong-2021-04", "zhen-2022-11 zhen-2022-12"])
def pair(request: pytest.FixtureRequest) -> Reconciliation:
    first, second = (pipeline.read_report(PAIRS / f"{name}.txt") for name in request.param.split())
    return pipeline.reconcile(first, second)


def test_every_plan_item_has_exactly_one_verdict(pair: Reconciliation) -> None:
    planned = [one.id for one in pair.plan_report.of(Kind.PLAN)]
    assert [verdict.item.id for verdict in pair.plans] == planned


def test_the_counts_add_up(pair: Reconciliation) -> None:
    summary = pair.summary
    assert sum(summary.by_outcome.values()) == summary.items == len(pair.plans)
    assert sum(summary.by_status.values()) == summary.tasks == sum(len(one.tasks) for one in pair.plans)
    assert sum(office.plans for office in summary.by_office) == summary.items
    for office in summary.by_office:
        counted = office.partial + office.slipped + office.dropped + office.withdrawn + office.undetermined
        assert counted <= office.plans


def test_an_item_has_the_outcome_of_its_tasks(pair: Reconciliation) -> None:
    for verdict in pair.plans:
        assert verdict.outcome is rollup.outcome([task.status for task in verdict.tasks])


def test_a_completion_is_linked_or_unplanned_and_never_both(pair: Reconciliation) -> None:
    linked = {link.target for verdict in pair.plans for link in verdict.links}
    free = {one.id for one in pair.unplanned}
    assert linked.isdisjoint(free)
    assert linked | free == {one.id for one in pair.completion_report.of(Kind.COMPLETION)}


def test_an_unknown_profile_of_lights_names_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="plain"):
        judge("举办第八届读书节。", config=Config(verdicts=Verdicts(lights="rainbow")))


def test_what_counts_up_is_asked_about_where_it_is_behind_its_time() -> None:
    verdict = judge("推进农家书屋提升,全年提升240家。", done("农家书屋提升累计完成60家。"))
    (finding,) = [one for one in verdict.findings if one.code == "behind_schedule"]
    assert finding.facts == {"share": "25.0", "elapsed": "41.7"}


@pytest.mark.parametrize(
    ("profile", "share", "light"),
    [
        ("schedule", 0.40, "绿"),
        ("schedule", 0.30, "黄"),
        ("schedule", 0.05, "红"),
        ("progress", 0.40, "欠进度"),
        ("progress", 0.42, "达进度"),
        ("progress", 0.60, "超进度"),
        ("progress", 1.00, "已完成"),
        ("plain", 0.05, "绿"),
    ],
)
def test_the_light_of_what_counts_up_follows_the_schedule(profile: str, share: float, light: str) -> None:
    config = Config(verdicts=Verdicts(lights=profile))
    assert lights.light(Outcome.DONE, Status.COMPLETED, config, Progress(share, 5 / 12)) == light


def test_an_office_under_two_names_is_counted_once_and_not_missing() -> None:
    first = report("2023-04", plan("组织优生优育知识讲座。", "计划生育协会"), plan("更换路灯。"))
    second = report("2023-05", done("慰问计生特殊家庭12户。", "县计生协会"), done("路灯更换42盏。"))
    pair = pipeline.reconcile(first, second)
    assert pair.summary.renamed == {"县计生协会": "计划生育协会"}
    assert [(one.office, one.unplanned, one.missing) for one in pair.summary.by_office] == [
        ("计划生育协会", 1, False),
        ("办公室", 0, False),
    ]


VILLAGES = tuple("青白红长新古高石双金太龙马罗梅桃杨荷枫松")


@pytest.mark.parametrize(
    ("planned", "reported", "apart", "dropped"), [(20, 4, True, False), (20, 14, False, True), (19, 4, False, True)]
)
def test_silence_proves_nothing_where_most_of_a_long_plan_is_not_found(
    planned: int, reported: int, apart: bool, dropped: bool
) -> None:
    """Of a shorter plan each item is judged by how sure its own silence is."""
    plans = [plan(f"完成{name}塘村文化礼堂竣工验收。") for name in VILLAGES[:planned]]
    plans += [plan(f"举办{name}石村广场舞培训。", office="乡镇文化站") for name in VILLAGES]
    told = [done(f"{name}塘村文化礼堂通过竣工验收。") for name in VILLAGES[:reported]]
    first = report("2023-04", item("完成预算编制。", Kind.COMPLETION, period="2023-04"), *plans)
    second = report("2023-05", *OTHERS, *told, again("举办迎新晚会。"))
    verdicts = pipeline.reconcile(first, second).plans
    assert any(one.code == "reports_apart" for one in verdicts) is apart
    assert any(one.status is Status.DROPPED for one in verdicts) is dropped
