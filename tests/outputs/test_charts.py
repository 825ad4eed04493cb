"""The pictures: well-formed, with the run's own numbers, and as PNG."""

from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from reconcile.messages import Lang
from reconcile.outputs import charts
from reconcile.outputs.rows import FLAGGED, view
from tests.outputs.sample import PAIRS, PERSON, THREADS

VIEW = view(PAIRS, THREADS)
TEXT = "{http://www.w3.org/2000/svg}text"


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(TEXT)]


def test_the_heat_map_counts_what_needs_attention_over_what_was_planned() -> None:
    tasks = [row.task.verdict.status for row in VIEW.tasks if row.item.pair is PAIRS[0]]
    cells = [text.split("/") for text in texts(charts.heat(VIEW, "zh")) if "/" in text]
    assert len(cells) == 10
    assert sum(int(whole) for _, whole in cells) == sum(pair.summary.tasks for pair in PAIRS)
    assert sum(int(part) for part, _ in cells) == len(VIEW.slippage)
    assert any(status in FLAGGED for status in tasks)


def test_the_distribution_has_every_item_in_one_bar() -> None:
    counts = Counter(verdict.slip_count for verdict in PAIRS[-1].plans)
    numbers = [int(text) for text in texts(charts.slips(VIEW, "zh")) if text.isdigit()]
    assert numbers == [counts[0], counts[1], counts[2], counts[3], counts[4]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_pictures_carry_the_notice_and_no_person(lang: Lang) -> None:
    drawn = charts.both(VIEW, lang)
    assert drawn.count({"zh": "未经实地核查", "en": "not checked on site"}[lang]) == 2
    assert PERSON not in drawn


def test_a_picture_becomes_png() -> None:
    pytest.importorskip("resvg_py", reason="resvg-py is not installed")
    assert charts.png(charts.heat(VIEW, "zh")).startswith(b"\x89PNG\r\n")
