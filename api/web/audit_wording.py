"""How fields and values of the audit log read on a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from api.web.wording import EVENTS, KINDS, OPINIONS, ROLES, SCOPES, iso_moment
from corpus.workflow.organisations import Kind
from corpus.workflow.status import AuthorStatus, FindingVerdict, ReviewStatus, Verdict
from corpus.workflow.trail import Entry

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
    "revoked_at": "停用时间",
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
    "scopes": dict(SCOPES),
    "events": dict(EVENTS),
}
_NAMED = {
    "account_id": "account",
    "assigned": "account",
    "organisation_id": "organisation",
    "parent_id": "organisation",
    "submission_id": "submission",
}
"""Fields that hold numbers of things with a name, with the kind of thing."""
_MOMENTS = frozenset({"expires_at", "revoked_at"})
_NOBODY: Mapping[str, str] = MappingProxyType({})
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


def things_in(entries: Iterable[Entry]) -> set[str]:
    """Return the things, each `kind:id`, that the fields of entries hold the numbers of."""
    found = set()
    for entry in entries:
        for facts in (entry.before or {}, entry.after or {}):
            for name, kind in _NAMED.items():
                held = facts.get(name) or []
                numbers = held if isinstance(held, list) else [held]
                found |= {f"{kind}:{number}" for number in numbers}
    return found


def fact_value(value: Any, name: str = "", names: Mapping[str, str] = _NOBODY) -> str:
    """Return the value of a field as people read it; `names` are those of `things_in`."""
    if value is None:
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(fact_value(item, name, names) for item in value) or "（空）"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, str) and name in _MOMENTS:
        return iso_moment(value)
    if isinstance(value, str) and (known := names.get(f"{_NAMED.get(name)}:{value}")):
        return known
    if isinstance(value, str):
        return _WORDS.get(name, {}).get(value, value) or "（空）"
    return str(value)
