"""A list of words found in a text."""

from hypothesis import given
from hypothesis import strategies as st

from reconcile.language.word_list import WordList

WORDS = st.text(alphabet="完成开展工", min_size=1, max_size=3)


def test_the_longest_word_is_found() -> None:
    listed = WordList(["验收", "竣工", "竣工验收"])
    assert listed.at("竣工验收合格", 0) == "竣工验收"
    assert listed.at("竣工验收合格", 1) == ""
    assert list(listed.every("先竣工,再验收")) == [(1, "竣工"), (5, "验收")]
    assert listed.within("待验收")


@given(st.lists(WORDS, max_size=6), st.text(alphabet="完成开展工,", max_size=20))
def test_words_found_stand_where_they_are_said_to_and_do_not_overlap(words: list[str], text: str) -> None:
    edge = 0
    for place, word in WordList(words).every(text):
        assert edge <= place
        assert text.startswith(word, place)
        edge = place + len(word)
    assert WordList(words).within(text) == any(word in text for word in words)
