"""Two and three consecutive months of a fictional bureau, written to files for runs of the commands."""

from __future__ import annotations

from pathlib import Path

PAIRS = Path(__file__).parents[2] / "fixtures" / "pairs"
SEPTEMBER, OCTOBER, NOVEMBER = (PAIRS / f"jiaoyu-2022-{month}.txt" for month in ("09", "10", "11"))
ELSEWHERE = PAIRS / "zhen-2022-12.txt"
"""A report of another organisation."""

ROWS = {
    "2023-05": (
        ("completion", "2023-05", "办公室", "整理文书档案120卷。"),
        ("plan", "2023-06", "办公室", "组织全体干部开展消防疏散演练。"),
        ("plan", "2023-06", "办公室", "完成2022年度档案数字化扫描。"),
        ("plan", "2023-06", "市场科", "检查网吧30家次。"),
        ("plan", "2023-06", "市场科", "起草民宿管理办法初稿。"),
    ),
    "2023-06": (
        ("completion", "2023-06", "办公室", "6月12日组织全体干部开展消防疏散演练，86人参加。"),
        ("completion", "2023-06", "办公室", '=HYPERLINK("http://example.org") 编发简报4期。'),
        ("completion", "2023-06", "市场科", "检查网吧34家次，发现隐患2处，均已整改。"),
        ("plan", "2023-07", "办公室", "完成2022年度档案数字化扫描。"),
    ),
}
"""Items tables: kind, period, office, text."""


def table(folder: Path, month: str, *, backwards: bool = False) -> Path:
    """One month as an items table, its rows in the order above or backwards."""
    rows = ROWS[month][::-1] if backwards else ROWS[month]
    path = folder / f"{month}.csv"
    quoted = ['"' + '","'.join(cell.replace('"', '""') for cell in row) + '"' for row in rows]
    path.write_text("\n".join(["类型,期间,科室,内容", *quoted]) + "\n", encoding="utf-8")
    return path


def report(folder: Path, name: str, *sections: str) -> Path:
    """A short monthly report: a heading, then sections such as "9月工作完成情况", each with one item."""
    path = folder / name
    marks = "一二三"
    body = [f"{marks[place]}、{title}\n\n1.整理文书档案{place + 1}20卷。\n" for place, title in enumerate(sections)]
    path.write_text("\n".join(["桐湾县文化局2022年9月工作情况\n", *body]), encoding="utf-8")
    return path
