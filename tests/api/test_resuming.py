"""An interrupted run goes on where it was, with the results of one that was not interrupted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from api.cli.resuming import Done, Resume, open_again
from api.settings import CHECKOUT
from corpus.errors import InputError

CLAIM = {"kind": "declaration"}


def test_results_appear_under_their_name_only_when_all_are_there(tmp_path: Path) -> None:
    target = tmp_path / "意见.jsonl"
    with open_again(target, CLAIM) as (sink, done):
        assert done == Done()
        sink.write("{}\n")
        assert not target.exists()
    assert target.read_text(encoding="utf-8") == "{}\n"
    assert list(tmp_path.iterdir()) == [target]


def interrupted(target: Path, text: str) -> None:
    with suppress(KeyboardInterrupt), open_again(target, CLAIM) as (sink, _):
        sink.write(text)
        raise KeyboardInterrupt


def test_a_run_goes_on_behind_the_last_whole_line(tmp_path: Path) -> None:
    target = tmp_path / "意见.jsonl"
    failure = json.dumps({"id": "2", "error": {"code": "bad_json"}})
    interrupted(target, f'{{"id": "1", "risk": 0}}\n{failure}\n{{"id": "3", "ri')
    with open_again(target, CLAIM) as (sink, done):
        assert done == Done(lines=2, failed=1)
        sink.write('{"id": "3"}\n')
    lines = target.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["1", "2", "3"]


def test_the_results_of_another_run_are_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "意见.jsonl"
    interrupted(target, '{"id": "1"}\n')
    with pytest.raises(InputError, match="不能接着做"), open_again(target, {"kind": "report"}):
        pass
    assert (tmp_path / "意见.jsonl.partial").read_text(encoding="utf-8") == '{"id": "1"}\n'


def test_another_input_is_another_run(tmp_path: Path) -> None:
    path = tmp_path / "申报.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    first = Resume({}).claim([str(path)])
    assert Resume({}).claim([str(path)]) == first
    path.write_text("{ }\n", encoding="utf-8")
    assert Resume({}).claim([str(path)]) != first


@pytest.mark.usefixtures("workspace")
def test_a_killed_review_goes_on_and_gives_what_one_run_gives(
    bundled: list[dict[str, object]], home: Path, tmp_path: Path
) -> None:
    given = tmp_path / "申报.jsonl"
    records = [{**bundled[i % len(bundled)], "id": f"n{i}"} for i in range(200)]
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
    lines[50] = "{坏\n"
    given.write_text("".join(lines), encoding="utf-8")
    out, partial = tmp_path / "意见.jsonl", tmp_path / "意见.jsonl.partial"
    command = [sys.executable, "-m", "api.cli", "review", str(given), "--jsonl", "--jobs", "2"]
    environment = {**os.environ, "JIXIAO_HOME": str(home)}

    def start(*more: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*command, *more], env=environment, cwd=CHECKOUT, stderr=subprocess.PIPE
        )

    first = start("--out", str(out), "--resume")
    while first.poll() is None and (not partial.exists() or partial.stat().st_size < 100_000):
        time.sleep(0.01)
    first.kill()
    first.communicate()
    done = partial.read_bytes().count(b"\n")
    assert 0 < done < 200
    assert not out.exists()
    second = start("--out", str(out), "--resume")
    told = second.communicate()[1].decode()
    assert second.returncode == 1  # for the bad line, wherever it came
    assert f"接着上次的 {done} 条继续" in told
    whole = tmp_path / "whole.jsonl"
    start("--out", str(whole)).communicate()
    assert out.read_bytes() == whole.read_bytes()
