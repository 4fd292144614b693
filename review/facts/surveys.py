"""Satisfaction as a self-evaluation reports it, and what it says of the survey behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.text import normalise
from review.context import ReviewContext, Row

SURVEY = re.compile(r"问卷|调查|回访|访谈|测评|抽样|样本|评价器|意见箱|反馈|受访|答卷|评议")
ASKED = re.compile(r"走访|访问|询问|入户|扫码|抽取|电话|征[求集]|面访|拦访|座谈|问了\d+")
"""What may also be done to check the work; it is a survey where satisfaction stands beside it."""
_SENTENCE = re.compile(r"[。\n]")
_FULL = 100.0
_PLAUSIBLE = 50.0
"""A bare number below this is no share of satisfied people but, say, a score."""
_PARTS = (
    (
        "调查对象",
        re.compile(
            r"对象|(?:用户|用水户|患者|群众|居民|村民|农户|学生|家长|师生|职工|企业|读者|游客|老年人|残疾人)满意|(?:向|对|调查|访谈|询问|访问|邀请|走访|回访|抽取|随机|测评|发放给?).{0,14}"
            r"(?:[人户名家]|群众|居民|村民|农民|学生|家长|教师|企业|职工|干部|患者|商户|游客|读者|用户)"
        ),
    ),
    ("样本量", re.compile(r"\d+\s*[份人户名家例]|样本")),
    ("调查时间", re.compile(r"\d{1,2}月|20\d\d|季度|[上下]半年|年[底末中]")),
)


def reported_satisfaction(context: ReviewContext) -> Iterator[tuple[Row, float]]:
    """Yield the rows of satisfaction with their value in percent."""
    for row in context.rows:
        actual = row.actual
        if actual is None or actual.value is None or actual.kind != "number":
            continue
        share = actual.unit == "%" or (actual.unit is None and actual.value >= _PLAUSIBLE)
        if "满意" in row.name.text and share and actual.value <= _FULL:
            yield row, actual.value


def told_of_surveys(context: ReviewContext) -> str:
    """Return all that a self-evaluation says where a survey may be mentioned."""
    declaration, evaluation = context.declaration, context.evaluation
    texts = [declaration.report_text, evaluation.actual_summary if evaluation else None]
    for row in context.rows:
        if "满意" in row.name.text:
            texts += [row.indicator.reason, row.indicator.definition, row.indicator.actual]
    return normalise(" ".join(filter(None, texts)))


def survey_places(pieces: Sequence[str]) -> set[int]:
    """Return which of successive sentences speak of a survey of satisfaction."""
    content = [place for place, piece in enumerate(pieces) if "满意" in piece]
    near = {around for place in content for around in (place - 1, place, place + 1)}
    return {
        place
        for place, piece in enumerate(pieces)
        if SURVEY.search(piece) or (place in near and ASKED.search(piece))
    }


def missing_parts(context: ReviewContext) -> list[str]:
    """Return what a reader must know of a survey and is not told: object, sample, time."""
    told = told_of_surveys(context)
    pieces = [piece for piece in _SENTENCE.split(told) if piece.strip()]
    places = survey_places(pieces)
    if not places:
        return [label for label, _ in _PARTS]
    beside = sorted(places | {place + 1 for place in places})
    near = "。".join(pieces[place] for place in beside if place < len(pieces))
    return [label for label, pattern in _PARTS if not pattern.search(near)]
