from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from corpus import bundle
from corpus.bundle import bundle_fingerprint, bundled_cases, bundled_labels, bundled_library
from corpus.errors import SetupError
from corpus.labels import SuggestionLabel, TargetLabel, TypeLabel
from corpus.taxonomy import LEVELS


def test_ids_and_names_that_labels_refer_to_exist() -> None:
    cases = {str(case.id): case for case in bundled_cases()}
    types = {entry.id: entry for entry in bundled_library()}
    assert len(cases) == len(bundled_cases())
    assert len(types) == len(bundled_library())
    for label in bundled_labels("targets"):
        assert label.row < len(cases[label.case_id].indicators)
    for label in bundled_labels("types"):
        assert label.case_id in cases
        assert set(label.type_ids) <= types.keys()
    for label in bundled_labels("suggestions"):
        record = types.get(label.record_id) or cases[label.record_id]
        assert label.name in {row.name for row in record.indicators}
        assert label.case_id in cases


def test_library_ids_are_hashes_of_the_names() -> None:
    for entry in bundled_library():
        digest = hashlib.sha256(entry.project_type.encode()).hexdigest()
        assert entry.id == f"lib-{digest[:8]}"


def test_library_indicators_are_complete_and_named_once() -> None:
    for entry in bundled_library():
        names = [row.name for row in entry.indicators]
        assert len(names) == len(set(names)), entry.project_type
        for row in entry.indicators:
            assert row.level2 in LEVELS[row.level1]
            assert all((row.name, row.object, row.facet, row.definition, row.formula, row.basis))


def test_library_thresholds_follow_their_direction() -> None:
    for entry in bundled_library():
        for row in entry.indicators:
            values = [v for v in (row.weak, row.typical, row.strong) if v is not None]
            ordered = sorted(values, reverse=row.direction == "≤")
            assert values == ordered, (entry.id, row.name)
            if row.direction == "=":
                assert len(set(values)) <= 1, (entry.id, row.name)


def test_records_are_read_once() -> None:
    assert bundled_library() is bundled_library()
    assert bundled_labels("targets") is bundled_labels("targets")


def test_labels_are_read_from_the_lines_of_a_label_file() -> None:
    target = TargetLabel.model_validate_json(
        '{"key": "case-01#12", "vague": 1, "qualitative": 0, "easy": 0, "note": "未知字段"}'
    )
    assert (target.case_id, target.row, target.vague, target.easy) == ("case-01", 12, True, False)
    types = TypeLabel.model_validate_json('{"id": "case-01", "types": ["lib-1", "lib-2"]}')
    assert types == TypeLabel(case_id="case-01", type_ids=("lib-1", "lib-2"))
    graded = SuggestionLabel.model_validate_json(
        '{"case": "case-01", "key": "lib-1:办结率:全年", "grade": 2}'
    )
    assert (graded.record_id, graded.name) == ("lib-1", "办结率:全年")
    assert graded.key == "lib-1:办结率:全年"


@pytest.mark.parametrize(
    "line",
    [
        '{"key": "case-01", "vague": 1, "qualitative": 0, "easy": 0}',
        '{"key": "case-01#x", "vague": 1, "qualitative": 0, "easy": 0}',
        '{"key": "case-01#1", "vague": 3, "qualitative": 0, "easy": 0}',
    ],
)
def test_a_malformed_label_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        TargetLabel.model_validate_json(line)


def test_the_fingerprint_follows_the_content(monkeypatch: pytest.MonkeyPatch) -> None:
    before = bundle_fingerprint()
    bundle_fingerprint.cache_clear()
    monkeypatch.setattr(bundle, "_bytes", lambda name: b"{}")
    changed = bundle_fingerprint()
    bundle_fingerprint.cache_clear()
    assert changed != before


def test_a_missing_file_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bundle, "files", lambda _package: tmp_path)
    with pytest.raises(SetupError, match="缺失") as caught:
        bundle._bytes("library.jsonl")
    assert caught.value.hint
