"""Reads deliverables from a project's own words: action, object, quantity, unit.

“硬化村内道路12公里，新建供水设施20座，6月底前完工” states two quantities (and a deadline).
Only what is written is returned; money, shares, years and places are not deliverables.
`counted` reads a single quantity; here is what the phrases of a sentence share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.target.numerals import to_number
from recommender.benefited import benefited
from recommender.bought_for import places_served
from recommender.clauses import counted_by_year, undated
from recommender.counted import Counted
from recommender.deliverable import COVERS, Deliverable
from recommender.object_words import DEEDS, VILLAGES
from recommender.phrases import divides_work, gathered, is_extent_of, is_share_of, opening_deed
from recommender.project import Project, pairs, texts_of
from recommender.quantities import quantities_in, scaled
from recommender.sentences import plain, title_of
from recommender.served import Served, served
from recommender.wording import count_name, split_end

_SENTENCES = re.compile(r"[^。；;\n！!？?]+")
_CLAUSES = re.compile(r"[^，,：:（）()]+")
_SETTING = re.compile(
    r"^(?:在|从|由|用|以|通过|依托|按照?|为|对|向|使用|赴|委托|联合|会同|帮助|指导)[^\d]*?"
    r"(?=实施|建设|新建|修建|开展|完成|保障|购置|采购|发放|建成|改造|派驻|选派|遴选|(?<![A-Za-z])\d)|"
    r"^在.*?(?=实施|建设|新建|修建|开展|完成)"
)
_NUMBERING = re.compile(r"^\s*[(（]?(?:\d{1,2}|[一二三四五六七八九十])(?:[)）、．]|\.(?!\d))\s*")
_DEED = re.compile(DEEDS)
_JOINT = re.compile(rf"以及|及其|[和及与并]|(?={DEEDS})")
_WORKED_ON = re.compile(r"(?:进行|实施|开展)(改造|维修|修缮|整治|加固|修复|清淤|治理)")
"""What is done to those that are counted: 对8个司法所的调解室进行改造."""
_FOR = re.compile(r"^(?:拟|计划)?[为向给对]")
_GIVEN = re.compile(r"发放|(?:给予|实行|进行)[一-龥]{0,6}(?:补助|补贴|资助|奖补|救助)|每人补助")


def deliverables(project: Project, limit: int) -> list[Deliverable]:
    """Return the quantities of name, goal and description, each measure once, in order."""
    found: dict[tuple[str, str], Deliverable] = {}
    for text in texts_of(project):
        for sentence in _SENTENCES.finditer(text):
            for item in _of_sentence(sentence.group()):
                if not any(_is_again(item, other) for other in found.values()):
                    found.setdefault((item.name, item.unit), item)
            if len(found) >= limit:
                break
    return list(found.values())[:limit]


def _is_again(item: Deliverable, other: Deliverable) -> bool:
    """Tell whether a text promises once more what it promised: so many of the same thing."""
    if (item.value, item.unit) != (other.value, other.unit):
        return False
    mine, known = pairs(item.object), pairs(other.object)
    return 2 * len(mine & known) > min(len(mine), len(known))


def _of_sentence(sentence: str) -> Iterator[Deliverable]:
    """Yield the quantities of a sentence.

    “改造面积35万平方米” speaks of the thing that was counted before it; an effect is no such thing.
    """
    previous: Deliverable | None = None
    text = plain(_NUMBERING.sub("", sentence))
    title = title_of(text)
    for clause in _CLAUSES.finditer(text):
        written = counted_by_year(undated(clause.group().strip()), sentence)
        good = benefited(written)
        reached = [good] if good else places_served(written)
        if reached:
            yield from reached
            continue
        is_part = is_share_of(written)
        done, rest = _served_by(written)
        yield from done
        previous = (done[-1] if len(done) == 1 else None) if done else previous
        for found in _of_clause(rest, previous, title, is_part=is_part):
            previous = previous if found.is_benefit else found
            yield found


def _served_by(clause: str) -> tuple[list[Deliverable], str]:
    """Return the counts of those that the deeds of a clause are for, and what is left of it."""
    found: list[Deliverable] = []
    done, rest = served(clause, list(quantities_in(clause)))
    while done:
        found += map(_of_served, done)
        done, rest = served(rest, list(quantities_in(rest)))
    return found, rest


def _of_served(found: Served) -> Deliverable:
    """Return the count of those that something is done to."""
    return Deliverable(
        split_end(found.deed)[0] if found.deed else COVERS,
        found.object or found.deed,
        scaled(found.number, found.unit),
        (to_number(found.number) or 0.0) * found.unit.scale,
        found.unit.name,
        follows=True,
        called=found.name(count_name(found.unit.name, found.object)),
    )


def _of_clause(
    clause: str, previous: Deliverable | None, title: str, *, is_part: bool
) -> Iterator[Deliverable]:
    """Yield the quantities of a clause; an enumeration shares the action of its first part.

    A clause that divides what was counted before (`is_part`) has none but work of its own.
    """
    action = ""
    whom = clause if _FOR.match(clause) else ""
    for item in gathered(_SETTING.sub("", clause)):
        action = action or opening_deed(item) * (not list(quantities_in(item)))
        for found in _of_item(item, previous, whom, title):
            whole = found if found.action else replace(found, action=action)
            if is_part and not (whole.action or divides_work(whole.object)):
                continue
            if previous and is_extent_of(whole.object):
                continue
            action = _shared(found, item) or action
            previous = previous if whole.is_benefit else whole
            yield whole


def _shared(found: Deliverable, item: str) -> str:
    """Return the action that a deliverable shares with those after it: one before its object."""
    deed = _DEED.search(item) if found.action == COVERS else None
    if deed:
        return deed.group()
    place = item.find(found.action)
    return found.action if 0 <= place < item.find(found.object) else ""


def _of_item(
    text: str, previous: Deliverable | None, whom: str, title: str
) -> Iterator[Deliverable]:
    """Yield the quantities of a phrase without commas.

    `whom` is the clause where it opens with whom the deed is for: 为86所中小学更换摄像头.
    """
    quantities = list(quantities_in(text))
    begin = 0
    for place, (start, number, unit) in enumerate(quantities):
        before = text[begin:start]
        end = quantities[place + 1][0] if place + 1 < len(quantities) else len(text)
        begin = unit.end
        found = Counted(before, text[begin:end], number, unit, previous, title).read()
        if found is None:
            continue
        begin = _end_of(found, before, text, begin, end)
        if not place and not found.action and (whom or found.object == VILLAGES):
            found = _done_for(found, text, whom)
        previous = found
        yield found


def _done_for(found: Deliverable, text: str, whom: str) -> Deliverable:
    """Return the count of those whom a phrase is for, with what is done for them."""
    if _GIVEN.search(text):
        return replace(found, action="补助", follows=True)
    worked = _WORKED_ON.findall(whom)
    if worked:
        return replace(found, action=worked[-1], follows=True)
    return replace(found, action=COVERS) if _DEED.search(text) else found


def _end_of(found: Deliverable, before: str, text: str, start: int, end: int) -> int:
    """Return where the phrase about a deliverable ends; its object may follow the quantity.

    In 12公里村内道路硬化和20座供水设施 the road belongs to the first quantity alone.
    """
    after = text[start:end]
    if found.object[:2] in before or found.object[:2] not in after:
        return start
    joint = _JOINT.search(after, after.find(found.object[:2]) + len(found.object))
    if joint:
        return start + joint.end()
    return start if end < len(text) and after.strip() != found.object else end
