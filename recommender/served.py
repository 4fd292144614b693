"""Reads whom or what a deed is done to, where the text counts them before it names the deed.

“为80周岁以上老年人2.3万人发放高龄津贴” counts the people, “对一级古树130株、二级古树420株开展体检”
the trees; the deed behind them says what is counted: 老年人高龄津贴发放人数, 一级古树体检数量.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.target.units import UnitMatch
from recommender.condensed import condensed, first_deed, head_of
from recommender.deliverable import COVERS

Quantity = tuple[int, str, UnitMatch]
"""Place, number as written and unit of a quantity in a clause."""
_OPENS = re.compile(r"^(?:免费|统一|分别|同步|继续|拟|计划)*(?P<word>为|对|给|向|在)")
_MANNER = (
    r"(?:免费|统一|同步|分别|集中|全面|定期|逐一|及时|按[年月季]度?|给予|常态化|上门|联合|依法)"
)
_DONE = r"实施|进行|开展|提供|给予|实行|落实|推行|推进"
"""Words that say no more than that something is done."""
_GIVEN = r"发放|兑付|拨付|购买|办理|免除|减免|开设|接种|安装|更换|配备|发送|配送"
_LINK = re.compile(rf"{_MANNER}*(?P<link>{_DONE}|{_GIVEN})(?!的)(?P<what>[^\d]{{2,}})$")
_WORKED = re.compile(
    rf"^对(?P<thing>[^\d]{{2,}}?){_MANNER}*(?:{_DONE})(?P<deed>[^\d、]{{2,8}}?)(?:不少于|不低于|约|共|达)?"
)
"""What is done to something before the extent of it: 对壁画实施数字化采集1500平方米."""
_COUNTED = re.compile(rf"(?:整村|{_MANNER})*(?:{_DONE}|{_GIVEN})(?!的)(?=.*\d)")
"""A deed that has a quantity of its own: 在23个村推进户厕改造3200户."""
_DAILY = re.compile(r"[日月年]均")
_USUAL = re.compile(r"^(?:日常|全面|定期|集中|统一)+(?=[一-龥]{2,4}$)")
_PLAIN_GRANTS = frozenset({"补助", "补贴", "津贴", "救助", "资金"})
_OWNERS = re.compile(r"^(?P<owner>[一-龥]{1,8}(?:[所校院局站村馆园]|中心|[社小]区|小学|中学))的")
"""Whose things are worked on: 8个司法所的调解室 counts 司法所."""
_LATER = re.compile(r"并(?=[一-龥]{2})|，")
_JOINER = re.compile(r"^(?:[、和与及]|以及)|(?:[、和与及]|以及)$")
_SEVERAL = 2
_JOINED = re.compile(r"(?:[、和与及]|以及|共计|合计|共|计)$")
_SUM = re.compile(r"(?:共计|合计|共|计)$")
_SPELLED = re.compile(r"[一二两三四五六七八九十]+(?:剂次|剂|次|批|期|轮|场)$")
_AGAIN = re.compile(rf"(?:{_DONE}|{_GIVEN})[^\d、]{{2,}}(?P<mark>、)(?=\d)")
"""Another number after a deed: 1.1万人提供宫颈癌检查、7500人提供乳腺癌检查."""
_PLACED = frozenset({"在"})
_LONGEST = 17
"""Characters of a name that still reads at a glance."""
_SHORTEST = 4
"""Characters that a deed keeps at least."""
_AREA = re.compile(r"乡镇街道|乡镇|街道|行政村|县区|市县|县|区")
"""Whole areas, in which something is done rather than to them: 对12个乡镇开展公路养护."""
_PLACE_UNITS = frozenset({"个", "所", "家", "处"})
_HOLDING = frozenset({"个", "所", "家", "户", "人", "名"})
"""Units of what can be reached; 42条道路 that hold what is counted say nothing by themselves."""


_SUPPLIED = re.compile(r"^(?:保障|确保|保证)[^\d]{0,8}")
"""Whose supply is kept: 保障院内21家单位正常用电."""
_SUPPLY = re.compile(
    r"(?P<who>[一-龥]{2,6}?)(?:正常|稳定|安全|可靠|持续|应急|日常)*"
    r"(?P<supply>用[电水气热能]|供[电水气热暖]|通行|出行|办公|取暖|上网)(?:需[求要])?$"
)
_MET = re.compile(r"^[^\d]*满足")
_NEED = re.compile(r"(?P<what>[一-龥A-Za-z]{2,10}?)的?(?:需要|需求|用量)$")
"""How much work what is bought is enough for: 满足4500份检材检验需要."""
_HELPED = re.compile(r"^(?P<deed>帮助|指导)(?P<who>[^\d]{2,8})")
_BY_EXPERTS = re.compile(
    r"^(?:组织|邀请|聘请|选派|安排)[一-龥]{0,6}?(?:专家|人员|团队|力量|机构|队伍)(?=[为对给向])"
)
"""Who does it, before whom it is for: 组织专家为60家企业."""
_BODIES = re.compile(r"(?:企业|单位|机构|合作社|商户)$")


@dataclass(frozen=True)
class Served:
    """What is counted, and what is done to it."""

    object: str
    deed: str
    number: str
    unit: UnitMatch

    def name(self, counted: str) -> str:
        """Return the name of its count, shortened in its deed, then in its object, to fit."""
        room = _LONGEST - len(counted)
        deed = self.deed
        if len(self.object) + len(deed) > room:
            shorter = head_of(deed, room - len(self.object))
            deed = shorter if len(shorter) >= _SHORTEST else deed
        thing = _JOINER.sub("", head_of(self.object, room - len(deed)))
        return f"{thing if len(thing) > 1 else ''}{deed}{counted}"


def served(clause: str, quantities: Sequence[Quantity]) -> tuple[list[Served], str]:
    """Return those whom the deed of a clause is for, and what of the clause is left to read.

    Nothing is found where the clause opens in another way, or counts what is done as well.
    """
    meant = _meant(clause, quantities)
    if meant is not None:
        return [meant], ""
    by = _BY_EXPERTS.match(clause)
    if by:
        found, rest = served(clause[by.end() :], _shifted(quantities, by.end()))
        return found, rest if found else clause
    opening = _OPENS.match(clause)
    if opening is None or not quantities:
        return [], clause
    again = _AGAIN.search(clause, quantities[0][2].end)
    if again:
        found, _ = served(clause[: again.start("mark")], quantities[:1])
        rest = f"{opening['word']}{found[0].object if found else ''}{clause[again.end() :]}"
        return found, rest
    worked = _WORKED.fullmatch(clause[: quantities[0][0]])
    if worked:
        _, number, unit = quantities[0]
        thing, deed = condensed(worked["thing"]), _USUAL.sub("", worked["deed"])
        return [Served(thing, deed, number, unit)], clause[unit.end :]
    return _for_whom(clause, opening, quantities)


def _shifted(quantities: Sequence[Quantity], by: int) -> list[Quantity]:
    """Return quantities by their places in the clause without the words that open it."""
    return [
        (start - by, number, UnitMatch(unit.name, unit.scale, unit.end - by))
        for start, number, unit in quantities
    ]


def _for_whom(
    clause: str, opening: re.Match[str], quantities: Sequence[Quantity]
) -> tuple[list[Served], str]:
    """Return those who are counted between the opening word and the deed, and what is left."""
    later = _LATER.search(clause, quantities[0][2].end)
    first = clause[: later.start()] if later else clause
    among = [each for each in quantities if each[2].end <= len(first)]
    if not among or _DAILY.search(first):
        return [], clause
    link = _LINK.search(first, among[-1][2].end)
    if link is None:
        return _where(clause, opening.end(), quantities)
    deed = _deed(link["link"], link["what"])
    things = _things(first[: link.start()], opening.end(), among)
    if not deed or any(thing is not None and len(thing) == 1 for thing, _ in things):
        return [], clause
    found = [
        Served(f"{COVERS}{thing}", "", number, unit)
        if holds
        else _made(opening["word"], thing, deed, number, unit)
        for (thing, holds), (_, number, unit) in zip(things, among, strict=True)
        if thing is not None and (not holds or unit.name in _HOLDING)
    ]
    return found, clause[later.end() :] if later else ""


def _meant(clause: str, quantities: Sequence[Quantity]) -> Served | None:
    """Return whose supply, which need or who is helped, where that is all that a clause counts."""
    if len(quantities) != 1:
        return None
    start, number, unit = quantities[0]
    before, after = clause[:start], clause[unit.end :].strip()
    supply = _SUPPLY.fullmatch(after)
    if supply and _SUPPLIED.fullmatch(before) and unit.name in _HOLDING:
        return Served(f"保障{supply['supply']}{supply['who']}", "", number, unit)
    need = _NEED.fullmatch(after)
    if need and _MET.fullmatch(before):
        return Served("", f"满足{need['what']}", number, unit)
    helped = _HELPED.fullmatch(before)
    if helped and after and unit.name in _HOLDING:
        return Served(f"{helped['deed']}{condensed(helped['who'])}", "", number, unit)
    return None


def _where(clause: str, begin: int, quantities: Sequence[Quantity]) -> tuple[list[Served], str]:
    """Return the places or people among which a deed is counted, and the deed with its count."""
    link = _COUNTED.search(clause, quantities[0][2].end)
    if link is None:
        return [], clause
    among = [each for each in quantities if each[2].end <= link.start()]
    if not all(re.search(r"\d", number) for _, number, _ in among):
        return [], clause
    found = _things(clause[: link.start()], begin, among)
    things = ["行政村" if thing == "村" else thing for thing, _ in found]
    if not all(thing and len(thing) > 1 for thing in things):
        return [], clause
    reached = [
        Served(f"{COVERS}{thing}", "", number, unit)
        for thing, (_, number, unit) in zip(things, among, strict=True)
        if unit.name in _HOLDING
    ]
    return reached, clause[link.start() :]


def _made(word: str, thing: str, deed: str, number: str, unit: UnitMatch) -> Served:
    """Return a count; of places it is where something is done: 生活垃圾分类小区数量."""
    if thing and word in _PLACED and unit.name in _PLACE_UNITS:
        given = re.fullmatch(rf"(?P<thing>.+?)(?P<link>{_GIVEN})", deed)
        return Served(f"{given['link']}{given['thing']}" if given else deed, thing, number, unit)
    if thing and _AREA.fullmatch(thing):
        return Served(f"{COVERS}{thing}", "", number, unit)
    if thing and unit.name == "家" and _BODIES.search(thing):
        return Served("", f"{deed}{thing}", number, unit)
    return Served(thing, deed, number, unit)


def _deed(link: str, what: str) -> str:
    """Return a deed as a noun: 发放高龄津贴 → 高龄津贴发放, 提供宫颈癌检查 → 宫颈癌检查."""
    given = re.fullmatch(_GIVEN, link) is not None
    thing = _SPELLED.sub("", what.removesuffix("工作").removesuffix("服务"))
    thing = _USUAL.sub("", condensed(thing) if given else first_deed(thing))
    if given and thing in _PLAIN_GRANTS:
        return thing if thing != "资金" else "补助"
    if not re.fullmatch(r"[一-龥A-Za-z“”]{2,14}", thing):
        return ""
    return f"{thing}{link}" if given else thing


def _things(text: str, begin: int, quantities: Sequence[Quantity]) -> list[tuple[str | None, bool]]:
    """Return what each quantity counts, and whether it only holds what the next one counts.

    It stands before all of them or behind all of them. Of several with a sum only the sum counts,
    as that of the deed: None stands for the others.
    """
    ends = [begin, *(unit.end for _, _, unit in quantities)]
    before = [text[end:start] for end, (start, _, _) in zip(ends, quantities, strict=False)]
    behind = [*before[1:], text[ends[-1] :]]
    leads = bool(condensed(_bare(before[0])))
    if len(quantities) > _SEVERAL and _SUM.fullmatch(before[-1].strip()):
        return [(None, False)] * (len(quantities) - 1) + [("", False)]
    things: list[tuple[str | None, bool]] = []
    for place, one in enumerate(before if leads else behind):
        thing = condensed(_bare(one)) or (things[-1][0] if things else "")
        inside = not leads and place + 1 < len(quantities)
        things.append((thing, inside and not _JOINED.search(one.strip())))
    return things


def _bare(phrase: str) -> str:
    """Return a phrase without words that join it to others; of an owner's things the owner."""
    owner = _OWNERS.match(phrase)
    if owner:
        return owner["owner"]
    return _SUM.sub("", _JOINER.sub("", _JOINER.sub("", phrase.strip())))
