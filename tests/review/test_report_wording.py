"""Faults of wording in reports are found however a unit words them, and sound wording is not.

The variants in `report_wording/` were written apart from any report that the rules are measured on.
Each exchanges some parts of the report in `base.yml`, which is in order.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.records import Case, SelfEvaluation
from review.context import ReviewContext
from review.engine import run_rules
from review.facts.shared_reports import SharedReports
from review.rules import REPORT_RULES
from review.settings.config import load_config

TODAY = datetime.date(2025, 3, 1)
FOLDER = Path(__file__).parent / "report_wording"
KINDS: dict[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yml"))
}
BASE: dict[str, str] = KINDS.pop("base")


def compose(kind: Mapping[str, Any], variant: str | Mapping[str, Any]) -> str:
    """Return the base report with the parts that a variant exchanges."""
    given = {"parts": {kind["part"]: variant}} if isinstance(variant, str) else variant
    changes = {**kind.get("parts", {}), **given.get("parts", {})}
    if isinstance(variant, str):
        changes[kind["part"]] = kind["lead"] + ("" if kind["lead"].endswith("）") else "\n")
        changes[kind["part"]] = changes[kind["part"]].lstrip("\n") + variant
        changes[kind["part"]] += kind.get("follow", "")
    text = "\n".join(part for part in {**BASE, **changes}.values() if part)
    for old, new in given.get("retitle", {}).items():
        assert old in text
        text = text.replace(old, new)
    return text


def codes_on(text: str, known: str | None = None) -> set[str]:
    record = SelfEvaluation(report_text=text, year=2024)
    shared = SharedReports([Case(id="1", project_name="云川县项目", report_text=known)])
    context = ReviewContext(
        declaration=record,
        rows=(),
        config=load_config({}),
        today=TODAY,
        shared_reports=shared if known else None,
    )
    found, notices = run_rules(REPORT_RULES, context)
    assert not notices
    return {finding.code for finding in found}


def variants(side: str) -> list[Any]:
    return [
        pytest.param(kind, variant, id=f"{name}-{place}")
        for name, kind in KINDS.items()
        for place, variant in enumerate(kind[side], 1)
    ]


def test_the_base_report_is_clean() -> None:
    assert not codes_on("\n".join(BASE.values()))


@pytest.mark.parametrize(("kind", "variant"), variants("fires"))
def test_a_fault_is_found(kind: Mapping[str, Any], variant: Any) -> None:
    assert codes_on(compose(kind, variant), kind.get("known")) & set(kind["codes"])


@pytest.mark.parametrize(("kind", "variant"), variants("silent"))
def test_sound_wording_is_left_alone(kind: Mapping[str, Any], variant: Any) -> None:
    assert not codes_on(compose(kind, variant), kind.get("known")) & set(kind["codes"])
