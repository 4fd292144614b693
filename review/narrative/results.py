"""What a text reports as achieved beside what was planned: 培训42名，目标45名; 完成计划的88%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.report import Figure, Report
from corpus.report.section_names import Kind
from corpus.report.sentences import Sentence
from corpus.target.units import comparable, is_money
from review.facts.direction import wanted_direction

_PLANNED = re.compile(
    r"目标|计划|年度指标|指标值|任务|应(?:完成|达|当)?|控制|不[超高]过|不[低少高大]于|要求|上限|≥|≤|预期"
)
_PLANNED_BEHIND = re.compile(r"^以?[内上]?的?(?:目标|计划|控制数|要求|任务|上限)")
_LIMIT = re.compile(r"控制|不超过|不高于|不大于|≤|以内|以下|上限")
_ONLY_DONE = re.compile(r"(?:实际|已|实)?(?:完成|开放|建成|达到)?(?:了|为)?")
_DONE = re.compile(r"完成|建成|实现|达到|共|累计|实|已|其中")
"""重点专科建设2个，完成2个: the first is the plan where only the second is said to be done."""
_GAP = re.compile(
    r"(?:比|较|超出?|超过|距离?|离|少于)(?:年度?|年初|原)?(?:目标|计划|任务)[^,。;]{0,5}$|每[^,]{1,6}$"
)
"""Words before a distance from the plan, or before a plan of another measure."""
_STARTS = re.compile(r"目标[从由]$")
"""目标从30个增加到……: what the number of targets was before."""
_TIME = frozenset({"天", "日", "小时", "分钟", "工作日", "个工作日"})
_LASTS = re.compile(r"开放|供餐|运行|时长|开馆|值守|服务")
_VERB = re.compile(r"[\u4e00-\u9fff]{1,4}")
_PART_OF = re.compile(
    r"其中|[比较从由每均共计占约差少缺超高低多]|收[到回齐]|有效|[打回]|发|满意|合计|上年|去年|同比|增|新|另|还|余|剩"
)
"""Words before a part of a figure, or before another measure of it."""
_VERB_CHARS, _MANY = 4, 4
_CUT = re.compile(r"[降减](?:低|少|幅)?$|幅度?(?:[\u4e00-\u9fff]{0,2})$")
"""降20% is a distance to go, 降到20% a limit."""
_LIMIT_BEHIND = re.compile(r"^(?:以内|以下|的控制数)")
_NOT_DONE = re.compile(
    r"上年|去年|同期|由$|从$|年初(?!目标|计划)|比$|较$|增[加长]|下降$|其中|每|差|少|低于|高于"
)
_SHARE = re.compile(
    r"(?:完成|占|为|达到?|相当于|实现)(?:了|到)?(?:全年|年度|年初|本年|应)*(?:目标|计划|任务|指标)(?:任务|值|数|量)*的$"
)
_ONLY_SHARE = re.compile(r"^(?:仅|只)?完成(?:率)?(?:为|了|:)?$")
_SHORT = re.compile(
    r"(?:比|较)[^,。;]{0,8}(?:目标|计划)[^,。;]{0,10}[少低差迟晚短]|(?:未|没有?)(?:能)?(?:达到|完成|实现)[^,。;]{0,8}(?:目标|计划|任务)"
    r"|(?:低|少|晚)于[^,。;]{0,12}(?:目标|计划|指标值|要求)|少(?:完成|[建购开办安改])|比计划[^,。;]{0,6}[晚迟少]|(?:未|没有)(?:全部|按期|按时|如期)?(?:完成|达标|实施|开工|建成)"
    r"|(?:目标|计划|任务)[^,。;]{0,4}[,，][^,。;]{0,10}(?:差|少)\d"
)
_NOT_SHORT = re.compile(r"[未没无]有?(?:发现|发生|出现)|不低于|不少于|未超|没有超")
_LIGHT = re.compile(
    r"^(?:[一二三四五六七八九十]是|\W*\(?[一二三四五六七八九十\d]{1,2}[)、.．]|[一二三四五六七八九十]+、|\W)+"
)
_TAIL = re.compile(
    r"(?:的?(?:目标|计划|年度指标|指标值|实际|完成|任务)值?|为|达到?|共|是|有|:|，|,|不[低少高超][于过]|\(|\s)+$"
)
_UNSUITED = frozenset({"年", "分", "月"})
_KEEP_FROM: frozenset[Kind] = frozenset(
    (
        "overview", "background", "funds", "goals", "organisation", "department", "measures",
        "problems", "deviation",
    )
)  # fmt: skip
_ROUNDING = 0.0005
Span = tuple[int, int]


@dataclass(frozen=True)
class Result:
    """One result of a text with its plan, or with the share of the plan that was done."""

    name: str
    """The words that tell what it is."""
    actual: Figure
    target: Figure | None
    ratio: float
    """Done over planned; for a limit planned over done."""
    is_limit: bool = False

    @property
    def is_missed(self) -> bool:
        """Tell whether less was done than planned, or a limit exceeded."""
        return self.ratio < 1 - _ROUNDING

    @property
    def quoted(self) -> str:
        """Return what was done and planned, as the text writes it."""
        planned = f"目标{self.target.text}" if self.target else "占目标的比例"
        return f"{self.name}{self.actual.text}（{planned}）"


def results(report: Report) -> Iterator[Result]:
    """Yield the results that stand beside their plan where results are told."""
    figures = [f for f in report.figures if not f.in_table and _tells_results(report, f.start)]
    taken: set[tuple[int, int]] = set()
    listed = _listed(figures)
    for first, second in pairwise(figures):
        if first.sentence != second.sentence or {first.span, second.span} & taken:
            continue
        found = _pair(first, second, is_listed=(first.span, second.span) in listed)
        if found is not None:
            taken |= {first.span, second.span}
            yield found
    for place, figure in enumerate(figures):
        if figure.unit == "%" and figure.span not in taken and figure.value > 0:
            before = figures[place - 1] if place else None
            found = _share(figure, before)
            if found is not None:
                yield found


def shortfalls(report: Report) -> Iterator[tuple[str, Sentence]]:
    """Yield what the account of results says missed its plan, with the sentence that says so."""
    missed = [result for result in results(report) if result.is_missed]
    for sentence in report.sentences:
        if sentence.in_table or not _tells_results(report, sentence.start):
            continue
        inside = [r for r in missed if sentence.start <= r.actual.start < sentence.end]
        if inside:
            yield from ((result.name, sentence) for result in inside)
        elif _SHORT.search(sentence.text) and not _NOT_SHORT.search(sentence.text):
            yield sentence.text, sentence


def _tells_results(report: Report, place: int) -> bool:
    """Tell whether a place is where results are told; without headings that is everywhere."""
    section = report.section_at(place)
    return section is None or not section.within & _KEEP_FROM


def _listed(figures: Sequence[Figure]) -> frozenset[tuple[Span, Span]]:
    """Return the pairs of a list that tells plan and result of one thing after another.

    Whatever verbs it has (约定40个，办成33个), the same form again and again shows what they are.
    """
    found = [
        (first, second)
        for first, second in pairwise(figures)
        if first.sentence == second.sentence
        and first.unit not in _UNSUITED
        and not is_money(first.unit)
        and comparable(first.unit, second.unit)
        and len(_name(first)) > _VERB_CHARS - 1
        and _VERB.fullmatch(second.before)
        and not _PART_OF.search(second.before)
        and re.search(r"[,，]\s*$", _lead(second))
    ]
    return frozenset((a.span, b.span) for a, b in found) if len(found) >= _MANY else frozenset()


def _lead(figure: Figure) -> str:
    """Return what stands before a figure's own words in its sentence."""
    return figure.clause.partition(figure.before + figure.text)[0]


