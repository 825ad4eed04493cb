"""The lexicon files: what a domain expert may write in them, and what is found in a text."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.language.tokens import fold
from reconcile.matching import lexicon

LINES = {
    name: [
        line
        for line in (lexicon.DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    for name in ("synonyms", "evidence")
}


@pytest.mark.parametrize("name", LINES)
def test_every_word_is_short_and_without_punctuation(name: str) -> None:
    words = [word for line in LINES[name] for word in line.replace(":", " ").split()]
    assert all(2 <= len(word) <= 10 and re.fullmatch(r"[\w.]+", word) for word in words)


@pytest.mark.parametrize("name", LINES)
def test_every_word_stands_as_texts_are_folded(name: str) -> None:
    assert [line for line in LINES[name] if fold(line) != line.lower()] == []


def test_no_word_belongs_to_two_groups_of_equal_wording() -> None:
    count = Counter(word for line in LINES["synonyms"] for word in line.split())
    assert [word for word, number in count.items() if number > 1] == []


def test_every_entry_of_evidence_asks_and_shows() -> None:
    assert all(re.fullmatch(r"[^:]+: [^:]+", line) for line in LINES["evidence"])


def of(*groups: str) -> lexicon.Lexicon:
    """A lexicon of groups of equal wording alone."""
    words = lexicon.WordFile.of("\n".join(groups))
    return lexicon.compiled(words, lexicon.WordFile.of(""))


def test_the_longest_word_counts() -> None:
    known = of("防汛", "防汛物资")
    assert known.wording(fold("补充防汛物资"), known.synonyms) == {1: {"防汛物资"}}


def test_a_remark_is_no_word() -> None:
    known = of("# 防汛", "物资")
    assert known.wording("防汛物资", known.synonyms) == {1: {"物资"}}


@given(st.lists(st.text("防汛物资 检查\n", max_size=8), max_size=4))
def test_texts_read_together_keep_their_words(texts: list[str]) -> None:
    known = of("防汛 汛物", "物资 防汛物资检查")
    [found] = known.find(texts, known.synonyms)
    together = list(zip(found.texts.tolist(), found.words.tolist(), strict=True))
    apart = [(place, word) for place, text in enumerate(texts) for word in known.find([text], known.synonyms)[0].words]
    assert together == apart


def test_equal_wording_meets_in_one_group() -> None:
    known = lexicon.lexicon()
    both = [known.wording(fold(text), known.synonyms) for text in ("完成控制价财政评审", "控制价财评已出")]
    assert both[0].keys() & both[1].keys()


def test_a_plan_meets_the_traces_it_leaves() -> None:
    known = lexicon.lexicon()
    asked = known.wording(fold("做好公开招聘工作"), known.asked)
    shown = known.wording(fold("643人报考，资格初审通过512人，笔试结束"), known.shown)
    assert asked.keys() & shown.keys()


@pytest.mark.parametrize("name", LINES)
def test_every_word_is_found_again(name: str) -> None:
    """Each is of the group of its line, so that no two words share a number."""
    known = lexicon.lexicon()
    lists = [known.synonyms] if name == "synonyms" else [known.asked, known.shown]
    entries = [
        (number, line.split(":"))
        for number, line in enumerate((lexicon.DATA / f"{name}.txt").read_text(encoding="utf-8").lower().splitlines())
        if line and not line.startswith("#")
    ]
    for side, groups in enumerate(lists):
        words = [(number, word) for number, entry in entries for word in entry[side].split()]
        [found] = known.find([word for _, word in words], groups)
        whole = found.ends - found.starts == [len(words[text][1]) for text in found.texts]
        places, lines = groups.of(found.words[whole])
        again = zip(lines.tolist(), (words[text][1] for text in found.texts[whole][places]), strict=True)
        assert set(again) == set(words)
