"""Which figures of a report speak of an indicator: its object and aspect stand right before."""

from __future__ import annotations

import re

from corpus.report import Figure

_BRACKETS = re.compile(r"\([^()]*\)|“|”|\"")
_ASPECT = re.compile(r"(?:数量|个数|人数|户数|次数|套数|期数|面积|里程|长度|规模|总量|总数|数|量)$")
_VERB = re.compile(
    r"(?:已|共|实际|完成|新建|建成|建设|改造|新增|开展|举办|组织|实施|购置|采购|发放|安装|更新|培训|保障|清理|办结)+"
)
_SCOPED = re.compile(
    r"其中|每|人均|分别|第[一二三四\d]|上年|去年|同比|较|比|由|从|增|减|提高|下降|目标|计划|少完成|分值|扣|标准|差|超"
)
_SHARE = re.compile(r"率$|(?:满意|知晓|覆盖|认可|参与)度$")
_MIN_CORE = 3


def core_name(name: str) -> str | None:
    """Return what an indicator counts, without verbs, brackets and the word for the measure."""
    bare = _BRACKETS.sub("", name).strip()
    core = bare if _SHARE.search(bare) else _VERB.sub("", _ASPECT.sub("", bare))
    return core if len(core) >= _MIN_CORE else None


def is_about(figure: Figure, core: str) -> bool:
    """Tell whether the words right before a figure are an indicator's."""
    before = figure.before
    if _SCOPED.search(before):
        return False
    place = before.rfind(core)
    if place < 0:
        return False
    between = before[place + len(core) :]
    return len(between) <= 6 and not re.search(r"[、和及与]", between)
