"""The one configuration file, `reconcile.toml`: found upwards from the working directory, validated, hashed.

Every section is a frozen type with its defaults, so that what may be written there is read here. The hash of the whole
configuration stands in every output.
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from reconcile import mistakes
from reconcile.errors import ConfigError
from reconcile.messages import Lang
from reconcile.policy import Check

FILE_NAME = "reconcile.toml"


Share = Annotated[float, Meta(ge=0, le=1)]


class Matching(Struct, frozen=True, forbid_unknown_fields=True):
    """How links are chosen. None means: as the shipped model was calibrated.

    `semantic` has whole sentences weighed too, by the extra of that name: better links, many seconds a pair. None
    is yes for the command line where the extra is installed (`reconcile.commands.opening`), and no elsewhere.
    """

    link: Share | None = None
    carry: Share | None = None
    semantic: bool | None = None


class Verdicts(Struct, frozen=True, forbid_unknown_fields=True):
    """How verdicts are given: what 基本完成 counts as, and how sure an accusation must be (None: as calibrated)."""

    graded: Literal["partial", "completed"] = "partial"
    drop_confidence: Share | None = None
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
    check: Check = Check()

    def decisive(self) -> Config:
        """What verdicts depend on: without the language, the place of the ledger and the policy of the check."""
        matching = msgspec.structs.replace(self.matching, semantic=bool(self.matching.semantic))
        return msgspec.structs.replace(self, lang=None, store=None, check=Check(), matching=matching)

    def sha256(self) -> str:
        """The hash of what verdicts depend on, as it is in force: with defaults, without the file's layout."""
        return hashlib.sha256(msgspec.json.encode(self.decisive(), order="sorted")).hexdigest()


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
        raise ConfigError("config.unreadable", file=path, why=getattr(error, "strerror", None) or error) from error
    try:
        return msgspec.convert(tomllib.loads(source), Config)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("config.not_toml", file=path, why=error) from error
    except msgspec.ValidationError as error:
        raise mistakes.explain(error, source, path, Config) from error
