"""Pictures for slides: the heat map of offices by month, and how often work has slipped; as SVG or PNG."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from xml.sax.saxutils import escape

from reconcile.errors import ReconcileError
from reconcile.messages import Lang
from reconcile.outputs import heading, wording
from reconcile.outputs.rows import FLAGGED, View
from reconcile.outputs.wrapping import wrap

FONTS = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif"
MARGIN, HEAD, FOOT = 32, 92, 44
LABEL, CELL, ROW = 170, 120, 36
BAR, TALLEST, MOST_SLIPS = 110, 220, 4
COLD, HOT = (246, 248, 250), (200, 56, 56)


def heat(view: View, lang: Lang) -> str:
    """Offices by month: in each cell the tasks that need attention over all planned, shaded by their share."""
    cells: Counter[tuple[str, str]] = Counter()
    whole: Counter[tuple[str, str]] = Counter()
    for row in view.tasks:
        key = row.item.verdict.item.office, row.item.pair.period
        whole[key] += 1
        cells[key] += row.task.verdict.status in FLAGGED
    offices = dict.fromkeys(row.verdict.item.office for row in view.items)
    months = [pair.period for pair in view.pairs]
    drawn = [
        _text(MARGIN + LABEL + CELL * column + CELL // 2, HEAD - 8, wording.period(month, lang), "middle")
        for column, month in enumerate(months)
    ]
    for line, office in enumerate(offices):
        y = HEAD + ROW * line
        drawn.append(_text(MARGIN, y + 24, _short(office or wording.label("no_office", lang), LABEL)))
        for column, month in enumerate(months):
            part, total = cells[office, month], whole[office, month]
            drawn.append(_cell(MARGIN + LABEL + CELL * column, y, part, total))
    size = (2 * MARGIN + LABEL + CELL * len(months), HEAD + ROW * len(offices) + FOOT)
    return _picture(view, lang, "chart_heat", size, drawn)


def slips(view: View, lang: Lang) -> str:
    """How many planned items of the last period have slipped how often."""
    latest = view.pairs[-1]
    counts = Counter(min(verdict.slip_count, MOST_SLIPS) for verdict in latest.plans)
    most = max(counts.values(), default=1)
    floor = HEAD + TALLEST
    drawn = []
    for slipped in range(MOST_SLIPS + 1):
        x, height = MARGIN + BAR * slipped, TALLEST * counts[slipped] // most
        share = slipped / MOST_SLIPS
        drawn += [
            _box(x + 18, floor - height, BAR - 36, height, _shade(share)),
            _text(x + BAR // 2, floor - height - 8, str(counts[slipped]), "middle"),
            _text(x + BAR // 2, floor + 24, _slipped(slipped, lang), "middle"),
        ]
    size = (2 * MARGIN + BAR * (MOST_SLIPS + 1), floor + 36 + FOOT)
    return _picture(view, lang, "chart_slips", size, drawn)


CHARTS = {"heat": heat, "slip_counts": slips}
"""The pictures by the name they have in `file_…` of the catalogue."""


def both(view: View, lang: Lang) -> str:
    """Both pictures, one above the other."""
    drawn = [draw(view, lang) for draw in CHARTS.values()]
    sizes = [_size(svg) for svg in drawn]
    width, height = max(size[0] for size in sizes), sum(size[1] for size in sizes)
    placed, top = [], 0
    for svg, size in zip(drawn, sizes, strict=True):
        placed.append(svg.replace("<svg ", f'<svg y="{top}" ', 1))
        top += size[1]
    paper = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    return "\n".join([_head(width, height), paper, *placed, "</svg>"]) + "\n"


def _size(svg: str) -> tuple[int, int]:
    found = re.search(r'width="(\d+)" height="(\d+)"', svg)
    assert found is not None
    return int(found[1]), int(found[2])


def png(svg: str) -> bytes:
    """A picture as PNG at twice its size; an error says what to install where that is missing."""
    try:
        import resvg_py
    except ImportError as error:
        raise ReconcileError("outputs.no_png") from error
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=2.0, font_family="Noto Sans CJK SC"))


def _picture(view: View, lang: Lang, name: str, size: tuple[int, int], drawn: Iterable[str]) -> str:
    title = wording.label(name, lang, period=wording.period(view.pairs[-1].period, lang))
    width, height = max(size[0], 560), size[1]
    organisation = view.pairs[-1].completion_report.organisation
    parts = [
        _head(width, height, f'role="img" font-family="{FONTS}"'),
        f"<title>{escape(wording.plain(title))}</title><desc>{escape(wording.plain(heading.title(view, lang)))}</desc>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(MARGIN, 34, title, size=19, bold=True),
        _text(MARGIN, 58, organisation, size=13, fill="#55616e"),
        *drawn,
        _text(MARGIN, height - 14, wording.label("notice", lang), size=12, fill="#55616e"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _cell(x: int, y: int, part: int, total: int) -> str:
    share = part / total if total else 0.0
    fill = "#ffffff" if share > 0.8 else "#1c2733"
    number = _text(x + CELL // 2, y + 24, f"{part}/{total}" if total else "—", "middle", fill=fill)
    return _box(x + 2, y + 2, CELL - 4, ROW - 4, _shade(share)) + number


def _head(width: int, height: int, more: str = "") -> str:
    box = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box} {more}>'


def _box(x: int, y: int, width: int, height: int, fill: str) -> str:
    place = f'x="{x}" y="{y}" width="{width}" height="{height}"'
    return f'<rect {place} rx="2" fill="{fill}" stroke="#8a949e" stroke-width=".4"/>'


def _text(
    x: int, y: int, content: str, anchor: str = "start", size: int = 15, fill: str = "#1c2733", *, bold: bool = False
) -> str:
    style = f'text-anchor="{anchor}" font-size="{size}" font-weight="{600 if bold else 400}" fill="{fill}"'
    return f'<text x="{x}" y="{y}" {style}>{escape(wording.plain(content))}</text>'


def _shade(share: float) -> str:
    """From cold to hot."""
    return "#" + "".join(f"{round(cold + (hot - cold) * share):02x}" for cold, hot in zip(COLD, HOT, strict=True))


def _short(content: str, room: int) -> str:
    return wrap(content, room // 8, 1)


def _slipped(count: int, lang: Lang) -> str:
    return wording.label("chart_slipped" if count < MOST_SLIPS else "chart_slipped_more", lang, count=count)
