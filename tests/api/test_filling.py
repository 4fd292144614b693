"""`jixiao recommend` with a form to fill, decisions, a scheme, and a conversation."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from docx import Document

from corpus.importers import read_declarations
from corpus.importers.form_layout import declaration_form
from corpus.importers.form_writer import form_document

Invoke = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("workspace")

TRAINING = "设施农业技术培训.xlsx"


def rows(path: Path) -> list[tuple[str, str]]:
    (record,) = read_declarations(path).records
    return [(row.name, row.target) for row in record.indicators]


def test_own_form_is_completed_and_the_original_untouched(
    invoke: Invoke, examples: Path, tmp_path: Path
) -> None:
    own = tmp_path / TRAINING
    shutil.copy(examples / TRAINING, own)
    before = own.read_bytes()
    out = tmp_path / "补全.xlsx"
    result = invoke("recommend", own, "--fill", out, "--json")
    assert result.exit_code == 0, result.output
    assert own.read_bytes() == before
    found = json.loads(result.stdout)
    new = [(s["name"], s["target"]["suggested"] or "") for s in found["suggestions"]]
    assert new
    assert sorted(rows(out)) == sorted(rows(own) + new)
    assert [row["name"] for row in found["accepted"]] == [name for name, _ in rows(own)]
    assert f"新增{len(new)}条建议" in result.stderr


@pytest.mark.parametrize(("kind", "wanted"), [("xlsx", "docx"), ("docx", "xlsx"), ("docx", "docx")])
def test_every_kind_can_be_written_from_every_kind(
    invoke: Invoke, examples: Path, tmp_path: Path, kind: str, wanted: str
) -> None:
    own = examples / TRAINING
    if kind == "docx":
        (record,) = read_declarations(own).records
        own = tmp_path / "原表.docx"
        own.write_bytes(form_document([declaration_form(record)]))
    out = tmp_path / f"补全.{wanted}"
    assert invoke("recommend", own, "--fill", out, "--top", "11").exit_code == 0
    assert len(rows(out)) == 11
    assert set(rows(own)) < set(rows(out))


def test_an_accepted_name_is_written_too(invoke: Invoke, examples: Path, tmp_path: Path) -> None:
    own, out = examples / "博物馆免费开放.json", tmp_path / "表.docx"
    first = json.loads(invoke("recommend", own, "--json").stdout)["suggestions"]
    accept, reject = first[0]["name"], first[1]["name"]
    result = invoke("recommend", own, "--fill", out, "--accept", accept, "--reject", reject)
    assert result.exit_code == 0, result.output
    names = [name for name, _ in rows(out)]
    assert accept in names
    assert reject not in names
    notes = [comment.text for comment in Document(str(out)).comments]
    assert any(note.startswith("单位已采纳的建议。理由：") for note in notes)


@pytest.mark.parametrize(
    ("target", "fault"),
    [
        ("表.pdf", "扩展名应为 .xlsx 或 .docx"),
        ("没有/表.xlsx", "不存在"),
        (".", "扩展名"),
    ],
)
def test_a_bad_target_is_refused_at_once(
    invoke: Invoke, examples: Path, tmp_path: Path, target: str, fault: str
) -> None:
    result = invoke("recommend", examples / TRAINING, "--fill", tmp_path / target)
    assert result.exit_code == 2
    assert fault in result.output.replace("\n", "")


def test_the_original_is_never_overwritten(invoke: Invoke, examples: Path, tmp_path: Path) -> None:
    own = tmp_path / TRAINING
    shutil.copy(examples / TRAINING, own)
    result = invoke("recommend", own, "--fill", own)
    assert result.exit_code == 2
    assert "不能写回原文件" in result.output


def test_several_projects_cannot_be_filled(invoke: Invoke, tmp_path: Path) -> None:
    several = tmp_path / "几个.jsonl"
    several.write_text('{"project_name": "甲"}\n{"project_name": "乙"}\n', encoding="utf-8")
    out = tmp_path / "表.xlsx"
    result = invoke("recommend", several, "--fill", out)
    assert result.exit_code == 2
    assert "一次只能补全一个项目" in result.output
    assert not out.exists()


def test_a_place_that_cannot_be_written_is_named(
    invoke: Invoke, examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("api.cli.filling.NamedTemporaryFile", refused)
    result = invoke("recommend", examples / TRAINING, "--fill", tmp_path / "表.xlsx")
    assert result.exit_code == 2
    assert "没有写入权限" in result.stderr
    assert "表.xlsx" in result.stderr


def test_scheme_is_chosen_or_refused(invoke: Invoke, examples: Path) -> None:
    wanted = "产出60+效益30+满意度10"
    result = invoke("recommend", examples / "博物馆免费开放.json", "--json", "--scheme", wanted)
    found = json.loads(result.stdout)
    assert found["scheme"] == wanted
    assert sum(row["weight"] for row in found["suggestions"]) == 100
    assert not any(row["level1"] == "成本指标" for row in found["suggestions"])
    result = invoke("recommend", examples / "博物馆免费开放.json", "--scheme", "随便")
    assert result.exit_code == 2
    assert "分值方案“随便”无法采用" in result.stderr


def test_a_conversation_decides_row_by_row(invoke: Invoke, examples: Path, tmp_path: Path) -> None:
    own, out = examples / "博物馆免费开放.json", tmp_path / "表.xlsx"
    answers = (
        "采纳 1\n拒绝 1\n撤销\n理由 1\n修改 2\n参观人次（改）\n≥5万人次\n12\n什么\nr 99\n完成\n"
    )
    result = invoke(
        "recommend", own, "--interactive", "--top", "13", "--json", "--fill", out, stdin=answers
    )
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout[result.stdout.index("{") :])
    kept = found["accepted"][-2:]
    assert [row["own_weight"] for row in kept] == [False, True]
    assert (kept[1]["name"], kept[1]["target"], kept[1]["weight"]) == (
        "参观人次（改）",
        "≥5万人次",
        12,
    )
    assert len(found["accepted"]) + len(found["suggestions"]) == 13
    assert ("参观人次（改）", "≥5万人次") in rows(out)
    assert "请写明序号" in result.stderr


def test_a_conversation_can_be_given_up(invoke: Invoke, examples: Path, tmp_path: Path) -> None:
    out = tmp_path / "表.xlsx"
    result = invoke(
        "recommend",
        examples / "博物馆免费开放.json",
        "--interactive",
        "--fill",
        out,
        stdin="放弃\n",
    )
    assert result.exit_code == 0
    assert not out.exists()
    assert invoke("recommend", "-", "--interactive").exit_code == 2
