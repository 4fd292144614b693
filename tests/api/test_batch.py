"""The batch run on its own: reading, order, failures, formats, exit status."""

from __future__ import annotations

import io
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from api.cli.batch import Job, run
from api.cli.inputs import expand
from api.cli.writers import Format
from corpus.errors import InputError, SetupError
from corpus.records import Declaration


@dataclass
class Echo:
    record: Declaration

    def to_dict(self) -> dict[str, Any]:
        value: Any = self.record.budget_wan
        if self.record.project_name == "不是数":
            value = float("nan")
        return {"id": self.record.id, "name": self.record.project_name, "value": value}


def work(record: Declaration) -> Echo:
    if record.project_name == "拒绝":
        raise InputError("不能这样写", hint="换一种写法", code="refused")
    if record.project_name == "崩溃":
        raise RuntimeError("boom")
    if record.project_name == "没装好":
        raise SetupError("缺少模型", hint="运行 jixiao setup")
    return Echo(record)


def show(console: Console, record: Declaration, result: Echo) -> None:
    console.print(f"项目 {record.project_name}")


def job(form: Format, out: Path | None = None) -> Job:
    return Job(lambda: work, show, form, out)


def lines(*records: object) -> str:
    return "".join(
        (r if isinstance(r, str) else json.dumps(r, ensure_ascii=False)) + "\n" for r in records
    )


def write(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))


A = {"id": "a", "project_name": "甲"}
B = {"id": "b", "project_name": "乙"}


def test_jsonl_keeps_order_ids_and_the_place_of_failures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(
        tmp_path / "in.jsonl",
        lines(
            A,
            '{"id": "broken", "project_name": ',
            "",
            {"project_name": "无编号"},
            {"id": "r", "project_name": "拒绝"},
            {"id": "c", "project_name": "崩溃"},
            {"id": "n", "project_name": "不是数"},
            [1, 2],
            B,
        ),
    )
    assert run((path,), job(Format.JSONL)) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [r["id"] for r in found] == ["a", "broken", None, "r", "c", "n", None, "b"]
    assert ["error" in r for r in found] == [False, True, False, True, True, True, True, False]
    for failure in (r for r in found if "error" in r):
        assert set(failure) == {"id", "error"}
        assert set(failure["error"]) == {"code", "message", "hint"}
        assert all(isinstance(value, str) for value in failure["error"].values())
    assert found[1]["error"]["message"].startswith("in.jsonl 第2行")
    assert found[3]["error"] == {"code": "refused", "message": "不能这样写", "hint": "换一种写法"}
    assert found[4]["error"]["code"] == "internal"
    assert "boom" not in found[4]["error"]["message"]


def test_all_well_is_exit_status_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run((write(tmp_path / "in.jsonl", lines(A, B)),), job(Format.JSONL)) == 0
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 2
    assert captured.err == ""


@pytest.mark.parametrize("text", ["", "\n\n", "not json\nneither\n"])
def test_nothing_read_is_exit_status_two(tmp_path: Path, text: str) -> None:
    assert run((write(tmp_path / "in.jsonl", text),), job(Format.JSONL)) == 2


def test_missing_file_is_reported_with_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "没有.json")
    assert run((missing,), job(Format.TEXT)) == 2
    assert "没有.json" in capsys.readouterr().err
    good = write(tmp_path / "in.jsonl", lines(A))
    assert run((missing, good), job(Format.JSONL)) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found[0]["id"] is None
    assert found[0]["error"]["code"] == "unreadable"
    assert found[1]["id"] == "a"


def test_json_is_an_object_for_one_and_a_list_for_several(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = write(tmp_path / "one.json", json.dumps(A))
    several = write(tmp_path / "several.json", json.dumps([A, {"id": "x", "indicators": 7}, B]))
    assert run((one,), job(Format.JSON)) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "a"
    assert run((several,), job(Format.JSON)) == 1
    found = json.loads(capsys.readouterr().out)
    assert [r["id"] for r in found] == ["a", "x", "b"]
    assert "error" in found[1]
    assert run((write(tmp_path / "none.json", "[]"),), job(Format.JSON)) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "empty_file"


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (lines(A, B), Format.JSONL),
        (lines(A, B), Format.JSON),
        (json.dumps([A, B]), Format.JSON),
        (json.dumps([A, B], indent=2), Format.JSONL),
        ("\ufeff" + lines(A, B), Format.JSONL),
    ],
)
def test_standard_input_is_recognised(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    data: str,
    form: Format,
) -> None:
    feed(monkeypatch, data.encode())
    assert run(("-",), job(form)) == 0
    out = capsys.readouterr().out
    found = [json.loads(line) for line in out.splitlines()] if form == "jsonl" else json.loads(out)
    assert [r["id"] for r in found] == ["a", "b"]


def test_one_pretty_printed_record_on_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(monkeypatch, json.dumps(A, indent=2).encode())
    assert run(("-",), job(Format.JSONL)) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "a"


def test_text_goes_to_output_and_failures_to_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "in.jsonl", lines(A, {"project_name": "拒绝"}, B))
    assert run((path,), job(Format.TEXT)) == 1
    captured = capsys.readouterr()
    assert captured.out == "项目 甲\n项目 乙\n"
    assert captured.err == "错误：不能这样写（换一种写法）\n"


def test_missing_installation_ends_the_run(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old", encoding="utf-8")
    path = write(tmp_path / "in.jsonl", lines(A, {"project_name": "没装好"}))
    with pytest.raises(SetupError):
        run((path,), job(Format.JSONL, out))
    assert out.read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_out_appears_complete_with_usual_permissions(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    path = write(tmp_path / "in.jsonl", lines(A, '{"id": "\\ud800", "project_name": "x"}', B))
    run((path,), job(Format.JSONL, out))
    found = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [found[0]["id"], found[-1]["id"], len(found)] == ["a", "b", 3]
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(out.stat().st_mode) == 0o666 & ~umask
    out.chmod(0o640)
    run((path,), job(Format.JSONL, out))
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


def test_out_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.jsonl", tmp_path / "link.jsonl"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    run((write(tmp_path / "in.jsonl", lines(A)),), job(Format.JSONL, link))
    assert link.is_symlink()
    assert json.loads(target.read_text("utf-8"))["id"] == "a"


def test_out_may_be_a_device(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", lines(A))
    assert run((path,), job(Format.JSONL, Path("/dev/null"))) == 0
    assert not stat.S_ISREG(Path("/dev/null").stat().st_mode)


def test_folders_are_read_in_name_order(tmp_path: Path) -> None:
    for name in ("b.json", "a.xlsx", "notes.log", "~$a.xlsx", ".hidden.json", "sub/c.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    names = [Path(name).relative_to(tmp_path).as_posix() for name in expand([str(tmp_path)])]
    assert names == ["a.xlsx", "b.json", "sub/c.jsonl"]
    assert expand(["-", "missing.json"]) == ["-", "missing.json"]
