"""Sections are known by what they tell and where they stand, whatever they are called."""

from __future__ import annotations

import pytest

from corpus.report import read_report
from corpus.report.facts import read_facts
from corpus.report.told_kinds import kinds_told


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2座泵站2026年4月底前修完，水利站负责；37处鼠洞2026年1月灌浆，各村负责。", "measures"),
        (
            "泵站少修2座，扣4分，配件要开模定做；损失率没有压到位，扣3分，渠堤被鼠洞打穿。",
            "problems",
        ),
        ("执行8.5分、产出46分、效益27分、满意度10分，共91.5分，为优。", "conclusion"),
        ("县拨52万元，镇出36万元，一共88万元，到年底付出74.8万元。", "funds"),
        (
            "聘人目标63人，聘了63人；清渠目标71公里，清了71公里；台账目标63本，建了63本。",
            "completion",
        ),
        (
            "材料由财政所和水利站自查后凑齐，付款凭证一张张核对过，也在公开栏公示了。",
            "organisation",
        ),
    ],
)
def test_marks_of_a_part(text: str, kind: str) -> None:
    assert kinds_told(text) == {kind}


def test_prose_without_marks_tells_nothing() -> None:
    assert (
        kinds_told("全镇十四个村历来重视水利，群众盼着把老渠修好，大家都很支持这件事情。") == set()
    )


def test_an_unknown_section_behind_the_problems_holds_the_measures() -> None:
    text = (
        "某镇2025年管护补助绩效自评报告\n一、资金情况\n预算88万元，支出74.8万元。\n"
        "二、存在的问题\n泵站少修2座，扣4分，配件要开模定做。\n"
        "三、再接再厉\n把配件催到货，把泵站装好，让老乡用上水。\n"
    )
    assert read_report(text).sections[-1].kinds == {"measures"}


def test_a_section_that_comes_too_early_is_no_measure() -> None:
    text = (
        "某镇2025年管护补助绩效自评报告\n一、开场的话\n把配件催到货，把泵站装好，让老乡用上水。\n"
        "二、存在的问题\n泵站少修2座，扣4分，配件要开模定做。\n"
    )
    assert read_report(text).sections[0].kinds == {"overview"}


def test_prose_names_the_unit_that_carries_the_project_out() -> None:
    text = "服务补助绩效自评报告\n一、项目概况\n项目由云岭县民政局组织实施，覆盖全县12个乡镇。\n"
    assert read_facts(read_report(text))["implementing_unit"] == "云岭县民政局"
