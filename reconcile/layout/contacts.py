"""Lines that say where somebody is reached, and mottos: what stands below a report and is no part of it."""

from __future__ import annotations

import re
from functools import cache

from reconcile.layout.vocabulary import one_of, words

_ADDRESS = r"(?:(?:https?|ftp)://[!-~]+|www\.[!-~]+|[\w.+-]+@[\w-]+\.[\w.-]+|0\d{2,3}-\d{7,8})"
_LABEL = r"[^:。;,]{1,20}:\s*"
_NOTE = r"\s*(?:\([^()]{1,20}\))?"
_MOTTO = "!"
_LONGEST_MOTTO = 45
_FIGURE = re.compile(r"\d")


@cache
def _contact() -> re.Pattern[str]:
    """An address with a label or without, a number behind the label of one, or the name of a channel."""
    number = rf"[^:。;,]{{0,15}}{one_of(words('furniture', 'number'))}[^:。;,]{{0,4}}:\s*[\d\s()/、+—-]{{3,}}"
    channel = rf"[^:。;,]{{0,10}}{one_of(words('furniture', 'channel'))}:\s*[^:。;,\d\s]{{2,20}}"
    addresses = rf"(?:{_LABEL})?{_ADDRESS}(?:[\s、/;,]+{_ADDRESS})*"
    work = one_of(words("furniture", "worked_on"))
    return re.compile(rf"(?!{work})\(?(?:{addresses}|{number}|{channel}){_NOTE}\)?")


def is_contact(text: str) -> bool:
    """Whether a folded line says where somebody is reached and nothing else: 投诉电话：0000-7654321."""
    return bool(_contact().fullmatch(text))


def is_motto(text: str) -> bool:
    """Whether a folded line cheers its readers, as no work is told: 团结奋进！, but 更换闸门2扇！"""
    return text.endswith(_MOTTO) and len(text) <= _LONGEST_MOTTO and not _FIGURE.search(text)
