"""The commands as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from click.testing import Result

from api.http import review_schemas, schemas
from api.settings import CHECKOUT

Run = Callable[..., subprocess.CompletedProcess[bytes]]
Invoke = Callable[..., Result]
Records = list[dict[str, object]]

RUNTIMES = ("torch", "sentence_transformers", "transformers", "sklearn", "pandas", "pyarrow")
HEAVY = (*RUNTIMES, "onnxruntime", "tokenizers", "fastapi")

pytestmark = pytest.mark.usefixtures("workspace")  # set up once, before any process starts


def jsonl(records: Iterable[object]) -> bytes:
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()


def many(bundled: Records, count: int) -> Records:
    """Declarations made from the bundled cases, each with an id of its own."""
    return [{**bundled[i % len(bundled)], "id": f"n{i}"} for i in range(count)]


def parsed(stdout: bytes) -> Records:
    return [json.loads(line) for line in stdout.decode().splitlines()]


PEAK = """
import resource, subprocess, sys
with open(sys.argv[1], "rb") as lines, open(sys.argv[2], "wb") as results:
    command = [sys.executable, "-m", "api.cli", "review", "-", "--jsonl"]
    status = subprocess.run(command, stdin=lines, stdout=results).returncode
print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def reviewed(lines: bytes, home: Path, folder: Path) -> tuple[Records, int, int]:
    """Review lines in a process of its own; returns results, exit status and peak memory."""
    given, results = folder / "given.jsonl", folder / "results.jsonl"
    given.write_bytes(lines)
    told = subprocess.run(
        [sys.executable, "-c", PEAK, str(given), str(results)],
        env={**os.environ, "JIXIAO_HOME": str(home)},
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
    )
    status, peak = map(int, told.stdout.split())
    return parsed(results.read_bytes()), status, peak


def test_a_thousand_declarations_in_order_a_corrupt_line_in_place_memory_flat(
    bundled: Records, home: Path, tmp_path: Path
) -> None:
    lines = jsonl(many(bundled, 1000)).splitlines(keepends=True)
    lines[617] = lines[617][:40] + b"\n"
    found, status, peak = reviewed(b"".join(lines), home, tmp_path)
    assert status == 1
    assert [r["id"] for r in found] == [f"n{i}" for i in range(1000)]
    assert [i for i, r in enumerate(found) if "error" in r] == [617]
    assert set(found[617]) == {"id", "error"}
    for review in found[:20]:
        review_schemas.Review.model_validate(review)
    # every bundled case is among the first 150, so what is kept per text is there as well
    first, status, small = reviewed(b"".join(lines[:150]), home, tmp_path)
    assert status == 0
    assert first == found[:150]
    assert peak < small * 1.05


def test_lines_are_answered_as_they_come(home: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "api.cli", "review", "-", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "JIXIAO_HOME": str(home)},
        cwd=CHECKOUT,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for name in ("a", "b"):
            process.stdin.write(jsonl([{"id": name, "project_name": "农村公路日常养护"}]))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name
        process.stdin.close()
        assert process.wait(timeout=30) == 0


LOADED = """
import sys
from api.cli import cli
try:
    cli(sys.argv[1:])
finally:
    print("loaded:" + " ".join(sorted(set(sys.modules) & set({heavy!r}))), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "args",
    [
        ["--help"],
        ["rules"],
        ["review", "examples/设施农业技术培训.json", "--json"],
        ["review-report", "examples/临时救助自评表.json", "--json"],
    ],
    ids=lambda args: args[0].strip("-"),
)
def test_commands_without_an_encoder_load_nothing_heavy(home: Path, args: list[str]) -> None:
    result = subprocess.run(
        [sys.executable, "-c", LOADED.format(heavy=HEAVY), *args],
        env={**os.environ, "JIXIAO_HOME": str(home)},
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
    )
    assert result.stderr.decode().splitlines()[-1] == "loaded:"


SERVED = """
import json, sys
from fastapi.testclient import TestClient
from api.http.app import create_app
from api.settings import load_settings
record = json.load(open("examples/博物馆免费开放.json", encoding="utf-8"))
with TestClient(create_app(load_settings())) as client:
    for address in ("recommendations", "reviews"):
        assert client.post(f"/api/v1/{address}", json=record).status_code == 200
print("loaded:" + " ".join(sorted(set(sys.modules) & set(HEAVY))), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "code",
    [
        LOADED.format(heavy=RUNTIMES).replace(
            "sys.argv[1:]", "['recommend', 'examples/博物馆免费开放.json', '--json']"
        ),
        SERVED.replace("HEAVY", repr(RUNTIMES)),
    ],
    ids=["recommend", "serve"],
)
def test_nothing_that_runs_needs_what_trains(home: Path, code: str) -> None:
    result = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "JIXIAO_HOME": str(home)},
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
    )
    assert "loaded:" in result.stderr.decode().splitlines()


