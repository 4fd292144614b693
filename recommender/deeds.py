"""What kinds of deed a text speaks of: building, buying, training, paying.

An indicator of another deed than any the project speaks of (补助按月发放率 for a training course)
belongs to another project, though its object may be the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = {
    "build": r"[新改扩]建|建设|修建|改造|修缮|维修|工程|竣工|完工|交工|通车|施工|造价|硬化|铺设|"
    r"建成|整治|治理|加固|修复|装修|提升",
    "buy": r"购置|采购|购买|配备|配置|更换|更新|到货|装备|安装",
    "train": r"培训|参训|轮训|学员|培育|培养|研修|主体班|班次|教学",
    "pay": r"补助|补贴|发放|资助|救助|奖补|津贴|兑付|抚恤|慰问|奖励|补偿|工资|养老金|低保|助学|"
    r"待遇|生活费|优抚|特困",
    "keep": r"养护|管护|管养|列养|保洁|维护|运维|维保|保养|物业",
    "inspect": r"抽检|检测|监测|检验|筛查|体检|普查|调查|检查|监督|监管|执法|巡查",
    "grow": r"造林|栽植|补植|种植|抚育|养殖|育苗|苗木|成活|繁育|增殖",
    "show": r"宣传|活动|展览|展会|演出|赛事|比赛|招聘会|推介|论坛|会议",
}
_KINDS = {kind: re.compile(words) for kind, words in _WORDS.items()}
_FREE = frozenset({"inspect", "show"})
"""Deeds that go along with many others and say little by themselves."""


@lru_cache(maxsize=16384)
def deeds_of(text: str) -> frozenset[str]:
    """Return the kinds of deed a text speaks of."""
    return frozenset(kind for kind, pattern in _KINDS.items() if pattern.search(text))


def is_of_other_deed(name: str, own: frozenset[str]) -> bool:
    """Tell whether a name speaks only of deeds that are not among a project's own.

    A project that states no deed at all may be anything.
    """
    mine = deeds_of(name) - _FREE
    if not mine:
        return False
    return bool(own - _FREE) and not mine & own
