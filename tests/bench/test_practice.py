"""Practice pairs: what a person may write, and what is made of it."""

from pathlib import Path

import numpy as np
import pytest

from bench.quality import dataset, practice
from bench.quality.choices import WAYS
from reconcile.model.verdicts import Outcome

PAIR = """机构 | 青屿县林业局
月份 | 2023-05 | 2023-06

科室 | 造林科 | 绿化科
P1 | done | 完成补植。
P2 | slipped | 验收苗圃。
C | 1 | 补植油松3000株。
C | - | 接待调研。
N | 2 | 验收苗圃。
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "linye-2023-06.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_one_pair_with_its_links(tmp_path: Path) -> None:
    pair = practice.read(written(tmp_path, PAIR))
    assert pair.organisation == "linye"
    assert [item.office for item in (*pair.plans, *pair.completions)] == ["绿化科", "绿化科", "造林科", "造林科"]
    assert pair.links.tolist() == [[True, False], [False, False]]
    assert pair.carried.tolist() == [[False], [True]]
    assert pair.outcomes == (Outcome.DONE, Outcome.SLIPPED)


@pytest.mark.parametrize(
    ("line", "fault"), [("C | 9 | 甲。", "unknown"), ("Q | 甲。", "2023-06.txt:10"), ("P3 | late | 甲。", "late")]
)
def test_a_mistake_is_named(line: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=fault):
        practice.read(written(tmp_path, f"{PAIR}{line}\n"))


@pytest.mark.parametrize("folder", [practice.FOLDER, practice.TEACHING, practice.ASIDE, practice.TERSE])
def test_what_is_silent_has_no_link_and_what_is_done_has_one(folder: Path) -> None:
    for pair in practice.load(folder):
        linked_or_not, again_or_not = np.any(pair.links, axis=1), np.any(pair.carried, axis=1)
        for outcome, linked, again in zip(pair.outcomes, linked_or_not, again_or_not, strict=True):
            assert linked or outcome not in {Outcome.DONE, Outcome.PARTIAL}, pair.name
            assert not (linked or again) or outcome is not Outcome.DROPPED, pair.name


def test_nobody_trained_on_is_in_the_test() -> None:
    taught, tested = (
        {pair.organisation for folder in folders for pair in practice.load(folder)}
        for folders in ((practice.FOLDER, practice.TEACHING), (practice.ASIDE, practice.TERSE))
    )
    assert taught.isdisjoint(tested | {pair.organisation for pair in dataset.load()})


def test_one_to_one_choices_link_nothing_twice() -> None:
    pytest.importorskip("scipy", reason="the assignment is found by scipy, of the extra `bench`")
    scores = np.array([[0.9, 0.8], [0.7, 0.1]])
    reported = np.ones((2, 1))
    links = {name: way(scores, reported, 0.5) for name, way in WAYS.items()}
    assert links["every pair above a threshold"].sum() == 3
    assert links["mutual best"].tolist() == [[True, False], [False, False]]
    assert links["greedy, one to one"].tolist() == [[True, False], [False, False]]
    assert links["assignment, one to one"].tolist() == [[False, True], [True, False]]
    assert links["many to many, silent items gated"].sum() == 3
