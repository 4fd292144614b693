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
from itertools import permutations

from corpus.report import Figure, Report
from corpus.report.principal import all_statements
from corpus.report.sentences import Sentence
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report
from review.rule import Hit, Rule
from review.wording import shorten

_HOW = re.compile(
    r"招标|中标|(?:政府|集中|统一|联合|网上)采购|采购价|核减|审减|压减(?!支出|开支|经费)|比价|比选|询价|竞价|议价|评审|谈判|磋商|控制价|决算审"
)
_SAVED = re.compile(
    r"(?<!厉行)(?<!勤俭)(?<!遵循)(?<!本着)(?<!坚持)(?:节约|节省|节支|省[下出]|节下|俭省|省(?=了?\d))(?!型|用[水电]|能源|集约|意识|原则|[水电])"
)
_THRIFT = re.compile(
    r"厉行节约|勤俭|节俭|节约原则|精打细算|过紧日子|降本增效|降低[^,]{0,6}成本|精简开支|严控[开支][支出]|(?:严格)?控制[^,]{0,4}成本"
    r"|压[缩减](?:一般性)?(?:开支|支出|费用)|(?:通过|经过)[^,]{2,12}节余"
)
_LEFT = re.compile(
    r"未(?:能)?(?:全部|完全)?(?:支[出付]|执行|使用|列支|兑付|发放|拨付)|剩余|[结节]余|余款|余下|尚余|差额|其余|没有支出|没有(?:花|用)|少支[出付]|比预算(?:减)?少"
    r"|执行率(?:偏低|不高|较低|未达|没有达|低|[^。]{0,12}扣)"
)
_BECAUSE = re.compile(r"系|为|是|形成|所致|因|由于|源于|得益于|通过|成果|结果|体现|属于|作为|产生")
_RATE = re.compile(r"(?:资金|经费|预算|支出)节约率|节约率")
_NOT = re.compile(r"不是|并非|不属于|不存在|不能|不得|不应|今后|下一步|将(?!结余)|应当")
_OTHERS = re.compile(
    r"为(?:企业|群众|农户|农民|居民|市民|患者|家庭|社会|用户|学生|办事)|(?:亩|户|人|次|吨|台)均|每[亩户人年次吨台]|用水|用电|节能|比上年|较上年|同比|电费|水费"
)
_SHARE, _EXACT = 0.05, 1e-5
_AROUND = 4
"""Sentences before a saving within which budget and spending stand."""


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    unspent = _unspent(context, report)
    for sentence in report.sentences:
        if sentence.in_table or report.is_within(sentence.start, "measures", "background"):
            continue
        if _is_claim(report, sentence, unspent):
            yield hit_text(
                sentence.span,
                advice="请区分招标节约、尾款未付和任务未做三种情形，分别列出金额。",
                saved=shorten(sentence.text),
            )
            return


def _is_claim(report: Report, sentence: Sentence, unspent: list[float]) -> bool:
    """Tell whether a sentence passes off as saved what was merely not spent."""
    text = sentence.text
    saved, thrift = _SAVED.search(text), _THRIFT.search(text)
    if not (saved or thrift) or any(p.search(text) for p in (_HOW, _NOT, _OTHERS)):
        return False
    figures = [f for f in report.figures if sentence.start <= f.start < sentence.end]
    amounts = [figure.wan for figure in figures if figure.wan is not None]
    if any(_is_all(wan, unspent) for wan in amounts) or _is_remainder(report, figures):
        return True
    if saved and _RATE.search(text) and (len(amounts) > 1 or "资金节约率" in text):
        return True
    is_left = bool(_LEFT.search(text))
    if saved and is_left and (amounts or _BECAUSE.search(text)):
        return True
    return bool(thrift) and is_left and bool(_BECAUSE.search(text))


def _is_remainder(report: Report, saved: list[Figure]) -> bool:
    """Tell whether an amount is what two amounts told before it leave, whatever their words are."""
    money = [figure for figure in report.figures if figure.wan and not figure.in_table]
    for figure in saved:
        before = [
            one.wan or 0.0
            for one in money
            if one.start < figure.start and figure.sentence - one.sentence <= _AROUND
        ]
        for whole, paid in permutations(before, 2):
            if (
                figure.wan
                and paid > figure.wan
                and abs(whole - paid - figure.wan) <= _EXACT * whole
            ):
                return True
    return False


def _unspent(context: ReviewContext, report: Report) -> list[float]:
    """Return what may not have been spent, in 万元, by the record and by the text."""
    record = context.declaration
    stated = [s for s in all_statements(report, record.year) if not s.scope]
    budgets = [s.value for s in stated if s.quantity in ("budget", "allocated", "initial_budget")]
    spent = [s.value for s in stated if s.quantity == "executed"]
    left = [s.value for s in stated if s.quantity == "surplus"]
    if record.budget_wan is not None and record.executed_wan is not None:
        left.append(record.budget_wan - record.executed_wan)
    return left + [budget - paid for budget in budgets for paid in spent]


def _is_all(wan: float, unspent: list[float]) -> bool:
    """Tell whether a saving is all that was not spent."""
    return any(left > 0 and abs(wan - left) <= _SHARE * left for left in unspent)


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
