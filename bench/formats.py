"""How long reading takes beyond start-up, for a file of each format: ``python -m bench.formats [--repeat N]``.

A Word file of 200 paragraphs, the same in other formats, and a PDF of ten pages printed by LibreOffice where that is
installed. The best processor time of several runs in one process, after the modules are loaded; for `.doc` the time on
the clock of one run, since LibreOffice works in a process of its own.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from reconcile import intake
from reconcile.intake.office import libreoffice
from tests.intake.saved import as_docx, as_numbered_docx, as_ofd, as_page, as_workbook, converted

ITEM = "{n}.完成第{n}批次安全生产检查，共检查企业23家，发现隐患45处，已督促整改41处，其余4处限期月底前完成。"


def report(paragraphs: int) -> str:
    """A fictional report of so many paragraphs."""
    items = (ITEM.format(n=number) for number in range(1, paragraphs - 1))
    return "\n".join(["云岭县应急局2024年9月份工作小结", "一、9月份工作完成情况", *items])


def milliseconds(data: bytes, name: str, repeat: int) -> float:
    """The best processor time of reading a file: other work on the machine does not count."""
    clock = time.perf_counter if name.endswith(".doc") else time.process_time
    best = float("inf")
    for _ in range(repeat):
        start = clock()
        intake.read_bytes(data, name)
        best = min(best, clock() - start)
    return best * 1000


def files() -> dict[str, tuple[str, bytes]]:
    """What is read: a line of the table → name and bytes."""
    text = report(200)
    made = {
        "docx, 200 paragraphs": ("report.docx", as_docx(text)),
        "docx, 200 paragraphs, automatic numbers": ("report.docx", as_numbered_docx(text)),
        "html, 200 paragraphs": ("report.html", as_page(text)),
        "xlsx, 200 rows": ("report.xlsx", as_workbook(text)),
        "ofd, 200 paragraphs": ("report.ofd", as_ofd(text)),
    }
    if libreoffice():
        with tempfile.TemporaryDirectory() as folder:
            printed = converted(as_docx(report(150)), "docx", "pdf", Path(folder))
        made["pdf with text, 10 pages"] = ("report.pdf", printed)
        with tempfile.TemporaryDirectory() as folder:
            made["doc, 200 paragraphs (LibreOffice)"] = (
                "report.doc",
                converted(as_docx(text), "docx", "doc", Path(folder)),
            )
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    for title, (name, data) in files().items():
        document = intake.read_bytes(data, name)
        pages = document.blocks[-1].page
        note = f", {pages} pages" if pages else ""
        times = 1 if name.endswith(".doc") else repeat
        print(f"{title:42} {len(document.blocks):4} blocks{note:10} {milliseconds(data, name, times):8.1f} ms")


if __name__ == "__main__":
    main()
