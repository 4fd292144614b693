"""How results look on a terminal."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from api.cli.output import console_for, rendered
from api.cli.show_recommendation import show_recommendation
from api.cli.show_review import show_review
from api.cli.text import level, number, one_line, safe
from api.workspace import Workspace
from corpus.importers import read_declarations
from corpus.records import Declaration


@pytest.fixture(scope="module")
def declaration() -> Declaration:
    from api.settings import CHECKOUT

    return read_declarations(CHECKOUT / "examples" / "博物馆免费开放.json").records[0]


@pytest.mark.parametrize("width", [80, 100, 120])
def test_nothing_is_wider_than_the_terminal_and_nothing_is_cut(
    workspace: Workspace, declaration: Declaration, width: int
) -> None:
    recommendation = workspace.recommend(declaration)
    review = workspace.review(declaration)
    console = Console(
        file=io.StringIO(), width=width, highlight=False, markup=False, force_terminal=False
    )

    def paint(console: Console) -> None:
        show_recommendation(console, declaration, recommendation)
        show_review(console, declaration, review)

    shown = rendered(console, paint)
    assert max(cell_len(line) for line in shown.splitlines()) <= width
    packed = "".join(shown.split())
    for suggestion in recommendation.suggestions:
        assert suggestion.target.suggested is None or suggestion.target.suggested in shown
    for row in declaration.indicators:
        assert row.target in packed
    assert all(finding.code in shown for finding in review.findings)
    assert "…" not in "".join(line for line in shown.splitlines() if "·" in line)


def test_a_file_gets_plain_text_of_a_fixed_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    sink = io.StringIO()
    console = console_for(sink)
    assert console.width == 100
    assert not console.is_terminal
    console.print("x", style="bold red")
    assert sink.getvalue() == "x\n"


def test_hostile_characters_do_not_reach_the_terminal() -> None:
    assert safe("a\x1b[31m\x07b\u202ec\x9b") == "a[31mbc"
    assert one_line("a\n\tb\r\n c") == "a b c"
    assert one_line("一二三四五", 4) == "一二三…"
    assert safe(None) == ""


@pytest.mark.parametrize(
    ("level1", "level2", "expected"),
    [
        ("产出指标", "数量指标", "产出·数量"),
        ("效益指标", "经济效益指标", "效益·经济"),
        ("满意度指标", "满意度指标", "满意度"),
        ("满意度指标", "服务对象满意度指标", "满意度·服务对象"),
        ("", "数量指标", "数量"),
        ("产出", "", "产出"),
    ],
)
def test_levels_are_short(level1: str, level2: str, expected: str) -> None:
    assert level({"level1": level1, "level2": level2}) == expected


def test_numbers_have_no_needless_digits() -> None:
    assert [number(value) for value in (None, 10.0, 0.5, 12345678.0)] == [
        "",
        "10",
        "0.5",
        "12,345,678",
    ]
