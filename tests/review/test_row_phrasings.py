"""A result told otherwise than in the form's row is found, however the text words it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.records import SelfEvaluation
from review.reviewer import Reviewer

CASES = yaml.safe_load((Path(__file__).parent / "row_phrasings.yml").read_text("utf-8"))
CONFLICTS = frozenset({"NR01", "NR02", "NR15"})
OTHERS = (("自评资料归档及时率", "97%"), ("新增就业岗位", "58人"), ("监测点位巡查频次", "210次"))
REPORT = """青溪县公共服务提升2023年度项目绩效自评报告
一、项目概况
本项目由青溪县人民政府办公室牵头组织实施，主要解决群众反映强烈的公共服务短板问题，按年初批复的绩效目标推进各项任务。
二、绩效目标完成情况
各项任务按计划组织实施，过程资料齐全。{}
三、存在的问题
个别资料归档不够及时，需要进一步规范。
四、改进措施
由县政府办在2024年6月底前完善归档制度，按月检查一次并通报检查结果。
"""


def codes_of(name: str, actual: str, told: str) -> set[str]:
    rows = [(name, actual), *OTHERS]
    record = SelfEvaluation.model_validate(
        {
            "project_name": "公共服务提升",
            "year": 2023,
            "report_text": REPORT.format(told),
            "indicators": [
                {
                    "level1": "产出指标",
                    "level2": "数量指标",
                    "name": title,
                    "target": value,
                    "actual": value,
                }
                for title, value in rows
            ],
        }
    )
    return {finding.code for finding in Reviewer().review_report(record).findings} & CONFLICTS


@pytest.mark.parametrize("case", CASES["fail"], ids=lambda case: case[0])
def test_conflict_is_found(case: Any) -> None:
    assert "NR15" in codes_of(*case)


@pytest.mark.parametrize("case", CASES["pass"], ids=lambda case: case[2])
def test_other_figures_are_left_alone(case: Any) -> None:
    assert not codes_of(*case)
