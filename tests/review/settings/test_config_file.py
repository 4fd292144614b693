"""Review settings are read from a file; what is wrong in it is named with its place."""

from __future__ import annotations

import json

import pytest

from api.settings import CHECKOUT
from corpus.errors import InputError
from review.settings.config import ReviewConfig
from review.settings.file import read_config
from review.settings.manual import config_reference


@pytest.fixture
def read(tmp_path):
    def write_and_read(text, name="配置.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_config(path)

    return write_and_read


def test_the_example_is_read_and_applies_by_region():
    config = read_config(CHECKOUT / "examples" / "审核配置.toml")
    assert config.for_region(None).min_indicators == 6
    county = config.for_region("湖南省岳阳县")
    assert (county.pass_warnings, county.weight_totals) == (0, (100.0, 80.0))


def test_a_county_keeps_what_only_its_province_changes(read):
    config = read('[regions."甲省"]\npeer_gap = 5\n[regions."甲省乙县"]\npass_warnings = 0\n')
    assert config.for_region("甲省乙县").peer_gap == 5
    assert config.for_region("甲省").pass_warnings == ReviewConfig().pass_warnings


def test_json_says_the_same(read):
    assert read(json.dumps({"min_indicators": 7}), "配置.json").min_indicators == 7


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\nmin_indicator = 3", 2, "“min_indicator”不存在，是否想写“min_indicators”"),
        ("# 注\n\npass_warnings = -1", 3, "“pass_warnings”的值不得小于0"),
        ("reject_share = 1.5", 1, "不得大于1"),
        ("max_indicators = 9.5", 1, "应为整数"),
        ("easy_quality = nan", 1, "应为有限的数字"),
        ('heavy_weight = "很重"', 1, "应为数字"),
        ("switched_off = [1]", 1, "应为文字"),
        ('[regions."甲省"]\n\neasy_quality = 120', 3, "“regions.甲省.easy_quality”的值不得大于100"),
        ('[regions."甲省"]\n[regions."甲省".regions]', 2, "“regions.甲省.regions”不存在"),
        ('[regions]\n"甲省" = 3', 2, "应为一组配置项"),
        ('switched_off = ["FM06", "ZZ99"]', 1, "“ZZ99”不是审核规则"),
        ('[regions."甲省"]\nswitched_off = ["easy.nothing"]', 2, "“easy.nothing”不是审核规则"),
        ("min_indicators = 3\nmin_indicators = 4", 2, "不是有效的 TOML"),
        ("min_indicators = ", 1, "不是有效的 TOML"),
    ],
)
def test_a_mistake_is_named_with_line_and_way_out(read, text, line, words):
    with pytest.raises(InputError) as caught:
        read(text)
    assert words in caught.value.message
    assert (caught.value.where.file, caught.value.where.row) == ("配置.toml", line)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("name", "text"), [("配置.yaml", "a: 1"), ("配置.json", "[1]"), ("配置.json", "{")]
)
def test_other_files_are_refused(read, name, text):
    with pytest.raises(InputError) as caught:
        read(text, name)
    assert caught.value.where.file == name


def test_an_absent_file_is_an_error_of_the_user(tmp_path):
    with pytest.raises(InputError, match="文件不存在"):
        read_config(tmp_path / "没有.toml")


def test_every_setting_is_explained():
    assert all(field.description for field in ReviewConfig.model_fields.values())


def test_the_manual_is_current():
    stored = (CHECKOUT / "docs" / "review-config.md").read_text(encoding="utf-8")
    assert stored == config_reference(), (
        "run: python -m review.settings.manual docs/review-config.md"
    )
