"""Amounts that a text lists as the parts of a total, before it or behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, islice

from corpus.report import Figure, Report
from corpus.report.leads import Lead, read_lead
from corpus.report.principal import all_statements
from corpus.text import normalise

_SOURCE = re.compile(
    r"中央|省|市|县|区|镇|乡|州|地方|上级|本级|自筹|自有|其他|配套|债券|公益金|捐赠|一般公共预算|政府性基金|转移支付|财力|第[一二三四五\d]批"
)
_RATE = (
    r"(?:[,，;；。]?(?:占[^,，。;；]{2,10}的?|[\u4e00-\u9fff]{0,8}(?:率|进度|比例|占比))"
    r"(?:为|达到?|:|是)*\d+(?:\.\d+)?%)?"
)
_OF_ONE = r"(?:[,，](?:均|全部|全额)(?:为|来自|来源于|系|是|由)[\u4e00-\u9fff]{2,14})?"
_OPENS = re.compile(
    rf"(?:资金)?(?:[,，]每[^,，。]{{1,10}}元)?{_RATE}{_OF_ONE}[,，。;；]?(?P<mark>\((?:其中:?)?|其中[:，,]?|(?:资金)?来源(?:为|包括|:)*:?|:|由(?=[\u4e00-\u9fff])|系(?=[\u4e00-\u9fff])"
    r"|(?:均)?分别(?:为|是|用于)|(?:主要)?(?:包括|用于|含)|一是|的?中[,:]|按[\u4e00-\u9fff]{1,6}?(?:划?分)(?:为|:)*"
    r"|(?:支出|资金|经费|款项|投资|开支|筹资|具体|其)?(?:明细|构成|组成|结构|分布|去向|用途|渠道|来路)(?:如下|分别|包括|为|是|有|:)+"
    r"|分[作为成]?[两二三四五](?:块|部分|笔|个?渠道|路|级|家)(?:来|筹集|承担|出资|安排)?[:,，]|[两二三四五](?:块|部分|笔|个?渠道|路|家)(?:分别)?(?:是|为|:))"
)
_SOURCES = re.compile(
    r"[,，](?P<mark>)(?=(?:中央|省|市|县|区|镇|乡|上级|本级)[\u4e00-\u9fff]{0,14}\d)"
)
"""A list of sources that follows a total without a word to open it."""
_HEADED = re.compile(
    r"^\W*(?:其中)?(?:实际|资金|经费|全年|主要)*(?:支出|开支)(?:内容|范围|明细|构成|去向)?(?:包括|明细|构成|分别?为|为|有|:)+"
)
_OPEN_END = re.compile(r"主要|等(?:支出|费用|方面|项目|用途|。|$|\))|其余|剩余部分|余下")
_AFTER_NAMES = re.compile(r"(?:为|是|系|来自|用于|属于)")
_ONLY_SUM = re.compile(
    r"(?:以上|上述|前述|合|全[市县区省镇乡校院]|总体)?(?:[两二三四五几各](?:项|笔|块|部分|者|家|级|个渠道|个来源|方面))?(?:资金|经费|投入)?"
    r"(?:合计|共计|总计|总共|一共|共有?|累计|合起来|[相累]?加(?:起来|在一起|总)?|计)+(?:为|是|有|达|得|正好|:)*"
)
"""Words before an amount that only say it is the sum of those before it."""
_SUMS = re.compile(r"(?:规模为?|总额为|合计|共计|总计|总额|两批共|三批共|总共|累计共)")
_STOPS = re.compile(r"另|追加|调[增减]|较|比|结余|年末|未[支使执]|执行率")
_INNER = re.compile(r"其中|含|包括")
_MIN_PARTS, _MANY, _NEAR = 2, 3, 0.8
_SHARE, _MOST = 0.001, 0.02
_AHEAD = 64
_LEAST, _MOST_OF = 0.7, 1.6
"""Share of a total that sources must have which no word calls its parts."""
_AWAY = 2
"""Sentences before its parts in which a whole may be stated."""
_MOST_PARTS, _LINES = 8, 4
_REACH = 400
"""Characters behind a total within which its list must end."""


@dataclass(frozen=True)
class FundList:
    """A total with the amounts listed as its parts."""

    total: Figure
    parts: tuple[Figure, ...]
    is_complete: bool
    """Whether the list claims to be whole, so that less than the total is a fault too."""

    @property
    def sum(self) -> float:
        """Return the parts added up, in 万元."""
        return sum(figure.wan or 0.0 for figure in self.parts)

    @property
    def share(self) -> float:
        """Return what share of the total the parts make up."""
        return self.sum / (self.total.wan or 1.0)

    @property
    def quoted(self) -> str:
        """Return the parts as the text writes them."""
        return "、".join(figure.text for figure in self.parts)

    @property
    def is_off(self) -> bool:
        """Tell whether the parts cannot make up the total, roundings allowed for."""
        wan = self.total.wan or 0.0
        steps = step_wan(self.total) + sum(map(step_wan, self.parts)) / 2
        slack = _SHARE * wan + min(steps, _MOST * wan)
        if len(self.parts) < _MIN_PARTS:
            return False
        begun = accumulate(figure.wan or 0.0 for figure in self.parts)
        if any(abs(value - wan) <= slack for value in islice(begun, 1, None)):
            return False  # what follows is no part of it any more
        return self.sum > wan + slack or (self.is_complete and self.sum < wan - slack)


def step_wan(figure: Figure) -> float:
    """Return the rounding step of an amount in 万元."""
    return figure.step * (figure.wan or 0.0) / figure.value if figure.value else 0.0


def fund_lists(report: Report) -> Iterator[FundList]:
    """Yield the totals of a text that have parts listed beside them."""
    money = [f for f in report.figures if f.wan is not None and not f.in_table and f.is_exact]
    for place, total in enumerate(money):
        behind = normalise(report.text[total.end : total.end + _AHEAD])
        opened = _OPENS.match(behind)
        if opened:
            yield from _behind(report, money, place, opened)
        elif (unopened := _SOURCES.match(behind)) and not read_lead(total.before).scope:
            found = _behind(report, money, place, unopened)
            yield from (one for one in found if _LEAST <= one.share <= _MOST_OF)
        elif _ONLY_SUM.fullmatch(total.before):
            yield from _closed(money, place)
        elif _SUMS.search(total.before):
            yield from _before(money, place)
    yield from _headed(report, money)
    yield from _chained(report, money)


def _chained(report: Report, money: Sequence[Figure]) -> Iterator[FundList]:
    """Yield amounts of parts that stand in one sentence, with the whole they nearly make up.

    No word need say that they are its parts; a whole that they do make up clears them.
    """
    wholes = [
        item.figure
        for item in all_statements(report)
        if not item.scope and item.quantity in ("budget", "initial_budget", "allocated", "executed")
    ]
    for sentence in report.sentences:
        inside = [f for f in money if sentence.start <= f.start < sentence.end]
        parts = [f for f in inside if f not in wholes and _is_part(f)]
        if len(parts) < _MIN_PARTS or _OPEN_END.search(sentence.text):
            continue
        first = inside.index(parts[0])
        if inside[first : first + len(parts)] != parts:
            continue  # no list: other amounts stand between them
        if len(parts) < _MANY and not all(_SOURCE.search(f.before) for f in parts):
            continue
        if any(not FundList(f, tuple(parts), True).is_off for f in inside if f not in parts):
            continue  # the sentence gives their sum
        near = [f for f in wholes if -_AWAY <= f.sentence - parts[0].sentence <= 1]
        listed = [FundList(whole, tuple(parts), True) for whole in near]
        if listed and all(one.is_off and _LEAST <= one.share <= _MOST_OF for one in listed):
            yield listed[-1]


def _is_part(figure: Figure) -> bool:
    lead = read_lead(figure.before)
    return bool(lead.scope) and not _STOPS.search(figure.before) and lead.kind != "rate"


def _headed(report: Report, money: Sequence[Figure]) -> Iterator[FundList]:
    """Yield what a sentence lists as all that was spent: 支出包括：……."""
    spent = [s.figure for s in all_statements(report) if s.quantity == "executed" and not s.scope]
    for sentence in report.sentences:
        if sentence.in_table or not _HEADED.match(sentence.text):
            continue
        parts = [f for f in money if sentence.start <= f.start < sentence.end]
        before = [figure for figure in spent if figure.start < sentence.start]
        if before and len(parts) >= _MANY and before[-1] not in parts:
            is_open = _OPEN_END.search(sentence.text) or "主要" in sentence.text
            yield FundList(before[-1], tuple(parts), not is_open)


def _behind(
    report: Report, money: Sequence[Figure], place: int, opened: re.Match[str]
) -> Iterator[FundList]:
    """Yield the list that opens right behind a total."""
    total, mark = money[place], opened["mark"]
    end = _list_end(report, total, mark, opened.start("mark"))
    parts: list[Figure] = []
    for figure in money[place + 1 :]:
        if figure.start >= end:
            break
        lead = read_lead(figure.before)
        if _is_nested(report.text[total.end : figure.start], mark):
            continue
        if figure.before.endswith("项目支出") and parts and "基本支出" in parts[-1].before:
            yield FundList(total, (*parts, figure), True)  # the two make up all of a department's
            return
        is_first = not parts and "其中" in mark
        if (not is_first and _ends(figure, lead, bool(parts))) or (figure.wan or 0) >= (
            total.wan or 0
        ) * 1.5:
            break
        if lead.kind == "executed" and not lead.scope and parts:
            continue  # what was spent of the part before it
        if is_first or lead.scope or _AFTER_NAMES.match(figure.after) or lead.is_given:
            parts.append(figure)
    words = normalise(report.text[total.end : end])
    yield FundList(total, tuple(parts), _is_complete(total, parts, mark, words))


def _list_end(report: Report, total: Figure, mark: str, gap: int) -> int:
    """Return where a list ends: at the closing bracket, else with the sentence."""
    text = report.text
    limit = min(len(text), total.end + _REACH)
    if mark.startswith("("):
        depth = 0
        for place in range(total.end, limit):
            depth += (text[place] in "（(") - (text[place] in "）)")
            if depth == 0 and text[place] in "）)":
                return place
        return total.end
    start = total.end + max(gap, 2)  # a full stop may stand before 其中
    stops = [text.find(mark, start, limit) for mark in "。\n"]
    return min([stop for stop in stops if stop >= 0], default=limit)


def _is_nested(between: str, mark: str) -> bool:
    """Tell whether a figure stands in a bracket within the list."""
    depth = sum(between.count(char) for char in "（(") - sum(between.count(char) for char in "）)")
    return depth > mark.startswith("(")


def _ends(figure: Figure, lead: Lead, is_open: bool) -> bool:
    """Tell whether a figure no longer belongs to the list: it is of the whole again."""
    if _STOPS.search(figure.before):
        return True
    if lead.scope or lead.is_given:
        return False
    if lead.kind == "executed":
        return not is_open or bool(re.search(r"实际|全年|年度|累计|总|项目", figure.before))
    return lead.kind in ("budget", "initial_budget", "allocated", "surplus", "saved")


def _is_complete(total: Figure, parts: list[Figure], mark: str, words: str) -> bool:
    """Tell whether a list names all parts: all sources, or nearly all of the total."""
    if not parts or _OPEN_END.search(words) or "主要" in mark or "等" in parts[-1].after:
        return False
    if all(_SOURCE.search(figure.before + figure.after[:8]) for figure in parts):
        return len(parts) >= _MIN_PARTS
    wan = total.wan or 0.0
    near = sum(figure.wan or 0.0 for figure in parts) >= _NEAR * wan
    is_list = "其中" not in mark
    return (near and len(parts) >= _MANY) or (near and is_list)


def _closed(money: Sequence[Figure], place: int) -> Iterator[FundList]:
    """Yield the amounts of one sentence that a bare sum closes, whoever gives them.

    Some of them may be parts of others, so any of them that make up the sum clear it.
    """
    total = money[place]
    near = money[max(0, place - _MOST_PARTS) : place]
    parts = [f for f in near if f.sentence == total.sentence]
    if not parts:
        parts = [
            f for f in near if total.sentence - f.sentence <= _LINES and read_lead(f.before).scope
        ]
    listed = FundList(total, tuple(parts), True)
    if len(parts) < _MIN_PARTS or not _LEAST <= listed.share <= _MOST_OF:
        yield from _before(money, place)
        return
    groups = (some for size in range(2, len(parts)) for some in combinations(parts, size))
    if not any(abs(FundList(total, some, True).share - 1) <= _SHARE for some in groups):
        yield listed


def _before(money: Sequence[Figure], place: int) -> Iterator[FundList]:
    """Yield the amounts that a sum closes: 中央210万元、省级120万元，共计330万元."""
    total = money[place]
    kind = read_lead(total.before).kind
    listed = [
        figure
        for figure in money[max(0, place - 12) : place]
        if total.sentence - 1 <= figure.sentence <= total.sentence
    ]
    leads = [read_lead(figure.before) for figure in listed]
    spent = [f for f, lead in zip(listed, leads, strict=True) if lead.kind == "executed"]
    parts = spent if kind == "executed" else [f for f in listed if f not in spent]
    top = _outer(parts)
    if len(top) < _MIN_PARTS or not all(_SOURCE.search(f.before) for f in top):
        return
    if any(FundList(total, tuple(some), True).is_off is False for some in (parts, top)):
        return
    yield FundList(total, tuple(top), True)


def _outer(parts: list[Figure]) -> list[Figure]:
    """Return amounts without those that 其中 lists within one of them, up to the semicolon."""
    found: list[Figure] = []
    inner: int | None = None
    for figure in parts:
        if _INNER.search(figure.before) and found:
            inner = figure.sentence
        if inner != figure.sentence:
            found.append(figure)
            inner = None
    return found
