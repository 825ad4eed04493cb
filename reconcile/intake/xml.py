"""The XML of office files: parsed without the parts that do harm, looked at without namespaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reconcile.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse_xml(data: bytes, name: str) -> _Element:
    """The root of an XML part; `InputError` where it is damaged or declares a document type.

    Office formats never need a document type: it is where entities that expand without end or fetch files are declared.
    """
    from lxml import etree

    head = data[:4096].replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise InputError("intake.xml_entities", file=name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError("intake.damaged", file=name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError("intake.xml_entities", file=name)
    return root


def local(element: _Element) -> str:
    """The tag without its namespace: transitional and strict files differ only in that."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str | None:
    """An attribute by its name without namespace."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def child(element: _Element | None, name: str) -> _Element | None:
    """The first child of this name."""
    return None if element is None else next((one for one in element if local(one) == name), None)


def value(element: _Element | None, name: str) -> str | None:
    """The `val` of the first child of this name."""
    found = child(element, name)
    return None if found is None else attribute(found, "val")


def number(text: str | None) -> int | None:
    """An integer attribute; None where there is none or it is no integer."""
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else None