def test_form_and_record_get_the_same_review(jixiao: Run, examples: Path) -> None:
    codes = []
    for suffix in (".json", ".xlsx"):
        result = jixiao("review", examples / f"设施农业技术培训{suffix}", "--json")
        assert result.returncode == 0, result.stderr.decode()
        review = json.loads(result.stdout)
        codes.append([(row["name"], row["target"], row["labels"]) for row in review["rows"]])
    assert codes[0] == codes[1]


def test_recommendation_has_the_shape_of_the_contract(invoke: Invoke) -> None:
    result = invoke("recommend", "examples/设施农业技术培训.json", "--json", "--top", "5")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    schemas.Recommendation.model_validate(found)
    assert len(found["suggestions"]) == 5
    assert found["id"] not in {project["id"] for project in found["similar_projects"]}


def test_text_output_is_plain_utf8_without_a_terminal(jixiao: Run, examples: Path) -> None:
    result = jixiao("review", examples / "设施农业技术培训.json", PYTHONIOENCODING="ascii")
    shown = result.stdout.decode("utf-8")
    assert "同心县2025年设施农业技术培训项目" in shown
    assert "\x1b" not in shown
    assert "意见：" in shown


def test_terminal_escapes_in_a_declaration_are_not_passed_on(jixiao: Run) -> None:
    record = {
        "project_name": "甲\x1b[2J乙[red]丙[/red]",
        "indicators": [{"name": "数\x1b]0;x\x07量", "target": "[bold]高[/bold]"}],
    }
    result = jixiao("review", "-", stdin=jsonl([record]))
    assert result.returncode == 0
    assert b"\x1b" not in result.stdout
    assert "[red]丙[/red]" in result.stdout.decode()
    assert "[bold]高[/bold]" in result.stdout.decode()


def test_closed_pipe_ends_quietly(home: Path, bundled: Records, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(jsonl(many(bundled, 200)))
    with subprocess.Popen(
        [sys.executable, "-m", "api.cli", "review", str(path), "--jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "JIXIAO_HOME": str(home)},
        cwd=CHECKOUT,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        assert b"Traceback" not in said
        assert b"Error" not in said
        assert process.wait(timeout=30) != 0


def test_import_counts_once_and_at_once(invoke: Invoke, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'own.db'}"
    row = {"level1": "产出指标", "level2": "数量指标", "name": "改造路灯数量", "target": "≥1200盏"}
    record = {
        "project_name": "县城区路灯节能改造",
        "department": "县城市管理局",
        "region": "某省某县",
        "year": 2023,
        "indicators": [row],
    }
    path = tmp_path / "往年.jsonl"
    path.write_bytes(jsonl([record]))
    first = invoke("import", path, JIXIAO_DATABASE_URL=url)
    assert first.exit_code == 0, first.stderr
    assert "新增 1，更新 0，未变 0" in first.stdout
    again = invoke("import", path, JIXIAO_DATABASE_URL=url)
    assert "新增 0，更新 0，未变 1" in again.stdout
    query = jsonl([{"project_name": "城区路灯节能改造工程"}])
    found = invoke("recommend", "-", "--json", stdin=query, JIXIAO_DATABASE_URL=url)
    projects = json.loads(found.stdout)["similar_projects"]
    assert projects[0]["project_name"] == "县城区路灯节能改造"


def test_import_of_nothing_readable_is_exit_status_two(jixiao: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text("{", encoding="utf-8")
    result = jixiao("import", path, tmp_path / "missing.xlsx")
    assert result.returncode == 2
    assert "bad.json" in result.stderr.decode()
    assert "missing.xlsx" in result.stderr.decode()


def test_rules_lists_every_rule_and_explains_one(jixiao: Run) -> None:
    from review.rules import ALL_RULES

    listed = jixiao("rules").stdout.decode()
    assert all(rule.code in listed for rule in ALL_RULES)
    rule = ALL_RULES[0]
    page = jixiao("rules", rule.code.lower()).stdout.decode()
    for heading, _ in rule.manual.sections:
        assert heading in page
    assert jixiao("rules", "ZZ99").returncode == 2


def test_bad_setting_is_one_chinese_line(jixiao: Run) -> None:
    result = jixiao("setup", JIXIAO_THREADS="many")
    assert result.returncode == 2
    assert result.stderr.decode().startswith("错误：环境变量 JIXIAO_THREADS")
    assert b"Traceback" not in result.stderr


def test_setup_is_quick_and_quiet_when_all_is_there(jixiao: Run) -> None:
    result = jixiao("setup")
    assert result.returncode == 0
    assert result.stderr.decode().splitlines()[-1].startswith("准备就绪")


def test_demo_shows_the_whole_job(invoke: Invoke) -> None:
    result = invoke("demo")
    assert result.exit_code == 0, result.stderr
    shown = result.stdout
    for words in ("相似项目", "推荐的三级指标", "为什么推荐", "意见：", "审核意见", "接下来"):
        assert words in shown
