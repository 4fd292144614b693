"""Rules, files, manual pages and cases belong together one to one."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import review.rules
from review.finding import Severity
from review.kinds import EachRow, Missing, Pattern, Whole
from review.manual import HEADINGS, render_rules
from review.rules import ALL_RULES, GROUPS, ROW_RULES, RULES

ALL = ALL_RULES
ROOT = Path(review.rules.__file__).parent
DOCS = Path(__file__).parents[2] / "docs"
FILES = sorted(path for path in ROOT.glob("*/*.py") if path.name != "__init__.py")
CASES = Path(__file__).parent / "cases"
AUTHORITIES = (
    "中发〔2018〕34号",
    "财预〔2015〕88号",
    "财预〔2020〕10号",
    "财预〔2021〕101号",
    "财预〔2019〕136号",
)


def module_of(path):
    return importlib.import_module(f"review.rules.{path.parent.name}.{path.stem}")


def test_there_are_as_many_rules_as_files():
    registered = [rule.code for rule in ALL]
    assert len(set(registered)) == len(registered)
    assert sorted(registered) == sorted(module_of(path).RULE.code for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_rule_is_named_after_its_file(path):
    rule = module_of(path).RULE
    code, _, name = path.stem.partition("_")
    assert rule.code == code.upper()
    assert rule.name == f"{path.parent.name}.{name}"
    assert re.fullmatch(r"[A-Z]{2}\d{2}", rule.code)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_a_manual_page_has_all_headings_in_order(rule):
    manual = rule.manual
    assert (manual.code, manual.name) == (rule.code, rule.name)
    assert manual.summary
    assert tuple(heading for heading, _ in manual.sections) == HEADINGS
    assert all(text for _, text in manual.sections)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_a_manual_page_names_a_known_authority_without_article(rule):
    assert any(name in rule.manual.source for name in AUTHORITIES)
    assert not re.search(r"第[一二三四五六七八九十\d]+条", rule.manual.source)


def test_messages_and_summaries_are_distinct():
    for values in ([rule.message for rule in ALL], [rule.manual.summary for rule in ALL]):
        assert len(set(values)) == len(values)


def test_every_rule_has_cases_on_both_sides(load_rule_cases):
    sides = {}
    for code, side, _, _ in load_rule_cases:
        sides.setdefault(code, set()).add(side)
    single = {code: found for code, found in sides.items() if "_" not in code}
    assert set(single) == {rule.code for rule in ALL}
    assert all({"fail", "pass"} <= found for found in single.values())


def test_combined_cases_name_known_rules():
    codes = {rule.code for rule in ALL}
    for path in CASES.glob("*_*.yml"):
        assert set(path.stem.split("_")) <= codes


def test_yielding_names_known_rules():
    codes = {rule.code for rule in ALL}
    for rule in ALL:
        assert set(rule.yields_to) <= codes - {rule.code}, rule.code


def test_no_error_or_warning_yields_to_a_hint():
    """So that a serious remark on a row is there as soon as one serious rule speaks."""
    severity = {rule.code: rule.severity for rule in ALL}
    for rule in ALL:
        if rule.severity is not Severity.INFO:
            assert Severity.INFO not in {severity[code] for code in rule.yields_to}, rule.code


def test_rules_are_made_of_the_known_kinds():
    assert all(isinstance(rule.check, EachRow | Missing | Pattern | Whole) for rule in ALL)
    assert set(ROW_RULES) < set(RULES)


def test_the_manual_is_up_to_date():
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == render_rules(GROUPS)
