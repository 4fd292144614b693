from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus.target import parse_target
from corpus.target.lexicon import read_table

repeatable = settings(derandomize=True, deadline=None, max_examples=300)

WORDS = read_table("comparison_words.csv")
UNITS = [row["unit"] for row in read_table("units.csv") if row["role"] != "denominator"]
PIECES = json.loads((Path(__file__).parent / "pieces.json").read_text(encoding="utf-8"))
cells = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(PIECES["of_cells"]), max_size=14).map("".join)
)
numbers = st.one_of(
    st.integers(0, 10**9), st.decimals(0, 10**6, places=2, allow_nan=False).map(str)
).map(str)
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
MEANING = ("kind", "operator", "value", "value_high", "unit", "date", "date_from", "placeholder")


def meaning(parsed):
    return [getattr(parsed, facet) for facet in MEANING] + [meaning(part) for part in parsed.parts]


def is_a_year(number, unit):
    return unit == "年" and number.isdigit() and 1900 <= int(number) < 2100


@repeatable
@given(cells, cells)
def test_anything_is_read_and_spans_lie_in_the_cell(text, name):
    parsed = parse_target(text, name)
    for reading in (parsed, *parsed.parts):
        assert reading.kind in {"number", "range", "date", "words", "blank"}
        if reading.span is not None:
            start, end = reading.span
            assert 0 <= start < end <= len(text)


@repeatable
@given(cells)
def test_what_a_kind_promises_is_there(text):
    parsed = parse_target(text)
    for reading in (parsed, *parsed.parts):
        assert (reading.value is not None) == (reading.kind in {"number", "range"})
        assert (reading.value_high is not None) == (reading.kind == "range")
        if reading.kind == "range":
            assert reading.value <= reading.value_high
        if reading.kind == "date":
            assert reading.date
        if reading.kind in {"words", "blank"}:
            assert meaning(reading)[1:7] == [None] * 6
    assert len(parsed.parts) != 1


@repeatable
@given(cells)
def test_width_does_not_matter(text):
    assert meaning(parse_target(text.translate(FULL_WIDTH))) == meaning(parse_target(text))


@repeatable
@given(st.sampled_from(WORDS), numbers, st.sampled_from(UNITS))
def test_a_rendered_bound_is_read_back(word, number, unit):
    assume(not is_a_year(number, unit))
    after = word["place"] == "after"
    text = f"{number}{unit}{word['word']}" if after else f"{word['word']}{number}{unit}"
    parsed = parse_target(text)
    assert meaning(parsed)[:5] == ["number", word["operator"], float(number), None, unit], text
    start, end = parsed.span
    assert text[start:end] == text


@repeatable
@given(st.sampled_from("≥≤><="), numbers, st.sampled_from(UNITS), st.sampled_from(["", " ", "　"]))
def test_white_space_around_sign_and_unit_does_not_matter(sign, number, unit, space):
    assume(not is_a_year(number, unit))
    loose = parse_target(f" {sign}{space}{number}{space}{unit}\n")
    assert meaning(loose) == meaning(parse_target(f"{sign}{number}{unit}"))


@repeatable
@given(numbers, numbers, st.sampled_from(UNITS), st.sampled_from("-~—至～"))
def test_a_rendered_range_is_read_back(low, high, unit, separator):
    assume(float(low) < float(high) and not is_a_year(high, unit))
    assume(not low.startswith(("19", "20")))  # 2037.01-2038 begins like a month
    parsed = parse_target(f"{low}{separator}{high}{unit}")
    assert meaning(parsed)[:5] == ["range", None, float(low), float(high), unit]


@repeatable
@given(st.integers(2000, 2099), st.integers(1, 12), st.integers(1, 28))
def test_a_rendered_deadline_is_read_back(year, month, day):
    iso = f"{year}-{month:02d}-{day:02d}"
    for text in (f"{year}年{month}月{day}日前", f"{year}年{month:02d}月{day:02d}日之前", f"≤{iso}"):
        parsed = parse_target(text)
        assert (parsed.kind, parsed.operator, parsed.date) == ("date", "≤", iso), text


@repeatable
@given(st.integers(1, 9999), st.sampled_from(["亩", "人次", "平方米", "株"]))
def test_ten_thousands_multiply_out_but_for_money(count, unit):
    assert parse_target(f"{count}万{unit}").value == count * 10_000
    assert (parse_target(f"{count}万元").value, parse_target(f"{count}万元").unit) == (
        count,
        "万元",
    )


LONG = 20_000


def seconds(text):
    """Return the shortest of three readings in this thread; each text is new to the cache."""
    times = []
    for attempt in range(3):
        started = time.thread_time()
        parse_target(text + " " * attempt)
        times.append(time.thread_time() - started)
    return min(times)


@pytest.mark.parametrize("piece", PIECES["to_repeat"])
@pytest.mark.parametrize("tail", ["", "1", "个"])
def test_long_cells_are_read_in_bounded_time(piece, tail):
    assert seconds((piece * LONG)[:LONG] + tail) < 0.1


def test_long_random_cells_are_read_in_bounded_time():
    chosen = random.Random(7)  # noqa: S311 - not for secrets
    for _ in range(20):
        assert seconds("".join(chosen.choices(PIECES["of_cells"], k=LONG))[:LONG]) < 0.1
