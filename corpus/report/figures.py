"""Figures of a report: number, unit, what it counts, its role and year, and where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Literal

from corpus.report.paragraphs import Paragraph
from corpus.target.numerals import ARABIC, is_rounded, to_number
from corpus.target.units import UnitMatch, is_money, match_unit, to_base

Role = Literal[
    "budget", "initial_budget", "allocated", "executed", "surplus", "saved", "rate", "score",
    "weight", "deduction", "satisfaction", "sample", "target", "actual", "count",
]  # fmt: skip

_HAN_DIGIT = "[零〇一二两三四五六七八九十百千]"
_NUMBER = re.compile(
    rf"(?<![\d.A-Za-z第])(?:{ARABIC})"
    r"(?: ?[余多来]?(?:万(?!元)|亿(?!元)|千(?!米|克|瓦))){0,2} ?[余多来]?"
    rf"|百分之(?P<percent>{_HAN_DIGIT}{{1,8}}(?:点{_HAN_DIGIT}{{1,4}})?|{ARABIC})"
    # 九成五 is 95%, 四分之三 75%; 完成 and 建成 have no figure before them.
    r"|(?<![一二三四五六七八九十\d.第])(?P<tenths>[一二三四五六七八九]|\d(?:\.\d)?)成(?P<halves>[一二三四五六七八九半])?(?!立|员|本|不变)"
    r"|(?<![一二三四五六七八九十百\d])(?P<whole>[二三四五六七八九十])分之(?P<part>[一二三四五六七八九])"
    # In words a number needs a scale and a second character: 一百五十, not 十分满意 or 三方.
    rf"|(?<![第百千万几数])(?=[^十百千]{{0,8}}[十百千])(?:{_HAN_DIGIT}|万(?!元)){{2,12}}(?:点{_HAN_DIGIT}{{1,4}})?余?"
)
_TENTHS = re.compile(r"成([一二三四五六七八九半])?$|(?<!百)分之")
"""Ends of shares in words, which are told roughly."""
_NOT_UNIT = re.compile(r"年(?!一遇)|月|日(?!次)|号|时|类|级|届|周岁|岁|点(?=\d)|%?[-~至—]\d")
_CLAUSE = re.compile(r"[,，;；。!?、:：()（）【】\n|]")
_HARD = re.compile(r"[;；。!?【】\n|]")
_LEADS = ":：(（)）|\n"
"""Marks that may stand between a figure and its words."""
_REACH = 48
_CLAUSE_CHARS = 300
"""Characters of a sentence on either side of a figure that are looked at."""
_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d{2})(?=年|度|预算)")
_RELATIVE = re.compile(r"上年度?|上一年度?|去年|前一?年")
_APPROX = re.compile(r"(?:(?<!节)约|近|左右|大约|超过|逾|上下)$")
_BOUND = re.compile(r"(?:不少于|不低于|至少|≥|>=|不超过|不高于|≤|<=|大于|小于|以上|以下|>|<)$")
MAX_FIGURES = 1000
MAX_LISTS = 50
_PAIR = 2
_RESPECTIVELY = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{2,16}(?:[、和及与][\u4e00-\u9fff]{2,16}){1,5})分别(?:为|是|达到?)"
    r"(?P<values>[^,，。;；\n]{3,120})"
)
_LISTED_NUMBER = re.compile(rf"(?<![\d.]){ARABIC}")

_MONEY_WORDS: tuple[tuple[Role, str], ...] = (
    ("saved", r"节约|节省|节支"),
    ("surplus", r"结余|结转|剩[余下]|未支[付出]|未使用|尚余|余额|收回"),
    ("initial_budget", r"年初(?:预算|批复|安排)|年初"),
    ("allocated", r"到位|下达|拨入|收到"),
    (
        "executed",
        r"支出|执行(?:数|金额|资金)?|支付|使用|列支|花费|花(?:了|出去?)|开支|实付|用于|拨付",
    ),
    ("budget", r"预算|安排|批复|总投资|资金总额|资金规模|专项资金|项目资金|总资金|核定"),
)
_ROLES = tuple((role, re.compile(pattern)) for role, pattern in _MONEY_WORDS)
_RATE_WORDS = re.compile(
    r"(预算执行率|资金执行率|支出执行率|资金使用率|预算完成率|执行率|支出率|支付率|使用率|到位率|支付进度|执行进度|支出进度)"
)
_SCORE_WORDS = re.compile(
    r"([扣失丢减掉罚](?:除|减|去|了|掉)?|分值|满分|权重|得分|评分|总分|自评|综合得?分|得)"
)
_LOSES = "扣失丢减掉罚"
"""Verbs with which points are lost."""
_SATISFIED = re.compile(r"满意")
_SAMPLE = re.compile(
    r"问卷|样本|调查(?!结果)|抽[样查取]|访谈|走访|回访|电话访问|回收|有效(?:问卷|回收)|受访|发放问卷"
)
_RESPONDENTS = frozenset({"份", "人", "户", "人次", "名", "家", "个"})
_TARGET = re.compile(r"目标值?|计划|应(?:当|于)?|预期|预计|拟|指标值|绩效目标")
_DONE = re.compile(r"实际|已|完成|实现|达到")
_ACTUAL = re.compile(
    r"实际|已|完成|实现|达到?|共|累计|全年|建成|培训|发放|覆盖|新增|惠及|受益|开展|组织|处理|检查"
)


@dataclass(frozen=True)
class Figure:
    """A number with its unit; positions count characters of the whole text as given."""

    value: float
    unit: str
    text: str
    """As folded, unit included."""
    start: int
    end: int
    role: Role
    aspect: str
    """The word that gave the role: 预算执行率, 得分, 支出 …; empty for a plain count."""
    before: str
    """What stands before the number in its clause, folded."""
    after: str
    """What follows it in its clause."""
    clause: str
    """The whole sentence part between full stops and semicolons, folded."""
    sentence: int
    """Number of the sentence in the whole text, so that figures of one can be told."""
    year: int | None = None
    """The year that its clause names; -1 for the year before (上年)."""
    is_exact: bool = True
    """Whether neither 约 nor a bound (≥, 不少于) stands before it."""
    in_table: bool = False
    in_pair: bool = False
    """Whether it stands in a table row of a label and this value only."""

    @property
    def span(self) -> tuple[int, int]:
        """Return its place in the whole text."""
        return self.start, self.end

    @cached_property
    def base(self) -> tuple[float, str | None]:
        """Return value and unit in the dimension's base unit (万元 → 元)."""
        return to_base(self.value, self.unit)

    @property
    def wan(self) -> float | None:
        """Return an amount of money in 万元, None for other figures."""
        return self.base[0] / 1e4 if is_money(self.unit) and self.base[1] == "元" else None

    @cached_property
    def step(self) -> float:
        """Return the rounding step of the number as written, in its own unit."""
        if match := _TENTHS.search(self.text):
            return 1.0 if match.group(1) else 5.0
        match = re.match(r"[\d,]+(?:\.(\d+))?", self.text.replace(" ", ""))
        return 10.0 ** -len(match.group(1) or "") if match else 1.0


