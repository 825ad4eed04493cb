"""Whole sentences, by the encoder of the extra `semantic`: near in meaning without a word in common."""

import sys

import numpy as np
import pytest

from reconcile.config import Config, Matching
from reconcile.errors import ConfigError
from reconcile.matching import encoder, ranking, sentences
from reconcile.matching.block import match
from reconcile.matching.explain import explain
from reconcile.matching.grid import pairs
from reconcile.matching.scoring import shipped
from tests.pairs import done, plan

PLANS = [plan("组织校园足球联赛。"), plan("完成河道清障。"), plan("核查低保对象家庭收入。")]
COMPLETIONS = [
    done("打捞水葫芦120吨,拆除阻水渔具43处。"),
    done("县二小女队4比1夺冠,32支队伍参赛。"),
    done("困难家庭经济状况入户比对310户。"),
]


def _with_encoder() -> None:
    pytest.importorskip("onnxruntime", reason="the extra `semantic` is not installed")
    pytest.importorskip("sentencepiece", reason="the extra `semantic` is not installed")


def test_the_nearest_sentence_is_the_one_on_the_same_work() -> None:
    _with_encoder()
    near = sentences.features(PLANS, COMPLETIONS)["sentence_plan"]
    assert near.argmax(axis=1).tolist() == [1, 0, 2]


def test_the_lead_tells_the_nearest_from_all_others() -> None:
    _with_encoder()
    lead = sentences.features(PLANS, COMPLETIONS)["sentence_lead_for_plan"]
    assert ((lead > 0).sum(axis=1) == 1).all()


def test_another_object_is_noticed_among_the_same_verbs() -> None:
    _with_encoder()
    plans = [plan("完成第一小学校舍加固工程验收。")]
    near = sentences.features(plans, [done("一小校舍加固通过验收。"), done("二小校舍加固通过验收。")])
    assert near["sentence_plan"][0, 0] > near["sentence_plan"][0, 1]


def test_each_text_is_read_by_itself() -> None:
    """What is read before or beside a text changes nothing: the same pair has the same likeness anywhere."""
    _with_encoder()
    together = sentences.features(PLANS, COMPLETIONS)["sentence_plan"]
    encoder._read.cache_clear()
    alone = sentences.features(PLANS[2:], COMPLETIONS[:1])["sentence_plan"]
    assert np.isclose(together[2, 0], alone[0, 0], atol=1e-6)


def test_some_pairs_have_the_likeness_they_have_among_all() -> None:
    _with_encoder()
    rows, columns = np.array([0, 1, 1, 2]), np.array([1, 0, 2, 2])
    every = sentences.features(PLANS, COMPLETIONS)
    some = sentences.features(PLANS, COMPLETIONS, pairs((3, 3), rows, columns))
    for name in ("sentence", "sentence_plan", "sentence_candidate"):
        assert np.allclose(some[name], every[name][rows, columns], atol=1e-6)


def test_all_pairs_of_a_grid_are_what_all_pairs_are() -> None:
    _with_encoder()
    rows, columns = np.divmod(np.arange(9), 3)
    every = sentences.features(PLANS, COMPLETIONS)
    listed = sentences.features(PLANS, COMPLETIONS, pairs((3, 3), rows, columns))
    for name, values in every.items():
        assert np.allclose(listed[name], values.ravel(), atol=1e-6), name


def test_a_piece_that_only_one_report_names_puts_it_ahead() -> None:
    _with_encoder()
    reports = [done("一小校舍加固通过验收。"), done("二小校舍加固通过验收。"), done("三小校舍加固通过验收。")]
    ahead = sentences.features([plan("完成第二小学校舍加固工程验收。")], reports)["pieces_ahead_for_plan"][0]
    assert ahead.argmax() == 1
    assert (np.delete(ahead, 1) < 0).all()


@pytest.mark.parametrize(
    ("planned", "better", "worse"),
    [
        ("完成门诊楼电梯更换。", "门诊楼2部电梯更换完毕，已投入使用。", "综合楼电梯更换完毕，已投入使用。"),
        ("开展冷库企业安全检查。", "检查涉氨冷库8家，整改隐患11处。", "检查加油站8家，整改隐患11处。"),
        ("核发柳溪镇不动产登记证书。", "柳溪镇发放不动产权证320本。", "枫桥镇发放不动产权证320本。"),
        ("举办茶艺师培训班。", "茶艺师培训结业46人。", "养老护理员培训结业46人。"),
    ],
)
def test_read_together_a_look_alike_is_told_from_the_report(planned: str, better: str, worse: str) -> None:
    _with_encoder()
    together = sentences.features([plan(planned)], [done(better), done(worse)])["together"][0]
    assert together[0] > together[1]


def test_only_the_nearest_are_read_together() -> None:
    _with_encoder()
    plans = [*PLANS, plan("修订公文处理办法。"), plan("更换路灯。"), plan("采购冬季煤炭。")]
    reports = [*COMPLETIONS, done("公文处理办法印发。"), done("路灯更换42盏。"), done("煤炭入库300吨。")]
    found = sentences.features(plans, reports)
    read = found["together"] != ranking.UNREAD
    assert ((read.sum(axis=1) >= ranking.OF_PLAN) & (read.sum(axis=1) < len(reports))).any()
    nearest = found["sentence_plan"].argmax(axis=1)
    assert nearest.tolist() == [1, 0, 2, 3, 4, 5]
    assert read[range(len(plans)), nearest].all()


def test_two_texts_are_read_by_themselves() -> None:
    """What else is read changes nothing: the same two have the same logit anywhere."""
    _with_encoder()
    among_all = sentences.features(PLANS, COMPLETIONS)["together"]
    encoder._read_two.cache_clear()
    alone = sentences.features(PLANS[1:2], COMPLETIONS[:1])["together"]
    assert np.isclose(among_all[1, 0], alone[0, 0], atol=1e-5)


def test_nothing_is_more_like_a_text_than_itself() -> None:
    _with_encoder()
    same = sentences.features(PLANS, [done(one.text) for one in PLANS])
    for name in ("sentence", "sentence_plan", "sentence_candidate"):
        assert np.allclose(np.diag(same[name]), 1, atol=1e-4)
        assert same[name].max() <= 1 + 1e-4


def test_the_model_with_sentences_explains_its_scores_like_the_other() -> None:
    _with_encoder()
    model = shipped(semantic=True)
    assert model.name != shipped().name
    scores = match(PLANS, COMPLETIONS, [], Config(), model).links
    case = explain(scores, 0, 1).pair
    assert {"sentence_plan", "sentence_lead_for_plan"} <= {part.name for part in case.parts}
    assert np.isclose(1 / (1 + np.exp(-case.logit)), case.score, atol=1e-4)


@pytest.mark.parametrize("missing", ["onnxruntime", "sentencepiece"])
def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    caches = (encoder.reader, encoder._network, encoder._read, encoder._read_two)
    for one in caches:
        one.cache_clear()
    with pytest.raises(ConfigError) as caught:
        sentences.features(PLANS, COMPLETIONS)
    assert caught.value.key == "config.needs_semantic"
    for one in caches:
        one.cache_clear()


def test_the_hash_of_a_configuration_tells_whether_sentences_are_weighed() -> None:
    asked, declined = (Config(matching=Matching(semantic=one)) for one in (True, False))
    assert asked.sha256() != Config().sha256() == declined.sha256()
