"""Figure faults are found however a report words them, and like wording without fault is left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.records import SelfEvaluation
from review.reviewer import Reviewer

FOLDER = Path(__file__).parent / "figure_phrasings"
FIGURE_CODES = frozenset(
    {"NR01", "NR02", "NR03", "NR04", "NR11", "NR12", "NR13", "NR15", "NR16"}
    | {"SC01", "SC04", "SC09", "SC13", "TR13"}
)
SLOTS = ("overview", "funds", "results", "conclusion", "problems", "measures", "organisation")
REPORT = """青溪县公共设施管护2023年度项目绩效自评报告
一、项目概况
本项目由青溪县住房和城乡建设局组织实施，主要承担公共设施的日常管护和更新，解决群众反映的设施老化问题。{overview}
二、资金情况
资金实行国库集中支付，按合同和验收单审核付款。{funds}
三、绩效目标完成情况
各项任务按计划组织实施，过程资料齐全。{results}
四、自评工作开展情况
县住房和城乡建设局成立自评小组，核对了合同、验收单和支付凭证。{organisation}
五、自评结论
项目组织实施较为规范，基本达到预期效果。{conclusion}
六、存在的问题
管护人员巡查记录不够完整，个别点位巡查间隔过长。{problems}
七、改进措施
由县住房和城乡建设局在2024年6月底前完善巡查记录制度。{measures}
"""
KINDS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.glob("*.yml")}


def codes_of(kind: str, entry: str | dict[str, str]) -> set[str]:
    """Return the codes said of a report with an entry's words in their sections."""
    words = {KINDS[kind]["slot"]: entry} if isinstance(entry, str) else entry
    parts = {slot: _placed(words.get(slot, "")) for slot in SLOTS}
    record = SelfEvaluation.model_validate(
        {
            "project_name": "公共设施管护",
            "department": "青溪县住房和城乡建设局",
            "year": 2023,
            "report_text": REPORT.format(**parts),
        }
    )
    return {finding.code for finding in Reviewer().review_report(record).findings}


def _placed(words: str) -> str:
    """Return words as the next sentence, those of several lines as paragraphs of their own."""
    return "\n" + words.strip() if "\n" in words else words


def entries(side: str) -> list[Any]:
    return [
        pytest.param(kind, entry, id=f"{kind}-{place}")
        for kind, cases in sorted(KINDS.items())
        for place, entry in enumerate(cases[side])
    ]


@pytest.mark.parametrize(("kind", "entry"), entries("fail"))
def test_fault_is_found(kind: str, entry: Any) -> None:
    assert codes_of(kind, entry) & set(KINDS[kind]["codes"])


@pytest.mark.parametrize(("kind", "entry"), entries("pass"))
def test_sound_wording_is_left_alone(kind: str, entry: Any) -> None:
    assert not codes_of(kind, entry) & FIGURE_CODES