def find_figures(paragraphs: tuple[Paragraph, ...]) -> tuple[Figure, ...]:
    """Return the figures of a report in order; dates, ordinals and document numbers are none."""
    found: list[Figure] = []
    sentence = 0
    for paragraph in paragraphs:
        found.extend(_of_paragraph(paragraph, sentence))
        if len(found) >= MAX_FIGURES:
            return tuple(found[:MAX_FIGURES])
        sentence += 1 + len(_HARD.findall(paragraph.text))
    return tuple(found)


def _of_paragraph(paragraph: Paragraph, sentence: int) -> Iterator[Figure]:
    """Yield the figures of a paragraph whose first sentence has a number."""
    text = paragraph.text
    stops = [match.end() for match in _HARD.finditer(text)]
    is_pair = paragraph.is_table_row and len(_cells(text)) == _PAIR
    shared = _shared_leads(text)
    previous = 0
    for match in islice(_NUMBER.finditer(text), MAX_FIGURES):
        value, unit = _read(text, match)
        if value is None or _NOT_UNIT.match(text, match.end()):
            continue
        if unit is None:
            continue
        end = unit.end
        before = shared.get(match.start()) or _before(text, match.start(), previous)
        role, aspect = _role(unit.name, before, _after(text, end))
        passed = bisect_right(stops, match.start())
        clause_start = max(stops[passed - 1] if passed else 0, match.start() - _CLAUSE_CHARS)
        stop = _HARD.search(text, end, end + _CLAUSE_CHARS)
        clause = text[clause_start : stop.start() if stop else end + _CLAUSE_CHARS]
        start, last = paragraph.origin(match.start(), end)
        figure = Figure(
            value=value * unit.scale,
            unit=unit.name,
            text=text[match.start() : end],
            start=start,
            end=last,
            role=role,
            aspect=aspect,
            before=before,
            after=_after(text, end),
            clause=clause,
            sentence=sentence + passed,
            year=_year(text[clause_start : match.start()], before),
            is_exact=not (
                is_rounded(match.group()) or _APPROX.search(before) or _BOUND.search(before)
                or re.match(r"左右|以上|以下|以内", text[end : end + 2])
            ),
            in_table=paragraph.is_table_row,
            in_pair=is_pair,
        )  # fmt: skip
        previous = end
        yield figure


