"""Small reports of made-up bureaus, as files."""

from __future__ import annotations

from pathlib import Path

Offices = dict[str, list[str]]
"""Office → its items."""


def write_report(path: Path, organisation: str, year: int, month: int, done: Offices, planned: Offices) -> Path:
    """Write the report of a month: office by office what was done, and what is planned for the next."""
    following = month % 12 + 1
    lines = [f"{organisation}{year}年{month}月份工作完成情况和{following}月份工作计划", ""]
    for number, office in enumerate({**done, **planned}):
        lines.append(f"{'一二三四五'[number]}、{office}")
        for mark, title, items in (
            ("（一）", f"{month}月份工作完成情况", done),
            ("（二）", f"{following}月份工作计划", planned),
        ):
            lines += [mark + title, *(f"{n}.{text}。" for n, text in enumerate(items.get(office, []), 1))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
