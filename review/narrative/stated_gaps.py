"""Gaps and contents that must follow from plan and result: 少修5眼 where 23 of 28 were done.

A gap that the text states is the plan less the result of the same thing. What the account of the
project says it consists of is the plan, or what was done of it. Both are compared with the pairs of
plan and result that the text and the rows state.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.report import Figure, Report
from corpus.target.lexicon import read_words
from corpus.target.units import comparable, is_money, to_base
from models.segment import words
from review.context import ReviewContext
from review.narrative.places import telling_pairs
from review.narrative.results import results
from review.wording import number

_GAP = re.compile(
    r"(?:(?:少|差|缺|偏[低高少多])(?:[于了出]|目标|计划|任务|[\u4e00-\u9fff]{1,3})?"
    r"|(?:超出?|高|低|短|多)(?:[于了出过](?:目标|计划|任务)?)?)$"
)
_NO_GAP = re.compile(
    r"(?:减少|至少|不少|最少|多少|提高|不[低高超]|同比|上年|去年|[比较由从](?!目标|计划|年初))"
)
_PART = re.compile(
    r"其中|[每抽均未原余]|现[有共]|已有|走访|调查|问卷|访问|查[看阅]|核[查对实]|抽|检查|户均|存量|累计|超过|以上|约$|第$|其余|另"
)
_IDLE_END = re.compile(r"(?:年度|计划|目标|应|的)+$")
_OF_TIME = frozenset(
    {"分", "天", "年", "个月", "月", "日", "小时", "分钟", "工作日", "%", "个百分点"}
)
_POINT = "百分点"
_MIN_SHARED = 2
_MIN_WORD = 2
_NEAR = 6
"""Characters behind a count that may name what it counts."""
_NAMED = re.compile(r"(?!以[上下内]|左右|多|的|目标|计划)[\u4e00-\u9fff]+")
_DOES = re.compile(
    r"部署|安装|建|设[立置]|开展|发放|实施|改造|走访|组织|使用|参[与加]|完成|采购|配备|覆盖|受益|中|内|的|已|均|都|共|全"
)
"""Words behind which a noun no longer names what is counted."""
_PLACED = re.compile(r"[在于对向为到]$")
_STEP = re.compile(
    r"先|首|部分|其中|每|再|新|增|另|抽|余|批|后|至少|不少于|有|已|[—\-~至到第]$|目标|提高|下降|扩|分别|各|剩|也|还"
)
"""Words of a part, a further step or another matter."""
_BEFORE, _LEAST = 10, 0.5
_ROUNDING, _EXACT = 0.005, 1e-6


@dataclass(frozen=True)
class Pair:
    """What was planned and what was done of one thing."""

    name: str
    target: float
    actual: float
    """Both in the base unit."""
    unit: str | None
    figures: tuple[Figure, ...] = ()
    """Where the text states them; none for a row of the table."""

    @property
    def gap(self) -> float:
        """Return how far the result is from the plan."""
        return abs(self.target - self.actual)


@dataclass(frozen=True)
class Conflict:
    """A figure that plan and result of the same thing do not allow."""

    figure: Figure
    pair: Pair
    is_gap: bool

    @property
    def subject(self) -> str:
        """Return what the figure is about."""
        name = _IDLE_END.sub("", self.pair.name)
        return f"{name}的差额" if self.is_gap else name

    @property
    def quoted(self) -> str:
        """Return what plan and result say instead, in the figure's own unit."""
        scale = self.figure.base[0] / self.figure.value
        if self.is_gap:
            return f"{number(self.pair.gap / scale)}{self.figure.unit}（目标与实际相差）"
        planned, done = (number(v / scale) for v in (self.pair.target, self.pair.actual))
        return f"目标{planned}、实际{done}{self.figure.unit}"


def pairs(context: ReviewContext, report: Report) -> list[Pair]:
    """Return what text and rows state as planned and done."""
    found = [
        Pair(
            one.name,
            one.target.base[0],
            one.actual.base[0],
            one.actual.unit,
            (one.target, one.actual),
        )
        for one in results(report)
        if one.target is not None
    ]
    for row in context.rows:
        done = row.actual
        if done is None or done.value is None or row.parsed.value is None or done.parts:
            continue
        target = to_base(row.parsed.value, row.parsed.unit or done.unit)[0]
        found.append(Pair(row.name.text, target, to_base(done.value, done.unit)[0], done.unit))
    return found


def wrong_gaps(report: Report, known: Sequence[Pair]) -> Iterator[Conflict]:
    """Yield stated gaps that are not plan less result of the one thing they are about."""
    for figure in report.figures:
        if not _is_gap(figure):
            continue
        alike = [
            pair
            for pair in known
            if pair.unit is not None
            and comparable(pair.unit, "%" if figure.unit == _POINT else figure.unit)
            and figure not in pair.figures
            and _about(figure) & telling_pairs(pair.name)
        ]
        scale = figure.base[0] / figure.value if figure.value else 1.0
        gaps = {pair.gap / scale: pair for pair in alike}
        slack = max(figure.step, _ROUNDING * figure.value) / 2 + 1e-9
        if gaps and all(abs(gap - figure.value) > slack for gap in gaps):
            gap, pair = next(iter(gaps.items()))
            if len(gaps) == 1 and gap:
                yield Conflict(figure, pair, is_gap=True)


