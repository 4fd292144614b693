"""Requests that the interface description shows; a test sends each of them."""

from __future__ import annotations

from typing import Any

_ROWS = (
    ("产出指标", "数量指标", "日常养护里程", "≥680公里", 20),
    ("产出指标", "质量指标", "养护质量", "良好", 20),
    ("效益指标", "社会效益指标", "群众出行条件", "明显改善", 30),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥60%", 10),
)
_ACTUALS = ("680公里", "良好", "明显改善", "98%")


def _row(level1: str, level2: str, name: str, target: str, weight: int) -> dict[str, Any]:
    return {"level1": level1, "level2": level2, "name": name, "target": target, "weight": weight}


_CONTRACT = {
    "id": "2024-0137",
    "project_name": "农村公路日常养护",
    "department": "县交通运输局",
    "region": "湖南省岳阳县",
    "year": 2024,
    "function_code": "214",
    "budget_wan": 854.0,
    "description": "对县道、乡道、村道进行日常保洁、路面修补和边沟清理",
    "goal": "保持农村公路安全畅通，优良中等路率不低于85%",
    "indicators": [_row(*cells) for cells in _ROWS],
}

_PLATFORM = {
    "pro_code": "430621240001",
    "pro_name": "农村公路日常养护",
    "pro_desc": "对县道、乡道、村道进行日常保洁、路面修补和边沟清理",
    "agency_name": "县公路建设养护中心",
    "dept_name": "县交通运输局",
    "mof_div_name": "岳阳县",
    "fiscal_year": "2024",
    "PM_PERF_GOAL_INFO": [{"kpi_target": "保持农村公路安全畅通", "yearflag": 0}],
    "PM_PERF_INDICATOR": [
        {
            "kpi_id": "1",
            "lv1_perf_ind_name": "产出指标",
            "lv2_perf_ind_name": "数量指标",
            "lv3_perf_ind_name": "日常养护里程",
            "computesign": "≥",
            "kpi_val": "680",
            "meterunit": "公里",
            "is_deleted": 2,
        }
    ],
}

_EVALUATION = {
    **_CONTRACT,
    "executed_wan": 612.0,
    "indicators": [
        {**_row(*cells), "actual": actual, "score": cells[-1]}
        for cells, actual in zip(_ROWS, _ACTUALS, strict=True)
    ],
}


def _named(summary: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"summary": summary, "value": value}


DECLARATIONS = {
    "contract": _named("申报记录", _CONTRACT),
    "platform": _named("预算管理一体化平台的记录", _PLATFORM),
    "name_only": _named("只有项目名称", {"project_name": "农村公路日常养护"}),
}
_DECIDED = {
    **_CONTRACT,
    "scheme": "有成本",
    "accepted": [
        {**_row("产出指标", "数量指标", "日常养护里程", "≥680公里", 15), "original": "养护里程"}
    ],
    "rejected": ["群众满意度"],
}
RECOMMENDATIONS = {**DECLARATIONS, "decided": _named("已采纳和拒绝了几条", _DECIDED)}
EVALUATIONS = {"contract": _named("自评记录", _EVALUATION)}

_SUGGESTED = {"level1": "产出指标", "level2": "数量指标", "name": "日常养护里程"}
DECISIONS = {
    "contract": _named(
        "一个项目的三条取舍",
        {
            "declaration": _CONTRACT,
            "decisions": [
                {
                    "decision": "accepted",
                    "source_key": "lib-6c07d2a8:公路日常养护里程",
                    "rank": 1,
                    "suggested": {**_SUGGESTED, "target": "≥680公里"},
                },
                {
                    "decision": "edited",
                    "source_key": "lib-6c07d2a8:路面技术状况指数",
                    "rank": 2,
                    "suggested": {"name": "路面技术状况指数", "target": "≥80"},
                    "edited": {"name": "县道优良路率", "target": "≥82%"},
                },
                {
                    "decision": "rejected",
                    "source_key": None,
                    "rank": 3,
                    "suggested": {"name": "桥梁检查座数", "target": "≥12座"},
                },
            ],
        },
    )
}
