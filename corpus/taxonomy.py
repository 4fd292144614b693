"""Names of the field: expenditure functions, indicator levels, and how forms write them."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files

from corpus.text import normalise

FUNCTIONS: dict[str, str] = {
    "201": "一般公共服务支出",
    "202": "外交支出",
    "203": "国防支出",
    "204": "公共安全支出",
    "205": "教育支出",
    "206": "科学技术支出",
    "207": "文化旅游体育与传媒支出",
    "208": "社会保障和就业支出",
    "210": "卫生健康支出",
    "211": "节能环保支出",
    "212": "城乡社区支出",
    "213": "农林水支出",
    "214": "交通运输支出",
    "215": "资源勘探工业信息等支出",
    "216": "商业服务业等支出",
    "217": "金融支出",
    "219": "援助其他地区支出",
    "220": "自然资源海洋气象等支出",
    "221": "住房保障支出",
    "222": "粮油物资储备支出",
    "224": "灾害防治及应急管理支出",
    "229": "其他支出",
    "230": "转移性支出",
    "231": "债务还本支出",
    "232": "债务付息支出",
    "233": "债务发行费用支出",
    "234": "抗疫特别国债安排的支出",
}
"""支出功能分类 类: code → name. Source: 政府收支分类科目, as listed in the domain notes."""

LEVELS: dict[str, tuple[str, ...]] = {
    "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
    "产出指标": ("数量指标", "质量指标", "时效指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
"""一级指标 → its 二级指标, both in the order of the form."""

_PARENT = {level2: level1 for level1, group in LEVELS.items() for level2 in group}
_ORDER = {level1: place for place, level1 in enumerate(LEVELS)}
_SUBORDER = {level2: place for place, level2 in enumerate(_PARENT)}

_LEVEL1_WORDS = {
    "成本": "成本指标",
    "产出": "产出指标",
    "产出目标": "产出指标",
    "预期产出": "产出指标",
    "效益": "效益指标",
    "效果": "效益指标",
    "效果目标": "效益指标",
    "预期效益": "效益指标",
    "预期效果": "效益指标",
    "满意度": "满意度指标",
    "满意": "满意度指标",
    "服务对象满意度": "满意度指标",
}
_LEVEL2_WORDS = {
    "成本": "经济成本指标",
    "经济成本": "经济成本指标",
    "产出成本": "经济成本指标",
    "成本控制": "经济成本指标",
    "社会成本": "社会成本指标",
    "生态环境成本": "生态环境成本指标",
    "生态成本": "生态环境成本指标",
    "环境成本": "生态环境成本指标",
    "数量": "数量指标",
    "产出数量": "数量指标",
    "质量": "质量指标",
    "产出质量": "质量指标",
    "时效": "时效指标",
    "产出时效": "时效指标",
    "进度": "时效指标",
    "时间": "时效指标",
    "经济效益": "经济效益指标",
    "经济效果": "经济效益指标",
    "社会效益": "社会效益指标",
    "社会效果": "社会效益指标",
    "生态效益": "生态效益指标",
    "环境效益": "生态效益指标",
    "生态环境效益": "生态效益指标",
    "可持续影响": "可持续影响指标",
    "可持续性影响": "可持续影响指标",
    "可持续发展": "可持续影响指标",
    "可持续性": "可持续影响指标",
    "可持续": "可持续影响指标",
    "影响力": "可持续影响指标",
}
_NUMBERING = re.compile(
    r"^[(]?(?:[一二三四五六七八九十]+|\d+)[)]?[、.:]*|^[a-zA-Z][.、]|^绩效指标[-:—]"
)
_WEIGHT = re.compile(
    r"[(\[【]?(?:权重|分值)?:?\d+(?:\.\d+)?[分%]?[)\]】]?$|[(\[【][^)\]】]*[)\]】]$"
)
_TAIL = re.compile(r"(?:类?指标|类)\d*$")


def _bare(text: str) -> str:
    """Strip what forms add to a level: spaces, numbering, weights, the word 指标."""
    bare = "".join(normalise(text).split())
    previous = None
    while bare != previous:
        previous = bare
        bare = _WEIGHT.sub("", _NUMBERING.sub("", bare)).strip(":-;,、。")
    return _TAIL.sub("", bare)


def _canonical_level2(bare: str) -> str | None:
    if "满意" in bare:
        return "服务对象满意度指标"
    return _LEVEL2_WORDS.get(bare)


@lru_cache(maxsize=4096)
def canonical_levels(level1: str, level2: str) -> tuple[str, str]:
    """Return both levels in the wording of `LEVELS`, whatever the form wrote.

    A known second level decides the first: the older forms' 成本 under 产出 becomes
    成本指标 / 经济成本指标. What is not known is kept as written.
    """
    bare1, bare2 = _bare(level1), _bare(level2)
    known2 = _canonical_level2(bare2)
    if known2 is not None:
        return _PARENT[known2], known2
    known1 = _LEVEL1_WORDS.get(bare1) or ("满意度指标" if "满意" in bare1 else None)
    if known1 is None:
        # Some forms put the second level where the first belongs and leave the second empty.
        moved = _canonical_level2(bare1) if not bare2 else None
        return (_PARENT[moved], moved) if moved else (level1, level2)
    if known1 == "满意度指标" and not bare2:
        return known1, LEVELS[known1][0]
    return known1, level2


def level_order(level1: str, level2: str = "") -> tuple[int, int]:
    """Return a sort key that puts rows in the order of the form, unknown levels last."""
    first, second = canonical_levels(level1, level2)
    return _ORDER.get(first, len(_ORDER)), _SUBORDER.get(second, len(_SUBORDER))


def function_name(code: str | None) -> str | None:
    """Return the name of an expenditure function, or None for an unknown code.

    Deeper codes (款, 项: 2130305) are read by their first three digits.
    """
    return FUNCTIONS.get((code or "").strip()[:3])


@cache
def _keywords() -> tuple[tuple[str, str, int], ...]:
    """Read the keyword table: keyword, function code, weight."""
    table = files("corpus").joinpath("lexicon/function_keywords.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines())
    return tuple((row["keyword"], row["function_code"], int(row["weight"])) for row in rows)


def guess_function_code(text: str) -> str | None:
    """Guess the expenditure function from a department's or project's name.

    Every keyword found votes with its weight; a keyword inside a longer one that is found at the
    same place does not vote. None when nothing votes.
    """
    plain = "".join(normalise(text).split())
    votes: dict[str, int] = {}
    taken: list[tuple[int, int]] = []
    for keyword, code, weight in _keywords():
        start = plain.find(keyword)
        while start >= 0:
            end = start + len(keyword)
            if not any(low <= start and end <= high for low, high in taken):
                taken.append((start, end))
                votes[code] = votes.get(code, 0) + weight
                break
            start = plain.find(keyword, start + 1)
    return max(votes, key=lambda code: (votes[code], -int(code))) if votes else None
