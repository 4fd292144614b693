"""What a heading is about: the many names under which the same section goes.

The kinds follow the skeletons of published reports. A heading may name several
(存在的问题及改进措施 is problems and measures).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, cast

from corpus.target.lexicon import read_table

Kind = Literal[
    "background", "overview", "department", "funds", "goals", "management", "organisation",
    "completion", "satisfaction", "deviation", "conclusion", "experience", "problems", "measures",
    "results_use", "attachments", "other",
]  # fmt: skip

_ROWS = read_table("report_sections.csv")
NAMES: dict[str, str] = {row["kind"]: row["name"] for row in _ROWS}
"""How a remark calls a section."""

_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (cast("Kind", row["kind"]), re.compile(row["pattern"])) for row in _ROWS
)
_PLAIN = re.compile(
    r"(?:发现的?|各项|项目|资金|部门|单位|绩效|预算|自评|评价|总体|综合|基本|年度|主要|全年|整体|支出|工作|财政|使用|执行"
    r"|管理|组织|实施|开展|安排|到位|存在|目标|指标|完成|情况|分析|概况|背景|依据|立项|得分|结论|结果|应用|公开"
    r"|问题|建议|改进|措施|整改|下一步|下步|原因|偏离|偏差|未|未完成|说明|其他|需要|有关|产出|效益|满意度|社会|经济"
    r"|生态|数量|质量|时效|成本|经验|做法|附件|内容|简介|概述|拟|和|及|与|、|的|以及|主要|成效|效果|打算|计划"
    r"|设定|设置|分解|下达|程度|实现|过程|方法|对象|范围|目的|原则|意见|服务|对象|一级|二级|三级|不足|困难|职能"
    r"|机构|编制|职责|收支|决算|本|该|方面|可持续影响|决策|投入|失分|扣分|安排|概况|实现|前言|引言|摘要|等级|评分|绩效目标)+"
)


_MEASURE = re.compile(r"改进|整改|措施|[和与及、]")


@lru_cache(maxsize=8192)
def kinds_of(title: str) -> frozenset[Kind]:
    """Return what a folded heading is about; empty where its words name no known section."""
    bare = re.sub(r"[\s:：、。.,，]+$", "", title)
    found = {kind for kind, pattern in _PATTERNS if pattern.search(bare)}
    if len(found) > 1:
        found -= _shadowed(found, bare)
    return frozenset(found)


def _shadowed(found: set[Kind], title: str) -> set[Kind]:
    """Return the kinds that a more telling one of the same heading makes doubtful."""
    shadowed: set[Kind] = set()
    if "deviation" in found:
        shadowed |= {"completion", "goals"}
    if "department" in found:
        shadowed |= {"overview"}
    if "organisation" in found and "conclusion" not in found:
        shadowed |= {"goals", "overview", "management"}
    if "results_use" in found:
        shadowed |= {"conclusion", "organisation"}
        if not _MEASURE.search(title):
            shadowed |= {"measures"}  # 结果应用建议
    if "completion" in found and "设定" not in title:
        shadowed |= {"goals"}
    if "other" in found:
        shadowed |= {"problems"}
    return shadowed


def is_plain_name(title: str) -> bool:
    """Tell whether a line without numbering is nothing but the name of a section."""
    return len(title) <= 20 and bool(_PLAIN.fullmatch(title)) and bool(kinds_of(title))
