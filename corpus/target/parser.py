"""From a target cell as written to what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from corpus.records import ParsedTarget
from corpus.target.broken import rejoin
from corpus.target.dates import DateReading, combine_dates, find_dates
from corpus.target.hints import Hint, hint_of
from corpus.target.masks import blot, mask
from corpus.target.readings import Reading, find_readings
from corpus.target.units import comparable, is_money, simple_unit
from corpus.target.wording import absolute, is_blank, is_placeholder
from corpus.text import Folded, fold

MAX_LENGTH = 4000
"""Characters of a cell that are read; a longer text is a narrative, not a value."""
_CONTEXT_WORDS = re.compile(
    "(?:在|于|的|所有|时间|完成|开展|实施|执行|贯穿|到位|持续|全部|期间|整个|项目|建成|支付|拨付|完工|竣工"
    "|发放|完毕|全年|年度|为|即|[\ue000 ,。.;:()])*"
)
_LINE_OF_ITS_OWN = re.compile(r"(?<=[0-9])\n(?=[0-9])")
"""A break between two numbers, which as a space would make thousands of them (95⏎100%)."""
_TALLY = re.compile("共|为期|历时|计|合计")
_SUMS_UP = re.compile(r"\)|[共计]")
_SAME = 1e-6
_FROM = re.compile("[由从][\u4e00-\u9fff]{0,6}$")
_TOWARDS = re.compile("[高升加长大低少降减缩短][到至为]|增至|达")
_LOWER, _UPPER = frozenset({"≥", ">"}), frozenset({"≤", "<"})


def parse_target(text: str | None, name: str = "") -> ParsedTarget:
    """Read a target or an actual value; `name` lends unit and sign where the cell has none.

    Never raises; what cannot be read as number or date is `words`.
    """
    return _parse(text or "", name)


@lru_cache(maxsize=32768)
def _parse(text: str, name: str) -> ParsedTarget:
    folded, plain = _opened(text)
    if plain is not None:
        return plain
    return _measured(folded, name) or ParsedTarget(kind="words", span=_whole(folded))


@lru_cache(maxsize=8192)
def _opened(text: str) -> tuple[Folded, ParsedTarget | None]:
    """Return the folded text of a cell, and what it says where that needs no numbers or dates.

    Names differ more than values: most cells say ≥95%, 100% or a date.
    """
    folded = rejoin(fold(text))
    return folded, _without_numbers(folded)


def _without_numbers(folded: Folded) -> ParsedTarget | None:
    """Read an empty cell, a placeholder or an absolute such as 全部; None for all others."""
    if is_blank(folded.text):
        residue = bool(folded.text.strip())
        return ParsedTarget(
            kind="blank", placeholder=residue, span=_whole(folded) if residue else None
        )
    if is_placeholder(folded.text):
        return ParsedTarget(kind="blank", placeholder=True, span=_whole(folded))
    if (share := absolute(folded.text)) is not None:
        return ParsedTarget(
            kind="number",
            operator="=",
            value=share,
            unit="%" if share else None,
            span=_whole(folded),
        )
    return None


def _measured(folded: Folded, name: str) -> ParsedTarget | None:
    """Read numbers and dates; None where the cell has neither."""
    masked = _masked(folded.text[:MAX_LENGTH])
    dates = find_dates(masked, name)
    for date in dates:
        masked = blot(masked, date.start, date.end)
    hint = hint_of(name)
    readings = [_with_hint(reading, hint) for reading in _readings_in(masked)]
    if bounds := _bounds(readings):
        readings = [bounds]
    if not readings:
        return _dated(folded, masked, dates)
    firm = [date for date in dates if not date.is_context]
    numbers = [_number(folded, reading) for reading in readings]
    stated = [(date.start, _date(folded, date)) for date in firm]
    starts = [reading.start for reading in readings]
    parts = tuple(
        part
        for _, part in sorted([*zip(starts, numbers, strict=True), *stated], key=lambda p: p[0])
    )
    parts = parts if len(parts) > 1 else ()
    if firm and _is_tally(masked, readings[0]):
        return _date(folded, combine_dates(masked, firm)).model_copy(update={"parts": parts})
    main = numbers[_main(masked, readings)]
    update: dict[str, object] = {"parts": parts}
    if firm and len(numbers) == 1:
        date = combine_dates(masked, firm)
        update |= {"date": date.date, "date_from": date.date_from}
    return main.model_copy(update=update) if parts else main


@lru_cache(maxsize=8192)
def _masked(text: str) -> str:
    """Return a cell's folded text without what only looks like numbers and line breaks."""
    return _LINE_OF_ITS_OWN.sub(";", mask(text)).replace("\n", " ")


@lru_cache(maxsize=8192)
def _readings_in(masked: str) -> tuple[Reading, ...]:
    """Return the quantities of a masked text, whatever name it stands under."""
    return tuple(find_readings(masked))


