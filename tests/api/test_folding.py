"""Folded text keeps to the width and to the rules of Chinese typesetting."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from api.cli.folding import fold, width_of

TEXTS = st.text("绩效目标应，。；“”（）《》95%≥abc ", max_size=200)


@given(TEXTS, st.integers(8, 60))
def test_every_line_fits_and_nothing_but_blanks_is_lost(text: str, width: int) -> None:
    lines = list(fold(text, width))
    assert all(width_of(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_no_line_begins_with_a_closing_mark() -> None:
    text = "请将指标值改为数值、比例或完成时间，并写明依据。"
    for width in range(10, 40):
        assert not any(line[:1] in "，。、" for line in fold(text, width))


def test_numbers_stay_whole() -> None:
    assert list(fold("补助资金合计为1234567元", 20)) == ["补助资金合计为", "1234567元"]
