"""Rates that cannot exceed 100%."""

from __future__ import annotations

import re

_BOUNDED = re.compile(
    r"(?:合格|达标|优良|优秀|准确|正确|及时|按时|按期|完好|覆盖|满意|知晓|到位|发放|兑付|成活|保存|接通|"
    r"办结|处置|整改|接种|结业|毕业|就业|入学|巩固|参与|出勤|到课|通过|合规|规范|公开|建档|签约|"
    r"响应|修复|解决|上线|可用|使用|入住|开工|查处|查办|完整|保障|调解|达成|免疫|检疫|治愈|复核)"
    r"(?:率|比例)$|满意度$|满意程度$"
)
_COMPLETION = re.compile(r"(?:完成|完工|竣工|建成|实现|执行|支付|拨付|支出)(?:率|比例)$")
_BEYOND = re.compile(r"拨备|担保|偿债|超额")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def _bare(name: str) -> str:
    """Return a folded name without brackets."""
    return _BRACKETS.sub("", name).strip(" :。")


def is_bounded_rate(name: str) -> bool:
    """Tell whether a folded name is a share that cannot exceed 100%."""
    return not _BEYOND.search(name) and bool(_BOUNDED.search(_bare(name)))


def is_completion_rate(name: str) -> bool:
    """Tell whether a folded name is a rate of completion or spending, planned at 100% at most."""
    return bool(_COMPLETION.search(_bare(name)))
