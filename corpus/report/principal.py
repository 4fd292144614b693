"""The figures that speak for the whole project: budget, spending, execution rate, total score.

Parts (其中, 中央资金), unit costs, other years and single indicators are left out, so that what is
said twice may be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.report.figures import Figure
from corpus.report.reading import Report
from corpus.target.units import is_money

Quantity = Literal["initial_budget", "budget", "allocated", "executed", "rate", "score"]

QUANTITY_NAMES: dict[Quantity, str] = {
    "initial_budget": "年初预算",
    "budget": "预算数",
    "allocated": "到位资金",
    "executed": "支出数",
    "rate": "预算执行率",
    "score": "自评总分",
}
_PART = re.compile(
    r"其中|中央|省级|省财政|市级|市财政|县级|县财政|区级|区财政|镇级|配套|自筹|上级|本级|债券|追加|调[增减]|"
    r"[一二三四]期|子项|人均|亩均|户均|[单每]|分别|基本支出|项目支出|上年|上一年|去年|结转|同比|较|比|占|减|增|"
    r"第[一二三四]季度|上半年|下半年|\d月底?|[一二三四五六七八九十]月|专户|工程费|设备费|补贴标准|合同|中标"
)
_PLACE = re.compile(r"子项|标段|[村镇乡]$")
_END_OF_YEAR = re.compile(r"12月31日|12月底|年底|全年")
_JOIN = r"(?:为|共计|合计|总计|共|计|是|达到?|约|:|\s|了|\(|\|)*$"
_RATE = (
    r"(?:预算执行|资金执行|支出执行|执行|资金使用|资金支出|支出|资金支付|预算支出|支付|使用)(?:率|进度)"
    r"|完成(?:全年|年度)?预算的"
)
_EXECUTED = (
    r"(?:实际|全年|累计|年度|总|资金|已|共|本年|年末|当年|项目)(?:总)?(?:支出|执行|支付|使用)"
    r"(?:数|金额|资金|总额)?|执行(?:数|金额)|支出(?:数|金额|总额)"
    r"|^(?:截至[^,]{0,16}|全年[\u4e00-\u9fff“”]{0,12})?(?:已|共|累计)?(?:支出|支付|列支|使用)"
)
_BUDGET = (
    r"(?:全年|年度|调整后?|项目|总|当年|部门|本年|批复|核定|本项目)(?:的|全年|部门|总)*预算"
    r"(?:资金|数|金额|总额|安排|批复|共|总)*|预算(?:数|金额|总额|资金)|预算安排(?:资金)?"
    r"|年度资金总额|项目(?:总)?资金(?:总额)?|项目总投资|^(?:项目|本项目)?(?:预算|总额)"
)
_INITIAL = r"年初(?:批复)?(?:部门)?(?:预算|安排)(?:资金|数|金额|总额|安排)?"
_ALLOCATED = r"(?:实际到位|到位资金|资金到位|全部到位|到位)(?:资金|金额|数)?"
_WORDS: tuple[tuple[Quantity, str], ...] = (
    ("rate", _RATE),
    ("initial_budget", _INITIAL),
    ("executed", _EXECUTED),
    ("allocated", _ALLOCATED),
    ("budget", _BUDGET),
)
_PATTERNS = tuple((quantity, re.compile(f"(?:{words}){_JOIN}")) for quantity, words in _WORDS)
_TOTAL = re.compile(
    r"(?:自评|总|综合|最终|绩效评价|评价|合计)(?:综合|总)?(?:得分|分|评分|分值)" + _JOIN
    + r"|(?:本项目|项目|整体支出绩效自评|绩效自评|自评)(?:自评)?得分?" + _JOIN
)  # fmt: skip
_INDICATOR = re.compile(
    r"执行率?得|产出|效益|指标|满意度|成本|过程|决策|质量|数量|时效|管理|投入|履职|扣|每项|单项|复核"
)
_SCORED = re.compile(r"各?项得分|自评等级|等级为")
_FULL = re.compile(r"满分|总分值|分值|标准分|共?100分?$")
_PLAUSIBLE_SCORE = (10, 120)


@dataclass(frozen=True)
class Statement:
    """One place where a report states a figure of the whole project."""

    quantity: Quantity
    figure: Figure

    @property
    def value(self) -> float:
        """Return the amount in 万元, or the rate or score as written."""
        wan = self.figure.wan
        return self.figure.value if wan is None else wan


def statements(report: Report, year: int | None = None) -> tuple[Statement, ...]:
    """Return the figures of the whole project in the order of the text.

    Figures of another year than `year` are left out.
    """
    return tuple(_statements(report, year))


def _statements(report: Report, year: int | None) -> Iterator[Statement]:
    for figure in report.figures:
        if figure.in_table or not figure.is_exact or figure.year == -1:
            continue
        if year is not None and figure.year is not None and figure.year != year:
            continue
        quantity = _quantity(figure)
        if quantity is not None:
            yield Statement(quantity, figure)


def _quantity(figure: Figure) -> Quantity | None:
    """Return which figure of the whole project this is, None for any other."""
    before = figure.before
    if figure.unit == "分":
        low, high = _PLAUSIBLE_SCORE
        if before in ("合计", "总计") and _SCORED.search(figure.clause) and figure.value >= low:
            return "score"
        total = _TOTAL.search(before)
        if total is None or not low <= figure.value <= high or _FULL.search(before):
            return None
        return None if _INDICATOR.search(before[: total.start() + 1]) else "score"
    if figure.unit != "%" and (not is_money(figure.unit) or "/" in figure.unit):
        return None
    if _is_part(figure):
        return None
    for quantity, pattern in _PATTERNS:
        if (figure.unit == "%") == (quantity == "rate") and pattern.search(before):
            return quantity
    return None


def _is_part(figure: Figure) -> bool:
    """Tell whether a figure speaks of a part, another year or a point within the year."""
    lead, _, _ = figure.clause.partition(figure.text)
    _, found, since = lead.rpartition("其中")
    if found and not re.search(r"[,，]", since):
        return True
    near = _END_OF_YEAR.sub("", figure.before)
    return bool(_PART.search(near) or _PLACE.search(near))
