"""Rows of a declaration as the target classifier reads them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from corpus.records import Declaration, Indicator, ParsedTarget
from corpus.target import parse_target
from corpus.target.seasons import is_seasonal
from corpus.taxonomy import canonical_levels
from corpus.text import normalise
from models.measure import Measure, split_name

_LONGEST = 2000
"""Characters of a cell that are looked at; no form has cells so long."""
NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LEVEL_NAME = re.compile(
    r"^(?:(?:产出|效益|满意度|数量|质量|时效|成本|经济|社会|生态|环境|可持续|服务对象|影响|发展|性|或受益者)+)"
    r"(?:效益|影响)?(?:指标)?\d*[:：]?$"
)
_PLACEHOLDER = re.compile(
    r"^(?:指标\s*\d+[:：]?|[\dxX×*＊.…·/\-—_?？\s%]+|指标名称|无|暂无|其他|略)?$"
)
_BRACKET = re.compile(r"[(（][^()（）]*[)）]")
_TIME_ONLY = re.compile(
    r"^(?:贯穿|当期|截至)?(?:\d+年?|全年|年度|当年|本年度?|\d+月份?|[底末前内完成年月日至\-.])+$"
)
_DONE = re.compile(
    "完成|完工|竣工|完毕|投产|投用|投入使用|覆盖|符合|达标|合格|正常|应.尽.|到位|开工|结业|合规|完好|完备"
)
_BY_EVENT = re.compile(
    "(?<![目以提超先当])前(?:全部)?(?:完成|完工|竣工|投用|投入使用|到位|发放|拨付|交付|建成|实施|结束|验收)?(?:完毕|到位)?$"
    "|期间$|^[寒暑]假$|[春夏秋冬]季$"
)
_HOW_OFTEN = re.compile(
    "^(?:每个?(?:天|日|周|旬|月|季度?|半?[年月]|教学日|工作日|学[年期]|班次?|[上中下]旬)(?:至少|不少于)?(?:.{1,2}次)?|全天候?)$"
)
_MONEY_UNIT = re.compile(r"^[百千十]?[万亿]?元$")
_TIME_UNITS = {"年", "月", "个月", "日", "天", "小时", "分钟", "秒", "工作日", "周", "季度", "学期"}
_PEOPLE_UNITS = {"人", "名", "人次", "户", "户次", "位", "家庭"}
_PERCENT_UNITS = {"%", "‰", "‱", "百分点", "个百分点"}
_WAN = {"元": 1e-4, "千元": 0.1, "万元": 1.0, "百万元": 100.0, "亿元": 1e4}


@cache
def word_patterns() -> dict[str, tuple[str, re.Pattern[str]]]:
    """Return category → (field it is looked for in, pattern) of models/data/target_words.csv."""
    text = files("models").joinpath("data", "target_words.csv").read_text(encoding="utf-8")
    found = {}
    for line in csv.DictReader(text.splitlines()):
        words = sorted(line["words"].split("|"), key=len, reverse=True)
        found[line["category"]] = (line["field"], re.compile("|".join(words)))
    return found


def has_word(text: str, category: str) -> bool:
    """Tell whether a text has a word of a category."""
    return word_patterns()[category][1].search(text) is not None


def shared(a: str, b: str) -> float:
    """Return the share of b's characters that a has."""
    return sum(character in a for character in b) / len(b) if b else 0.0


def unit_class(parsed: ParsedTarget) -> str:
    """Return the class of a target's unit: percent, money, unit_cost, people, time, other, none."""
    unit = parsed.unit
    if unit is None:
        return "none"
    if unit in _PERCENT_UNITS:
        return "percent"
    if _MONEY_UNIT.match(unit):
        return "money"
    if "/" in unit:
        return "unit_cost" if "元" in unit or unit.startswith("/") else "other"
    if unit in _TIME_UNITS:
        return "time"
    return "people" if unit in _PEOPLE_UNITS else "other"


