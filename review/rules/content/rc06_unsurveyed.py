"""RC06 content.unsurveyed — 正文写满意度而没有说明怎样调查

反例：
    “群众满意度达到96%，大于年度指标值。”
正例：
    “2023年12月对3个村入户问卷，发放90份，收回90份，满意86份，满意度95.6%。”
理由：
    没有对象、样本和时间的满意度无法核实，往往是估填。
已知局限：
    表中填有满意度指标的由表格规则判断；调查说明在附件中的需人工核对。
依据：
    财预〔2021〕101号：设置满意度指标的，执行中应开展满意度调查或收集反馈。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Report
from corpus.report.sentences import Sentence
from review.context import ReviewContext
from review.facts.surveys import reported_satisfaction, survey_places
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report
from review.rule import Hit, Rule

_SHARE = re.compile(r"满意[^。;]{0,60}?(?P<value>\d+(?:\.\d+)?) ?%")
_VALUE = re.compile(r"(?P<before>[^。;%]*?)(?P<value>\d+(?:\.\d+)?) ?%")
_TARGET = re.compile(
    r"(?:目标|不低于|不少于|≥|>=|应[当该]?|高于|大于|低于|超过|标准|指标值|预期|计划)[^,，:：]{0,8}$"
)
_PLANNED = re.compile(
    r"(?:目标|不低于|不少于|≥|>=|应[当该]?|标准|指标值|预期|计划|比|较)[^,，:：]{0,8}$"
)
_NEEDED = (
    ("样本量", re.compile(r"\d+ ?(?:余|多)?(?:份|人|户|名|家|位|例|张|条|个)")),
    ("调查时间", re.compile(r"\d{1,2}月|季度|[上下]半年|年[底末]")),
)
_OBJECT = "调查对象"


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None or any(reported_satisfaction(context)):
        return
    stated = _stated(report)
    if stated is None:
        return
    told = _told(report)
    lacking = [name for name, pattern in _NEEDED if not pattern.search(told)]
    if not told:
        lacking.insert(0, _OBJECT)
    if lacking:
        sentence, value = stated
        yield hit_text(
            sentence.span,
            advice="请写明调查对象、发放和收回数量、调查时间和满意份数。",
            value=f"{value}%",
            lacking="、".join(lacking),
        )


def _stated(report: Report) -> tuple[Sentence, str] | None:
    """Return the first sentence that states a share of satisfied people, with that share."""
    for sentence in report.sentences:
        if sentence.in_table or report.is_within(sentence.start, "goals", "measures"):
            continue
        place = sentence.text.find("满意")
        if place < 0 or not _SHARE.search(sentence.text):
            continue
        for match in _VALUE.finditer(sentence.text[place:]):
            after = sentence.text[place + match.end() :]
            is_told = report.is_within(sentence.start, "completion", "satisfaction", "conclusion")
            pattern = _PLANNED if is_told else _TARGET  # 满意度大于90% among results is one
            is_target = pattern.search(match["before"]) or (
                after.startswith("以上") and "目标" in sentence.text[:place]
            )
            if not is_target and float(match["value"]) > 0:
                return sentence, match["value"]
    return None


def _told(report: Report) -> str:
    """Return what is said of a survey: the sentences on it and the one after each."""
    sentences = [
        one
        for one in report.sentences
        if not report.is_within(one.start, "goals", "measures", "attachments")
    ]
    places = survey_places([one.text for one in sentences])
    near = sorted({after for place in places for after in (place, place + 1)})
    return " ".join(sentences[place].text for place in near if place < len(sentences))


RULE = Rule(
    code="RC06",
    name="content.unsurveyed",
    severity=Severity.WARNING,
    message="满意度{value}没有写明{lacking}，无法核实，请补充调查依据。",
    question="满意度{value}是谁、何时、向多少人调查得出的？原始问卷在哪里？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)