def _is_gap(figure: Figure) -> bool:
    """Tell whether a figure is told as the distance of a result from its plan."""
    if figure.in_table or not figure.is_exact or figure.unit == "分" or not figure.value:
        return False
    if is_money(figure.unit) and "/" not in figure.unit:
        return False
    if figure.unit == "%" or _NO_GAP.search(figure.before):
        return False
    return bool(_GAP.search(figure.before))


def _about(figure: Figure) -> set[str]:
    """Return the pairs of characters that tell what a gap is of."""
    lead = figure.clause.partition(figure.before + figure.text)[0]
    near = re.split(r"[;。]", lead)[-1][-24:]
    own = telling_pairs(figure.before)
    return own if len(own) > 1 else own | telling_pairs(near)


def wrong_contents(report: Report, known: Sequence[Pair]) -> Iterator[Conflict]:
    """Yield counts in the account of the project that are neither planned nor done.

    Counts of one thing that make up the plan together are its parts.
    """
    first = min((f.start for pair in known for f in pair.figures), default=len(report.text))
    for figure in report.figures:
        if figure.start < first and _is_content(report, figure):
            alike = [pair for pair in known if _same(figure, pair)]
            if len(alike) != 1 or _is_allowed(report, figure, alike[0]):
                continue
            if not _repeats(figure, alike[0].gap):  # 涉及2个网点 may be the two not built
                yield Conflict(figure, alike[0], is_gap=False)


def wrong_remedies(report: Report, known: Sequence[Pair]) -> Iterator[Conflict]:
    """Yield counts of what is to be made up for that nearly are the gap, told nowhere else.

    少改18户 is made up for by changing 18, by fewer in a first step, not by 16.
    """
    told = Counter((figure.base, figure.unit) for figure in report.figures)
    for figure in report.figures:
        if not report.is_within(figure.start, "measures", "problems", "deviation"):
            continue
        if not _is_countable(figure) or told[figure.base, figure.unit] > 1:
            continue
        if _STEP.search(figure.before[-_BEFORE:]) or _GAP.search(figure.before):
            continue
        alike = [pair for pair in known if _same(figure, pair)]
        if len(alike) != 1 or not alike[0].gap or _is_allowed(report, figure, alike[0]):
            continue
        share = figure.base[0] / alike[0].gap
        if _LEAST <= share <= 1 / _LEAST and not _repeats(figure, alike[0].gap):
            yield Conflict(figure, alike[0], is_gap=True)


def _is_allowed(report: Report, figure: Figure, pair: Pair) -> bool:
    """Tell whether a count repeats plan or result, alone or with the others of its sentence."""
    beside = [f for f in report.figures if f.sentence == figure.sentence and f.unit == figure.unit]
    whole = sum(one.base[0] for one in beside)
    allowed = (pair.target, pair.actual)
    return any(_repeats(figure, one) or abs(whole - one) < _EXACT for one in allowed)


def _repeats(figure: Figure, value: float) -> bool:
    scale = figure.base[0] / figure.value
    return abs(figure.base[0] - value) <= max(figure.step * scale / 2, _ROUNDING * figure.base[0])


def _is_content(report: Report, figure: Figure) -> bool:
    """Tell whether a figure counts what the project consists of."""
    if not _is_countable(figure):
        return False
    if _PART.search(figure.before) or _NO_GAP.search(figure.before):
        return False
    return not report.is_within(
        figure.start, "funds", "organisation", "completion", "problems", "deviation", "measures"
    )


def _is_countable(figure: Figure) -> bool:
    if figure.in_table or not figure.is_exact or figure.unit in _OF_TIME or not figure.value:
        return False
    return not (is_money(figure.unit) or "/" in figure.unit or figure.year == -1)


@lru_cache(maxsize=1)
def _general() -> frozenset[str]:
    return frozenset(read_words("general_nouns.txt"))


def _nouns(text: str) -> set[str]:
    found = set(words(re.sub(r"[^\u4e00-\u9fff]", " ", text)))
    return {one for one in found if len(one) >= _MIN_WORD and one not in _general()}


def _same(figure: Figure, pair: Pair) -> bool:
    """Tell whether a count of the contents is of what a pair is about."""
    if pair.unit is None or not comparable(pair.unit, figure.unit):
        return False
    own = re.split(r"[,，。;；、和及与]", figure.before)[-1]
    behind = "" if _PLACED.search(figure.before) else figure.after[:_NEAR]
    named = _NAMED.match(figure.after) if figure.unit == "个" else None
    if named is not None:  # 8个病区部署终端 counts wards
        own = behind = _DOES.split(named.group())[0][:_NEAR]
    told = own if len(own) >= _MIN_WORD else behind
    for one in (told, behind):
        if len(telling_pairs(one) & telling_pairs(pair.name)) >= _MIN_SHARED:
            return True
    return bool(_nouns(f"{own},{behind}") & _nouns(pair.name))
