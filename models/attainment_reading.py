"""One reading of a row for comparison, however its name and value are worded.

群众不满意率 ≤15%, 群众满意的比例 85%, 满意度 85分 and 满意度 0.85 all ask what 群众满意度 ≥85%
asks. The rewritten row is what peers are looked up with, so that wording alone changes no
comparison.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.records import Indicator, ParsedTarget
from corpus.target import parse_target
from corpus.target.compare import bounds
from corpus.target.units import comparable, to_base
from corpus.taxonomy import canonical_levels
from corpus.text import normalise
from models.measure import split_name

_OPPOSITE = re.compile(
    r"(?:不(?=满意|合格|达标|及时|准确)|差(?=评))(满意|合格|达标|及时|准确|评)"
    r"(?:人数|对象|群众|产品)?的?(?:率|度|占比|比例|比率)$"
)
_SATISFIED = re.compile(r"满意|好评")
_ABOUT_SATISFACTION = re.compile(
    r"调查|问卷|回访|回收|参与|投诉|整改|处置|办结|测评次|提升|提高|增长"
)
_TAIL = re.compile(r"(?:的|评价为|表示|感到|较|非常|基本|比较)+$")
_ASKED = re.compile(r"(?:满意|好评).*$")
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_FULL = 100.0
_FLIPPED = {"≤": "≥", "<": ">", "≥": "≤", ">": "<"}
_MEASURED = {"number", "range"}
_SHARES = {"rate", "satisfaction"}
_POINTS = {"分", "百分点", "个百分点"}


@dataclass(frozen=True)
class Reading:
    """A row as it is compared."""

    indicator: Indicator
    """The row to look peers up with: the name in its usual wording, the value as a percentage."""
    parsed: ParsedTarget
    family: str
    """What the name measures, see `models.measure.Measure.family`."""
    aspect: str
    opposite: bool = False
    """Whether the name counts the failures and values were taken from 100."""

    def value_of(self, parsed: ParsedTarget, direction: str) -> float | None:
        """Return the easier end of a comparable number in base units, None for anything else."""
        return edge(as_share(parsed, self.family), self.parsed.unit, direction)


def edge(parsed: ParsedTarget, unit: str | None, direction: str) -> float | None:
    """Return the easier end of a number or range in base units of `unit`, None if not comparable.

    A cell without a unit is taken to mean `unit`.
    """
    if parsed.parts or not comparable(parsed.unit, unit):
        return None
    ends = bounds(parsed if parsed.unit else parsed.model_copy(update={"unit": unit}))
    return None if ends is None else ends[direction == "≤"]


def as_share(parsed: ParsedTarget, family: str) -> ParsedTarget:
    """Return the value of a rate or satisfaction as a percentage: 0.85, 85分 and 85 are 85%."""
    if family not in _SHARES or parsed.kind not in _MEASURED or parsed.value is None:
        return parsed
    points = parsed.unit in _POINTS and (family == "satisfaction" or parsed.unit != "分")
    if parsed.unit is not None and not points:
        return parsed
    if parsed.unit is None and 0 < parsed.value < 1:
        high = None if parsed.value_high is None else parsed.value_high * _FULL
        changed = {"value": parsed.value * _FULL, "value_high": high, "unit": "%"}
        return parsed.model_copy(update=changed)
    return parsed.model_copy(update={"unit": "%"})


@lru_cache(maxsize=16384)
def usual_name(
    name: str, level1: str, level2: str, kind: str, unit: str | None
) -> tuple[str, bool]:
    """Return a row's name in its usual wording and whether it counted the opposite.

    `kind` and `unit` are those of the parsed target.
    """
    if kind not in _MEASURED or unit not in {None, "%", "分"}:
        return name, False
    plain = _BRACKETS.sub("", normalise(name)).strip(" :。")
    opposite = _OPPOSITE.search(plain) if unit == "%" else None
    if opposite:
        plain = f"{plain[: opposite.start()]}{opposite.group(1)}率"
    if split_name(plain).family == "satisfaction":
        return (plain if opposite else name), opposite is not None
    level, _ = canonical_levels(level1, level2)
    asked = "满意" in level or _SATISFIED.search(plain) is not None
    if asked and not _ABOUT_SATISFACTION.search(plain) and not opposite:
        return f"{_TAIL.sub('', _ASKED.sub('', plain))}满意度", False
    return (plain if opposite else name), opposite is not None


def read_row(indicator: Indicator, parsed: ParsedTarget | None = None) -> Reading:
    """Return a row's reading; `parsed` saves parsing the target again."""
    target = parsed or parse_target(indicator.target, indicator.name)
    name, opposite = usual_name(
        indicator.name, indicator.level1, indicator.level2, target.kind, target.unit
    )
    measure = split_name(name)
    value = as_share(target, measure.family)
    if opposite:
        value = _from_full(value)
    same = value is target or value == target
    if name == indicator.name and same:
        return Reading(indicator, target, measure.family, measure.aspect)
    written = indicator.target if same else _written(value)
    row = indicator.model_copy(update={"name": name, "target": written})
    return Reading(row, value, measure.family, measure.aspect, opposite)


def _from_full(parsed: ParsedTarget) -> ParsedTarget:
    """Return the share of successes for a share of failures."""
    if parsed.value is None:
        return parsed
    ends = [_FULL - end for end in (parsed.value, parsed.value_high) if end is not None]
    changed = {
        "value": min(ends),
        "value_high": max(ends) if len(ends) > 1 else None,
        "operator": _FLIPPED.get(parsed.operator or "", parsed.operator),
    }
    return parsed.model_copy(update=changed)


def _written(parsed: ParsedTarget) -> str:
    """Return a percentage as a form would show it."""
    high = "" if parsed.value_high is None else f"-{parsed.value_high:g}%"
    sign = "" if high else parsed.operator or ""
    return f"{sign}{parsed.value:g}{parsed.unit or ''}{high}"


def is_scale_free(reading: Reading, direction: str) -> bool:
    """Tell whether the value can be compared across projects of any size.

    Shares, ratios, unit costs and durations can; counts, areas and sums grow with the project,
    save those that should be low (事故起数, 投诉件数).
    """
    unit = reading.parsed.unit or ""
    if "/" in unit or reading.family in {*_SHARES, "duration", "unit_cost"}:
        return True
    if unit in {"%", "‰", "‱", "百分点", "个百分点", "倍", "分"}:
        return True
    base = to_base(1.0, unit or None)[1]
    return (direction == "≤" and base != "元") or base in {"天", "工作日"}
