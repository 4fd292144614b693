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

from corpus.report.sentences import Sentence
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative import hit_text, own_report, shown
from review.rule import Hit, Rule

_TALK = re.compile(
    r"党的.{1,8}大|习近平|重要(?:讲话|指示|论述)|党中央|中共中央|高质量发展|战略(?:部署)?|深入(?:贯彻|学习)|贯彻落实"
    r"|指导思想|新时代|十[三四五]五|高度重视|政治站位|决策部署|美好生活|现代化|伟大复兴|总书记|具有(?:重要|重大)"
    r"|重要(?:意义|举措|抓手|保障|组成部分|支撑)|坚实(?:基础|保障)|统筹推进|总要求|必然要求|牢固树立|理念|时代要求"
)
_RESULT = re.compile(
    r"完成|建成|实现|支出|执行|达到|培训|发放|验收|满意|得分|扣|新增|惠及|提高到|下降"
)
_MIN_TALK = 180
_SHARE = 0.3


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    figures = [figure.start for figure in report.figures]
    talk: list[Sentence] = []
    total = results = 0
    for sentence in report.sentences:
        length = len(sentence.text)
        total += length
        counted = any(sentence.start <= place < sentence.end for place in figures)
        if counted and _RESULT.search(sentence.text):
            results += length
        elif not counted and _TALK.search(sentence.text):
            talk.append(sentence)
    said = sum(len(sentence.text) for sentence in talk)
    if said >= _MIN_TALK and (said >= _SHARE * total or said > 1.5 * results):
        yield hit_text(
            (talk[0].start, talk[0].end),
            advice="请压缩政策背景，补写各项任务的数量、质量、资金和效果。",
            share=shown(100 * said / max(total, 1)),
            results=results,
            said=said,
        )


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
