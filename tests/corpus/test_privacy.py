from __future__ import annotations

import pytest

from corpus.bundle import bundled_cases, bundled_library
from corpus.privacy import scrub


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("联系人：张小三，电话：13812345678", ("张小三", "13812345678")),
        ("联系人:张三 联系电话:0745-2212345", ("张三", "2212345")),
        ("项目负责人：欧阳小明", ("欧阳小明",)),
        ("填报人 王五 138 1234 5678", ("王五", "1234 5678")),
        ("填表人：李四 审核人：赵六", ("李四", "赵六")),
        ("咨询电话（0745）2212345转801", ("2212345",)),
        ("座机：2212345", ("2212345",)),
        ("手机号码+86 13812345678。", ("13812345678",)),
        ("身份证110101199003071234", ("110101199003071234",)),
        ("身份证号11010119900307123X", ("11010119900307123X",)),
    ],
)
def test_personal_data_goes(text: str, personal: tuple[str, ...]) -> None:
    scrubbed = scrub(text)
    for part in personal:
        assert part not in scrubbed
    assert scrub(scrubbed) == scrubbed


@pytest.mark.parametrize(
    "text",
    [
        "总投资13812345678元",
        "贷款余额 15900000000 元",
        "受益人口13000000000人次",
        "12345热线受理量≥20000件",
        "2023-2025年，0-6岁儿童，7×24小时",
        "双岗联系人落实率",
        "负责人：县农业农村局",
        "电话抽查回访120户",
        "建设里程13.8123456789公里",
        "项目编号2023051012345678901",
    ],
)
def test_other_numbers_and_words_stay(text: str) -> None:
    assert scrub(text) == text


def test_the_bundled_texts_lose_nothing() -> None:
    texts = [row.name for entry in bundled_library() for row in entry.indicators]
    texts += [text for case in bundled_cases() for text in (case.project_name, case.goal)]
    texts += [
        text
        for case in bundled_cases()
        for row in case.indicators
        for text in (row.name, row.target, row.actual or "")
    ]
    assert [text for text in texts if scrub(text) != text] == []


@pytest.mark.parametrize("unit", ["1", "138", "联系人：", "电话：", "0745-", "(0745)", "张 "])
def test_work_on_a_hostile_text_grows_with_its_length(growth, unit: str) -> None:
    assert growth(lambda size: scrub(unit * (size // len(unit))), 25_000) < 10
