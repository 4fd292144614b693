"""Prose that names a row of the report's own table must repeat it."""

from __future__ import annotations

import pytest

from corpus.report import read_report
from review.narrative.cell_mentions import contradicted_rows

REPORT = """某专项绩效自评报告
二、资金使用
| 方向 | 安排（万元） | 支用（万元） |
|---|---|---|
| 工坊扶持 | 300 | 280 |
| 展演活动 | 160 | 108.8 |
| 合计 | 460 | 388.8 |
{prose}
"""


@pytest.mark.parametrize("prose", ["展演活动支出118.8万元。", "全年工坊扶持支用2,080,000元。"])
def test_another_amount_contradicts_the_row(prose: str) -> None:
    (mention,) = contradicted_rows(read_report(REPORT.format(prose=prose)))
    assert mention.label in prose
    assert mention.figure.text in prose


@pytest.mark.parametrize(
    "prose",
    [
        "展演活动支出108.8万元。", "展演活动支出109万元。", "展演活动安排160万元。",
        "展演活动比上年少20万元。", "展演活动每场4.03万元。", "其余支出118.8万元。",
    ],
)  # fmt: skip
def test_what_repeats_the_row_or_tells_of_something_else_does_not(prose: str) -> None:
    assert not [*contradicted_rows(read_report(REPORT.format(prose=prose)))]


def test_rows_that_share_a_label_are_left_alone() -> None:
    text = REPORT.replace("| 工坊扶持 |", "| 展演活动 |").format(prose="展演活动支出118.8万元。")
    assert not [*contradicted_rows(read_report(text))]
