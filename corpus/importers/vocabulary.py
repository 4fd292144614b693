"""The words by which forms name their parts, and how a cell is matched to them.

Spellings differ between regions and years (“项 目 名 称：”, “主管部门及代码”, “年度指标值（A）”):
labels (listed in labels.csv) are compared without spaces, line breaks, brackets and colons, column
headings by what they contain.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from corpus.importers.fields import INDICATOR_FIELDS, PROJECT_FIELDS
from corpus.text import normalise

_SPACE = re.compile(r"\s+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_MARKS = re.compile(r"^[*※★●■◆▲\-—]+|[*※★:：;；。.、,，]+$")
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}|\d{1,2}|\([一二三四五六七八九十\d]{1,3}\))[、.．)]"
)
_MAX_LABEL = 30

_ACHIEVED = re.compile(r"(?:实际|目标|全年|总体).{0,4}完成情况|完成情况|实际完成|执行情况|实现情况")
_PERIOD_TOTAL = re.compile(r"实施期|总投资|中期|项目总预算|项目期|三年|累计|总预算")
_SOURCE = re.compile(
    r"拨款|补助|结转|其他资金|自筹|配套|上级|本级|[省市县区]级|地方资金|中央|专户|债券|其他$"
)
_TOTALS = frozenset(
    {
        "总分", "合计", "总计", "小计", "总得分", "自评总分", "自评得分", "得分合计", "总分值",
        "合计得分", "综合得分", "总评分",
    }
)  # fmt: skip
_FOOTER = re.compile(
    r"^(?:(?:注|说明|备注)(?:\d?[:：]|$)|填[报表](?:人|单位|说明|日期|时间)|联系(?:人|电话)|其他(?:需要)?说明"
    r"|审核人(?![数次])|单位负责人|绩效等级|自评结论|评价(?:等级|结论)|财政部门.*意见|主管部门.*意见|部门意见|评审意见|制表|自评等级"
    r"|(?:存在|主要)的?(?:主要)?问题(?:及原因|和原因|分析)*(?:[:：]|$))"
)
_OF_WHICH = re.compile(r"^其中[:：]?")

_Patterns = tuple[tuple[str, re.Pattern[str]], ...]

_COLUMNS: _Patterns = (
    (
        "forecast",
        re.compile(r"(?:全年|年度|年底|年末)预计|预计(?:全年|年度|年底|年末)?(?:完成|实现)"),
    ),
    (
        "ignored",
        re.compile(
            r"预计|上年|前年|去年|历史|往年|可能性|评[分价]标准|得分标准|扣.?分标准|来源|依据"
            r"|^计算(?!符号)|^评分规则|佐证|指标属性"
        ),
    ),
    ("level1", re.compile(r"一级指标|^一级$|^一级目录")),
    ("level2", re.compile(r"二级指标|^二级$|^二级目录")),
    (
        "name",
        re.compile(r"三级指标|四级指标|指标名称|指标内容|具体指标|^三级$|^绩效指标$|^指标$"),
    ),
    (
        "sign",
        re.compile(r"指标性质|计算符号|指标方向|比较符|运算符|关系符|^性质$|^符号$|^方向$"),
    ),
    ("reason", re.compile(r"偏差|差异|原因|未完成|改进|整改|完成情况说明")),
    ("definition", re.compile(r"说明|解释|内涵|定义|释义")),
    (
        "actual",
        re.compile(
            r"实际|完成值|完成情况|完成结果|执行情况|完成指标|^完成(?:数|量)?$|^实[绩现]值?$"
        ),
    ),
    (
        "target",
        re.compile(
            r"指标值|目标值|预期值|计划值|年度指标|标准值|绩效值|目标数|预期指标|年初目标|指标目标|^目标$|^计划(?:数|量)?$"
        ),
    ),
    ("score", re.compile(r"得分|评分")),
    ("weight", re.compile(r"分值|权重|权数|标准分")),
    ("unit", re.compile(r"度量单位|计量单位|^单位$|指标单位|绩效度量")),
)

_FUND_COLUMNS: _Patterns = (
    ("forecast", re.compile(r"预计.{0,4}(?:执行|支出)(?!率)")),
    ("ignored", re.compile(r"预计|结余")),
    ("execution_rate", re.compile(r"执行率|支出率|完成率")),
    ("initial", re.compile(r"年初")),
    (
        "executed",
        re.compile(
            r"执行数|实际支出|实际执行|支出数|支出金额|执行金额|决算|全年执行|执行(?:资金)?$"
        ),
    ),
    (
        "budget",
        re.compile(r"全年预算|调整.*预算|预算数|预算金额|年度预算|预算(?:资金)?$|到位"),
    ),
    ("score", re.compile(r"得分")),
    ("weight", re.compile(r"分值|权重")),
)


@lru_cache(maxsize=8192)
def fold_label(text: str) -> str:
    """Return a label without spaces, width differences, marks and numbering."""
    return _MARKS.sub("", _ORDINAL.sub("", fold_text(text)))


@lru_cache(maxsize=8192)
def fold_text(text: str) -> str:
    """Return the beginning of a text without spaces, width and script differences."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", normalise(text[:200])))


