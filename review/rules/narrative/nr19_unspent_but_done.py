"""NR19 narrative.unspent_but_done — 正文写执行率低，任务却全部完成

反例：
    “预算500万元，支出180万元，执行率36%。……各项指标均已全部完成。”
正例：
    说明未支出资金是尾款、招标节约还是任务未完成，并相应扣分。
理由：
    钱没有花出去而任务全部完成，要么预算测算偏大，要么完成情况不实，或支付严重滞后。
已知局限：
    正文写明尾款、质保金、招标节约等去向的不提示；执行率提示线可按地区配置；有表的由TR05判断。
依据：
    财预〔2020〕10号：自评应结合预算执行率和指标完成情况，执行率偏低的应说明原因。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Report
from review.context import ReviewContext
from review.facts.spending import execution_rate
from review.finding import Severity
from review.kinds import Whole
from review.narrative.claimed_counts import claims_all
from review.narrative.places import hit_text, own_report, project_statements, values_of
from review.narrative.results import results, shortfalls
from review.rule import Hit, Rule
from review.wording import number

_MIN_RESULTS = 3
_CLAIMED = 80.0
"""Percent; up to here money was left over that words such as 全部完成 pass over."""
_WHERE_GONE = re.compile(
    r"尾款|质保金|保证金|余款|未到(?:付款|支付)|待(?:结算|审计|验收|支付|决算)|结算(?:中|后)|审计后|招标(?:节约|结余)|中标价"
    r"|结转|跨年|次年|下年|取消|调减|核减|未(?:实施|开工|完成)|少(?:完成|做)"
)


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None or any(row.actual is not None for row in context.rows):
        return
    rates = values_of(project_statements(context, report), "rate")
    rate = rates[0].value if rates else execution_rate(context.declaration)
    claim = next((one for one in report.sentences if claims_all(one.text)), None)
    limit = context.config.low_execution
    if rate is None or rate >= (max(limit, _CLAIMED) if claim else limit) or _is_told(report):
        return
    if any(True for _ in shortfalls(report)):
        return
    done = [result for result in results(report) if not result.is_missed]
    if len(done) < _MIN_RESULTS and claim is None:
        return
    span = rates[0].figure.span if rates else (claim.span if claim else done[0].actual.span)
    yield hit_text(
        span,
        advice="请说明未支出资金的去向，核实产出完成情况，必要时调减下年预算。",
        rate=number(rate),
        done=f"{len(done)}项结果都达到目标" if len(done) >= _MIN_RESULTS else "任务全部完成",
    )


def _is_told(report: Report) -> bool:
    """Tell whether the text says where the money that was not spent has gone."""
    return any(
        _WHERE_GONE.search(sentence.text)
        for sentence in report.sentences
        if re.search(
            r"未(?:能)?(?:支[付出]|执行|使用|拨付)|[结节剩]余|差额|余下|执行率|支付率",
            sentence.text,
        )
    )


RULE = Rule(
    code="NR19",
    name="narrative.unspent_but_done",
    severity=Severity.WARNING,
    message="正文写预算执行率仅{rate}%，{done}，没有说明未支出资金的去向，请说明并核实完成情况。",
    question="执行率只有{rate}%，任务怎样全部完成？未支付的款项有哪些，是否已验收、已挂账？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.87,
)