def _read(text: str, match: re.Match[str]) -> tuple[float | None, UnitMatch | None]:
    """Return value and unit of a number; shares in words are percentages."""
    percent = UnitMatch("%", 1, match.end())
    if match["percent"]:
        return to_number(match["percent"].strip()), percent
    if match["tenths"]:
        halves = 5.0 if match["halves"] == "半" else to_number(match["halves"] or "") or 0.0
        return 10 * (to_number(match["tenths"]) or 0.0) + halves, percent
    if match["whole"]:
        return 100 * (to_number(match["part"]) or 0.0) / (to_number(match["whole"]) or 1.0), percent
    return to_number(match.group().strip()), match_unit(text, match.end())


def _cells(text: str) -> list[str]:
    return [cell for cell in re.split(r"[|\t]", text) if cell.strip()]


def _shared_leads(text: str) -> dict[int, str]:
    """Return the words of figures listed after 分别: 预算数、执行数分别为260万元、221万元."""
    found: dict[int, str] = {}
    for match in islice(_RESPECTIVELY.finditer(text), MAX_LISTS):
        names = re.split(r"[、和及与]", match["names"])
        numbers = list(_LISTED_NUMBER.finditer(match["values"]))
        if len(names) == len(numbers):
            for name, number in zip(names, numbers, strict=True):
                found[match.start("values") + number.start()] = name
    return found


def _before(text: str, start: int, previous: int) -> str:
    """Return what stands before a number in its clause and after the figure before it."""
    begin = max(previous, start - _REACH)
    marks = [match.end() for match in _CLAUSE.finditer(text, begin, start)]
    # A colon or bracket right before the number belongs to it: 资金（100万元）, 得分：95分.
    while marks and not text[marks[-1] : start].strip() and text[marks[-1] - 1] in _LEADS:
        marks.pop()
    return text[marks[-1] if marks else begin : start].strip()


def _after(text: str, end: int) -> str:
    return _CLAUSE.split(text[end : end + 24])[0]


def _year(lead: str, before: str) -> int | None:
    """Return the year named last before a figure in its sentence part; 上年 must stand near."""
    if (match := _RELATIVE.search(before)) and not _YEAR.search(before, match.end()):
        return -1
    years = _YEAR.findall(lead)
    return int(years[-1]) if years else None


def _role(unit: str, before: str, after: str) -> tuple[Role, str]:
    """Return what part a figure plays, told by the nearest word before it."""
    if unit == "分":
        return _score_role(before)
    if unit == "%":
        if match := _last(_RATE_WORDS, before):
            return "rate", match.group()
        if _SATISFIED.search(before) or after.startswith("满意"):
            return "satisfaction", "满意度"
    if is_money(unit) and "/" not in unit:
        return _money_role(before, after)
    sample = _SAMPLE.search(before + after[:6]) if unit in _RESPONDENTS else None
    if sample:
        return "sample", sample.group()
    if (match := _last(_TARGET, before)) and not _DONE.search(before, match.end()):
        return "target", match.group()
    if (match := _last(_ACTUAL, before)) is not None:
        return "actual", match.group()
    return "count", ""


def _money_role(before: str, after: str) -> tuple[Role, str]:
    """Return the role of an amount: the word nearest before it, else right after it."""
    best: tuple[int, int, Role, str] | None = None
    for order, (role, pattern) in enumerate(_ROLES):
        for match in pattern.finditer(before):
            if role == "executed" and before[match.start() : match.end() + 1].endswith("率"):
                continue
            candidate = (match.end(), -order, role, match.group())
            best = max(best, candidate) if best else candidate
    if best:
        return best[2], best[3]
    for role, pattern in _ROLES:
        found = pattern.match(after)
        if found is not None:
            return role, found.group()
    return "count", ""


def _score_role(before: str) -> tuple[Role, str]:
    match = _last(_SCORE_WORDS, before)
    if match is None:
        return "score", ""
    word = match.group()
    if word[0] in _LOSES:
        return "deduction", word
    if word in ("分值", "满分", "权重"):
        return "weight", word
    return "score", word


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)
