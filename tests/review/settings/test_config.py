"""Settings are checked and may differ by region."""

from __future__ import annotations

import tomllib

import pytest

from corpus.errors import InputError
from review.settings.config import ReviewConfig, load_config

REGIONS = """
min_indicators = 5
switched_off = ["FM05"]

[regions."湖南省"]
weight_totals = [100, 80]

[regions."湖南省岳阳县"]
switched_off = ["form.too_few"]
"""


@pytest.fixture
def config():
    return load_config(tomllib.loads(REGIONS))


def test_the_longest_matching_region_wins(config):
    assert config.for_region("湖南省长沙市").weight_totals == (100.0, 80.0)
    assert config.for_region("湖南省岳阳县").switched_off == ("form.too_few",)
    assert config.for_region("湖北省").weight_totals == ReviewConfig().weight_totals
    assert config.for_region(None) is config


def test_a_region_keeps_what_it_does_not_change(config):
    assert config.for_region("湖南省岳阳县").min_indicators == 5


@pytest.mark.parametrize(
    "values",
    [
        {"min_indicator": 3},
        {"min_indicators": -1},
        {"heavy_weight": "很重"},
        {"regions": {"湖南省": {"nonsense": 1}}},
    ],
)
def test_wrong_settings_are_refused_with_their_name(values):
    with pytest.raises(InputError) as caught:
        load_config(values)
    assert "审核配置项" in str(caught.value)


def test_a_region_switches_off_a_rule(make_reviewer, make_declaration, config):
    rows = [{"name": "养护里程", "target": "≥159公里"}]
    reviewer = make_reviewer(config=config)

    def codes(region):
        declaration = make_declaration(rows=rows, project={"region": region})
        return {finding.code for finding in reviewer.review(declaration).findings}

    assert "FM03" in codes("湖南省长沙市")
    assert "FM03" not in codes("湖南省岳阳县")


def test_a_scheme_that_cannot_be_read_is_refused():
    with pytest.raises(InputError, match=r"scheme.*有误.*合计为80分"):
        load_config({"scheme": "产出50+效益30"})
    scheme = "产出50+效益30+满意度10+执行率10"
    assert load_config({"scheme": scheme}).scheme == scheme
