"""Deadlines set by an event are told from other uses of 前."""

from __future__ import annotations

import pytest

from corpus.target.seasons import is_seasonal


@pytest.mark.parametrize(
    "text",
    ["汛前", "主汛期来临前完成", "封冻前", "春耕前到位", "秋季开学前", "新学期开始前", "国庆节前"],
)
def test_seasonal_deadline(text: str) -> None:
    assert is_seasonal(text)


@pytest.mark.parametrize("text", ["汛期", "目前", "提前完成", "上一环节前", "春节期间", "汛前期"])
def test_other_uses_of_before(text: str) -> None:
    assert not is_seasonal(text)
