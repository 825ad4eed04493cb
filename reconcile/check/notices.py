"""Whom to tell what: one notice a route, with what is new for it since the last check. Pure functions.

A notice holds counts and a link; the words of reports stand in it only where the route asks for them (`quote`).
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from msgspec import Struct

from reconcile.check import words
from reconcile.check.flags import in_order
from reconcile.check.record import Change, Flag, Notice
from reconcile.messages import Lang, text
from reconcile.outputs import wording
from reconcile.policy import Check, Route


def drawn_up(policy: Check, flags: Iterable[Flag], cleared: Iterable[Flag], day: str, lang: Lang) -> tuple[Notice, ...]:
    """A notice for every route that has something new to hear."""
    new = [flag for flag in in_order(flags) if flag.change is not Change.STANDING and not flag.exempt]
    gone = list(cleared)
    found = []
    for number, route in enumerate(policy.tell, 1):
        mine = _News(
            tuple(flag for flag in new if _is_for(route, flag)), tuple(flag for flag in gone if _is_for(route, flag))
        )
        if mine.organisations:
            language = route.lang or lang
            body = _body(mine, route, policy.link, day, language)
            found.append(Notice(number, scheme(route.to), _title(mine, language), body))
    return tuple(found)


def scheme(address: str) -> str:
    """An address as it may be shown: what follows the scheme may be a secret."""
    return address.partition("://")[0]


class _News(Struct, frozen=True):
    new: tuple[Flag, ...]
    gone: tuple[Flag, ...]

    @property
    def organisations(self) -> list[str]:
        return sorted({flag.organisation for flag in (*self.new, *self.gone)})

    def of(self, organisation: str) -> _News:
        """The part that concerns one organisation."""
        return _News(
            tuple(flag for flag in self.new if flag.organisation == organisation),
            tuple(flag for flag in self.gone if flag.organisation == organisation),
        )

    def counts(self, lang: Lang) -> str:
        parts = [words.counts(self.new, lang)] if self.new else []
        if self.gone:
            parts.append(text("check.notice_cleared", lang, count=len(self.gone)))
        return text("check.comma", lang).join(parts)


def _is_for(route: Route, flag: Flag) -> bool:
    return (not route.organisations or flag.organisation in route.organisations) and (
        not route.flags or flag.kind in route.flags
    )


def _title(news: _News, lang: Lang) -> str:
    names = [_name(name, lang) for name in news.organisations]
    whose = names[0] if len(names) == 1 else text("check.notice_several", lang, first=names[0], count=len(names))
    return text("check.notice_title", lang, organisations=whose, counts=news.counts(lang))


def _body(news: _News, route: Route, link: str | None, day: str, lang: Lang) -> str:
    lines = [text("check.notice_head", lang, day=wording.day(day, lang))]
    for name in news.organisations:
        own = news.of(name)
        lines.append(text("check.notice_organisation", lang, organisation=_name(name, lang), counts=own.counts(lang)))
        if route.quote:
            lines += [f"  {words.flag(flag, lang)}" for flag in own.new]
            lines += [f"  {text('check.cleared_line', lang, flag=words.subject(flag, lang))}" for flag in own.gone]
        if link and name:
            newest = max(flag.period for flag in (*own.new, *own.gone))
            where = link.replace("{organisation}", quote(name)).replace("{period}", newest)
            lines.append(text("check.notice_link", lang, link=where))
    return "\n".join([*lines, "", text("check.notice_basis", lang)])


def _name(organisation: str, lang: Lang) -> str:
    """A file that cannot be read belongs to nobody."""
    return organisation or text("check.notice_files", lang)
