"""The page in a real browser: self-contained, accessible, sortable, filterable, readable at any width and in print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from reconcile.model.links import Part
from reconcile.outputs import html
from reconcile.outputs.marking import Marking, pieces, shared
from reconcile.outputs.rows import FLAGGED, view
from tests.outputs.sample import PAIR, PAIRS, PERSON, THREADS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VIEW = view(PAIRS, THREADS)
EXPLAINED = {
    link.id: Marking((Part("words_cosine", 0.8, 2.0, 1.6),), plan=((0, 4),), target=((0, 4), (8, 10)))
    for verdict in PAIR.plans
    for link in (*verdict.links, *(link for task in verdict.tasks for link in task.links))
}
PAGE = html.render(VIEW, "zh", EXPLAINED)
PLAIN = {"zh": html.render(VIEW, "zh"), "en": html.render(VIEW, "en")}


def open_page(
    browser: Browser, folder: Path, content: str, width: int = 1280, *, dark: bool = False, script: bool = True
) -> Page:
    path = folder / "page.html"
    path.write_text(content, encoding="utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
    )
    page = context.new_page()
    page.goto(path.as_uri())
    return page


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    page = open_page(browser, tmp_path, PAGE)
    yield page
    page.context.close()


def offices(page: Page) -> list[str]:
    cells = page.locator("#rows > tbody:not([hidden]) tr:first-child td:nth-child(2)")
    return cells.all_text_contents()


def test_the_page_asks_no_host_and_reports_no_error(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    page.goto(path.as_uri())
    page.locator("#rows summary").first.click()
    assert asked == [path.as_uri()]
    assert said == []
    page.close()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_axe_finds_nothing_serious(browser: Browser, tmp_path: Path, width: int, dark: bool) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="axe is not installed")
    source = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    page = open_page(browser, tmp_path, PAGE, width, dark=dark)
    for summary in page.locator("#rows summary").all()[:3] + page.locator("section > details > summary").all():
        summary.click()
    page.evaluate(source)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in serious] == []
    assert page.locator("#rows").get_by_role("row").count() == 1 + 2 * len(VIEW.slippage)
    page.context.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_never_scrolls_sideways(browser: Browser, tmp_path: Path, width: int, lang: str) -> None:
    page = open_page(browser, tmp_path, PLAIN[lang], width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_sorting_goes_both_ways_and_says_so(page: Page) -> None:
    head = page.get_by_role("columnheader", name="顺延次数")
    slips = page.locator("#rows > tbody tr:first-child td:nth-child(8)")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert [int(text) for text in slips.all_text_contents()] == sorted(r.item.verdict.slip_count for r in VIEW.slippage)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert int(slips.first.text_content() or "") == max(row.item.verdict.slip_count for row in VIEW.slippage)


def test_filters_narrow_the_rows_and_count_them(page: Page) -> None:
    from playwright.sync_api import expect

    page.get_by_label("责任科室").select_option("办公室")
    assert set(offices(page)) == {"办公室"}
    count = sum(row.item.verdict.item.office == "办公室" for row in VIEW.slippage)
    assert page.locator("#shown").inner_text() == f"显示 {count} / {len(VIEW.slippage)} 项"
    page.get_by_label("查找").fill("档案室")
    assert len(offices(page)) == 1
    page.get_by_role("button", name="清除筛选").click()
    expect(page.locator("#rows > tbody:not([hidden])")).to_have_count(len(VIEW.slippage))


def test_evidence_opens_from_the_keyboard_and_marks_what_was_matched(page: Page) -> None:
    body = page.locator("#rows > tbody", has_text="图书馆总分馆建设：").first
    body.locator("summary").focus()
    page.keyboard.press("Enter")
    assert body.locator(".sides blockquote").nth(1).is_visible()
    assert body.locator("mark").all_inner_texts()[:3] == ["推进图书", "图书馆总", "：城"]
    assert body.locator(".parts").get_by_text("词语相同").is_visible()
    assert "关联度 0.95" in body.locator(".sides").inner_text()


def test_the_page_reads_without_script(browser: Browser, tmp_path: Path) -> None:
    page = open_page(browser, tmp_path, PAGE, script=False)
    assert len(offices(page)) == len(VIEW.slippage)
    page.locator("#rows summary").first.click()
    assert page.locator("#rows .sides").first.is_visible()
    assert not page.locator("#filter").is_visible()
    page.context.close()


def test_the_page_prints(page: Page) -> None:
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    document = pdfium.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = "".join(one.get_textpage().get_text_bounded() for one in document)
    assert document[0].get_width() > document[0].get_height()
    assert "依据科室自报，未经实地核查" in text
    assert "查找" not in text
    assert 2 <= len(document) <= 8


def test_a_report_cannot_put_markup_or_script_into_the_page() -> None:
    nasty = msgspec.structs.replace(PAIR.plans[0].item, text="<script>alert(1)</script>", office='"><img src=x>')
    verdict = msgspec.structs.replace(PAIR.plans[4], item=nasty)
    drawn = html.render(view([msgspec.structs.replace(PAIR, plans=(verdict,))]), "zh")
    assert "<script>alert" not in drawn
    assert "<img" not in drawn


def test_the_heat_map_counts_every_task() -> None:
    drawn = html.heat.table(VIEW, "zh")
    assert sum(drawn.totals) == sum(pair.summary.tasks for pair in PAIRS)
    assert sum(total for _, _, total in drawn.rows) == sum(drawn.totals)


def test_the_timeline_has_a_lane_a_thread_and_a_table_beside_it() -> None:
    drawn = html.timeline.draw(THREADS, "zh")
    assert len(drawn.lanes) == len(THREADS)
    assert [lane.title for lane in drawn.lanes[:1]] == [max(THREADS, key=lambda thread: thread.slip_count).title]
    assert all(thread.title in PLAIN["zh"] for thread in THREADS)


def test_persons_stay_out_of_the_page() -> None:
    assert PERSON not in PAGE


def test_many_rows_are_split_by_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "SPLIT_ABOVE", 3)
    found = html.pages(VIEW, "zh")
    offices = list(dict.fromkeys(row.verdict.item.office for row in VIEW.items))
    assert list(found) == ["", *(f"{number:03d}" for number in range(1, len(offices) + 1))]
    assert all(f'href="{name}.html"' in found[""] for name in list(found)[1:])
    flagged = [row for row in VIEW.slippage if row.item.verdict.item.office == offices[0]]
    assert found["001"].count('<tr class="why">') == len(flagged)
    assert all(row.task.verdict.status in FLAGGED for row in flagged)


def test_without_an_explanation_the_words_both_texts_share_are_marked() -> None:
    text = "推进图书馆总分馆建设，建成3个分馆"
    assert [text[start:end] for start, end in shared(text, "图书馆总分馆：城东分馆已开放")] == ["图书馆总分馆", "分馆"]
    assert shared(text, "") == ()


@pytest.mark.parametrize("spans", [[(0, 2), (1, 3)], [(2, 9)], [], [(1, 1)]])
def test_pieces_put_together_are_the_text(spans: list[tuple[int, int]]) -> None:
    assert "".join(words for words, _ in pieces("计划事项", spans)) == "计划事项"
