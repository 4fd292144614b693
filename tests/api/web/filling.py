"""The filling page as a browser posts it, and what its answers hold."""

from __future__ import annotations

import json
import re
from typing import Any

HTMX = {"HX-Request": "true"}
ROADS = {
    "project_name": "农村公路日常养护",
    "department": "某县交通运输局",
    "year": "2026",
    "budget_wan": "854",
    "description": "对县道乡道共680公里开展日常养护，修复桥梁12座",
    "goal": "日常养护县道乡道680公里，修复桥梁12座，保障群众出行",
}
ROWS = (
    ("产出指标", "数量指标", "县道乡道养护里程", "≥680公里"),
    ("产出指标", "质量指标", "工程验收合格率", "≥60%"),
    ("产出指标", "时效指标", "养护任务按期完成率", "≥95%"),
    ("效益指标", "社会效益指标", "群众出行条件", "明显改善"),
    ("满意度指标", "服务对象满意度指标", "沿线群众满意度", "≥90%"),
)
COLUMNS = ("level1", "level2", "name", "target", "weight", "actual", "score", "reason")


def roads(name: str, **facts: str) -> dict[str, str]:
    """What is known of a project of another name."""
    return {**ROADS, "project_name": name, **facts}


def form(rows: Any = ROWS, facts: dict[str, str] = ROADS, **more: Any) -> dict[str, Any]:
    """The form as a browser sends it; a row's further values are weight, actual, score, reason."""
    lines = [[*row, *[""] * (len(COLUMNS) - len(row))] for row in rows]
    columns = {f"row_{name}": [line[place] for line in lines] for place, name in enumerate(COLUMNS)}
    keys = {"row_key": [f"k{place}" for place in range(len(lines))]}
    rests = {"row_rest": more.pop("rests", ["{}"] * len(lines))}
    return {"kind": "declaration", **facts, **keys, **rests, **columns, **more}


def advised(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(json.loads(answer.headers["hx-trigger-after-swap"])["fill:advised"])


def number_of(answer: Any) -> str:
    found = re.search(r'name="submission" value="(\w{26})"', answer.text)
    assert found is not None, answer.text
    return found[1]


def revision_of(answer: Any) -> str:
    found = re.search(r'name="revision" value="(\d+)"', answer.text)
    assert found is not None, answer.text
    return found[1]


def part(text: str, id_: str) -> str:
    """The piece of an answer that goes to the element of an id."""
    begin = text.index(f'id="{id_}" hx-swap-oob')
    end = text.find("hx-swap-oob", begin + len(id_) + 20)
    return text[begin : end if end > 0 else None]
