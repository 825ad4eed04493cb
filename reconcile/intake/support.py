"""Which formats this machine can read, with what, and what to install for the others."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from msgspec import Struct

from reconcile.intake.office import antiword, libreoffice


class Support(Struct, frozen=True):
    """Files of some extensions (their content decides): `reader` reads them, None where nothing here can.

    `add` names the message that says how to add, or to improve, what is missing.
    """

    extensions: tuple[str, ...]
    reader: str | None
    add: str | None = None


def _built_in() -> tuple[str | None, str | None]:
    return "reconcile", None


def _package(*names: str) -> Callable[[], tuple[str | None, str | None]]:
    missing = [name for name in names if find_spec(name) is None]
    return lambda: (None, "doctor.add_package") if missing else (" + ".join(names), None)


def _office() -> tuple[str | None, str | None]:
    return ("LibreOffice", None) if libreoffice() else (None, "doctor.add_office")


def _old_word() -> tuple[str | None, str | None]:
    if libreoffice():
        return "LibreOffice", None
    return ("antiword", "doctor.better_office") if antiword() else (None, "doctor.add_office")


def _recognition() -> tuple[str | None, str | None]:
    there = all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))
    return ("RapidOCR", None) if there else (None, "doctor.add_ocr")


_FORMATS: tuple[tuple[tuple[str, ...], Callable[[], tuple[str | None, str | None]]], ...] = (
    (("txt", "md"), _built_in),
    (("csv", "jsonl"), _built_in),
    (("docx",), _package("lxml")),
    (("doc", "wps"), _old_word),
    (("rtf", "odt"), _office),
    (("pdf",), _package("pypdfium2")),
    (("pdf (scan)", "png", "jpg", "tif"), _recognition),
    (("html", "htm", "mht"), _package("lxml")),
    (("xlsx", "xls", "et", "ods"), _package("python_calamine")),
    (("ofd",), _package("ofdkit")),
    (("zip",), _built_in),
)


def formats() -> list[Support]:
    """Every format with its reader on this machine."""
    return [Support(extensions, *find()) for extensions, find in _FORMATS]
