"""Web pages (`.html`, `.htm`), pages saved from Word, and `.mht` archives of either.

The article is looked for where publishing systems put it (`html.toml`), else by descending to the element that holds
nearly all words outside links. Tables that only lay a page out are read as running text, others as rows of cells. What
a browser hides or runs is left out; nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from reconcile.errors import InputError
from reconcile.intake.assemble import Assembler
from reconcile.intake.html_flow import Flow, say
from reconcile.intake.limits import check_rows
from reconcile.intake.text import decode
from reconcile.language.data import load
from reconcile.model.documents import Document, SourceFile

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST = 0.8
"""The share of the words that the article must hold for a descent into it."""

_ENOUGH = 0.3
"""The share of the words that makes a named container the article, and not a teaser of the same class."""

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What no page may hold and no tree can take."""
_TIME = re.compile(r"\d\s?[年月]|[一二三四五六七八九十]月|季度|年度")
_SITE_NAME = re.compile(r"\s*[-_—|–]\s*[^-_—|–]{2,30}$")


@cache
def _words() -> dict[str, list[str]]:
    return load(__file__, "html")


def read(data: bytes, file: SourceFile) -> Document:
    """Read a page; `InputError` where there is no text in it."""
    return _read_markup(decode(_unpack(data) if file.format == "mht" else data), file)


def _unpack(data: bytes) -> bytes:
    """The page inside an `.mht`: the first part of an HTML type, whatever its transfer encoding."""
    import email
    import email.policy

    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    pages = [part for part in parts if part.get_content_subtype() in ("html", "x-html")]
    payload = (pages or parts)[0].get_payload(decode=True) if parts else b""
    return payload if isinstance(payload, bytes) else b""


def _read_markup(markup: str, file: SourceFile) -> Document:
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(_CONTROL.sub(" ", _XML_DECLARATION.sub("", markup)), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError("intake.no_text", file=file.name) from error
    check_rows(sum(1 for _ in root.iter("tr", "p", "li")), file.name)
    title = _title(root)
    _drop_furniture(root)
    article = _article(root)
    flow = Flow(Assembler(file), furniture=tuple(_words()["lines"]))
    opening = re.sub(r"\s", "", say(article)[:2000])
    if title and re.sub(r"\s", "", title) not in opening:
        flow.out.paragraph(title, heading=1)
    try:
        flow.read(article)
    except RecursionError as error:
        raise InputError("intake.damaged", file=file.name) from error
    return flow.out.document()


def _title(root: HtmlElement) -> str:
    """The article's title, without the site's name: the first that names a time, as a report's does, else the first."""
    titles = list(_titles(root))
    return next((title for title in titles if _TIME.search(title)), next(iter(titles), ""))


def _titles(root: HtmlElement) -> Iterator[str]:
    """What may be the article's title, as the page declares it or where pages show it."""
    declared = {str(m.get("name") or m.get("property")): str(m.get("content") or "") for m in root.iter("meta")}
    for name in _words()["title_meta"]:
        if (content := declared.get(name, "").strip()) and len(content) >= 5:
            yield content
    named = _named(root)
    for selector in _words()["title"]:
        found = _select(named, selector)
        if found and 5 <= len(text := say(found[0]).strip()) <= 80:
            yield text
    for tag in ("h1", "title", "h2"):
        for element in root.iter(tag):
            if 5 <= len(text := say(element).strip()) <= 120:
                yield _SITE_NAME.sub("", text) if tag == "title" else text


def _drop_furniture(root: HtmlElement) -> None:
    dropped, furniture = set(_words()["dropped"]), _furniture()
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body"):
            continue
        marked = furniture.search(f" {element.get('class', '')} {element.get('id', '')} ") is not None
        if element.tag in dropped or _hidden(element) or (marked and len(say(element)) < 600):
            element.drop_tree()


@cache
def _furniture() -> re.Pattern[str]:
    """A class or id that is one of the words, or begins or ends with one: "nav", "nav-top", "left_menu"."""
    words = "|".join(map(re.escape, _words()["furniture"]))
    return re.compile(rf"(?<=[\s_-])(?:{words})(?=\s)|(?<=\s)(?:{words})(?=[-_\d])", re.IGNORECASE)


def _hidden(element: HtmlElement) -> bool:
    style = re.sub(r"\s", "", element.get("style", "")).lower()
    return (
        "display:none" in style or "mso-hide:all" in style or "visibility:hidden" in style or "hidden" in element.attrib
    )


def _named(root: HtmlElement) -> dict[str, list[HtmlElement]]:
    """The elements by "#id" and ".class", outermost first."""
    named: dict[str, list[HtmlElement]] = {}
    for element in root.iter():
        if isinstance(element.tag, str):
            for name in {f"#{element.get('id')}", *(f".{word}" for word in (element.get("class") or "").split())}:
                named.setdefault(name, []).append(element)
    return named


def _select(named: dict[str, list[HtmlElement]], selector: str) -> list[HtmlElement]:
    """The elements of a simple selector: ``#id``, ``.class``, ``.one.two``."""
    if selector.startswith("#"):
        return named.get(selector, [])
    first, *others = selector[1:].split(".")
    return [e for e in named.get(f".{first}", []) if set(others) <= set((e.get("class") or "").split())]


def _article(root: HtmlElement) -> HtmlElement:
    body = root.find("body")
    body = root if body is None else body
    everything, named = _weight(body), _named(body)
    for selector in _words()["content"]:
        found = max(_select(named, selector), key=_weight, default=None)
        if found is not None and _weight(found) >= max(_ENOUGH * everything, 1):
            return found
    while (heaviest := max(body, key=_weight, default=None)) is not None:
        if _weight(heaviest) < _MOST * everything or heaviest.tag in ("table", "p", "ol", "ul"):
            break
        body = heaviest
    return body


def _weight(element: HtmlElement) -> int:
    """How many characters outside links an element holds."""
    return len(say(element)) - sum(len(say(link)) for link in element.iter("a"))
