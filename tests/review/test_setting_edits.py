from __future__ import annotations

import inspect
import re
import sys

import pytest

from corpus.errors import InputError
from review.rules import ALL_RULES
from review.settings.config import ReviewConfig
from review.settings.editing import EDITABLE, SETTINGS_OF, overlaid, read_value, written


def test_the_settings_of_a_rule_are_those_that_its_module_reads() -> None:
    for rule in ALL_RULES:
        module = next(
            module
            for name, module in list(sys.modules.items())
            if name.startswith("review.rules.") and getattr(module, "RULE", None) is rule
        )
        read = set(re.findall(r"config\.([a-z_]+)", inspect.getsource(module)))
        assert read <= set(SETTINGS_OF.get(rule.code, ())), rule.code


def test_settings_of_rules_exist() -> None:
    codes = {rule.code for rule in ALL_RULES}
    assert set(SETTINGS_OF) <= codes
    assert {name for names in SETTINGS_OF.values() for name in names} <= set(EDITABLE)


def test_changed_values_lie_over_the_file_and_under_its_regions() -> None:
    file = ReviewConfig(easy_quality=97, regions={"湖南省": {"easy_satisfaction": 95}})
    config, refused = overlaid(file, {"easy_satisfaction": 90})
    assert (config.easy_quality, config.easy_satisfaction, refused) == (97, 90, {})
    assert config.for_region("湖南省岳阳县").easy_satisfaction == 95


def test_values_the_program_no_longer_takes_are_left_out_and_named() -> None:
    config, refused = overlaid(ReviewConfig(), {"gone": 1, "peer_share": 7, "peer_gap": 2})
    assert config == ReviewConfig(peer_gap=2)
    assert set(refused) == {"gone", "peer_share"}


@pytest.mark.parametrize("name", EDITABLE)
def test_what_is_shown_can_be_typed_again(name: str) -> None:
    config = ReviewConfig()
    value = read_value(config, name, written(getattr(config, name)))
    assert config.overridden({name: value}) == config


def test_a_number_must_be_one() -> None:
    with pytest.raises(InputError, match="数字"):
        read_value(ReviewConfig(), "peer_gap", "三")
