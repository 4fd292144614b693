from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.evaluation import read_material
from corpus.bundle import bundled_cases, bundled_labels
from corpus.errors import InputError
from corpus.labels import SuggestionLabel, TargetLabel, TypeLabel

DATA = Path(__file__).resolve().parents[2] / "corpus" / "data"


def test_a_folder_of_labels_is_sorted_by_kind() -> None:
    material = read_material(DATA / "cases.jsonl", DATA / "labels")
    assert material.cases is not None
    assert {case.id for case in material.cases} == {case.id for case in bundled_cases()}
    for kind, name in (
        (TargetLabel, "targets"),
        (TypeLabel, "types"),
        (SuggestionLabel, "suggestions"),
    ):
        assert material.has(kind)
        assert material.of(kind) == list(bundled_labels(name))


def test_one_file_of_labels_measures_one_thing() -> None:
    material = read_material(None, DATA / "labels" / "types.jsonl")
    assert material.cases is None
    assert [material.has(kind) for kind in (TargetLabel, TypeLabel, SuggestionLabel)] == [
        False,
        True,
        False,
    ]


def test_without_files_everything_is_measured_on_the_bundled_data() -> None:
    material = read_material(None, None)
    assert material.has(TargetLabel)
    assert material.of(TargetLabel) is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "不是 JSON"),
        ("[]", "不是 JSON 对象"),
        ('{"id": "a"}', "看不出是哪一类标注"),
        ('{"case": "a", "key": "b:c", "grade": 9}', "不合规范"),
    ],
)
def test_bad_labels_are_named_by_line(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "labels.jsonl"
    good = json.dumps({"key": "case-a#0", "vague": 1, "qualitative": 0, "easy": 0})
    path.write_text(f"{good}\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_material(None, path)
    assert words in str(caught.value)
    assert "labels.jsonl 第2行" in str(caught.value)


def test_empty_labels_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_material(None, tmp_path)
