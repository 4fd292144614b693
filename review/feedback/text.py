"""A feedback laid out as the paragraphs of an official letter, and as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from review.feedback.content import Feedback, chinese_date
from review.feedback.items import Item, Place

ANNEX = {
    "declaration": "需修改指标明细表",
    "report": "需核实指标明细表",
    "monitoring": "需核实指标明细表",
}
SCORES = "得分复算表"
STAMP = "（审核部门盖章）"
_DIGITS = "〇一二三四五六七八九"
_LISTED = 12
"""More rows than this are left to the table."""


class Part(Enum):
    """What a paragraph is within the letter."""

    TITLE = auto()
    ADDRESSEE = auto()
    FACTS = auto()
    """Stands for the table of project facts; its text is empty."""
    SECTION = auto()
    ITEM = auto()
    TEXT = auto()
    ANNEX = auto()
    ISSUER = auto()
    DATE = auto()


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, with a leading word that may be set apart, such as 依据."""

    part: Part
    text: str = ""
    lead: str = ""


def chinese_number(value: int) -> str:
    """Return 1 to 99 as official letters number their parts: 一, 十, 二十一."""
    tens, ones = divmod(value, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{'' if tens == 1 else _DIGITS[tens]}十{_DIGITS[ones] if ones else ''}"


def lay_out(feedback: Feedback) -> Iterator[Paragraph]:
    """Yield the letter paragraph by paragraph, without the annex."""
    yield Paragraph(Part.TITLE, feedback.title)
    yield Paragraph(Part.ADDRESSEE, f"{feedback.addressee}：")
    yield Paragraph(Part.TEXT, feedback.opening)
    for number, (heading, body) in enumerate(_sections(feedback), 1):
        yield Paragraph(Part.SECTION, f"{chinese_number(number)}、{heading}")
        yield from body
    annexes = annex_titles(feedback)
    if len(annexes) == 1:
        yield Paragraph(Part.ANNEX, f"附件：{annexes[0]}")
    elif annexes:
        named = "　".join(f"{place}.{title}" for place, title in enumerate(annexes, 1))
        yield Paragraph(Part.ANNEX, f"附件：{named}")
    yield Paragraph(Part.ISSUER, feedback.issuer or STAMP)
    yield Paragraph(Part.DATE, chinese_date(feedback.date))


def annex_titles(feedback: Feedback) -> list[str]:
    """Return the titles of the tables that follow the letter, in order."""
    titles = [SCORES] if feedback.recheck and feedback.recheck.lines else []
    return titles + ([ANNEX[feedback.kind]] if feedback.changes else [])


def _sections(feedback: Feedback) -> Iterator[tuple[str, list[Paragraph]]]:
    """Yield heading and paragraphs of each section that has something to say."""
    yield "项目基本情况", [Paragraph(Part.FACTS)]
    conclusion = Paragraph(Part.TEXT, f"{feedback.conclusion}。", "审核结论：")
    yield "审核结论", [conclusion, *(Paragraph(Part.TEXT, text) for text in feedback.summary)]
    recheck = feedback.recheck
    if recheck and recheck.summary:
        yield "得分复算", [Paragraph(Part.TEXT, text) for text in recheck.summary]
    for heading, items in (
        ("必须修改的问题", feedback.must),
        ("建议修改的问题", feedback.should),
        ("供参考的意见", feedback.hints),
    ):
        if items:
            yield heading, list(_items(items))
    for heading, texts in (
        ("请说明的问题", recheck.questions if recheck else ()),
        ("请提供的材料", recheck.materials if recheck else ()),
    ):
        if texts:
            numbered = (f"{place}.{_closed(text)}" for place, text in enumerate(texts, 1))
            yield heading, [Paragraph(Part.TEXT, text) for text in numbered]
    yield "有关要求", [Paragraph(Part.TEXT, text) for text in feedback.closing]


def _closed(text: str) -> str:
    """Return a line that ends like a sentence."""
    return text if text.endswith(("。", "？")) else f"{text}。"


def _items(items: Sequence[Item]) -> Iterator[Paragraph]:
    """Yield the paragraphs of numbered items."""
    for number, item in enumerate(items, 1):
        heading = f"（{chinese_number(number)}）{item.title}{_concerned(item)}"
        yield Paragraph(Part.ITEM, heading)
        if item.problem:
            yield Paragraph(Part.TEXT, item.problem, "问题：")
            if len(item.places) > 1 and item.numbers:
                yield Paragraph(Part.TEXT, _listed(item.places), "涉及指标：")
        else:
            for place, line in enumerate(item.places, 1):
                yield Paragraph(Part.TEXT, f"{place}.{line.remark}")
        if item.basis:
            yield Paragraph(Part.TEXT, f"{item.basis}。", "依据：")
        evidence = [peer for place in item.places for peer in place.evidence]
        if evidence:
            shown = "；".join(dict.fromkeys(evidence[:_LISTED]))
            yield Paragraph(Part.TEXT, f"{shown}。", "同类项目：")
        advice = _advice(item)
        if advice:
            yield Paragraph(Part.TEXT, advice, "修改建议：")


def _concerned(item: Item) -> str:
    """Return which indicators an item is about, for its heading."""
    numbers = [str(number) for number in item.numbers]
    if not numbers:
        return ""
    if len(numbers) > _LISTED:
        return f"（第{numbers[0]}项等{len(numbers)}项指标）"
    return f"（第{'、'.join(numbers)}项指标）"


def _listed(places: Sequence[Place]) -> str:
    """Return the rows of an item by number and name."""
    named = [f"第{place.number}项“{place.name}”" for place in places[:_LISTED] if place.number]
    more = f"等{len(places)}项，详见附件" if len(places) > _LISTED else ""
    return f"{'；'.join(named)}{more}。"


def _advice(item: Item) -> str:
    """Return what to do: for all rows, then row by row where there is a concrete wording."""
    single = len(item.places) == 1
    parts = [item.advice] if item.advice else []
    worded = [place for place in item.places if place.wording]
    for place in worded[:_LISTED]:
        start = f"第{place.number}项" if place.number and not single else ""
        wording = place.wording if place.wording.endswith("。") else f"{place.wording}。"
        parts.append(f"{start}{wording}")
    if len(worded) > _LISTED:
        parts.append("其余详见附件。")
    return "".join(parts)


def to_text(feedback: Feedback) -> str:
    """Return the letter with its annex as plain text."""
    lines: list[str] = []
    for paragraph in lay_out(feedback):
        if paragraph.part is Part.FACTS:
            lines += [f"　　{label}：{value}" for label, value in feedback.facts]
        elif paragraph.part in (Part.TITLE, Part.ANNEX, Part.ISSUER):
            lines += ["", paragraph.text] if lines else [paragraph.text]
        elif paragraph.part is Part.ADDRESSEE or paragraph.part is Part.SECTION:
            lines += ["", paragraph.text]
        elif paragraph.part is Part.DATE:
            lines.append(paragraph.text)
        else:
            lines.append(f"　　{paragraph.lead}{paragraph.text}")
    return "\n".join([*lines, *_annex(feedback)]) + "\n"


def _annex(feedback: Feedback) -> Iterator[str]:
    """Yield the lines of the annexes."""
    titles = annex_titles(feedback)
    label = "附件" if len(titles) == 1 else "附件1"
    if feedback.recheck and feedback.recheck.lines:
        yield ""
        yield f"{label}　{SCORES}"
        for line in feedback.recheck.lines:
            number = f"第{line.number}项　" if line.number else ""
            points = (f"分值{line.weight}", f"自评{line.own}", f"复算{line.recomputed}")
            yield f"　　{number}{line.name}：{'，'.join(points)}"
    if not feedback.changes:
        return
    yield ""
    yield f"{'附件' if len(titles) == 1 else '附件2'}　{ANNEX[feedback.kind]}"
    for change in feedback.changes:
        yield ""
        yield f"第{change.number}项　{change.name}"
        yield f"　　填报：{change.target}"
        yield f"　　问题：{'；'.join(change.problems)}"
        if change.wordings:
            yield f"　　修改：{''.join(change.wordings)}"
