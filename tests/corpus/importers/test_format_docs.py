"""docs/input-formats.md against the code: its examples are read, its names are known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.importers import Limits, declaration_from_dict, read_declarations
from corpus.importers.json_text import parse_json
from corpus.importers.vocabulary import indicator_column, project_column

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs" / "input-formats.md").read_text(encoding="utf-8")
SOURCES = [p.read_text(encoding="utf-8") for p in (ROOT / "corpus" / "importers").glob("*.py")]
CODES = re.compile(r'(?:code=|report\(\s*[\w.\[\]]+,\s*)"([a-z_]+)"')
COLUMNS = re.findall(r"^\| (\S+) \| `(\w+)` \|", TEXT.split("## CSV")[1], re.MULTILINE)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def test_json_examples():
    record, platform = (declaration_from_dict(parse_json(block)) for block in blocks("json"))
    assert record.indicators[0].target == platform.indicators[0].target == "≥100公里"
    assert record.goal == platform.goal


def test_csv_example():
    (block,) = blocks("csv")
    result = read_declarations(("例.csv", block.encode()))
    assert [(r.id, len(r.indicators)) for r in result.records] == [("A-1", 2), ("A-2", 1)]
    assert not result.problems


@pytest.mark.parametrize(("chinese", "english"), COLUMNS)
def test_columns(chinese, english):
    for heading in (chinese, english):
        assert english in (project_column(heading), indicator_column(heading))


def test_every_code_is_documented():
    codes = {code for source in SOURCES for code in CODES.findall(source)}
    assert len(codes) > 15
    assert not {code for code in codes if f"`{code}`" not in TEXT}


def test_limits():
    limits = Limits()
    for number, shown in (
        (limits.max_file_bytes >> 20, "100 MB"),
        (limits.max_xls_bytes >> 20, "32 MB"),
        (limits.max_zip_bytes >> 20, "300 MB"),
        (limits.max_line_bytes >> 20, "8 MB"),
        (limits.max_cells, "500,000 cells"),
        (limits.max_rows, "20,000 rows"),
        (limits.max_csv_rows, "500,000"),
        (limits.max_columns, "256 columns"),
        (limits.max_pages, "300 pages"),
        (limits.max_json_depth, "64 levels"),
        (int(limits.child_seconds), "60 seconds"),
    ):
        assert f"{number:,}" in shown
        assert shown in TEXT.replace("\n", " ")
