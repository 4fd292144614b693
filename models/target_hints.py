"""The labelling rubric as hints: plain reasons for a label that a row alone can give.

The classifier weighs hints with everything else it sees, and explanations quote their reasons;
alone they are the rule-only baseline of the evaluation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from models.target_clues import Clue, Field
from models.target_rows import Form, Row, has_word, word_patterns

_TERMS = re.compile("经济(?:困难|作物|林|适用|普查|薄弱|开发区|合作社?)|发展改革")
_STATE = "(?:水平|质量|条件|状况|程度|情况|状态|面貌|改善|提升)*"
_SEEN_STATE = re.compile(
    "^(?:保持|更加|持续|基本|干净|整洁|清洁|洁净|卫生|清新|清澈|整齐|平整|畅通|完好|有序|美观|明亮|无破损|无异味)+$"
)
"""A value that can be seen by looking: 车容车貌 — 整洁."""
COMPARED = re.compile(
    "^(?:[高低优好多少]于|超过|不[低高少多]于|持平|达到).{0,8}(?:平均|上年|去年|往年|同期|上一?年度)"
)
"""A value that a known figure decides: 高于全县平均水平."""
_DEED_END = re.compile(
    "(?:管理|服务|工作|建设|监管|宣传|执法|治理|评审|指导|协调|组织|开展|实施)(?:情况|工作|质量)?$"
)
_ABSTRACT_HEAD = re.compile(
    "(?:结构|体系|机制|模式|格局|理念|意识|能力|作用|效益|影响|活力|形象|公益性|公信力)$"
)
MEASURED = frozenset({"number", "range"})


@dataclass(frozen=True)
class Hint:
    """One sentence of the rubric."""

    name: str
    holds: Callable[[Row, Form], bool]
    field: Field
    """Where the reason lies."""
    reason: str
    """What a reviewer would say."""
    clues: tuple[Clue, ...] = ()
    """Where the words and figures stand that it rests on; the whole of `field` without any."""


def is_measured(row: Row) -> bool:
    """Tell whether the value is a number or a range."""
    return row.parsed.kind in MEASURED


def plain_name(row: Row) -> str:
    """Return a name without fixed terms that only contain an abstract word."""
    return _TERMS.sub("", row.name)


def is_effect(row: Row) -> bool:
    """Tell whether a name speaks of an effect rather than of something countable."""
    if row.measure.family not in {"", "effect"} or "率" in row.name.replace("效率", ""):
        return False
    return has_word(row.name, "effect_verb") or has_word(plain_name(row), "abstract_noun")


def about_money(row: Row) -> bool:
    """Tell whether a name speaks of money."""
    return row.measure.family in {"cost", "money", "unit_cost"} or has_word(row.name, "fund")


def in_level2(row: Row, *words: str) -> bool:
    """Tell whether the 二级指标 has one of some words."""
    return any(word in row.indicator.level2 for word in words)


@cache
def _seen_things() -> re.Pattern[str]:
    """Return things that can be seen, with what is only said of their state: 路况(水平)."""
    return re.compile(f"(?:{word_patterns()['observable_noun'][1].pattern}){_STATE}")


def is_observable(row: Row) -> bool:
    """Tell whether a row speaks of something that can be seen, and of nothing abstract."""
    if _DEED_END.search(row.bare_name) or _ABSTRACT_HEAD.search(row.bare_name):
        return False  # 岗位管理 is something done, 收入结构 a notion, whatever is seen of 岗位.
    patterns = word_patterns()
    lead = patterns["effect_verb"][1].match(row.name)
    thing = row.name[lead.end() :] if lead else row.name
    unseen = _seen_things().sub("", thing)
    if unseen == thing:
        return _SEEN_STATE.match(row.target) is not None
    return not patterns["abstract_noun"][1].search(unseen)
