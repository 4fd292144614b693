from __future__ import annotations

import pytest

from corpus.bundle import bundled_cases, bundled_labels, bundled_library
from corpus.quality import FAULTS, name_fault, row_fault
from corpus.records import Indicator

FAULTY = [
    ("name_blank", "", "100%"),
    ("name_blank", "88", "100"),
    ("name_blank", "指标1", "≥95%"),
    ("name_blank", "……", "100%"),
    ("name_level", "数量指标", "375万平方米"),
    ("name_level", "一、社会效益", "明显"),
    ("name_level", "可持续影响指标", "长期"),
    ("name_template", "培训人数≥**人", "≥120人"),
    ("name_template", "XX项目验收合格率", "100%"),
    ("name_garbled", "农村公路养护（里程", "120公里"),
    ("name_period", "2022年全年", "≥360天"),
    ("name_period", "12月底之前完成", "100%"),
    ("name_generic", "完成率", "≥95%"),
    ("name_generic", "工作完成情况", "100%"),
    ("name_generic", "社会影响力", "明显"),
    ("name_procedure", "资金到位率", "100%"),
    ("name_procedure", "预算执行率", "≥95%"),
    ("name_procedure", "按规定发放补贴", "100%"),
    ("name_question", "是否产生经济效益", "否"),
    ("name_question", "对生态环境有无影响", "无"),
    ("name_sentence", "该项目需县级财政安排资金用于道路维修", "800万元"),
    ("name_sentence", "增加就业机会，提高农民收入。", "显著"),
    ("name_compound", "修缮屋面、墙体、门窗、电路", "4处"),
    ("name_effect", "促进区域经济协调发展", "≥95%"),
    ("name_effect", "群众生活条件得到改善", "明显"),
    ("name_abstract", "群众安全感获得感", "增强"),
    ("name_abstract", "长效管理机制健全性", "健全"),
    ("target_blank", "无障碍改造户数", ""),
    ("target_blank", "新建堤防长度", "公里"),
    ("target_choice", "食品安全抽检批次", "高中低"),
    ("target_contradiction", "农产品零售额", "9.5%"),
    ("target_contradiction", "疫苗接种率", "1200人次"),
    ("target_contradiction", "设备验收合格率", "292%"),
    ("target_contradiction", "设备验收合格率", "2023年12月底前"),
    ("target_contradiction", "小区物业费", "8个"),
    ("target_direction", "村道改造总成本", "≥120万元"),
    ("target_direction", "施工安全事故起数", "≥1起"),
]
SOUND = [
    ("村内道路硬化里程", "≥100公里"),
    ("35-64岁农村妇女宫颈癌检查", "15000人"),
    ("河道水质", "达到地表水Ⅲ类"),
    ("带动农户户均增收", "≥500元"),
    ("服务对象满意度", "≥95%"),
    ("工程验收合格率", "100%"),
    ("项目完成及时率", "≥98%"),
    ("及时（按期）完工率", "≥90%"),
    ("项目完工时间", "2023年12月底前"),
    ("农村低保标准", "≥530元/人·月"),
    ("居民健康素养水平", "≥28%"),
    ("安全生产责任事故起数", "0起"),
    ("城镇登记失业率", "控制在4.5%以内"),
    ("采购成本节约率", "≥5%"),
    ("七氟丙烷灭火装置及药剂", "10套"),
    ("（一）新建泵站、水闸数量", "12座"),
]


@pytest.mark.parametrize(("code", "name", "target"), FAULTY)
def test_a_faulty_row_is_named_by_its_fault(code: str, name: str, target: str) -> None:
    assert row_fault(Indicator(name=name, target=target)) == code


@pytest.mark.parametrize(("name", "target"), SOUND)
def test_a_sound_row_passes(name: str, target: str) -> None:
    assert row_fault(Indicator(name=name, target=target)) is None


def test_every_fault_has_an_example_and_a_meaning_of_its_own() -> None:
    assert {code for code, _, _ in FAULTY} == set(FAULTS)
    assert len(set(FAULTS.values())) == len(FAULTS)


def test_a_report_that_only_gives_results_is_not_blank() -> None:
    row = Indicator(name="办理法律援助案件", target="", actual="94件")
    assert row_fault(row) is None
    assert row_fault(row.model_copy(update={"target": "XX件"})) == "target_blank"


def test_names_of_the_library_are_sound() -> None:
    rows = [row for entry in bundled_library() for row in entry.indicators]
    faulty = [
        row.name
        for row in rows
        if row.typical is not None
        and row_fault(Indicator(name=row.name, target=f"{row.direction}{row.typical:g}{row.unit}"))
    ]
    assert len(faulty) <= len(rows) * 0.0005, faulty


def test_what_it_leaves_out_was_hardly_ever_graded_fitting() -> None:
    rows = {f"{case.id}:{row.name}": row for case in bundled_cases() for row in case.indicators}
    grades = [
        label.grade
        for label in bundled_labels("suggestions")
        if label.key in rows and row_fault(rows[label.key])
    ]
    assert len(grades) > 100
    assert sum(grade == 2 for grade in grades) / len(grades) < 0.05


def test_it_finds_most_rows_that_reviewers_call_vague() -> None:
    cases = {str(case.id): case for case in bundled_cases()}
    labels = bundled_labels("targets")
    found = {
        (label.case_id, label.row)
        for label in labels
        if row_fault(cases[label.case_id].indicators[label.row])
    }
    vague = {(label.case_id, label.row) for label in labels if label.vague}
    sound = {
        (label.case_id, label.row)
        for label in labels
        if not (label.vague or label.qualitative or label.easy)
    }
    assert len(found & vague) / len(vague) > 0.75
    assert len(found & sound) / len(sound) < 0.10


@pytest.mark.parametrize(
    "unit", ["按质按量", "12月", "本该", "数数量的", "促进", "(1)", "、", "((", "资金"]
)
def test_work_on_a_hostile_name_grows_with_its_length(growth, unit: str) -> None:
    assert growth(lambda size: name_fault(unit * (size // len(unit)) + "x"), 20) < 10
    assert growth(lambda size: name_fault(unit * size), 1250) < 10
