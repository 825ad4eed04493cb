"""Sending notices through Apprise (extra `notify`), and calling the ping address.

Whatever goes wrong here is recorded with the notice and shown; it never fails the check. What is shown of an address
is its scheme alone, since the rest may be a secret.
"""

from __future__ import annotations

import logging
import os
import re
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any

from msgspec.structs import replace

from reconcile.check.notices import scheme
from reconcile.check.record import Notice
from reconcile.errors import ConfigError
from reconcile.messages import Lang, text
from reconcile.policy import Route

PAUSES = (1.0, 4.0)
"""Seconds to wait before the second and the third attempt."""


def send(notice: Notice, routes: Sequence[Route], lang: Lang, pause: Callable[[float], None] = time.sleep) -> Notice:
    """Send one notice over its route, with a few attempts; the notice as it is afterwards."""
    try:
        target = _target(routes[notice.route - 1].to)
    except ConfigError as error:
        return replace(notice, attempts=notice.attempts + 1, error=error.message(lang))
    why = ""
    for wait in (*PAUSES, None):
        notice = replace(notice, attempts=notice.attempts + 1)
        with _heard() as said:
            if target.notify(title=notice.title, body=notice.body, body_format="text"):
                return replace(notice, sent=True, error=None)
        why = said[-1] if said else ""
        if wait is not None:
            pause(wait)
    return replace(notice, error=text("check.refused", lang, why=why or notice.to))


def fault(route: Route, lang: Lang) -> str | None:
    """What keeps a route from being used at all, before anything is sent."""
    try:
        _target(route.to)
    except ConfigError as error:
        return error.message(lang)
    return None


def retried(notices: Sequence[Notice], routes: Sequence[Route]) -> list[Notice]:
    """The notices of the last check that did not get through and whose route is still there."""
    return [
        notice
        for notice in notices
        if not notice.sent and notice.route <= len(routes) and scheme(routes[notice.route - 1].to) == notice.to
    ]


def ping(address: str, lang: Lang) -> str | None:
    """Call the ping address; what went wrong, or None."""
    try:
        with urllib.request.urlopen(_web(address), timeout=10):  # noqa: S310 - the scheme is checked there
            return None
    except ConfigError as error:
        return error.message(lang)
    except (OSError, ValueError, HTTPException) as error:
        return text("check.no_answer", lang, why=type(error).__name__)


def ping_fault(address: str, lang: Lang) -> str | None:
    """What keeps the ping address from being called at all."""
    try:
        _web(address)
    except ConfigError as error:
        return error.message(lang)
    return None


def with_environment(address: str) -> str:
    """An address with the environment variables it names; `ConfigError` where one is not set."""

    def value(found: re.Match[str]) -> str:
        if found.group(1) not in os.environ:
            raise ConfigError("check.no_variable", name=found.group(1))
        return os.environ[found.group(1)]

    return re.sub(r"\$\{(\w+)\}", value, address)


def _web(address: str) -> str:
    """An address of the web, filled in; `ConfigError` where it is none."""
    filled = with_environment(address)
    if scheme(filled) not in ("http", "https"):
        raise ConfigError("check.not_http")
    return filled


def _target(address: str) -> Any:
    """Apprise with one address; `ConfigError` where it is missing or does not know the address."""
    filled = with_environment(address)
    try:
        from apprise import Apprise
    except ImportError as error:
        raise ConfigError("check.needs_apprise") from error
    target = Apprise()
    with _heard():
        if not target.add(filled):
            raise ConfigError("check.unknown_address")
    return target


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What Apprise has to complain of, kept off the terminal."""
    said: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("apprise")
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagated
