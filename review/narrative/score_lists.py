"""Scores that a text lists as the parts of a total, and deductions that must lead to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.report import Figure, Report
from corpus.target.numerals import to_number

_NAMES = (
    r"执行率?|支出率|使用率|支付率|兑付率?|支付进度|执行进度|完成率|决策|过程|管理|产出|效益|效果|满意度|成本|投入|履职产出|履职效果|履职"
    r"|可持续性?"
)
_PART = re.compile(
    r"(?:^|[其中:、\s为是由.)])(?:项目|预算|资金|服务对象|部门|一级|社会公众|社会|支出)*"
    rf"(?P<part>{_NAMES})"
    r"(?:类|指标|执行|完成|情况|部分)*(?:自评)?(?:得分|实得|得|为|:|计|[(])*$"
)
_NAMED = re.compile(rf"({_NAMES})")
_GOT = re.compile(r"(?:自评|实际)?(?:得分?|实得|自评)(?:为|:)?")
_GOT_BEHIND = re.compile(r"^[,，;]?(?:实际)?(?:得分?|实得)(?:为|:)?\d")
_BRACKETS = re.compile(r"\([^()]*\)")
_GAP, _BEFORE = 2, 5
MIN_PARTS = 3
_NUMBER = r"(\d+(?:\.\d+)?)"
_LEVEL = (
    r"(?P<subject>(?:[\u4e00-\u9fff]{0,6})(?:决策|过程|管理|产出|效益|效果|满意度|成本|执行率?|投入)"
    r"(?:类|指标|情况|部分)*)"
)
_FULL_AND_GOT = (
    re.compile(
        rf"{_LEVEL}\((?:满分|分值|共)?(?P<full>{_NUMBER})分,(?:自评|实际)?得(?P<got>{_NUMBER})分"
    ),
    re.compile(rf"{_LEVEL}(?:得分?|为|:)?(?P<got>{_NUMBER})分\((?:满分|分值)(?P<full>{_NUMBER})分"),
    re.compile(
        rf"{_LEVEL}(?:满分|分值)?(?P<full>{_NUMBER})分,?(?:自评|实际)?(?:实得|得)(?P<got>{_NUMBER})分"
    ),
)
_GOT_HEAD = re.compile(r"(?:自评|评价|实际|综合)?得分(?:\(分\))?")
_TOTAL_ROW = re.compile(r"(?:合计|总计|总分|总得分|综合得分)(?:得分)?")
_OF_ALL = re.compile(r"自评|[总综]|合计|得分?$|评分")
_MOST_FOR_MONEY = 20
"""Points; the most that a form gives for the execution rate."""
_MOST_OF = 0.8
"""Share of the parts' sum from which on a score may be their total."""
_HUNDRED, _EXACT = 100.0, 0.01


def parts_behind(
    scores: Sequence[Figure], total: Figure, text: str = ""
) -> list[tuple[str, Figure]]:
    """Return the scores of the first-level parts that follow a total, each name once."""
    later = [figure for figure in scores if figure.start > total.start]
    return _named([figure for figure in later if figure.sentence >= total.sentence], total.sentence)


def parts_ahead(scores: Sequence[Figure], total: Figure) -> list[tuple[str, Figure]]:
    """Return the scores of the first-level parts that a total closes."""
    earlier = [figure for figure in scores if figure.start < total.start]
    near = [figure for figure in earlier if total.sentence - figure.sentence <= _BEFORE]
    same = _named([figure for figure in near if figure.sentence == total.sentence])
    return same if len(same) >= MIN_PARTS else _named(near)


def closes_list(scores: Sequence[Figure], figure: Figure) -> bool:
    """Tell whether a score ends a list of parts in its sentence and is no part itself.

    Whatever word it is led by (累计, 加起来, 总评), it can only be their sum.
    """
    if figure.role in ("weight", "deduction") or _NAMED.search(figure.before):
        return False
    same = [one for one in scores if one.sentence == figure.sentence]
    parts = _named([one for one in same if one.start < figure.start])
    total = sum(one.value for _, one in parts)
    return len(parts) >= MIN_PARTS and figure.value >= _MOST_OF * total


def table_totals(report: Report) -> Iterator[float]:
    """Yield the total of every table of scores in the text: its row 合计 under 得分."""
    column, header = None, 0
    for paragraph in report.paragraphs:
        cells = [cell.strip() for cell in paragraph.text.strip().strip("|").split("|")]
        if not paragraph.is_table_row:
            column = None
            continue
        head = next((n for n, cell in enumerate(cells) if _GOT_HEAD.fullmatch(cell)), None)
        if head is not None:
            column, header = head, len(cells)
        elif column is not None and len(cells) == header and _TOTAL_ROW.fullmatch(cells[0]):
            value = to_number(cells[column])
            if value is not None:
                yield value


def _named(scores: Sequence[Figure], sentence: int | None = None) -> list[tuple[str, Figure]]:
    """Return the scores whose words name a part, as long as they follow one another.

    A score beside them that names no part makes the list one of something else.
    """
    found: dict[str, Figure] = {}
    weighed = ""
    leading: list[Figure] = []
    for figure in scores:
        if sentence is not None and figure.sentence - sentence > _GAP:
            break
        match = _PART.search(_unbracketed(figure))
        named = _NAMED.search(figure.before) if _is_weight(figure) else None
        if named:
            weighed = named.group()
        elif match and weighed:
            return []  # a list of the points that could be had
        elif match and figure.role in ("score", "actual", "count"):
            for one in leading if not found else ():
                if one.sentence == figure.sentence:
                    found.setdefault(one.before, one)
            found.setdefault(match["part"], figure)
            sentence = figure.sentence
        elif weighed and _GOT.fullmatch(figure.before):
            found.setdefault(weighed, figure)
            sentence, weighed = figure.sentence, ""
        elif found and figure.sentence == sentence and figure.role == "score":
            return []
        elif not found and _is_own_part(figure):
            leading.append(figure)
    return list(found.items())


def _is_own_part(figure: Figure) -> bool:
    """Tell whether a score that heads a list is of the money, under its own name: 拨付9.5分."""
    is_small = figure.role in ("score", "actual", "count") and figure.value <= _MOST_FOR_MONEY
    return is_small and bool(figure.before) and not _OF_ALL.search(figure.before)


def _is_weight(figure: Figure) -> bool:
    """Tell whether points are those that could be had: 产出50分，得47分."""
    return figure.role == "weight" or bool(_GOT_BEHIND.match(_following(figure)))


def _following(figure: Figure) -> str:
    """Return what stands behind a figure in its sentence part."""
    _, _, rest = figure.clause.partition(figure.before + figure.text)
    return rest


def _unbracketed(figure: Figure) -> str:
    """Return the words before a score without a bracket among them: 产出（含成本）49.93分."""
    if not figure.before.endswith(")"):
        return figure.before
    lead = figure.clause[: figure.clause.rfind(figure.before + figure.text)] + figure.before
    return re.split(r"[、,，]", _BRACKETS.sub("", lead))[-1]


def levels_of_hundred(report: Report) -> list[tuple[str, float]]:
    """Return the first-level parts told anywhere with full and own score, where they make 100."""
    found: dict[str, tuple[float, float]] = {}
    for paragraph in report.paragraphs:
        if paragraph.is_table_row:
            continue
        for pattern in _FULL_AND_GOT:
            for match in pattern.finditer(paragraph.text):
                found.setdefault(match["subject"], (float(match["full"]), float(match["got"])))
    is_whole = abs(sum(full for full, _ in found.values()) - _HUNDRED) <= _EXACT
    return [(name, got) for name, (_, got) in found.items()] if is_whole else []
