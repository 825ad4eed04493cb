"""A mistake in a settings file, found: which key, on which line, and what may stand there instead.

What may stand there is read from the types themselves (their JSON Schema), so that no list is kept twice.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from reconcile.errors import ConfigError

Path = tuple[str | int, ...]

_RULES = {
    "unknown_key": r"unknown field `(?P<name>[^`]+)`",
    "missing_key": r"missing required field `(?P<name>[^`]+)`",
    "not_a_date": r"Invalid RFC3339",
    "unknown_value": r"Invalid enum value|matching regex",
    "wrong_type": r"Expected `(?P<wanted>[^`]+)`, got `(?P<found>[^`]+)`",
    "out_of_range": r"Expected `\w+` (?P<bound>[<>]=? [\d.]+)",
    "empty_value": r"of length >= 1",
}
"""Message of the catalogue → how the validator says it."""


def explain(error: msgspec.ValidationError, source: str, file: object, kind: type) -> ConfigError:
    """The error to show for a text `source` that is not a valid `kind`."""
    message = str(error)
    place = re.search(r"at `\$\.?([^`]*)`", message)
    path = tuple(_parts(place.group(1) if place else ""))
    for name, rule in _RULES.items():
        if found := re.search(rule, message):
            facts = found.groupdict()
            if name == "unknown_key":
                path = (*path, facts["name"])
            break
    else:
        name, facts = "invalid", {"why": message}
    node = _schema(kind, path[:-1] if name == "unknown_key" else path)
    known = node.get("enum") or node.get("examples") or sorted(node.get("properties", ()))
    if name == "unknown_value" and not known:
        name = "wrong_form"
    return ConfigError(
        f"config.{name}",
        file=file,
        line=line_of(source, path),
        key=_dotted(path) or "—",
        known=" · ".join(map(str, _closest(path[-1], known) if name == "unknown_key" else known)),
        **facts,
    )


def line_of(source: str, path: Path) -> int:
    """The 1-based line where a key is set, or the nearest table around it; 1 where nothing of it is written."""
    best, line = 0, 1
    for number, written in _settings(source):
        depth = len(written)
        if best < depth <= len(path) and written == path[:depth]:
            best, line = depth, number
    return line


def _settings(source: str) -> Iterator[tuple[int, Path]]:
    """Each line that opens a table or sets a key, with the whole path of it; tables of an array are counted."""
    table: Path = ()
    opened: dict[Path, int] = {}
    for number, line in enumerate(source.splitlines(), 1):
        if header := re.match(r"\s*(\[\[?)([^\[\]]+)\]", line):
            table = tuple(_keys(header.group(2)))
            if header.group(1) == "[[":
                opened[table] = opened.get(table, -1) + 1
                table = (*table, opened[table])
            yield number, table
        elif setting := re.match(r"\s*((?:[\w-]+|\"[^\"]*\")(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"))*)\s*=", line):
            yield number, (*table, *_keys(setting.group(1)))


def _keys(dotted: str) -> Iterator[str]:
    return (part.strip(' "') for part in dotted.split("."))


def _parts(place: str) -> Iterator[str | int]:
    """`check.exempt[0].until` → "check", "exempt", 0, "until"; an unnamed key ("[...]") is left out."""
    for name, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", place.replace("[...]", "")):
        yield name or int(index)


def _dotted(path: Path) -> str:
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def _closest(name: str | int, known: list[str]) -> list[str]:
    return difflib.get_close_matches(str(name), known, 1) or known


def _schema(kind: type, path: Path) -> dict[str, Any]:
    """The part of a type's JSON Schema that a path leads to; empty where it leads nowhere."""
    whole = msgspec.json.schema(kind)
    node = _resolved(whole, whole)
    for part in path:
        if isinstance(part, int):
            node = node.get("items", {})
        else:
            node = node.get("properties", {}).get(part) or node.get("additionalProperties") or {}
        node = _resolved(whole, node if isinstance(node, dict) else {})
    return node


def _resolved(whole: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """A node itself in place of a reference to it, or of the choice between it and nothing."""
    for choice in node.get("anyOf", ()):
        if choice.get("type") != "null":
            node = choice
    if reference := node.get("$ref"):
        found: dict[str, Any] = whole["$defs"][reference.rsplit("/", 1)[1]]
        return found
    return node
