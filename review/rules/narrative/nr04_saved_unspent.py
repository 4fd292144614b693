"""NR04 narrative.saved_unspent — 正文把没有支出的资金说成节约

反例：
    “预算780万元，支出457万元，节约资金323万元。”
正例：
    “支出457万元，结余323万元，其中招标节约41万元，其余为未开展的两项课题。”
理由：
    未支出不等于节约，把结余当成效会掩盖预算偏大或任务没有完成。
已知局限：
    写明招标、核减、审减等来源的不提示；执行率低于95%的由TR13判断。
依据：
    财预〔2020〕10号：预算执行率偏低的应说明原因，自评应客观真实。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Report
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report, project_statements, values_of
from review.rule import Hit, Rule
from review.wording import shorten

_HOW = re.compile(
    r"招标|中标|采购|核减|审减|压减|比价|询价|竞价|议价|评审|谈判|磋商|控制价|集中采购|决算"
)
_SAVED = re.compile(r"(?<!厉行)(?<!勤俭)(?:节约|节省|节支|省下)(?!型|用[水电]|集约)")
_LEFT = re.compile(r"未支[出付]|未执行|未使用|剩余|结余|余款|没有支出|没有花")
_SHARE = 0.05


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    unspent = _unspent(context, report)
    for sentence in report.sentences:
        match = _SAVED.search(sentence.text)
        if match is None or _HOW.search(sentence.text):
            continue
        amounts = [
            figure.wan
            for figure in report.figures
            if sentence.start <= figure.start < sentence.end and figure.wan is not None
        ]
        is_left = bool(_LEFT.search(sentence.text)) and bool(amounts)
        if is_left or any(_is_all(wan, unspent) for wan in amounts):
            yield hit_text(
                sentence.span,
                advice="请区分招标节约、尾款未付和任务未做三种情形，分别列出金额。",
                saved=shorten(sentence.text),
            )
            return


def _unspent(context: ReviewContext, report: Report) -> float | None:
    """Return what was not spent, in 万元, by the record or else by the text."""
    record = context.declaration
    budget, spent = record.budget_wan, record.executed_wan
    if budget is None or spent is None:
        stated = project_statements(context, report)
        budgets = values_of(stated, "budget") or values_of(stated, "initial_budget")
        executed = values_of(stated, "executed")
        if not budgets or not executed:
            return None
        budget, spent = budgets[-1].value, executed[0].value
    return budget - spent


def _is_all(wan: float, unspent: float | None) -> bool:
    """Tell whether a saving is all that was not spent."""
    return unspent is not None and unspent > 0 and abs(wan - unspent) <= _SHARE * unspent


RULE = Rule(
    code="NR04",
    name="narrative.saved_unspent",
    severity=Severity.WARNING,
    message="没有支出的资金被说成节约（“{saved}”），没有写明节约从何而来，请区分节约与未支出。",
    question="“{saved}”：是怎样节约下来的？其中未付尾款、未做任务各是多少？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
    yields_to=("TR13",),
)
