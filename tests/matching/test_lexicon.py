"""The lexicon files: what a domain expert may write in them, and what is found in a text."""

import re
from collections import Counter

import pytest

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


def test_the_longest_phrase_counts() -> None:
    found = lexicon.Phrases({"防汛": [1], "防汛物资": [2]})
    assert found.find(fold("补充防汛物资")) == {2: {"防汛物资"}}


def test_texts_read_together_keep_their_phrases() -> None:
    phrases = lexicon.Phrases({"防汛": [1], "物资": [2]})
    assert phrases.every(["补充防汛", "", "物资防汛"]) == [["防汛"], [], ["物资", "防汛"]]


def test_equal_wording_meets_in_one_group() -> None:
    both = [lexicon.synonyms().find(fold(text)) for text in ("完成控制价财政评审", "控制价财评已出")]
    assert both[0].keys() & both[1].keys()


def test_a_plan_meets_the_traces_it_leaves() -> None:
    evidence = lexicon.evidence()
    asked = evidence.asked.find(fold("做好公开招聘工作"))
    [shown] = evidence.shown.every([fold("643人报考，资格初审通过512人，笔试结束")])
    assert any(set(shown) & set(evidence.shown_by(group)) for group in asked)
