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

_TERMS = re.compile(
    "经济(?:压力|负担|收入|损失|来源|补偿|条件|困难|作物|林|适用|普查|薄弱|开发区|合作社?)|发展改革|质量(?:安全)?(?:事故|事件|问题|投诉|纠纷|隐患)|安全(?:事故|事件|隐患)"
)
_STATE = "(?:水平|质量|条件|状况|程度|情况|状态|面貌|改善|提升)*"
_SEEN_STATE = re.compile(
    "^(?:保持|更加|持续|基本|干净|整洁|清洁|洁净|卫生|清新|清澈|整齐|平整|畅通|完好|有序|美观|明亮|无破损|无异味)+$"
)
"""A value that can be seen by looking: 车容车貌 — 整洁."""
COMPARED = re.compile(
    "^(?:[高低优好多少]于|超过|不[低高少多劣差]于|不超过?|持平|达到).{0,12}(?:平均|上年|去年|往年|同期|上一?年度|利率|限值|基准|现状|本底|红线|警戒|预警|下达|任务数|计划数|市场价|挂牌价|评估价|指导价|限价|最低工资|国家标准|省标准|均值|中位)"
)
"""A value that a known figure decides: 高于全县平均水平."""
_DEED_END = re.compile(
    "(?:管理|服务|工作|建设|监管|宣传|执法|治理|评审|指导|协调|组织|开展|实施)(?:情况|工作|质量)?$"
    "|(?:处理|处置|利用|收运|回收|整治|清理|防治|防控|执行|推进|使用|运用|落实|维护|保护)(?:情况|效果|成效|水平|质量|工作)?$"
)
_ABSTRACT_HEAD = re.compile(
    "(?:结构|体系|机制|模式|格局|理念|意识|能力|作用|效益|影响|活力|形象|公益性|公信力|形势|态势|局面|大局|风气|风险)$"
    "|(?:办公|政务|工作|行政|服务|管理|治理|执法|监管|利用|使用|资源|经济|运行|运转|协作|履职|办事|审批|监督)效率$"
)
_RECORD = re.compile(
    "数据|成果|报告|档案|台账|资料|材料|合同|协议|同意书|记录|凭证|账目|账簿|病历|处方|名册|清单|图纸|图件|图斑|证书"
    "|标识|标牌|标志|标线|样品|样本|文书|卷宗|票据|报表|信息录入|信息填报|填报|登记|影像|问卷|首页|表册|表格|表单|条目|图像|页面|著录|填写|签署|底册|标签|告示牌|公示牌|检定|校准"
)
_RECORD_STATE = re.compile(
    "^(?:真实|准确|完整|规范|齐全|清晰|清楚|合格|达标|有效|一致|相符|完备|齐备|详实|无误|可靠|可追溯|及时|统一|醒目|可用|可读|可辨|易懂|装订|符合|要求|客观|全面|合规|[、,，;；和且与])+$"
)
"""Papers and data, with what an inspector finds of them: 调查数据质量 — 真实、准确、完整."""
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


def is_record(row: Row) -> bool:
    """Tell whether a row speaks of papers or data and of what can be seen of them."""
    plain = "率" not in row.name and not row.name.endswith(("性", "规范化"))
    return plain and bool(_RECORD.search(row.bare_name) and _RECORD_STATE.match(row.target))


def is_observable(row: Row) -> bool:
    """Tell whether a row speaks of something that can be seen, and of nothing abstract."""
    if _DEED_END.search(row.bare_name) or _ABSTRACT_HEAD.search(row.bare_name):
        return False  # 岗位管理 is something done, 收入结构 a notion, whatever is seen of 岗位.
    if is_record(row):
        return True
    patterns = word_patterns()
    lead = patterns["effect_verb"][1].match(row.name)
    thing = row.name[lead.end() :] if lead else row.name
    unseen = _seen_things().sub("", thing)
    if unseen == thing:
        return _SEEN_STATE.match(row.target) is not None
    return not patterns["abstract_noun"][1].search(unseen)
