"""Names under which the fields of a record arrive: contract names, Chinese headings, variants.

One table serves JSON keys, CSV columns and the headings of forms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_SEPARATORS = re.compile(r"[\s_\-·•*※★]+")
_CLASS = re.compile(r"^\s*(\d{3})")

PROJECT_FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("编号", "项目编号", "项目编码", "项目代码", "记录编号"),
    "project_name": ("项目名称", "项目", "专项名称", "项目支出名称", "二级项目名称"),
    "department": (
        "主管部门",
        "主管部门及代码",
        "主管部门名称",
        "预算主管部门",
        "部门",
        "部门名称",
    ),
    "implementing_unit": (
        "实施单位",
        "项目单位",
        "预算单位",
        "单位名称",
        "申报单位",
        "项目实施单位",
        "填报单位",
        "具体实施单位",
        "单位",
    ),
    "region": ("地区", "区划", "行政区划", "财政区划"),
    "year": ("年度", "预算年度", "年份", "申报年度", "财政年度"),
    "function_code": (
        "支出功能分类",
        "功能分类",
        "功能科目",
        "支出功能科目",
        "功能分类科目",
        "支出功能分类科目",
        "功能分类编码",
        "功能科目编码",
    ),
    "project_type": ("项目属性", "项目类型", "项目类别", "项目性质"),
    "budget_wan": (
        "预算",
        "预算数",
        "全年预算数",
        "年度预算",
        "预算金额",
        "年度资金总额",
        "项目资金",
        "资金总额",
        "年度金额",
        "全年预算",
        "调整预算数",
    ),
    "executed_wan": ("执行数", "全年执行数", "执行金额", "实际支出", "全年执行"),
    "description": ("项目概况", "项目内容", "项目描述", "立项依据", "项目概述", "主要内容"),
    "goal": (
        "年度总体目标",
        "年度目标",
        "总体目标",
        "绩效目标",
        "年度绩效目标",
        "项目绩效目标",
        "项目总体目标",
    ),
    "indicators": ("绩效指标", "指标"),
    "report_text": ("报告正文", "自评报告", "报告文本"),
    "history": ("历年申报", "上年申报"),
    "declaration": ("批复目标", "批复的绩效目标", "同年申报"),
    "initial_budget_wan": ("年初预算数", "年初预算"),
    "execution_rate": ("执行率", "预算执行率"),
    "execution_weight": ("执行率分值", "预算执行率分值"),
    "execution_score": ("执行率得分", "预算执行率得分"),
    "total_score": ("总分", "自评总分", "自评得分"),
    "actual_summary": ("年度总体目标完成情况", "总体目标完成情况", "年度目标完成情况"),
    "funds": ("资金来源明细", "资金明细"),
    "grade": ("自评等级", "评价等级", "绩效等级"),
    "problems": ("存在问题", "存在的问题", "存在的主要问题"),
    "stage": ("阶段", "表类型"),
    "as_of": ("监控时点", "截止日期", "监控截止日期"),
    "forecast_wan": ("全年预计执行数", "预计执行数"),
    "source_kind": ("来源类型",),
    "source_url": ("来源网址", "来源地址"),
}

INDICATOR_FIELDS: dict[str, tuple[str, ...]] = {
    "level1": ("一级指标", "一级"),
    "level2": ("二级指标", "二级"),
    "name": ("三级指标", "指标名称", "三级指标名称", "绩效指标名称", "指标内容", "三级"),
    "target": (
        "指标值",
        "年度指标值",
        "目标值",
        "年度目标值",
        "绩效指标值",
        "计划指标值",
        "三级指标值",
        "预期指标值",
        "指标目标值",
        "年初指标值",
        "年初目标值",
        "计划完成值",
        "全年指标值",
    ),
    "weight": ("分值", "权重", "指标分值", "指标权重", "分值权重"),
    "actual": (
        "实际完成值",
        "实际完成",
        "完成值",
        "全年实际值",
        "全年实际完成值",
        "实际完成指标值",
        "实际值",
        "年度实际完成值",
        "指标完成值",
    ),
    "score": ("得分", "自评得分", "指标得分", "评价得分"),
    "reason": (
        "偏差原因分析及改进措施",
        "偏差原因",
        "偏差原因分析",
        "未完成原因",
        "原因分析",
        "未完成原因和改进措施",
        "未完成原因及改进措施",
        "偏差原因及改进措施",
    ),
    "definition": ("指标说明", "指标解释", "指标内涵", "指标定义"),
    "scoring_rule": ("评分标准", "评分规则", "得分标准", "扣分标准", "评扣分标准"),
    "forecast": ("全年预计完成情况", "全年预计完成值", "预计完成情况"),
}

FUND_FIELDS: dict[str, tuple[str, ...]] = {
    "source": ("资金来源", "来源", "资金名称"),
    "initial_wan": ("年初预算数",),
    "budget_wan": ("全年预算数", "预算数"),
    "executed_wan": ("全年执行数", "执行数"),
}
"""Spellings of the fields of one source of money."""

EVALUATION_FIELDS = (
    "initial_budget_wan",
    "execution_rate",
    "execution_weight",
    "execution_score",
    "total_score",
    "actual_summary",
    "funds",
    "grade",
    "problems",
    "report_text",
    "as_of",
    "forecast_wan",
)
CASE_FIELDS = ("source_kind", "source_url")


def fold_key(key: object) -> str:
    """Return a key or heading without case, spaces and separators (PRO_NAME, proName → proname)."""
    return _fold(str(key))


@lru_cache(maxsize=4096)
def _fold(key: str) -> str:
    return _SEPARATORS.sub("", key).lower()


def _variants(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return folded spelling → canonical name."""
    return {
        fold_key(variant): name for name, variants in names.items() for variant in (name, *variants)
    }


PROJECT_KEYS = _variants(PROJECT_FIELDS)
INDICATOR_KEYS = _variants(INDICATOR_FIELDS)
FUND_KEYS = _variants(FUND_FIELDS)
"""Folded key → field, of the records that arrive."""


def canonical_fields(obj: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    """Return the known fields of an object under their canonical names; the rest is ignored.

    `keys` is one of the tables above. An exact name wins over a variant, and a value over a null.
    """
    found: dict[str, Any] = {}
    exact: set[str] = set()
    for key, value in obj.items():
        name = keys.get(fold_key(key))
        if name is None or name in exact:
            continue
        if key == name:
            exact.add(name)
        if key == name or found.get(name) is None:
            found[name] = value
    return found


def function_class(value: Any) -> Any:
    """Return the three-digit class of a functional classification (2130126 → 213).

    Anything else comes back unchanged.
    """
    match = _CLASS.match(str(value)) if isinstance(value, str | int) else None
    return match.group(1) if match else value
