"""How fields and values of the audit log read on a page."""

from __future__ import annotations

from typing import Any

from api.web.wording import KINDS, OPINIONS, ROLES
from corpus.workflow.organisations import Kind
from corpus.workflow.status import AuthorStatus, FindingVerdict, ReviewStatus, Verdict

_FACTS = {
    "account_id": "账号",
    "active": "使用中",
    "adapter": "同时训练编码适配器",
    "aliases": "别名",
    "assigned": "审核人员",
    "author_status": "填报状态",
    "basis": "取值依据",
    "budget_wan": "预算（万元）",
    "category": "类别",
    "core": "核心指标",
    "definition": "含义",
    "department": "主管部门",
    "departments": "常见部门",
    "direction": "方向",
    "due": "办理期限",
    "events": "告知事项",
    "evidence": "佐证材料",
    "expires_at": "有效期至",
    "external_id": "来源系统编号",
    "facet": "方面",
    "finding": "意见",
    "fiscal_year": "年度",
    "formula": "计算公式",
    "function_code": "支出功能分类",
    "id": "编号",
    "kind": "类别",
    "level1": "一级指标",
    "level2": "二级指标",
    "login": "登录名",
    "name": "名称",
    "object": "对象",
    "opinion": "系统意见",
    "organisation_id": "单位",
    "parent_id": "上级单位",
    "project_name": "项目名称",
    "project_type": "项目类型",
    "reason": "理由",
    "retired_at": "停用日期",
    "review": "审核结果",
    "review_status": "审核状态",
    "revision": "修订号",
    "risk": "风险",
    "role": "角色",
    "scope": "范围",
    "scopes": "可以办理",
    "settles": "裁定",
    "strong": "较高",
    "submission_id": "项目",
    "submitted_version": "送审版本",
    "title": "岗位",
    "typical": "一般",
    "unit": "计量单位",
    "url": "地址",
    "value": "取值",
    "verdict": "结论",
    "version": "版本",
    "weak": "较低",
    "wording": "改写后的意见",
}
_WORDS: dict[str, dict[Any, str]] = {
    "author_status": {status: status.label for status in AuthorStatus},
    "review_status": {status: status.label for status in ReviewStatus},
    "verdict": {
        **{verdict: verdict.label for verdict in Verdict},
        FindingVerdict.CONFIRMED: "采纳",
        FindingVerdict.DISMISSED: "不采纳",
    },
    "kind": {**{kind: kind.label for kind in Kind}, **KINDS},
    "role": dict(ROLES),
    "opinion": dict(OPINIONS),
}
_KINDS = {
    "account": "账号",
    "job": "工作",
    "library": "项目类型",
    "key": "密钥",
    "organisation": "单位",
    "review_setting": "审核门槛",
    "submission": "项目",
    "webhook": "回调",
}


def thing(object_: str, name: str = "") -> str:
    """Return what an entry is about: its kind, and its name or the end of its number."""
    kind, _, number = object_.partition(":")
    return f"{_KINDS.get(kind, kind)} {name or '…' + number[-6:]}"


def fact(name: str) -> str:
    """Return what a field of an entry is called."""
    return _FACTS.get(name, name)


def fact_value(value: Any, name: str = "") -> str:
    """Return the value of a field as people read it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(fact_value(item, name) for item in value) or "（空）"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, str):
        return _WORDS.get(name, {}).get(value, value) or "（空）"
    return str(value)
