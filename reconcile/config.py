"""The one configuration file, `reconcile.toml`: found upwards from the working directory, validated, hashed.

Every section is a frozen type with its defaults, so that what may be written there is read here. The hash of the whole
configuration stands in every output.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from reconcile.errors import ConfigError
from reconcile.messages import Lang

FILE_NAME = "reconcile.toml"


class Matching(Struct, frozen=True, forbid_unknown_fields=True):
    """How links are chosen. None means: as the shipped model was calibrated."""

    link: float | None = None
    carry: float | None = None


class Verdicts(Struct, frozen=True, forbid_unknown_fields=True):
    """How verdicts are given: what 基本完成 counts as, and how sure an accusation must be (None: as calibrated)."""

    graded: Literal["partial", "completed"] = "partial"
    drop_confidence: float | None = None
    lights: str = "plain"


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything a user may set. `aliases` maps an office's present name to the other names it goes by;
    `boilerplate` adds words that carry no meaning of their own; `stages` adds ordered stage ladders.
    """

    lang: Lang | None = None
    store: str | None = None
    aliases: dict[str, tuple[str, ...]] = {}
    boilerplate: tuple[str, ...] = ()
    stages: tuple[tuple[str, ...], ...] = ()
    matching: Matching = Matching()
    verdicts: Verdicts = Verdicts()

    def sha256(self) -> str:
        """The hash of the configuration as it is in force: defaults included, the file's layout and comments not."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()


def find(start: Path) -> Path | None:
    """The nearest `reconcile.toml` in `start` or a folder above it."""
    for folder in (start, *start.parents):
        if (path := folder / FILE_NAME).is_file():
            return path
    return None


def load(path: Path | None) -> Config:
    """The configuration in a file, or the defaults; `ConfigError` names the key and the line of a mistake."""
    if path is None:
        return Config()
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("config.unreadable", file=path, why=error) from error
    try:
        return msgspec.convert(tomllib.loads(source), Config)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("config.not_toml", file=path, why=error) from error
    except msgspec.ValidationError as error:
        key = _key_of(str(error))
        raise ConfigError("config.invalid", file=path, line=_line_of(source, key), key=key, why=error) from error


def _key_of(message: str) -> str:
    """The dotted key a validation message speaks of: "… `foo`" or "… - at `$.matching.link`"."""
    unknown = re.search(r"unknown field `([^`]+)`", message)
    place = re.search(r"at `\$\.?([^`]*)`", message)
    parts = [place.group(1) if place else "", unknown.group(1) if unknown else ""]
    return ".".join(part for part in parts if part)


def _line_of(source: str, key: str) -> int:
    """The 1-based line where a dotted key is set: in its table, or written out with dots."""
    *tables, name = re.sub(r"\[[^\]]*\]", "", key).split(".")
    current: list[str] = []
    for number, line in enumerate(source.splitlines(), 1):
        if header := re.match(r"\s*\[\[?([^\]]+)\]", line):
            current = [part.strip(' "') for part in header.group(1).split(".")]
            if [*tables, name] == current:
                return number
        elif setting := re.match(r"\s*([^=#]+?)\s*=", line):
            written = [part.strip(' "') for part in setting.group(1).split(".")]
            if [*current, *written] == [*tables, name]:
                return number
    return 1
