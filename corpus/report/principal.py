"""The figures that speak for the whole project: budget, spending, execution rate, total score.

Parts (其中, 中央资金), unit costs, other years and single indicators are left out, so that what is
said twice may be compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus.report.figures import Figure
from corpus.report.leads import LeadKind, read_lead
from corpus.report.reading import Report
from corpus.target.units import is_money

Quantity = Literal["initial_budget", "budget", "allocated", "executed", "surplus", "rate", "score"]

QUANTITY_NAMES: dict[Quantity, str] = {
    "initial_budget": "年初预算",
    "budget": "预算数",
    "allocated": "到位资金",
    "executed": "支出数",
    "surplus": "结余资金",
    "rate": "预算执行率",
    "score": "自评总分",
}
_JOIN = r"(?:为|共计|合计|总计|共|计|是|达到?|约|:|\s|了|\(|\|)*$"
_TOTAL = re.compile(
    r"(?:自评|总|综合|最终|绩效评价|评价|合计)(?:综合|总)?(?:得分|分|评分|分值)" + _JOIN
    + r"|(?:本项目|项目|整体支出绩效自评|绩效自评|自评)(?:自评)?得分?" + _JOIN
)  # fmt: skip
_OF_WHOLE = re.compile(
    r"(?:本次|本|该|20\d{2}年度?|年度|我(?:单位|局|部门)|经)?"
    r"(?:项目|部门|单位|整体|支出|自评|自我评价|评价|绩效|综合|总体|总|最终|最后)*"
    r"(?:得分|评分|分数|得|分|评价|自评)+(?:结果)?(?:为|是|达到?|共|共计|:|\s)*"
)
_BARE_SCORE = re.compile(r"(?:得分|得|分|评分)+(?:为|是|:|共)*")
_INDICATOR = re.compile(
    r"执行率?得|产出|效益|指标|满意度|成本|过程|决策|质量|数量|时效|管理|投入|履职|扣|每项|单项|复核"
)
_SCORED = re.compile(r"各?项得分|自评等级|等级为")
_FULL = re.compile(r"满分|总分值|分值|标准分|共?100分?$")
_PLAUSIBLE_SCORE = (10, 120)
_LEAST_TOTAL = 55
_BARE_OWN = re.compile(r"(?:自评|实际)?(?:得分?|自评)(?:为|:)?")
_BESIDE_FULL = re.compile(
    r"(?:执行率?|产出|效益|满意度|决策|过程|管理|成本|指标)[^,。;]{0,4}(?:满分|分值)?\d+分[,，]?$"
)


_MONEY_KINDS: dict[LeadKind, Quantity] = {
    "initial_budget": "initial_budget",
    "budget": "budget",
    "fund": "budget",
    "allocated": "allocated",
    "executed": "executed",
    "surplus": "surplus",
}
_BARE = re.compile(r"(?:共计|合计|总计|金额|总额|资金|共|计|为|约|:|\s)+")
_SOURCES = 2
_SUM = re.compile(r"(?:[两三四五]项)?(?:共计|合计|总计|共|资金规模|总额|为|是|:)+")
_SPENDS = re.compile(r"支出|使用|支付|用于")
_GIVEN = re.compile(r"预算|安排|来源|自筹|[配匹][套配]|到[位账]|筹|拨|补助|出资|承担")
_BATCH = re.compile(r"下达|第[一二三]批")
_OF_FULL = re.compile(r"满分100分[,，]$")
_LEFT = re.compile(r"[结节]余|剩余")
"""结转 and 未支付 may be a part of what is left."""
_COMPARED = re.compile(r"比|较|同比|上年|去年|[增减][加少长]?$|调[增减]|差额?$|超出?$")
_HAS_AMOUNT = re.compile(r"\d[\d,.]*(?:[万亿]?元|%)")
_OF_YEAR = re.compile(r"全年|年度|项目")
_SHARE_OF = re.compile(r"^占(?!比)")
_COMPLETED = re.compile(r"完成(?:率|比例)[为达到约是:\s]*$")
_TITLE_LINES, _TITLE_CHARS = 4, 60
_LISTED = re.compile(r"[、和及与]\s*$")


@dataclass(frozen=True)
class Statement:
    """One place where a report states a figure of budget, spending, execution rate or score."""

    quantity: Quantity
    figure: Figure
    scope: str = ""
    """Words that narrow it down to a part; empty where it speaks for the whole project."""
    is_certain: bool = True
    """Whether the words name the quantity outright: 项目资金 may be any budget."""

    @property
    def value(self) -> float:
        """Return the amount in 万元, or the rate or score as written."""
        wan = self.figure.wan
        return self.figure.value if wan is None else wan


def statements(report: Report, year: int | None = None) -> tuple[Statement, ...]:
    """Return the figures that certainly speak for the whole project, in the order of the text.

    Figures of another year than `year` are left out.
    """
    return tuple(
        item for item in all_statements(report, year) if item.is_certain and not item.scope
    )


def all_statements(report: Report, year: int | None = None) -> tuple[Statement, ...]:
    """Return all figures of money, rates of spending and scores, those of parts too."""
    found: list[Statement] = []
    title = _title(report)
    sentence: list[Statement] = []
    previous: Figure | None = None
    for figure in report.figures:
        if sentence and sentence[-1].figure.sentence != figure.sentence:
            sentence = []
        item = _score(figure, report) or _money(figure, previous, sentence, title)
        previous = figure
        if item is None:
            continue
        sentence.append(item)
        if figure.is_exact and (not figure.in_table or figure.in_pair) and _is_of(figure, year):
            found.append(item)
    return tuple(found)


def _title(report: Report) -> str:
    """Return the title: words of it narrow no figure down."""
    lines = [paragraph.text.strip() for paragraph in report.paragraphs[:_TITLE_LINES]]
    return "".join(line for line in lines if len(line) <= _TITLE_CHARS and line[-1:] not in "。;；")


def _is_of(figure: Figure, year: int | None) -> bool:
    if figure.year == -1:
        return False
    return year is None or figure.year is None or figure.year == year


def _score(figure: Figure, report: Report) -> Statement | None:
    """Return the total score of the whole project."""
    if figure.unit != "分":
        return None
    before = figure.before
    low, high = _PLAUSIBLE_SCORE
    if before in ("合计", "总计") and _SCORED.search(figure.clause) and figure.value >= low:
        return Statement("score", figure)
    if before in ("得", "得分", "实得") and _OF_FULL.search(_lead_before(figure)):
        return Statement("score", figure)
    if _BARE_OWN.fullmatch(before) and _BESIDE_FULL.search(_lead_before(figure)):
        return None  # 产出满分50分，自评45分
    total = _TOTAL.search(before) or (_OF_WHOLE.fullmatch(before) if _leads(figure) else None)
    if total is None or not low <= figure.value <= high or _FULL.search(before):
        return None
    if _INDICATOR.search(before[: total.start() + 1]):
        return None
    if _BARE_SCORE.fullmatch(before) and not _is_of_whole(_lead_before(figure)):
        # Under a heading on the score itself 得分 needs no further word.
        is_headed = report.is_within(figure.start, "conclusion") and not _lead_before(figure)
        return Statement("score", figure) if is_headed and figure.value >= _LEAST_TOTAL else None
    return Statement("score", figure)


def _is_of_whole(lead: str) -> bool:
    """Tell whether a bare 得分 follows words on the whole and none on an indicator."""
    return bool(re.search(r"自评|评价|综合|打分|评分", lead)) and not re.search(
        r"目标|满分|指标|扣|完成|分值|\d分", lead
    )


def _leads(figure: Figure) -> bool:
    """Tell whether a figure's words begin its clause: 1个得分86分 is of the one."""
    return re.search(r"[,，:：、。(（]\s*$|^\s*$", _lead_before(figure)) is not None


