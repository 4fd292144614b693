"""RC03 content.background_heavy — 政策套话过多，项目成果写得少

反例：
    报告大半篇幅论述政策背景和重要意义，完成情况只有一两句话。
正例：
    背景写明文号、职责和必要性，主要篇幅写资金、产出和效益。
理由：
    宏观背景挤占篇幅，看不出钱花在哪里、办成了什么。
已知局限：
    按用语和有无数字统计篇幅，只在套话明显多于成果时提示。
依据：
    财预〔2020〕10号：绩效自评应突出绩效目标完成情况和资金使用效果。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report.paragraphs import Paragraph
from corpus.report.sentences import Sentence
from corpus.target.lexicon import read_words
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report
from review.rule import Hit, Rule
from review.wording import number

_TALK = re.compile("|".join(map(re.escape, read_words("policy_talk.txt"))))
_RESULT = re.compile(
    r"完成|建成|实现|支出|执行|达到|培训|发放|验收|满意|得分|扣|新增|惠及|提高到|下降"
)
_MIN_TALK = 180
_SHARE = 0.2
_PARAGRAPH, _WORDS = 60, 2
"""A paragraph this long with so many different phrases and no figure is talk as a whole."""


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    figures = [figure.start for figure in report.figures]
    empty = [span for span in map(_talk_span, report.paragraphs) if span is not None]
    talk: list[Sentence] = []
    total = results = 0
    for sentence in report.sentences:
        if sentence.in_table:
            continue
        length = len(sentence.text)
        total += length
        counted = any(sentence.start <= place < sentence.end for place in figures)
        whole = any(start <= sentence.start < end for start, end in empty)
        if counted and _RESULT.search(sentence.text):
            results += length
        elif not counted and (whole or _TALK.search(sentence.text)):
            talk.append(sentence)
    said = sum(len(sentence.text) for sentence in talk)
    if said >= _MIN_TALK and (said >= _SHARE * total or said > results):
        yield hit_text(
            (talk[0].start, talk[0].end),
            advice="请压缩政策背景，补写各项任务的数量、质量、资金和效果。",
            share=number(100 * said / max(total, 1)),
            results=results,
            said=said,
        )


def _talk_span(paragraph: Paragraph) -> tuple[int, int] | None:
    """Return the place of a paragraph that is nothing but policy phrases, None for others."""
    text = paragraph.text
    if len(text) < _PARAGRAPH or paragraph.is_table_row or re.search(r"\d", text):
        return None
    words = set(_TALK.findall(text))
    return (paragraph.start, paragraph.end) if len(words) >= _WORDS else None


RULE = Rule(
    code="RC03",
    name="content.background_heavy",
    severity=Severity.WARNING,
    message="报告中政策背景和意义类表述约{said}字，占{share}%，有数据的成果只有约{results}字，请精简背景、充实成果。",
    question="除政策背景外，本项目具体完成了哪些工作、效果如何用数据说明？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.87,
)
