"""One content in hundreds of layouts: other marks, words, orders, widths and nestings read to the same items."""

import pytest

from reconcile.model.reports import Kind
from tests.layout.content import CONTENT
from tests.layout.printing import Layout, mutations, printed
from tests.layout.reading import f1, keys, letters, read
from tests.layout.table_printing import TableLayout, printed_table, table_mutations

PERIODS = {Kind.COMPLETION: "2024-03", Kind.PLAN: "2024-04"}
EXPECTED = [(item.kind.value, PERIODS[item.kind], letters(item.office), letters(item.text)) for item in CONTENT]


@pytest.mark.parametrize("layout", list(mutations(240, seed=20240331)), ids=lambda layout: layout.arrangement)
def test_a_mutation_reads_to_the_same_items(layout: Layout) -> None:
    assert f1(EXPECTED, keys(read(printed(CONTENT, layout))).elements()) >= 0.98


@pytest.mark.parametrize("layout", list(table_mutations(100, seed=20240331)), ids=lambda layout: layout.marks)
def test_a_table_reads_to_the_same_items(layout: TableLayout) -> None:
    assert f1(EXPECTED, keys(read(printed_table(CONTENT, layout))).elements()) >= 0.98


def test_what_is_read_prints_and_reads_again_to_the_same() -> None:
    for layout in mutations(20, seed=1):
        text = printed(CONTENT, layout)
        first, again = read(text), read(printed(CONTENT, layout))
        assert first == again
        assert len({item.id for item in first.items}) == len(first.items)


def test_ids_do_not_depend_on_layout() -> None:
    ids = [
        sorted(item.id for item in read(printed(CONTENT, layout)).items)
        for layout in mutations(30, seed=7)
        if not layout.half_width and layout.width is None
    ]
    assert len(ids) > 5
    assert all(found == ids[0] for found in ids)
