from __future__ import annotations

import csv
from pathlib import Path

import pytest

from corpus.bundle import bundled_cases, bundled_library
from corpus.taxonomy import (
    FUNCTIONS,
    LEVELS,
    canonical_levels,
    function_name,
    guess_function_code,
    level_order,
)

KEYWORDS = Path(__file__).parents[2] / "corpus" / "lexicon" / "function_keywords.csv"


@pytest.mark.parametrize(
    ("written", "level1", "level2"),
    [
        (("产出指标", "数量指标"), "产出指标", "数量指标"),
        (("产出指标(50分)", "数量"), "产出指标", "数量指标"),
        (("产出指标（50分）", "数量指标 （20分）"), "产出指标", "数量指标"),
        (("产 出\n指标", "质 量\n指标"), "产出指标", "质量指标"),
        (("一、产出指标", "（一）质量指标"), "产出指标", "质量指标"),
        (("产出", "时效"), "产出指标", "时效指标"),
        (("产出指标", "1.时效指标"), "产出指标", "时效指标"),
        (("產出指標", "數量指標"), "产出指标", "数量指标"),
        (("绩效指标-产出指标", "绩效指标-数量指标"), "产出指标", "数量指标"),
        (("产出指标", "成本指标"), "成本指标", "经济成本指标"),
        (("产出", "成本"), "成本指标", "经济成本指标"),
        (("成本指标", "经济成本"), "成本指标", "经济成本指标"),
        (("成本指标20分", "生态环境成本指标"), "成本指标", "生态环境成本指标"),
        (("效益", "社会效益"), "效益指标", "社会效益指标"),
        (("效果指标", "环境效益"), "效益指标", "生态效益指标"),
        (("效益指标", "可持续影响"), "效益指标", "可持续影响指标"),
        (("产出指标", "可持续影响指标"), "效益指标", "可持续影响指标"),
        (("满意度", "服务对象满意度"), "满意度指标", "服务对象满意度指标"),
        (("满意度指标", "满意度指标"), "满意度指标", "服务对象满意度指标"),
        (("社会公众或服务对象满意度指标", ""), "满意度指标", "服务对象满意度指标"),
        (("效益指标", "服务对象满意度指标"), "满意度指标", "服务对象满意度指标"),
        (("", "数量指标"), "产出指标", "数量指标"),
        (("数量指标", ""), "产出指标", "数量指标"),
    ],
)
def test_levels_are_recognised_as_forms_write_them(
    written: tuple[str, str], level1: str, level2: str
) -> None:
    assert canonical_levels(*written) == (level1, level2)


@pytest.mark.parametrize(
    "written", [("预算执行", "预算执行率"), ("管理指标", "制度建设"), ("", ""), ("10", "20分")]
)
def test_unknown_levels_are_kept(written: tuple[str, str]) -> None:
    assert canonical_levels(*written) == written


def test_a_known_first_level_keeps_an_unknown_second() -> None:
    assert canonical_levels("产出", "其他产出") == ("产出指标", "其他产出")
    assert canonical_levels("效益指标", "效益指标") == ("效益指标", "效益指标")


def test_canonical_levels_stay_as_they_are() -> None:
    for level1, group in LEVELS.items():
        for level2 in group:
            assert canonical_levels(level1, level2) == (level1, level2)


def test_levels_of_all_bundled_cases_are_known() -> None:
    for case in bundled_cases():
        for row in case.indicators:
            level1, level2 = canonical_levels(row.level1, row.level2)
            assert level1 in LEVELS
            assert level2 in LEVELS[level1] or level2 == row.level2


def test_rows_are_put_in_the_order_of_the_form() -> None:
    written = [
        ("其他", ""),
        ("满意度", ""),
        ("效益", "可持续影响"),
        ("产出", "时效"),
        ("产出", "数量"),
    ]
    ordered = sorted([*written, ("产出", "成本")], key=lambda levels: level_order(*levels))
    assert ordered == [
        ("产出", "成本"),
        ("产出", "数量"),
        ("产出", "时效"),
        ("效益", "可持续影响"),
        ("满意度", ""),
        ("其他", ""),
    ]


def test_functions_are_named_by_any_depth_of_code() -> None:
    assert function_name("213") == "农林水支出"
    assert function_name("2130305") == "农林水支出"
    assert function_name("999") is None
    assert function_name(None) is None
    used = {record.function_code for record in (*bundled_library(), *bundled_cases())}
    assert {code for code in used if code} <= FUNCTIONS.keys()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("岳阳县农业农村局 高标准农田建设", "213"),
        ("某县教育局", "205"),
        ("道路交通安全设施维护 市公安局交警支队", "204"),
        ("财政局 创业担保贷款贴息", "217"),
        ("二〇二四年专项经费", None),
        ("", None),
    ],
)
def test_a_function_is_guessed_from_names(text: str, code: str | None) -> None:
    assert guess_function_code(text) == code


def test_guesses_mostly_agree_with_published_codes() -> None:
    cases = [case for case in bundled_cases() if case.function_code]
    right = sum(
        guess_function_code(f"{case.department or ''} {case.project_name}") == case.function_code
        for case in cases
    )
    assert right / len(cases) > 0.85


def test_guesses_mostly_agree_with_the_library() -> None:
    types = bundled_library()
    right = sum(guess_function_code(entry.project_type) == entry.function_code for entry in types)
    assert right / len(types) > 0.85


def test_the_keyword_table_is_well_formed() -> None:
    with KEYWORDS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    keywords = [row["keyword"] for row in rows]
    assert len(keywords) == len(set(keywords))
    assert {row["function_code"] for row in rows} <= FUNCTIONS.keys()
    # Longer keywords stand first: one found hides the shorter ones inside it.
    assert [len(word) for word in keywords] == sorted(map(len, keywords), reverse=True)
