"""A printer of reports: one content, any layout. What it prints must read back as what was printed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from reconcile.model.reports import Kind

HAN = "零一二三四五六七八九十"


class Printed(Struct, frozen=True):
    """One item as it was meant: the text without its mark."""

    kind: Kind
    office: str
    text: str


class Layout(Struct, frozen=True):
    """How a report is laid out. Marks are names of `MARKS`; `width` is the page's in characters."""

    arrangement: str
    section_mark: str
    office_mark: str
    item_mark: str
    words: tuple[str, str]
    restart: bool = True
    width: int | None = None
    blank_lines: bool = False
    half_width: bool = False
    label: str = "own_line"
    title: str = "one_line"
    preface: bool = False
    signature: bool = False
    indent: bool = False
    groups: bool = False


def han(number: int) -> str:
    """A number up to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else HAN[tens] + "十") + (HAN[ones] if ones or not tens else "")


MARKS: dict[str, Callable[[int, str], str]] = {
    "han": lambda n, t: f"{han(n)}、{t}",
    "han_paren": lambda n, t: f"（{han(n)}）{t}",
    "part": lambda n, t: f"第{han(n)}部分　{t}",
    "arabic_dot": lambda n, t: f"{n}.{t}",
    "arabic_comma": lambda n, t: f"{n}、{t}",
    "arabic_full": lambda n, t: f"{n}．{t}",
    "arabic_paren": lambda n, t: f"（{n}）{t}",
    "arabic_close": lambda n, t: f"{n}）{t}",
    "circled": lambda n, t: f"{chr(0x2460 + n - 1) if n <= 20 else f'（{n}）'}{t}",
    "bracketed": lambda n, t: f"【{t}】",
    "markdown": lambda n, t: f"## {t}",
    "markdown_deep": lambda n, t: f"### {t}",
    "plain": lambda n, t: t,
    "colon": lambda n, t: f"{t}：",
    "bullet": lambda n, t: f"◆{t}",
    "dot": lambda n, t: f"● {t}",
}
NUMBERED = ("arabic_dot", "arabic_comma", "arabic_full", "arabic_paren", "arabic_close", "circled")
WORDS = (
    ("3月份工作完成情况", "4月份工作计划"),
    ("3月份工作小结", "4月份工作打算"),
    ("本月工作完成情况", "下月工作计划"),
    ("本月主要工作", "下月重点工作"),
    ("3月份重点工作推进情况", "4月份重点工作安排"),
    ("三月份工作总结", "四月份工作安排"),
    ("2024年3月工作开展情况", "2024年4月工作思路"),
    ("本月已完成工作", "下一步工作打算"),
    ("3月工作回顾", "4月工作要点"),
    ("当月工作进展情况", "次月工作安排"),
    ("3月份主要工作落实情况", "4月份主要工作任务"),
    ("工作完成情况", "下步工作计划"),
)
LABELS: dict[str, Callable[[str], str]] = {
    "own_line": lambda o: f"\n负责科室：{o}",
    "brackets": lambda o: f"（责任科室：{o}）",
    "line_end": lambda o: f" 责任单位：{o}",
    "square": lambda o: f"[牵头部门:{o}]",
    "partners": lambda o: f"（牵头科室：{o}；配合科室：各科室）",
    "spoken": lambda o: f"（{o}牵头）",
}


def printed(content: Sequence[Printed], layout: Layout) -> str:
    """The content as text. Offices keep the order in which they first occur."""
    body = "\n".join([*_head(layout), *_body(content, layout), *_tail(layout)])
    if layout.half_width:
        body = body.translate(str.maketrans("，；：（）", ",;:()"))
    lines = [line for paragraph in body.split("\n") for line in _wrapped(paragraph, layout)]
    return ("\n\n" if layout.blank_lines else "\n").join(lines) + "\n"


def _head(layout: Layout) -> Iterator[str]:
    organisation, title = "临江市文化广电和旅游局", "2024年3月份工作完成情况及4月份工作计划"
    match layout.title:
        case "one_line":
            yield organisation + title
        case "two_lines":
            yield organisation
            yield title
        case "broken":
            yield organisation + "2024年3月份工作完成情况"
            yield "及4月份工作计划"
        case "labelled":
            yield "2024年3月工作总结暨4月工作安排"
            yield f"填报单位：{organisation}　　填报时间：2024年4月2日"
        case "year_first":
            yield f"2024年{organisation}3月份工作小结和4月份工作计划"
        case "markdown":
            yield f"# {organisation}{title}"
    if layout.preface:
        yield "3月份以来，全局上下紧扣年度目标，各项工作有序推进。现将有关情况汇总如下："


def _tail(layout: Layout) -> Iterator[str]:
    if layout.signature:
        yield "临江市文化广电和旅游局办公室"
        yield "2024年4月2日"


def _body(content: Sequence[Printed], layout: Layout) -> Iterator[str]:
    offices = list(dict.fromkeys(item.office for item in content))
    mark = MARKS[layout.section_mark]
    if layout.arrangement == "office_first":
        for number, office in enumerate(offices, 1):
            if layout.groups and number in (1, 4):
                yield "局机关各科室" if number == 1 else "局属各单位"
            restarted = number - 3 if layout.groups and number >= 4 else number
            yield MARKS[layout.office_mark](restarted, office)
            for place, kind in enumerate(Kind, 1):
                found = [item for item in content if item.office == office and item.kind is kind]
                if found:
                    yield mark(place, layout.words[place - 1])
                    yield from _items(found, layout, 1)
        return
    for place, kind in enumerate(Kind, 1):
        yield mark(place, layout.words[place - 1])
        found = [item for item in content if item.kind is kind]
        if layout.arrangement == "flat":
            yield from _items(found, layout, 1)
            continue
        reached = 1
        for number, office in enumerate(dict.fromkeys(item.office for item in found), 1):
            yield MARKS[layout.office_mark](number, office)
            own = [item for item in found if item.office == office]
            yield from _items(own, layout, 1 if layout.restart else reached)
            reached += len(own)


def _items(items: Sequence[Printed], layout: Layout, first: int) -> Iterator[str]:
    mark = MARKS[layout.item_mark]
    if layout.arrangement == "flat":
        for number, item in enumerate(items, first):
            yield mark(number, item.text) + LABELS[layout.label](item.office)
        return
    for number, item in enumerate(items, first):
        yield mark(number, item.text)


def _wrapped(paragraph: str, layout: Layout) -> list[str]:
    text = ("　　" if layout.indent and len(paragraph) > 20 else "") + paragraph
    if layout.width is None or len(text) <= layout.width:
        return [text]
    return [text[start : start + layout.width] for start in range(0, len(text), layout.width)]


def mutations(count: int, seed: int) -> Iterator[Layout]:
    """Layouts drawn at random among all that make sense: three levels, three different marks."""
    choice = random.Random(seed)
    while count:
        arrangement = choice.choice(["office_first", "section_first", "flat"])
        items = choice.choice([*NUMBERED, "bullet", "dot"] if arrangement != "flat" else NUMBERED)
        headings = ["han", "han_paren", "part", "markdown", "bracketed", "plain", "arabic_comma", "arabic_paren"]
        sections = choice.choice([*headings, "colon"])
        offices = choice.choice([*headings, "markdown_deep"])
        families = [
            _family(name) for name in ((sections, items) if arrangement == "flat" else (sections, offices, items))
        ]
        outer, inner = (sections, offices) if arrangement == "section_first" else (offices, sections)
        if len(set(families)) < len(families) or (inner == "markdown" and outer == "markdown_deep"):
            continue
        if arrangement != "flat" and (
            inner == "part" or (outer == "arabic_paren" and inner in ("han", "arabic_comma"))
        ):
            continue
        count -= 1
        yield Layout(
            arrangement=arrangement,
            section_mark=sections,
            office_mark=offices,
            item_mark=items,
            words=choice.choice(WORDS),
            restart=choice.random() < 0.7 or items not in ("arabic_dot", "arabic_comma", "arabic_full"),
            width=choice.choice([None, None, 24, 33, 42]),
            blank_lines=choice.random() < 0.4,
            half_width=choice.random() < 0.3,
            label=choice.choice([*LABELS]),
            title=choice.choice(["one_line", "two_lines", "broken", "labelled", "year_first", "markdown"]),
            preface=choice.random() < 0.4,
            signature=choice.random() < 0.4,
            indent=choice.random() < 0.3,
            groups=arrangement == "office_first"
            and offices in ("han", "bracketed", "arabic_comma")
            and choice.random() < 0.4,
        )


def _family(mark: str) -> str:
    """Marks of one family may not stand on two levels of a report."""
    return re.sub(r"_(dot|comma|full)$", "", mark)
