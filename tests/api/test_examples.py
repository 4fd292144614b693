from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from corpus.importers import read_declarations

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FIELDS = ("level1", "level2", "name", "target")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_examples_are_bundled_cases(path: Path, bundled: list[dict[str, object]]) -> None:
    record = read_declarations(path).records[0]
    case = next(case for case in bundled if case["id"] == record.id)
    assert record.project_name == case["project_name"]
    assert len(record.indicators) == len(case["indicators"])  # type: ignore[arg-type]


def test_the_form_holds_what_the_record_holds(tmp_path: Path) -> None:
    build = runpy.run_path(str(EXAMPLES / "build.py"))
    made = tmp_path / "form.xlsx"
    build["build"](made)
    stored = read_declarations(build["SOURCE"].with_suffix(".xlsx"))
    fresh = read_declarations(made)
    record = read_declarations(build["SOURCE"]).records[0]
    assert stored.problems == fresh.problems == ()
    assert stored.records == fresh.records, "run: python examples/build.py"
    form = stored.records[0]
    assert (form.project_name, form.goal, form.budget_wan, form.year) == (
        record.project_name,
        record.goal,
        record.budget_wan,
        record.year,
    )
    for row, expected in zip(form.indicators, record.indicators, strict=True):
        assert [getattr(row, name) for name in FIELDS] == [
            getattr(expected, name) for name in FIELDS
        ]