@dataclass(frozen=True)
class Row:
    """One row with what its features are computed from."""

    declaration: Declaration
    indicator: Indicator
    parsed: ParsedTarget
    name: str
    """Folded name."""
    target: str
    """Folded target."""
    measure: Measure
    unit: str
    """See `unit_class`."""

    @cached_property
    def level1(self) -> str:
        """一级指标 in its standard wording."""
        return canonical_levels(self.indicator.level1, self.indicator.level2)[0]

    @cached_property
    def bare_name(self) -> str:
        """Name without brackets and their content."""
        return _BRACKET.sub("", self.name).strip()

    @property
    def name_level(self) -> bool:
        """Whether the name only repeats the level; 满意度指标 still says what is asked."""
        repeats = _LEVEL_NAME.match(self.bare_name) is not None
        return repeats and self.measure.family != "satisfaction"

    @property
    def name_placeholder(self) -> bool:
        """Whether the name is form residue or a bare number."""
        return _PLACEHOLDER.match(self.bare_name) is not None

    @property
    def name_time_only(self) -> bool:
        """Whether the name is a period or a date."""
        return _TIME_ONLY.match(self.bare_name) is not None

    @property
    def bracket_unit(self) -> bool:
        """Whether a bracket of the name gives a unit, as in 受益人数(人)."""
        return _BRACKET.search(self.name) is not None

    @property
    def says_done(self) -> bool:
        """Whether the name states something that is fulfilled or not, so that 100% makes sense."""
        return _DONE.search(self.bare_name) is not None

    @property
    def periodic(self) -> bool:
        """Whether the value says how often, as 每天 or 每周一次."""
        return self.parsed.kind == "words" and _HOW_OFTEN.match(self.target) is not None

    @property
    def by_event(self) -> bool:
        """Whether the value is a deadline or a time set by an event: 汛期来临前完成, 春节期间."""
        by_event = _BY_EVENT.search(self.target) is not None or is_seasonal(self.target)
        return self.parsed.kind == "words" and by_event

    @cached_property
    def name_amount(self) -> tuple[float, str] | None:
        """Quantity stated in the name, for example 32.1 公里."""
        if not NUMBER.search(self.bare_name):
            return None
        parsed = parse_target(self.bare_name)
        if parsed.kind != "number" or parsed.value is None or parsed.unit is None:
            return None
        return parsed.value, parsed.unit

    @property
    def amount_wan(self) -> float | None:
        """The target in 万元, None where it is no amount."""
        factor = _WAN.get(self.parsed.unit or "")
        return None if factor is None or self.parsed.value is None else self.parsed.value * factor


@dataclass(frozen=True)
class Form:
    """What the rows of one declaration have in common."""

    targets: Counter[str]
    names: Counter[str]
    blank: float
    """Share of rows without a value."""
    bare: float
    """Share of rows whose value is a number without unit."""
    project: str
    """Folded project name, goal and description."""
    title: str
    """Folded project name."""
    count: int
    """Number of rows."""
    counted: int
    """Number of rows that count something (数量指标)."""
    total: float
    """Sum of all numbers in the target column."""
    numbers: frozenset[str]
    """Numbers in `project`."""


def read_rows(declaration: Declaration, parsed: Sequence[ParsedTarget]) -> list[Row]:
    """Pair each indicator of a declaration with its parsed target."""
    return [
        Row(
            declaration,
            indicator,
            target,
            normalise(indicator.name[:_LONGEST]).strip(),
            normalise(indicator.target[:_LONGEST]).strip(),
            split_name(indicator.name),
            unit_class(target),
        )
        for indicator, target in zip(declaration.indicators, parsed, strict=True)
    ]


def _share(answers: Iterable[bool]) -> float:
    """Return the share of yes among answers, 0 where there are none."""
    given = list(answers)
    return sum(given) / max(1, len(given))


def read_form(declaration: Declaration, rows: Sequence[Row]) -> Form:
    """Summarise the rows of one declaration."""
    title, project, numbers = _texts(
        declaration.project_name, declaration.goal, declaration.description
    )
    return Form(
        targets=Counter(row.target for row in rows),
        names=Counter(row.name for row in rows),
        blank=_share(row.parsed.kind == "blank" for row in rows),
        bare=_share(row.parsed.kind == "number" and row.unit == "none" for row in rows),
        count=len(rows),
        counted=sum("数量" in row.indicator.level2 for row in rows),
        total=sum(row.parsed.value or 0 for row in rows),
        project=project,
        title=title,
        numbers=numbers,
    )


@lru_cache(maxsize=16)
def _texts(name: str, goal: str, description: str) -> tuple[str, str, frozenset[str]]:
    """Return a project's folded name, its folded texts, and the numbers in them.

    Rows are screened one by one, each as a form of its own of the same project.
    """
    title = normalise(name)
    project = title + normalise(goal) + normalise(description)
    return title, project, frozenset(NUMBER.findall(project))
