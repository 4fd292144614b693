from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from api.evaluation import Report, evaluate, read_material
from api.workspace import Workspace
from corpus.bundle import bundled_cases, bundled_labels
from corpus.errors import InputError
from corpus.labels import SuggestionLabel, TargetLabel, TypeLabel
from models.evaluate_retrieval import Interval, RetrievalReport
from models.evaluate_retrieval import Method as RetrievalMethod
from models.evaluate_targets import Figures, TargetReport
from models.evaluate_targets import Method as LabelMethod
from recommender.metrics import Evaluation

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


def report() -> Report:
    share = Interval(0.9, 0.84, 0.95)
    figures = Figures(0.8, 0.9, 0.847, 0.02, 0.03, 100)
    return Report(
        RetrievalReport("十折", 149, 139, (RetrievalMethod("融合排序", share, share, share),)),
        [Evaluation("推荐", 0.65, 0.49, 0.58, 0.15, (0.6, 0.7))],
        TargetReport(
            "五折",
            786,
            126,
            600,
            500,
            (LabelMethod("分类模型", dict.fromkeys(("vague", "qualitative", "easy"), figures)),),
            (),
        ),
    )


def test_the_command_shows_three_tables_or_json(
    invoke: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.evaluation.evaluate", lambda workspace, material: report())
    shown = invoke("evaluate").stdout
    for words in ("90.0%（84%–95%）", "149 个案例", "0.650", "2 个案例", "易完成", "0.847", "五折"):
        assert words in shown
    found = json.loads(invoke("evaluate", "--json").stdout)
    assert found["retrieval"]["methods"][0]["first"]["value"] == 0.9
    assert found["suggestions"][0]["ndcg"] == 0.65
    assert found["labels"]["methods"][0]["figures"]["easy"]["f1"] == 0.847


def test_cases_need_labels(invoke: Callable[..., Result]) -> None:
    result = invoke("evaluate", "--cases", DATA / "cases.jsonl")
    assert result.exit_code == 2
    assert "--labels" in result.stderr


def test_only_what_is_labelled_is_measured(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = []
    for name in ("_retrieval", "_suggestions", "_labels"):
        monkeypatch.setattr(
            f"api.evaluation.{name}", lambda *_, name=name: measured.append(name) or None
        )
    evaluate(workspace, read_material(None, DATA / "labels" / "types.jsonl"))
    assert measured == ["_retrieval"]
    evaluate(workspace, read_material(None, None))
    assert measured == ["_retrieval", "_retrieval", "_suggestions", "_labels"]
