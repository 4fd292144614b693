"""Severities have one name each, whoever reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.web.wording import SEVERITIES
from review.finding import SEVERITY_WORDS, Severity

ROOT = Path(__file__).parents[3]
_FORMER = ("须退回", "应修改", "建议完善", "必改】")


def test_every_severity_has_words() -> None:
    assert {severity.value: severity.words for severity in Severity} == SEVERITY_WORDS
    assert SEVERITIES is SEVERITY_WORDS


@pytest.mark.parametrize("folder", ["api", "review", "docs", "examples"])
def test_no_other_names_are_read_anywhere(folder: str) -> None:
    texts = {
        path: path.read_text(encoding="utf-8")
        for kind in ("py", "html", "js", "md", "toml")
        for path in (ROOT / folder).rglob(f"*.{kind}")
        if "vendor" not in path.parts
    }
    assert texts
    assert [path for path, text in texts.items() if any(word in text for word in _FORMER)] == []
