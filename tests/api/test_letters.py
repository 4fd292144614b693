"""Letters and suppressions from the command line."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from api.http import review_schemas

Run = Callable[..., subprocess.CompletedProcess[bytes]]

pytestmark = pytest.mark.usefixtures("workspace")  # set up once, before any process starts

NAME = "农村公路日常养护"
RECORD = {
    "project_name": NAME,
    "department": "县交通运输局",
    "year": 2024,
    "indicators": [
        {"level1": "产出指标", "level2": "质量指标", "name": "路面完好率", "target": "≥120%"}
    ],
}
ENTRY = {
    "code": "CR02",
    "project_name": NAME,
    "indicator": "路面完好率",
    "target": "≥120%",
    "reason": "上级统一规定",
    "by": "农业科",
    "date": "2024-03-01",
}


@pytest.fixture
def declared(tmp_path: Path) -> Path:
    path = tmp_path / "申报.json"
    path.write_text(json.dumps(RECORD, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def listing(tmp_path: Path) -> Callable[..., Path]:
    def write(*entries: dict[str, str]) -> Path:
        path = tmp_path / "豁免.json"
        path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def test_one_letter_a_declaration_and_none_overwritten(jixiao: Run, tmp_path: Path) -> None:
    lines = [{**RECORD, "project_name": name} for name in (NAME, "../危桥改造", NAME)]
    stdin = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
    folder = tmp_path / "意见" / "三月"
    result = jixiao("review", "-", "--jsonl", "--letter", folder, "--issuer", "某县财政局",
                    "--due", "2024-03-15", stdin=stdin)  # fmt: skip
    assert result.returncode == 0, result.stderr.decode()
    assert len(result.stdout.splitlines()) == 3
    assert "3 份审核意见" in result.stderr.decode()
    assert str(folder) in result.stderr.decode()
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted([
        "危桥改造审核意见.docx", f"{NAME}审核意见.docx", f"{NAME}审核意见（2）.docx",
    ])  # fmt: skip
    text = "\n".join(p.text for p in Document(str(folder / names[0])).paragraphs)
    assert "某县财政局" in text
    assert "请于2024年3月15日前" in text


def test_a_folder_that_cannot_be_made_ends_the_run_at_once(
    jixiao: Run, declared: Path, tmp_path: Path
) -> None:
    (tmp_path / "文件").write_text("", encoding="utf-8")
    result = jixiao("review", declared, "--letter", tmp_path / "文件" / "下")
    assert result.returncode == 2
    assert "无法写入审核意见" in result.stderr.decode()
    assert result.stdout == b""


def test_feedback_as_text(jixiao: Run, declared: Path, examples: Path) -> None:
    shown = jixiao("review", declared, "--feedback").stdout.decode()
    assert shown.startswith(f"关于{NAME}项目绩效目标的审核意见\n")
    report = jixiao("review-report", examples / "临时救助自评表.json", "--feedback")
    assert "绩效自评的复核意见" in report.stdout.decode()
    refused = jixiao("review", declared, "--feedback", "--json")
    assert refused.returncode == 2
    assert "--feedback" in refused.stderr.decode()


def test_a_suppressed_finding_is_listed_and_does_not_count(
    jixiao: Run, declared: Path, listing: Callable[..., Path]
) -> None:
    path = listing(ENTRY, {**ENTRY, "target": "≥110%"})
    result = jixiao("review", declared, "--json", "--suppressions", path)
    review = json.loads(result.stdout)
    review_schemas.Review.model_validate(review)
    assert [item["code"] for item in review["suppressed"]] == ["CR02"]
    assert "CR02" not in [finding["code"] for finding in review["findings"]]
    warned = result.stderr.decode()
    assert "第2条豁免CR02 已失效" in warned
    assert "第1条" not in warned
    shown = jixiao("review", declared, "--suppressions", path).stdout.decode()
    assert "豁免 CR02" in shown
    assert "上级统一规定" in shown


def test_a_mistake_in_the_list_ends_the_run(
    jixiao: Run, declared: Path, listing: Callable[..., Path]
) -> None:
    path = listing({**ENTRY, "code": "ZZ99"})
    result = jixiao("review", declared, "--suppressions", path)
    assert result.returncode == 2
    assert "第1条豁免：“ZZ99”不是审核规则" in result.stderr.decode()
    assert result.stdout == b""


def test_the_list_is_shown_with_the_state_of_each_entry(
    jixiao: Run, declared: Path, listing: Callable[..., Path]
) -> None:
    path = listing(ENTRY, {**ENTRY, "indicator": "桥梁"}, {**ENTRY, "project_name": "别的项目"})
    plain = jixiao("suppressions", path)
    assert plain.returncode == 0
    assert "豁免清单（3 条）" in plain.stdout.decode()
    assert "生效" not in plain.stdout.decode()
    shown = jixiao("suppressions", path, declared, COLUMNS="140").stdout.decode()
    for state in ("生效", "失效", "未涉及"):
        assert state in shown


def test_the_example_list_fits_the_example(jixiao: Run, examples: Path, tmp_path: Path) -> None:
    shutil.copy(examples / "豁免清单.toml", tmp_path)
    result = jixiao("review", examples / "博物馆免费开放.json", "--json",
                    "--suppressions", tmp_path / "豁免清单.toml")  # fmt: skip
    assert json.loads(result.stdout)["suppressed"]
    assert "失效" not in result.stderr.decode()
