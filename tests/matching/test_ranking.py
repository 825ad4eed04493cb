"""What must outscore what: the same work said in other words before another work said in the same words."""

import pytest

from bench.quality.training import sign
from reconcile.config import Config
from reconcile.matching.block import match
from reconcile.matching.scoring import shipped
from tests.pairs import done, plan

# A plan, the completion that speaks of it, and one that only reads like it.
CASES = {
    "ordinal": ("举办第二期导游员培训班。", "第二期导游员培训班结业，46人参训。", "第一期导游员培训班结业，46人参训。"),
    "quarter": ("召开第二季度安全例会。", "4月20日召开第二季度安全例会。", "1月20日召开第一季度安全例会。"),
    "inside": ("推进馆内图书流通改造。", "馆内图书流通改造完工。", "馆间图书流通改造完工。"),
    "level": ("组织申报省级非遗项目。", "申报省级非遗项目6个。", "申报市级非遗项目6个。"),
    "section": ("完成剧院二标段招标。", "剧院二标段4月12日开标。", "剧院一标段4月12日开标。"),
    "title": ("修订《演出管理办法》。", "《演出管理办法》修订稿印发。", "《场馆安全制度》修订稿印发。"),
    "year": ("完成2022年度决算编制。", "2022年度决算编制完成并上报。", "2023年度预算编制完成并上报。"),
    "place": ("完成石桥村文化礼堂装修。", "石桥村文化礼堂装修完工。", "东冲村文化礼堂装修完工。"),
    "road": ("完成G528沿线标识更换。", "G528沿线标识更换86块。", "S218沿线标识更换86块。"),
    "school": ("开展小学戏曲进校园活动。", "戏曲进校园走进6所小学。", "戏曲进校园走进6所高中。"),
    "lake": ("完成东湖观景台检修。", "东湖观景台木栈板更换完毕。", "西湖观景台检修完成。"),
    "quarter_of_town": ("完成城东书屋布置。", "城东书屋书架、灯具安装到位。", "城西书屋布置完成。"),
    "old_and_new": ("完成老馆消防检测。", "老馆消防设施送检合格。", "新馆消防检测完成。"),
    "grown": ("开展成人朗诵培训。", "成人朗诵班结业，38人参训。", "儿童朗诵培训完成，38人参训。"),
    "sex": ("组织女职工排练合唱。", "女职工合唱排练6次。", "男职工组织排练合唱6次。"),
    "fitted": ("成人助听器验配。", "成人助听器验配22人。", "儿童助听器耳模验配6例。"),
    "honoured": ("评选书香家庭20户。", "书香家庭评出20户。", "评选书香单位20家。"),
    "ward": ("完成内科病案编目。", "内科病案编目结束。", "外科病案编目完成。"),
    "pupils": ("开展中学戏曲进校园活动。", "戏曲进校园走进6所初中。", "小学戏曲进校园活动开展6场。"),
    "building": ("完成3号展厅布展。", "3号展厅布展完成。", "5号展厅布展完成。"),
}


@pytest.mark.parametrize("kind", CASES)
def test_the_same_work_outscores_its_likeness(kind: str) -> None:
    planned, better, worse = CASES[kind]
    others = [done("处置舆情3起，回复网民留言12条。"), done("慰问离退休老同志15人。")]
    block = match([plan(planned)], [done(worse), *others, done(better)], [], Config(), shipped())
    scores = block.links.probability[0]
    assert scores[3] > scores[0]


def test_other_words_for_the_same_thing_outscore_the_same_topic() -> None:
    plans = [plan("组织退休干部年度体检。")]
    right = done("分两批安排老同志到县医院查体，报告已反馈本人。")
    wrong = done("召开干部大会，传达学习县委全会精神。")
    scores = match(plans, [wrong, right], [], Config(), shipped()).links.probability[0]
    assert scores[1] > scores[0]


def test_the_own_office_comes_before_another_office_with_the_same_words() -> None:
    plans = [plan("开展消防安全检查。", "市场科")]
    own, other = done("开展消防安全检查6次。", "市场科"), done("开展消防安全检查6次。", "艺术科")
    scores = match(plans, [other, own], [], Config(), shipped()).links.probability[0]
    assert scores[1] > scores[0]


def test_an_alias_makes_two_names_one_office() -> None:
    plans = [plan("开展消防安全检查。", "市场科")]
    reported = [done("消防安全检查6次。", "执法大队"), done("慰问老艺人4名。", "艺术科")]
    aliases = Config(aliases={"市场科": ("执法大队",)})
    plain = match(plans, reported, [], Config(), shipped()).links.probability[0, 0]
    known = match(plans, reported, [], aliases, shipped()).links.probability[0, 0]
    assert known > plain


@pytest.mark.parametrize("semantic", [False, True])
def test_no_likeness_speaks_against_a_link_and_no_conflict_for_one(semantic: bool) -> None:
    """So what two items have in common makes a link by itself never less likely."""
    model = shipped(semantic=semantic)
    for scorer in (model.link, model.carry):
        for layer in (scorer.first, scorer.second):
            for term in layer.terms:
                assert term.weight * sign(term.name) >= 0, term.name
