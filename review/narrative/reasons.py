"""What a report says of why points were lost: which sentences belong together, and what is left.

A sentence on a shortfall and those that follow it up to the next item are read together. Clauses
that count points, tell the shortfall or promise a measure give no reason; of the others something
must be left without empty words (`review.facts.empty_words`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.report import Report
from corpus.report.sentences import Sentence
from review.facts.empty_words import what_is_said
from review.narrative.places import EXECUTION, telling_pairs
from review.narrative.results import results

DEDUCTED = re.compile(r"[扣失减丢掉罚](?:除|减|了|掉)*[^,。;、]{0,3}?\d+(?:\.\d+)?分")
SHORTFALL = re.compile(
    r"[扣减丢掉罚](?:除|减|了|掉)*[^,。;、]{0,3}?\d(?:\.\d+)?分?|[扣丢失减]分|(?:未|没有?|尚未)(?:能)?[^,。]{0,4}?(?:完成|达|实现|实施|建成|开工|到位|落实|交付|投用)|低于|少于|小于|晚于|不足(?!额)"
    r"|(?:少|差|低)[^,。]{0,3}?\d|比(?:年[初度])?(?:计划|目标|预期)|目标|完成(?:率|任务)|偏[差离低少慢]|达标|指标|计划"
)
REASON = re.compile(
    r"原因(?:是|为|在于|有|:|主要)|由于|所致|(?<!原)因(?![此素果])|受[^,。]{0,20}(?:影响|制约|限制|所限)"
    r"|[,。;](?:主要)?(?:系(?!统)|属)|[,。;]主要(?:是|为)|系[^,。]{2,12}(?:造成|导致|结果)|考虑到|究其"
)
_EXCUSE = re.compile(r"正常|客观|据实|合理|困难|,(?:是|为)|不够|不足|难度")
_NEXT_ITEM = re.compile(
    r"^(?:【[^】]{1,24}】 ?)?(?:[^,。:]{0,16}(?:问题|原因)[^,。:]{0,6}:)?\W*"
    r"(?:[一二三四五六七八九十]+[是、要]|[甲乙丙丁戊壹贰叁肆伍陆]、"
    r"|[头再又另][有一]+[处项件桩点],?|第[一二三四五六七八九十](?=[,，、:：是])|其[一二三四]|\(?[一二三四五六七八九十\d]{1,2}[)、.]"
    r"|\d+(?:\.\d+)+|[①-⑳])"
)
_ANNOUNCED = re.compile(
    r"^\W*[^,。:;]{2,18}[:。](?=(?:[一二三四五六七八九十]+是|其[一二三四]|第[一二三四五]|\(?[一1][)、.]|①))"
)
"""What leads a list of items: 没做好的有三点：一是……."""
_JOINS = re.compile(r"^\W*(?:主要|原因|分析|该|这|上述|由于|因|具体|究其)")
_SENTENCE = re.compile(r"[^。!?;]+[。!?;]?")
_ACCOUNT = re.compile(r"等级|得分|\d分、")
"""A sentence that lists scores."""
_CLAUSE = re.compile(r"[,，。;；:：()（）【】]")
_TITLE_LIKE = re.compile(
    r"(?:[偏过较不]?[高低慢少大弱差]|超[标支出期限]|上升|增多|下降|滞后|缓慢|不[足够高快好]|不到位|不理想|不达标|有(?:差距|空档|缺口))$"
)
"""How a first clause ends that only names the shortfall."""
_GAP_TOLD = re.compile(
    r"[欠缺少差短晚][^,。]{0,4}?\d|还有\d[^,。]*[没未]|[高低]出?\d[\d.]*个?百分点"
)
"""What a clause right before the points it cost tells: the gap, not its cause."""
_LESS = (
    r"(?:仍|还|尚|均|暂|略|稍|有)*(?:(?:未|没有?|尚未)(?:能|有)?(?:全部|完全|如期|按期|按时|足额)?(?:完成|达到?|实现|落实|到位|达标|达成|满足|竣工|完工|开工|建成|投用)"
    r"|存在(?:一定|较大)?的?(?:滞后|不足|差距|偏差|欠缺)|超过|高于|大于|低于|少于|小于|不及|比[^,。]{0,8}?(?:略|稍|偏)?[少低小]|(?:推进|进展|进度)?(?:较|偏|比较)?(?:缓慢|慢|滞后)|(?:还)?(?:需|有待)(?:进一步)?(?:提[高升]|加强|改进|完善)"
    r"|(?:与|同|离|距|较)[^,。]{0,10}(?:差距|距离|偏差|出入)|不足|偏[低少慢])"
)
_RESTATED = re.compile(
    r"^(?:主要)?(?:原因|因素)?(?:就?是|为|在于|主要|由于|因为?|系|属)*(?:部分|个别|一些|少数|实际|本年|全年)*"
    rf"(?P<noun>[\u4e00-\u9fff]{{0,14}}?){_LESS}(?:年初|年度|既定|设定|预定|相关|规定|预期|计划|目标|任务|要求|标准|指标|数量|控制|上限|现象|情况|问题|数|值|的|所致|造成|导致)*$"
)
"""A clause that tells the shortfall again in place of its cause."""
_UNDONE = re.compile(
    r"(?:未|没有?|尚未|不)(?:能|有)?[^,。]{0,12}?(?:完成|达到?|完工|开工|竣工|实现|到位|满|全(?=$)|同步|一致|[降升提][低高]?到)"
    r"|(?:少|低|短|小|多|高|大|晚|迟)于|比[^,。]{1,12}[少低多高短晚大小]|不[及足如]|不[够太很]?(?:理想|好|佳|高)|(?:差[距额异]|距离|出入|缺口|偏差|落差|空间|欠缺)"
)
"""What was not done, or how far the result is from the plan, however it is told."""
_LED_TO = re.compile(
    r"(?:导致|造成|致使)?(?:未|没有?|尚未)(?:能|有)?(?:全部|完全|如期|按期|按时|足额)*(?:完成|达到?|实现|落实|到位|达标|达成|建成|开工|完工|交付|投用|开展|举办|验收)$"
)
_LACKS = re.compile(
    r"(?:没有|缺[少乏]|未(?:设[置定]?|列入?|建立|编制|制定|安排|细化|考虑|区分|开展|提前|及时|约定|征求))(?![能达完实如按全落])[\u4e00-\u9fff]{3,}"
)
"""Something that was not there or not done: a cause by itself."""
_GENERAL = re.compile(
    r"(?:数量?|人数|户数|任务|进度|工作|情况|指标|率|比例|值|额|程度|目标|次数|面积|幅度|效果|质量|农户|住户|对象|点位)$"
)
_MEASURE = re.compile(
    r"^\W*(?:(?:改进|整改)?措施[是为:]|今后|下一?步|以后|后续|将|拟|继续|争取|力争|尽快|督促|进一步|切实|要|由[\u4e00-\u9fff]{2,20}[在于把将负牵组]|自20\d\d年[^,]*起)"
)
_RESULT = re.compile(r"^[^未没不因]*\d(?:%|[\u4e00-\u9fff]{1,3})$")
"""A result that the next clause compares with its target."""
_OTHER_RESULT = re.compile(
    r"^[^,。;只仅才没无不未停缺因]*\d(?:%|(?![天月日次])[\u4e00-\u9fff]{1,3})?[。;]?$"
)
"""A sentence that gives one more result."""
_OTHERS = re.compile(r"^\W*(?:其余|其[他它]|除此)")
_LEADING = 8
_NAME_CHARS = 30
"""A sentence longer than this runs on from the heading it begins with."""
_ENOUGH, _ENOUGH_MARKED = 3, 2
"""Characters that must be left of all clauses, fewer where a word for a reason leads to them."""


@dataclass(frozen=True)
class Item:
    """Sentences that speak of one matter."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """Return the sentences as one text."""
        return "".join(sentence.text for sentence in self.sentences)


def items(report: Report) -> Iterator[Item]:
    """Yield the items of a report in order; tables are left out."""
    starts = {paragraph.start for paragraph in report.paragraphs}
    heads = {section.start for section in report.sections}
    names = {section.start for section in report.sections if section.kinds}
    gathered: list[Sentence] = []
    for sentence in report.sentences:
        if sentence.in_table:
            continue
        begins = sentence.start in starts and not _JOINS.match(sentence.text)
        after_head = bool(gathered) and gathered[-1].start in heads
        is_next = (begins and not after_head) or sentence.start in heads
        is_next = is_next or _is_further(sentence, gathered)
        if gathered and (is_next or _NEXT_ITEM.match(sentence.text)):
            yield Item(tuple(gathered))
            gathered = []
        is_name = sentence.start in names and len(sentence.text) <= _NAME_CHARS
        if not is_name or SHORTFALL.search(sentence.text):
            gathered.append(sentence)
    if gathered:
        yield Item(tuple(gathered))


def _is_further(sentence: Sentence, gathered: list[Sentence]) -> bool:
    """Tell whether a sentence takes points off where those before it already did."""
    if not DEDUCTED.search(sentence.text) or REASON.search(f",{sentence.text}"[:_LEADING]):
        return False
    return any(DEDUCTED.search(one.text) for one in gathered)


def known_matters(report: Report, names: Collection[str] = ()) -> frozenset[str]:
    """Return pairs of characters that name what the project was to do: no reason by themselves.

    They are taken from `names` of indicators and from what stands beside 目标.
    """
    told = [*names, *(result.name for result in results(report))]
    for sentence in report.sentences:
        if REASON.search(sentence.text) or DEDUCTED.search(sentence.text):
            continue
        if report.is_within(sentence.start, "problems", "deviation", "measures"):
            continue
        clauses = _CLAUSE.split(sentence.text)
        if report.is_within(sentence.start, "goals") or clauses[0].startswith("年度目标"):
            told += clauses
            continue
        for place, clause in enumerate(clauses):
            if "目标" in clause:
                told += clauses[max(0, place - 1) : place + 1]
    return frozenset().union(*map(telling_pairs, told))


def unnumbered(text: str) -> str:
    """Return a sentence without the number of the item that it begins (一是, 4.1), to be quoted."""
    return _NEXT_ITEM.sub("", text).strip()


def subject_of(text: str) -> set[str]:
    """Return the pairs of characters that say what a shortfall is about."""
    found: set[str] = set()
    first: set[str] = set()
    for clause in _CLAUSE.split(text):
        if REASON.search(f",{clause}"):
            continue
        pairs = telling_pairs(what_is_said(clause))
        first = first or pairs
        if SHORTFALL.search(clause):
            found |= pairs
    return found or first


def tells_reason(text: str, known: Collection[str]) -> bool:
    """Tell whether sentences on a shortfall say why; `known` holds pairs that name the matter."""
    text = _ANNOUNCED.sub("", text)
    told = (_NEXT_ITEM.sub("", one) for one in _of_matter(text) if not _is_other_result(one))
    clauses = _CLAUSE.split("".join(one for one in told if not _MEASURE.match(one)))
    missed = [SHORTFALL.search(c) or DEDUCTED.search(c) for c in clauses]
    short = [
        bool(found and not REASON.search(f",{c}")) for found, c in zip(missed, clauses, strict=True)
    ]
    if len(clauses) > 1 and _TITLE_LIKE.search(clauses[0]) and not REASON.search(f",{clauses[0]}"):
        short[0] = True
    for place, (clause, following) in enumerate(pairwise(clauses)):
        if DEDUCTED.search(following) and _GAP_TOLD.search(clause):
            short[place] = not REASON.search(f",{clause}")
    matter = set(known)
    for clause, is_short in zip(clauses, short, strict=True):
        if is_short:
            matter |= telling_pairs(what_is_said(clause))
    if any(_LACKS.search(one) and not _is_restated(one, matter) for one in clauses):
        return True
    short = [s or _is_restated(c, matter) for c, s in zip(clauses, short, strict=True)]
    left = marked = 0
    for place, clause in enumerate(clauses):
        following = clauses[place + 1] if any(short[place + 1 : place + 2]) else ""
        is_result = _RESULT.search(clause) and following and not what_is_said(following, known)
        if short[place] or is_result or _is_other(clause):
            continue
        marked |= bool(REASON.search(f",{clause}"))
        left += len(what_is_said(_cause(clause), matter))
    return left >= (_ENOUGH_MARKED if marked else _ENOUGH)


def _cause(clause: str) -> str:
    """Return a clause without what a word for a reason follows and the shortfall it led to."""
    match = REASON.search(f",{clause}")
    return _LED_TO.sub("", clause[max(0, match.start() - 1) :]) if match else clause


def _of_matter(text: str) -> list[str]:
    """Return the sentences of an item without one on the execution rate that follows others."""
    first, *others = _SENTENCE.findall(text) or [""]
    if EXECUTION.search(first):
        return [first, *others]
    return [first, *(one for one in others if not EXECUTION.search(one))]


def _is_restated(clause: str, matter: Collection[str]) -> bool:
    """Tell whether a clause only tells the shortfall again: 原因是救助人数比预计数略少."""
    rest = _UNDONE.sub("#", clause)
    if rest != clause and len(what_is_said(rest, matter)) < _ENOUGH:
        return True
    match = _RESTATED.match(clause.strip())
    if match is None:
        return False
    noun = match["noun"]
    return not noun or bool(_GENERAL.search(noun)) or bool(telling_pairs(noun) & set(matter))


def _is_other_result(sentence: str) -> bool:
    """Tell whether a sentence lists scores or gives another result."""
    if DEDUCTED.search(sentence):
        return False
    return bool(_ACCOUNT.search(sentence) or _OTHER_RESULT.match(sentence))


def stated_reason(text: str) -> str | None:
    """Return the words that stand for a reason, None where nothing claims to be one."""
    bare = _NEXT_ITEM.sub("", text)
    match = REASON.search(f",{bare}")
    if match is not None:
        return _first(f",{bare}"[match.start() :].strip(",。;"))
    for clause in _CLAUSE.split(bare):
        if _EXCUSE.search(f",{clause}") and not SHORTFALL.search(clause):
            return clause.strip()
    _, *following = _of_matter(bare)
    if following and _RESTATED.match(following[0].strip(" 。;")):
        return _first(following[0])
    if following and SHORTFALL.search(following[0]) and not DEDUCTED.search(following[0]):
        return None if _is_other(following[0]) else _first(following[0])
    return None


def _first(text: str) -> str:
    return re.split("[。;]", text)[0].strip()


def _is_other(clause: str) -> bool:
    """Tell whether a clause is a measure, or on the other indicators."""
    return bool(_MEASURE.match(clause) or _OTHERS.match(clause))
