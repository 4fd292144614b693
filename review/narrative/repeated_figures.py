"""Figures that a report states twice: the same thing, unit and year, with another value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Figure, Report
from corpus.target.units import comparable, is_money
from review.narrative.places import telling_pairs

_TAIL = re.compile(
    r"(?:共计|合计|总计|累计|达到|达|共|为|约|了|完成|实际|是|已|全年|计|各|只有|仅|平均|均为|超过|数量|总数|面积|里程|规模|总量|[:\s(\"“])+$"
)
_HEAD = re.compile(
    r"^.*(?:完成|实施|开展|新建|建成|改造|实现|组织|举办|购置|采购|发放|累计|全年|年内|共|实际|已|并|及|和|对|为|的|了|向|在|了解"
    r"|安装|更新|清理|办结|保障|新增|接待|培训|服务)"
)
_SCOPED = re.compile(
    r"其中|每|人均|亩均|户均|分别|第[一二三四五\d]|上年|去年|同比|较|比|由|从|增[加长]|减少|提高|下降|少完成|多完成|超|差|余|目标|计划|应|拟"
    r"|预计|分值|扣|标准|控制|单价|月|季度|期$|抽|样本|有效|回收|问卷|发出|剩|尚|未|另"
)
_BEFORE_END = re.compile(r"(?:目标值?|计划数?|指标值?|任务)$")
_PLACE = re.compile(r"[村镇乡县区市省]$|街道$")
_MIN_KEY, _MAX_KEY = 4, 16
"""Characters of a name that is plain enough, and not a sentence."""
_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]是|其中|全年|年内|本年|全县|全区|全市|全镇|[)\\d.、])+"
)
_HAN = re.compile(r"[\u4e00-\u9fff、]+")
_TRANSPOSED = 4
"""Digits of figures that by chance are seldom the same in another order."""
_SHARE = 0.002
_SAME = 0.0005
"""Relative difference up to which figures written with equal decimals are taken for one."""
_LIGHT = re.compile(
    r"(?:19|20)\d{2}年度?|本?年度?|全年|年内|截至[^,]{0,8}|本?项目|我(?:县|市|区|局|单位)|全[县市区镇省]|共计?|累计|合计|总计"
    r"|实际|已经?|完成|实现|开展|举办|组织|仅仅?|只有?|约|平均|达到?|为|是|了|有|从|的|[:\s\"“”]"
)
_ITEM = re.compile(r"^\W*(?:[一二三四五六七八九十]是|\(?[一二三四五六七八九十\d]{1,2}[)、.])")
_LEVEL_SCORE = re.compile(
    r"(?P<level>产出|效益|满意度|预算执行率?)(?:指标|类)?(?:自评)?(?:得分?|实得)(?:为|:)?$"
)
_DELAY = re.compile(r"(?:晚|迟|提前|延误|超期)了?$")
_NEAR = 24
_MIN_PLAIN = 3
_MIN_DIGITS, _MIN_PAIRS = 3, 2
_MOST_ALIKE = 20
"""Earlier figures of the same digits that a figure is compared with."""


def differs(first: Figure, second: Figure) -> bool:
    """Tell whether two figures of the same thing cannot both be right, roundings allowed for."""
    if not comparable(first.unit, second.unit):
        return False
    one, two = first.base[0], second.base[0]
    scale_one = one / first.value if first.value else 1.0
    scale_two = two / second.value if second.value else 1.0
    rounding = max(first.step * scale_one, second.step * scale_two)
    if first.unit == second.unit and first.step == second.step:
        return abs(one - two) > _SAME * max(abs(one), abs(two))
    return abs(one - two) > max(rounding, _SHARE * max(abs(one), abs(two)))


def repeated_figures(report: Report) -> Iterator[tuple[Figure, Figure, str]]:
    """Yield pairs of figures that count the same and differ, with what they count.

    Results are compared with results and targets with targets; figures of one sentence are parts
    of a list, not repetitions.
    """
    seen: dict[tuple[str, str, str, str, int | None], Figure] = {}
    for figure in report.figures:
        side = _side(report, figure)
        if side is None:
            continue
        for way, subject in (("name", subject_of(figure)), ("words", plain_words(figure))):
            if subject is None:
                continue
            key = (way, subject, side, str(figure.base[1]), figure.year)
            first = seen.setdefault(key, figure)
            if first is figure or first.sentence == figure.sentence:
                continue
            if differs(first, figure):
                yield first, figure, subject
                break


def repeated_scores(report: Report) -> Iterator[tuple[Figure, Figure, str]]:
    """Yield pairs of scores of one level that differ: 产出指标得48分, elsewhere 46."""
    seen: dict[str, Figure] = {}
    for figure in report.figures:
        match = _LEVEL_SCORE.search(figure.before) if figure.unit == "分" else None
        if match is None or figure.in_table:
            continue
        first = seen.setdefault(match["level"], figure)
        if first.value != figure.value and first.sentence != figure.sentence:
            yield first, figure, f"{match['level']}得分"


def repeated_delays(report: Report) -> Iterator[tuple[Figure, Figure, str]]:
    """Yield pairs of delays of one thing that differ: 比计划晚28天, elsewhere 晚38天."""
    delays = [f for f in report.figures if f.unit == "天" and _DELAY.search(f.before)]
    for place, second in enumerate(delays):
        for first in delays[:place]:
            shared = telling_pairs(first.clause[:_NEAR]) & telling_pairs(second.clause[:_NEAR])
            shared -= {"计划", "推迟", "延迟"}
            if first.value != second.value and first.sentence != second.sentence and shared:
                yield first, second, f"{min(shared)}的天数"


def subject_of(figure: Figure) -> str | None:
    """Return the words that name what a figure counts, None where they are not plain enough."""
    if figure.in_table or not figure.is_exact or figure.role not in ("actual", "count"):
        return None
    if is_money(figure.unit) or figure.unit in ("分", "天", "年", "个月"):
        return None
    before = figure.before
    if _SCOPED.search(before) or _BEFORE_END.search(before):
        return None
    whole = _LEAD.sub("", _TAIL.sub("", before))
    name = _HEAD.sub("", whole)
    for candidate in (name, whole):
        if _MIN_KEY <= len(candidate) <= _MAX_KEY and _HAN.fullmatch(candidate):
            return None if _PLACE.search(candidate) else candidate
    return None


def plain_words(figure: Figure) -> str | None:
    """Return all words before a figure but the light ones; a place or an owner stays in them."""
    if not _is_result(figure) or figure.role == "sample":
        return None
    before = figure.before
    if _SCOPED.search(before) or _BEFORE_END.search(before):
        return None
    words = _LIGHT.sub("", _ITEM.sub("", before))
    return words if _MIN_PLAIN <= len(words) <= _MAX_KEY and _HAN.fullmatch(words) else None


def _is_result(figure: Figure) -> bool:
    """Tell whether a figure is a count or a rate that a report may state twice."""
    if figure.in_table or not figure.is_exact or figure.after.startswith(("以上", "以下")):
        return False
    if is_money(figure.unit) or figure.unit in ("分", "天", "年", "个月"):
        return False
    return figure.role in ("actual", "count", "satisfaction", "sample")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def transposed_figures(report: Report) -> Iterator[tuple[Figure, Figure, str]]:
    """Yield pairs of figures about the same matter whose digits changed places: 254.8 and 245.8."""
    seen: dict[tuple[str, float, str], list[tuple[str, Figure]]] = {}
    for second in report.figures:
        digits = _digits(second.text)
        if len(digits) < _MIN_DIGITS:
            continue
        earlier = seen.setdefault((second.unit, second.step, "".join(sorted(digits))), [])
        for others, first in earlier:
            if others == digits or first.sentence == second.sentence:
                continue
            shared = _shared_matter(first, second, len(digits))
            if shared:
                yield first, second, min(shared)
                break
        if len(earlier) < _MOST_ALIKE:
            earlier.append((digits, second))


def _shared_matter(first: Figure, second: Figure, digits: int) -> set[str]:
    """Return what two figures are both about; few digits are alike by chance, so more is asked."""
    if digits >= _TRANSPOSED:
        return telling_pairs(first.clause) & telling_pairs(second.clause)
    shared = telling_pairs(first.before) & telling_pairs(second.before)
    return shared if len(shared) >= _MIN_PAIRS else set()


def _side(report: Report, figure: Figure) -> str | None:
    """Return whether a figure is a result or a target, None where the place leaves it open."""
    if report.is_within(figure.start, "goals"):
        return "target"
    if report.is_within(figure.start, "overview", "background", "organisation", "measures"):
        return None
    return "result"
