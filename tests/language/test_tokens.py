"""Words, background weights and boilerplate."""

import importlib.util
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.language import tokens

FIXTURES = Path(__file__).parents[2] / "fixtures" / "pairs"


def fixture_texts() -> list[str]:
    return [
        item["text"] for path in sorted(FIXTURES.glob("*.items.json")) for item in json.loads(path.read_text("utf-8"))
    ]


def test_rjieba_and_jieba_cut_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rjieba")
    texts = fixture_texts()
    assert len(texts) > 1000
    with_rjieba = [tokens.words(text) for text in texts]
    cut = tokens.jieba_cutter()
    monkeypatch.setattr(tokens, "_cutter", lambda: cut)
    assert [tokens.words(text) for text in texts] == with_rjieba


def test_jieba_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert tokens.jieba_cutter()("组织开展安全生产检查") == ["组织", "开展", "安全", "生产", "检查"]
    assert not list(tmp_path.iterdir())


def test_numbers_and_codes_stay_whole() -> None:
    assert tokens.words("1-9月完成G528国道改建，接种率93%，７＃楼封顶") == [
        *("1-9", "月", "完成", "g528", "国道", "改建", "接种率", "93%"),
        *("7号", "楼", "封顶"),
    ]


def test_dates_are_one_word_and_no_content() -> None:
    assert "11月5日" in tokens.words("组织实施11月5日至6日的成人高考")
    assert tokens.content_words("组织实施11月5日至6日的成人高考") == ["成人高考"]


def test_content_words_leave_boilerplate_out() -> None:
    assert tokens.content_words("继续做好感染楼扩建工程招标工作。") == ["感染", "楼", "扩建工程", "招标"]
    assert "感染" not in tokens.content_words("做好感染楼扩建", boilerplate=["感染"])


def test_common_words_weigh_less() -> None:
    assert tokens.idf("工作") < tokens.idf("会议") < tokens.idf("疫苗") < tokens.idf("从未见过的词")


def test_the_shipped_weights_are_those_of_jieba_rounded_to_a_quarter() -> None:
    found = importlib.util.find_spec("jieba")
    assert found is not None
    assert found.origin is not None
    source = Path(found.origin).parent / "analyse" / "idf.txt"
    for line in source.read_text("utf-8").splitlines()[::500]:
        word, value = line.split()
        if float(value) < 9 and len(word) <= 6 and all("一" <= char <= "鿿" for char in word):
            assert tokens.idf(word) == round(float(value) * 4) / 4


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(tokens.fold(text)) == len(text)
    assert tokens.fold(tokens.fold(text)) == tokens.fold(text)


@given(st.text(alphabet="完成感染楼G528第1-9月９％，。 \n\ue000abc", max_size=40))
def test_any_text_can_be_cut(text: str) -> None:
    found = tokens.words(text)
    assert all(found)
    assert set("".join(found)) <= set(tokens.fold(text).replace("#", "号"))
