"""Pictures and scanned PDFs: recognised with RapidOCR on the machine itself (extra `ocr`); nothing leaves it.

A page is turned upright by the slope of its lines; red seals (公章) are bleached so that the words beneath them can be
read. Lost: tables read as lines of text, and what stands under a dark seal.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from statistics import median
from typing import TYPE_CHECKING, Any

from reconcile.errors import InputError
from reconcile.intake.assemble import Assembler
from reconcile.intake.limits import MAX_PIXELS, MAX_SCANNED_PAGES
from reconcile.intake.lines import Line, write
from reconcile.intake.reading_order import find_gutter, in_reading_order, without_running_heads
from reconcile.model.documents import Document, SourceFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pypdfium2 import PdfDocument

    Picture = NDArray[np.uint8]

_DPI = 200
_SURE = 0.5
"""Words recognised with less confidence are specks and stamps."""

_SKEWED = 0.4
"""Degrees of slope from which a page is turned upright."""

_SMALL = 900
"""The longer side, in pixels, of the copy of a page that shows its slope."""

_SETTINGS = {
    "Global.log_level": "error",
    "Global.use_cls": False,  # the classifier of upside-down lines turns good ones over and loses them
    "Det.limit_type": "max",  # lines are found on a smaller picture and read on the full one
    "Det.limit_side_len": 1280,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,  # more threads wait for each other more than they help
}

_WIDE = str.maketrans("(),:;!?", "（），：；！？")
_NARROW_IN_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[(),:;!?]|[(),:;!?](?=[\u3000-\u9fff])")
"""Punctuation beside a Chinese letter: a picture hardly shows its width, and Chinese text has it full."""


def read(data: bytes, file: SourceFile) -> Document:
    """Read a picture of one page (a TIFF: all its pages)."""
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise InputError("intake.needs_ocr", file=file.name) from error
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with Image.open(BytesIO(data)) as image:
            count = getattr(image, "n_frames", 1)
            _check(count, image.width * image.height, file)
            pictures = []
            for number in range(count):
                image.seek(number)
                pictures.append(_array(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise InputError("intake.too_many_pixels", file=file.name, most=MAX_PIXELS // 1_000_000) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise InputError("intake.damaged", file=file.name) from error
    return _read(pictures, file)


def read_pages(document: PdfDocument, file: SourceFile) -> Document:
    """Read the pages of a PDF from their pictures."""
    largest = max(page.get_width() * page.get_height() for page in document) * (_DPI / 72) ** 2
    _check(len(document), largest, file)
    return _read((_array(page.render(scale=_DPI / 72).to_pil()) for page in document), file)


def _check(count: int, pixels: float, file: SourceFile) -> None:
    if count > MAX_SCANNED_PAGES:
        raise InputError("intake.too_many_pages", file=file.name, count=count, most=MAX_SCANNED_PAGES)
    if pixels > MAX_PIXELS:
        raise InputError("intake.too_many_pixels", file=file.name, most=MAX_PIXELS // 1_000_000)


@cache
def _loaded() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params=_SETTINGS)


def _engine(name: str) -> Any:
    try:
        return _loaded()
    except ImportError as error:
        raise InputError("intake.needs_ocr", file=name) from error


def _array(image: Any) -> Picture:
    import numpy as np

    return _bleached(np.asarray(image.convert("RGB")))


def _bleached(picture: Picture) -> Picture:
    """The picture without its reds: a seal over black letters leaves the letters."""
    import numpy as np

    red, green, blue = (picture[..., channel].astype(np.int16) for channel in range(3))
    seal = (red - np.maximum(green, blue) > 40) & (red > 110)
    cleaned = picture.copy()
    cleaned[seal] = 255
    return cleaned


def _read(pictures: Iterable[Picture], file: SourceFile) -> Document:
    pages: list[list[Line]] = []
    heights: list[float] = []
    width = 0.0
    sure: list[float] = []
    for number, picture in enumerate(pictures, 1):
        lines, scores = _upright(picture, number, file)
        pages.append(lines)
        heights.append(float(picture.shape[0]))
        width = float(picture.shape[1])
        sure += scores
    out = Assembler(file)
    gutter = None
    ordered: list[Line] = []
    for lines in without_running_heads(pages, heights):
        gutter = find_gutter(lines, gutter)
        ordered += in_reading_order(lines, gutter)
    write(ordered, out, width)
    confidence = f"{sum(sure) / len(sure):.2f}" if sure else "0"
    out.warn("recognised", confidence=confidence)
    return out.document()


def _upright(picture: Picture, page: int, file: SourceFile) -> tuple[list[Line], list[float]]:
    """The lines of a page, straightened where it was scanned askew, and how sure each is."""
    slope = _slope(picture, file)
    upright = _turned(picture, slope) if abs(slope) > _SKEWED else picture
    # The engine remembers the switches of its last call.
    found = _engine(file.name)(upright, use_det=True, use_cls=False, use_rec=True)
    if found.boxes is None or found.txts is None:
        return [], []
    sure = [one for one in zip(found.boxes, found.txts, found.scores, strict=True) if one[2] >= _SURE]
    return [_line(box, text, page) for box, text, _ in sure], [float(score) for _, _, score in sure]


def _turned(picture: Picture, degrees: float) -> Picture:
    import numpy as np
    from PIL import Image

    image = Image.fromarray(picture)
    return np.asarray(image.rotate(degrees, fillcolor=(255, 255, 255), resample=Image.Resampling.BICUBIC))


def _slope(picture: Picture, file: SourceFile) -> float:
    """The slope of the text in degrees: the median over its long lines, found on a small copy of the page."""
    import numpy as np
    from PIL import Image

    image = Image.fromarray(picture)
    image.thumbnail((_SMALL, _SMALL))
    found = _engine(file.name)(np.asarray(image), use_det=True, use_cls=False, use_rec=False)
    slopes = [
        math.degrees(math.atan2(box[1][1] - box[0][1], box[1][0] - box[0][0]))
        for box in (found.boxes if found.boxes is not None else ())
        if box[1][0] - box[0][0] > 10 * (box[3][1] - box[0][1])
    ]
    return median(slopes) if slopes else 0.0


def _line(box: Any, text: str, page: int) -> Line:
    left, right = float(min(box[0][0], box[3][0])), float(max(box[1][0], box[2][0]))
    top, bottom = float((box[0][1] + box[1][1]) / 2), float((box[2][1] + box[3][1]) / 2)
    text = _NARROW_IN_CHINESE.sub(lambda mark: mark[0].translate(_WIDE), text)
    return Line(text, page, left, right, top, bottom, _letter_size(text, right - left, bottom - top))


def _letter_size(text: str, width: float, height: float) -> float:
    """The height of the letters: a box is drawn with a margin, so that the width tells it better."""
    letters = sum(0.5 if letter.isascii() else 1.0 for letter in text)
    return min(height, width / letters) if letters >= 4 else 0.8 * height
