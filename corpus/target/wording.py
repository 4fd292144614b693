"""Cells without a number: blanks, template residue, and words that mean all or none."""

from __future__ import annotations

import re
from functools import cache

from corpus.target.lexicon import alternatives, read_words
from corpus.target.operators import sign_before
from corpus.target.units import match_unit

_RESIDUE = re.compile(r"[\s,.:;!?、。…·/\\|_＿—–―~<>≤≥≦≧=＝%‰±+\-*×✕✖□■○●◯△☆※#()\[\]{}“”\"'‘’]+")
_MASKED_VALUE = re.compile(
    r"(?:[*×✕□○_＿]{1,}|[XxＸ]{2,}|(?<![A-Za-z])[XxNn](?![A-Za-z]))[0-9*.XxNn×]*"
)
_LONGEST_PLACEHOLDER = 40
_MASKED_YEAR = re.compile(
    r"(?:在|于|[≤<]=?)?(?:20)?[XxY*×_□○]{1,4} ?[年月][0-9XxM*×_□○D年月日底末前内完成至\-~ ]*"
)
_TEMPLATE = re.compile(
    r"(?i:null|none|nan|n/?a|undefined|#(?:ref!|n/a|value!|div/0!|name\?|num!))"
    r"|待定|待填|待补充|待明确|暂无|空白?|略|未填|未填写|无内容|填写|请填写|不适用"
    r"|(?:年度|年初|三级)?(?:指标值|目标值)|指标[0-9一二三]?"
)
_BOUND_AT_END = re.compile(r"(?:以上|以下|以内|左右|之间)?[\s,.、。…/_~\-—()]*$")
_DATE_FRAME = re.compile("(?:年|月|日|前|底|完成|[ .])*")
_ALL = re.compile(
    r"(?:实现|做到|达到)?(?:全面覆盖|全覆盖|全部覆盖|全员覆盖|应(.)尽\1|百分之?百"
    r"|全部(?:[\u4e00-\u9fff]{0,4}(?:完成|完工|到位|覆盖|合格|达标|兑现|发放|落实|及时)|)"
    r"|覆盖(?:全|所有|全部)[\u4e00-\u9fff]{0,6})"
)
_DEGREES = "重大|较大|特大|任何|安全|生产|责任|质量|火灾|交通|群体性|食品|一般|较大及以上"


@cache
def _none() -> re.Pattern[str]:
    """Return the pattern of cells that mean none: 零事故, 未发生重大安全事故, 投诉率为零."""
    incidents = alternatives(read_words("incidents.txt"))
    return re.compile(
        rf"无|没有|零|(?:确保)?(?:无|零|0|不发生|未发生|不出现|杜绝)(?:{_DEGREES}|及以上)*"
        rf"(?:{incidents})(?:发生)?|[^0-9,。;]{{0,12}}(?:为|等于)零"
    )


def is_blank(text: str) -> bool:
    """Tell whether folded text has no letter, digit or Chinese character at all."""
    return not text.strip() or _RESIDUE.fullmatch(text) is not None


def is_placeholder(text: str) -> bool:
    """Tell whether folded text is what a template leaves behind: ≤****000元, XX%, 万亩."""
    if len(text) > _LONGEST_PLACEHOLDER:
        return False
    stripped = text.strip()
    if _TEMPLATE.fullmatch(stripped) or _MASKED_YEAR.fullmatch(stripped):
        return True
    rest, masked = _MASKED_VALUE.subn("", stripped)
    if masked and re.search("[0-9]", rest):
        return False
    sign = sign_before(rest, 0, len(rest))
    if sign is not None and not rest[: sign.start].strip():
        rest = rest[sign.end :]
    if masked and _DATE_FRAME.fullmatch(rest):
        return True
    rest = _BOUND_AT_END.sub("", rest).lstrip(" .…_()")
    if not rest:
        return bool(masked)
    unit = match_unit(rest, 0)
    return unit is not None and unit.end == len(rest) and unit.scale in {1, 10**4, 10**8}


def absolute(text: str) -> float | None:
    """Return 100 where the words mean all (全覆盖), 0 where they mean none (零事故)."""
    text = text.strip(" 。,.;!")
    if _ALL.fullmatch(text):
        return 100.0
    return 0.0 if _none().fullmatch(text) else None