def _money(
    figure: Figure, previous: Figure | None, sentence: list[Statement], title: str
) -> Statement | None:
    """Return an amount or a rate of spending with what it is of."""
    if figure.unit == "%":
        return _rate(figure, previous, sentence, title)
    if not is_money(figure.unit) or "/" in figure.unit:
        return None
    lead = read_lead(_lead_words(figure), title)
    if _COMPARED.search(figure.before):
        return None
    quantity = _MONEY_KINDS.get(lead.kind) if lead.kind else None
    if _closes_list(figure, sentence):
        kind: Quantity = "executed" if _SPENDS.search(figure.clause) else "budget"
        return Statement(kind, figure, is_certain=kind == "budget")
    if quantity is None:
        # An amount of its own (设备费12万元) narrows down what follows it.
        return Statement("budget", figure, lead.scope or "-", is_certain=False)
    is_certain = lead.kind != "fund" and not lead.is_given and not _BARE.fullmatch(figure.before)
    if quantity == "surplus" and not _LEFT.search(figure.before):
        is_certain = False
    scope = lead.scope
    if not scope and sentence and sentence[-1].scope and _LISTED.search(_lead_before(figure)):
        scope = sentence[-1].scope
    if figure.before.endswith("项目支出") and any("基本支出" in one.scope for one in sentence):
        scope = "项目支出"
    if quantity == "executed" and not scope:
        scope = _inherited(figure, sentence)
        # 县财政安排100万元，支出95万元: of the whole only if no other budget pays.
        paid = sentence[-1] if sentence else None
        is_certain = is_certain and (paid is None or paid.is_certain or bool(paid.scope))
    return Statement(quantity, figure, scope, is_certain)


