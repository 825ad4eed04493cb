"""Makes the pictures of docs/gallery.md from the reports in fixtures/: ``python docs/make_gallery.py``.

Needs Chromium and LibreOffice, and the development extras. Each picture is kept under 150 kB.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from reconcile import pipeline  # noqa: E402
from reconcile.outputs import charts, drawn, slips  # noqa: E402
from reconcile.outputs.rows import View, view  # noqa: E402

REPORTS = [ROOT / "fixtures" / "pairs" / f"jiaotong-2021-{month}.txt" for month in ("03", "04", "05")]
PICTURES = ROOT / "docs" / "gallery"
LARGEST = 150_000
WIDTH = 1280
BROWSER = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def main() -> None:
    """Make every picture anew."""
    PICTURES.mkdir(exist_ok=True)
    reports = [pipeline.read_report(path) for path in REPORTS]
    pairs, threads, _ = pipeline.reconcile_all(reports)
    month, months = view(pairs[:1]), view(pairs, threads)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = driver.chromium.launch(executable_path=chromium, args=BROWSER)
        terminal(browser, month)
        pages(browser, months)
        browser.close()
        papers(Path(folder), month)
    (PICTURES / "charts.png").write_bytes(charts.png(charts.both(months, "zh")))
    for path in sorted(PICTURES.glob("*.png")):
        shrink(path)
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size:,} bytes")


def terminal(browser: Browser, month: View) -> None:
    """The table as a terminal shows it."""
    style = (
        "pre { margin: 0; padding: 16px; background: #16191d; color: #e4e8ec; font: 14px/1.35 'Noto Sans Mono CJK SC';"
        "text-spacing-trim: space-all; font-feature-settings: 'chws' 0, 'halt' 0 }"
        "i { display: inline-block; width: .602em; font: normal .83em 'DejaVu Sans Mono', monospace }"
    )
    text = "\n".join(str(drawn(month, "table", "zh", width=118)).splitlines()[:46])
    # Quotation marks and dashes take one column in a terminal, two in the Chinese font.
    cells = "".join(f"<i>{char}</i>" if char in "“”‘’…—·" else html.escape(char) for char in text)
    page = browser.new_page(viewport={"width": 900, "height": 900})
    page.set_content(f"<style>{style}</style><pre>{cells}</pre>")
    page.locator("pre").screenshot(path=PICTURES / "terminal.png")


def pages(browser: Browser, months: View) -> None:
    """The HTML page: the slippage table with evidence, the maps, on a phone, in the dark."""
    content = str(drawn(months, "html", "zh"))
    shots = {
        "page": (WIDTH, 900, False, "h1"),
        "evidence": (WIDTH, 800, False, "#filter"),
        "timeline": (WIDTH, 900, False, "#heat"),
        "dark": (WIDTH, 900, True, "#filter"),
        "phone": (390, 844, False, "#rows > tbody"),
    }
    for name, (width, height, dark, place) in shots.items():
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
        page.set_content(content)
        page.locator(place).first.evaluate("place => place.scrollIntoView()")
        if name == "evidence":
            row = page.locator("#rows > tbody", has=page.locator(".sides > div:last-child > blockquote")).first
            row.locator("summary").click()
            row.evaluate("row => { row.scrollIntoView(); scrollBy(0, -70); }")
        page.screenshot(path=PICTURES / f"{name}.png")


def papers(folder: Path, month: View) -> None:
    """The workbook, the circular and a slip, as LibreOffice prints them."""
    contents = {
        "workbook.xlsx": drawn(month, "xlsx", "zh"),
        "circular.docx": drawn(month, "docx", "zh"),
        "slips.docx": slips.render(month, "zh"),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    names = [str(folder / name) for name in contents]
    subprocess.run(  # noqa: S603
        ["soffice", "--headless", home, "--convert-to", "pdf", "--outdir", str(folder), *names],  # noqa: S607
        check=True,
        capture_output=True,
    )
    for name, place, shown in (("workbook", 1, "workbook"), ("circular", 0, "circular"), ("slips", 0, "slip")):
        pdf = pypdfium2.PdfDocument(folder / f"{name}.pdf")
        pdf[place].render(scale=1.25).to_pil().save(PICTURES / f"{shown}.png")
        if name == "circular":
            wide = next(page for page in list(pdf)[1:] if page.get_width() > page.get_height())
            wide.render(scale=1.1).to_pil().save(PICTURES / "circular-table.png")


def shrink(path: Path) -> None:
    """Fewer colours, then fewer pixels, until the picture is small enough."""
    image = Image.open(path).convert("RGB")
    for colours, scale in ((64, 1.0), (32, 1.0), (32, 0.8), (16, 0.65)):
        size = (int(image.width * scale), int(image.height * scale))
        image.resize(size, Image.Resampling.LANCZOS).quantize(colours, dither=Image.Dither.NONE).save(
            path, optimize=True
        )
        if path.stat().st_size <= LARGEST:
            return


if __name__ == "__main__":
    main()