def _main(text: str, readings: list[Reading]) -> int:
    """Return which reading speaks for a compound cell.

    The end of a change (由80%提高到90%), else the first with a bound, else the first.
    """
    first = readings[0]
    if (
        len(readings) > 1
        and _FROM.search(text, max(0, first.start - 8), first.start)
        and _TOWARDS.search(text, first.end, readings[1].end)
    ):
        return 1
    if (total := _total(text, readings)) is not None:
        return total
    bounded = (i for i, reading in enumerate(readings) if reading.operator in _LOWER | _UPPER)
    return next(bounded, 0)


def _total(text: str, readings: list[Reading]) -> int | None:
    """Return which reading sums up those before it: （9座、54座）63座, 9座、54座，共63座."""
    for place, reading in enumerate(readings[1:], start=1):
        parts = readings[:place]
        if any(part.unit != reading.unit or part.high is not None for part in parts):
            return None
        led = _SUMS_UP.search(text, parts[-1].end, reading.start) is not None
        if led and abs(sum(part.value for part in parts) - reading.value) < _SAME:
            return place
    return None


def _is_tally(text: str, reading: Reading) -> bool:
    """Tell whether a number only tallies the period before it: 7-10月,共4个月."""
    unit = simple_unit(reading.unit or "")
    if unit is None or unit.dimension != "时间":
        return False
    return _TALLY.search(text, max(0, reading.start - 3), reading.start) is not None


def _bounds(readings: list[Reading]) -> Reading | None:
    """Return the range that a lower and an upper bound make: ≥5%且≤10%."""
    if len(readings) != 2 or any(reading.high is not None for reading in readings):
        return None
    low, high = sorted(readings, key=lambda reading: reading.value)
    if low.operator not in _LOWER or high.operator not in _UPPER or low.value == high.value:
        return None
    if not comparable(low.unit, high.unit):
        return None
    first, last = readings
    unit = low.unit or high.unit
    return Reading(first.start, last.end, low.value, high.value, unit=unit)


def _with_hint(reading: Reading, hint: Hint) -> Reading:
    """Return a bare reading with the sign and unit of the indicator's name."""
    operator = reading.operator
    if operator is None and reading.high is None:
        operator = hint.operator
    if reading.unit is None and hint.unit is not None:
        value, high = (_in_unit(number, reading, hint) for number in (reading.value, reading.high))
        return replace(reading, operator=operator, value=value or 0.0, high=high, unit=hint.unit)
    unit = reading.unit
    if unit is None and reading.scaled and hint.is_amount:
        unit = "亿元" if reading.value >= 1e8 else "万元"
        hint = hint._replace(unit=unit)
        value, high = (_in_unit(number, reading, hint) for number in (reading.value, reading.high))
        return replace(reading, operator=operator, value=value or 0.0, high=high, unit=unit)
    if unit is not None and unit.startswith("/"):
        if hint.unit is not None and hint.unit.endswith(unit):
            unit = hint.unit
        elif hint.is_money or is_money(hint.unit):
            unit = f"元{unit}"
    return replace(reading, operator=operator, unit=unit)


def _in_unit(value: float | None, reading: Reading, hint: Hint) -> float | None:
    """Return a number in the name's unit: 300万 under (万元) is 300, 3.2 under (万亩) 32000."""
    if value is None:
        return None
    unit = simple_unit(hint.unit or "")
    if reading.scaled:
        return value / float(unit.factor) if unit and is_money(hint.unit) else value
    return value * hint.scale


def _dated(folded: Folded, masked: str, dates: list[DateReading]) -> ParsedTarget | None:
    """Read a cell whose only values are dates; a mere 当年 in a sentence does not make it one."""
    if not dates:
        return None
    firm = [date for date in dates if not date.is_context]
    vague = not firm and any(date.last.year is None for date in dates)
    if vague and not _CONTEXT_WORDS.fullmatch(masked):
        return None
    chosen = firm or dates
    main = _date(folded, combine_dates(masked, chosen))
    parts = tuple(_date(folded, date) for date in chosen) if len(chosen) > 1 else ()
    return main.model_copy(update={"parts": parts})


def _number(folded: Folded, reading: Reading) -> ParsedTarget:
    """Return the record of a number or range."""
    return ParsedTarget(
        kind="number" if reading.high is None else "range",
        operator=reading.operator,
        value=_tidy(reading.value),
        value_high=None if reading.high is None else _tidy(reading.high),
        unit=reading.unit,
        span=folded.origin(reading.start, reading.end),
    )


def _date(folded: Folded, date: DateReading) -> ParsedTarget:
    """Return the record of a date or period."""
    return ParsedTarget(
        kind="date",
        operator=date.operator,
        date=date.date,
        date_from=date.date_from,
        span=folded.origin(date.start, date.end),
    )


def _tidy(value: float) -> float:
    """Return the number without the noise of binary multiplication."""
    return round(value, 6) + 0.0


def _whole(folded: Folded) -> tuple[int, int]:
    """Return where the cell's text stands, without the white space around it."""
    text = folded.text
    return folded.origin(len(text) - len(text.lstrip()), len(text.rstrip()))