def _pair(first: Figure, second: Figure, *, is_listed: bool) -> Result | None:
    """Return a result beside its plan, in either order."""
    if first.unit in _UNSUITED or not comparable(first.unit, second.unit):
        return None
    if is_money(first.unit) and "/" not in first.unit and not _LIMIT.search(second.before):
        return None
    planned = [_is_planned(figure) for figure in (first, second)]
    only_done = second.before and _ONLY_DONE.fullmatch(second.before)
    if not any(planned) and only_done and not _DONE.search(first.before):
        planned[0] = True
    if is_listed and not any(planned):
        planned[0] = True
    if planned[0] == planned[1]:
        return None
    target, actual = (first, second) if planned[0] else (second, first)
    if _NOT_DONE.search(actual.before[-6:]) or _GAP.search(actual.before):
        return None
    if not target.base[0] or not actual.base[0]:
        return None
    name = _name(first)
    is_limit = _is_limit(name, target)
    ratio = actual.base[0] / target.base[0]
    return Result(name, actual, target, 1 / ratio if is_limit else ratio, is_limit)


def _is_limit(name: str, target: Figure) -> bool:
    """Tell whether less than planned is better."""
    if _CUT.search(target.before):
        return False
    if _LIMIT.search(target.before[-8:]) or _LIMIT_BEHIND.match(target.after):
        return True
    if target.unit in _TIME and not _LASTS.search(name):
        return True
    return wanted_direction(name) == "down"


def _is_planned(figure: Figure) -> bool:
    if _GAP.search(figure.before) or _STARTS.search(figure.before):
        return False
    return bool(_PLANNED.search(figure.before[-8:]) or _PLANNED_BEHIND.match(figure.after))


def _share(figure: Figure, before: Figure | None) -> Result | None:
    """Return a result that is told as the share of its plan."""
    is_near = before is not None and before.sentence == figure.sentence
    if _SHARE.search(figure.before) or (
        _ONLY_SHARE.match(figure.before)
        and is_near
        and before is not None
        and before.unit != "%"
        and not is_money(before.unit)
    ):
        name = _name(before) if is_near and before is not None else _clause_name(figure)
        return Result(name, figure, None, figure.value / 100)
    return None


def _name(figure: Figure) -> str:
    """Return what a figure counts: its words, else those of the clause before."""
    own = _TAIL.sub("", _LIGHT.sub("", figure.before))
    return own if len(own) > 2 else _TAIL.sub("", f"{_clause_name(figure)}{own}")


def _clause_name(figure: Figure) -> str:
    lead = figure.clause.partition(figure.before + figure.text)[0]
    return _LIGHT.sub("", re.split(r"[,，]", lead.rstrip(",， :："))[-1])[-24:]