def bare_label(text: str) -> str:
    """Return a folded label without notes in brackets (项目资金(万元) → 项目资金)."""
    folded = fold_label(text)
    return _MARKS.sub("", _BRACKETS.sub("", folded)) or folded


@cache
def _labels(block: str) -> dict[str, str]:
    """Return folded label → field of one block of the label table."""
    table = files("corpus.importers").joinpath("labels.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines())
    return {fold_label(row["label"]): row["field"] for row in rows if row["block"] == block}


def _spellings(names: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {fold_label(text): field for field, texts in names.items() for text in (field, *texts)}


_NESTED = ("indicators", "history", "declaration", "funds")
"""Fields that hold records; no column of a list gives them."""
_PROJECT_COLUMNS = _spellings(
    {name: texts for name, texts in PROJECT_FIELDS.items() if name not in _NESTED}
)
_INDICATOR_COLUMNS = _spellings(INDICATOR_FIELDS)


def header_field(text: str) -> str | None:
    """Return the field that a header label names, None for any other text."""
    if len(text) > _MAX_LABEL:
        return None
    labels = _labels("header")
    return labels.get(fold_label(text)) or labels.get(bare_label(text))


def is_goal_label(text: str) -> bool:
    """Return whether a cell labels the goal block."""
    return len(text) <= _MAX_LABEL and bare_label(text) in _labels("goal")


def goal_column(text: str) -> str | None:
    """Return expected, actual, period or annual for a heading inside the goal block."""
    if len(text) > _MAX_LABEL:
        return None
    bare = bare_label(text)
    kind = _labels("goal_column").get(bare)
    return kind or ("actual" if _ACHIEVED.search(bare) else None)


def fund_label(text: str) -> str | None:
    """Return total, period, source or group for a label of the funds block."""
    if len(text) > _MAX_LABEL:
        return None
    bare = _OF_WHICH.sub("", bare_label(text))
    kind = _labels("funds").get(bare)
    if kind == "group":
        return kind
    if _PERIOD_TOTAL.search(bare):
        return "period"
    if kind:
        return kind
    return "source" if _OF_WHICH.match(fold_label(text)) or _SOURCE.search(bare) else None


def fund_column(text: str) -> str | None:
    """Return the field of a heading in the execution block (全年预算数 → budget)."""
    return _first_match(_FUND_COLUMNS, text)


def indicator_column(text: str) -> str | None:
    """Return the field of a heading in the indicator table, None for an unknown one."""
    if len(text) > _MAX_LABEL:
        return None
    return _INDICATOR_COLUMNS.get(bare_label(text)) or _first_match(_COLUMNS, text)


def project_column(text: str) -> str | None:
    """Return the project field of a heading in a list with one indicator per row."""
    if len(text) > _MAX_LABEL:
        return None
    return (
        _PROJECT_COLUMNS.get(fold_label(text).lower())
        or _PROJECT_COLUMNS.get(bare_label(text).lower())
        or _labels("header").get(bare_label(text))
    )


def is_label(text: str) -> bool:
    """Return whether a cell is a label of any block, and so never a value."""
    return bool(
        header_field(text)
        or is_goal_label(text)
        or fund_label(text) in ("group", "total", "period")
    )


def is_total(text: str) -> bool:
    """Return whether a cell labels the total of a table's points."""
    return bare_label(text) in _TOTALS


def is_footer(text: str) -> bool:
    """Return whether a cell begins what stands below a table: notes, grade, who filled it in."""
    return bool(_FOOTER.match(fold_text(text)))


def _first_match(table: _Patterns, text: str) -> str | None:
    if len(text) > _MAX_LABEL:
        return None
    bare = bare_label(text)
    return next((field for field, pattern in table if pattern.search(bare)), None)