def _closes_list(figure: Figure, sentence: list[Statement]) -> bool:
    """Tell whether an amount sums the sources before it: 省级900万元、区级450万元，共计1350万元."""
    sources = [item for item in sentence if item.scope and item.figure.wan]
    if len(sources) < _SOURCES or not _SUM.fullmatch(figure.before):
        return False
    found = sum(item.figure.wan or 0.0 for item in sources)
    if _BATCH.search(figure.clause) or not _GIVEN.search(figure.clause):
        return False
    return 0.5 * found <= (figure.wan or 0.0) <= 1.5 * found


def _lead_words(figure: Figure) -> str:
    """Return the words that lead to an amount; 共计180万元 takes those of the clause before."""
    before = figure.before
    if figure.after.startswith("的"):
        before = _SHARE_OF.sub("", before)
    if _BARE.fullmatch(before):
        clause = re.split(r"[,，]", _lead_before(figure).rstrip(",， "))[-1]
        return before if _HAS_AMOUNT.search(clause) else clause + before
    return before


def _lead_before(figure: Figure) -> str:
    """Return what stands before a figure's own words in its sentence."""
    lead = figure.clause.partition(figure.text)[0].rstrip()
    return lead.removesuffix(figure.before)


def _inherited(figure: Figure, sentence: list[Statement]) -> str:
    """Return the part whose spending follows its one amount: 其中省级资金160万元，支出152万元."""
    if _OF_YEAR.search(figure.before):
        return ""
    parts: list[Statement] = []
    for item in reversed(sentence):
        if not item.scope or item.quantity in ("executed", "surplus"):
            break
        parts.append(item)
    if len(parts) == 1 and parts[0].figure.wan and (figure.wan or 0) <= parts[0].figure.wan:
        return parts[0].scope
    return ""


def _rate(
    figure: Figure, previous: Figure | None, sentence: list[Statement], title: str
) -> Statement | None:
    """Return a rate of spending; without words of its own it is of the spending before it."""
    lead = read_lead(figure.before, title)
    is_share = (figure.before in ("占比", "占比为") and sentence != []) or (
        figure.before == "的"
        and previous is not None
        and previous.wan is not None
        and _SHARE_OF.search(previous.before) is not None
    )
    is_completion = _COMPLETED.search(figure.before) is not None and (
        previous is not None
        and previous.wan is not None
        and (len(sentence) > 1 or [one.quantity for one in sentence] == ["executed"])
    )
    if (
        lead.kind != "rate"
        and not is_share
        and not (is_completion and not lead.scope.strip("率比例"))
    ):
        return None
    scope = "" if is_share or is_completion else lead.scope
    parts = [item for item in sentence if item.quantity in ("executed", "budget")]
    spent = [item for item in parts if item.quantity == "executed"]
    if not scope and parts:
        # Parts without a word of spending are a list within the spending before them.
        scope = spent[-1].scope if spent else parts[-1].scope
    return Statement("rate", figure, scope)
