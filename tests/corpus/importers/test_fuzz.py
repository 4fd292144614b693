"""Mutated files: only errors meant for a user may come out, and the reading must end."""

from __future__ import annotations

import io
import json
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import JixiaoError
from corpus.importers import Limits, iter_jsonl, read_declarations, read_library
from corpus.importers.form_layout import evaluation_form, two_period_form
from corpus.importers.forms import read_forms
from corpus.importers.grid import Cell, Grid

FAST = Limits(child_seconds=10)


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Return the data with a few bytes flipped, cut out, doubled or filled."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(changed))
        size = rng.randint(1, 40)
        match rng.randrange(5):
            case 0:
                changed[at] = rng.randrange(256)
            case 1:
                del changed[at : at + size]
            case 2:
                changed[at:at] = changed[at : at + size]
            case 3:
                changed[at : at + size] = bytes(rng.randrange(256) for _ in range(size))
            case 4:
                changed[at : at + 4] = rng.choice([b"\xff" * 4, b"\x00" * 4, b"\x7f\xff\xff\xff"])
        changed = changed or bytearray(b"x")
    return bytes(changed)


def mutated_part(data: bytes, rng: random.Random) -> bytes:
    """Return an archive one of whose XML parts is mutated, so that the archive itself is sound."""
    source = zipfile.ZipFile(io.BytesIO(data))
    names = [name for name in source.namelist() if name.endswith((".xml", ".rels"))]
    chosen = rng.choice(names)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, mutated(part, rng) if name == chosen else part)
    return stream.getvalue()


def messages(read, name: str, data: bytes) -> list[str]:
    """Return what a user is told about a file: the refusal, or the problems of its parts."""
    try:
        return [str(problem) for problem in read((name, data), FAST).problems]
    except JixiaoError as error:
        return [str(error)]


def survives(name: str, data: bytes) -> None:
    assert all(messages(read_declarations, name, data))
    if not name.endswith(("pdf", "xls")):  # these would only start the same child again
        assert all(messages(read_library, name, data))


@pytest.mark.parametrize(("kind", "rounds"), [("xlsx", 60), ("docx", 60), ("xls", 15), ("pdf", 8)])
def test_mutated_office_files(kind, rounds, cases, write_forms, monkeypatch):
    monkeypatch.setattr("corpus.importers.office.find_libreoffice", lambda: None)
    name, data = write_forms(kind, [two_period_form(cases[3]), evaluation_form(cases[8])])
    rng = random.Random(20240917)  # noqa: S311 - reproducible, not secret
    for turn in range(rounds):
        inner = kind in ("xlsx", "docx") and turn % 2
        survives(name, mutated_part(data, rng) if inner else mutated(data, rng))


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl"])
def test_mutated_text_files(kind, cases):
    record = cases[8].model_dump(mode="json")
    texts = {
        "csv": "项目名称,年度,预算（元）,三级指标,指标值\n甲,2024,5,里程,5公里\n乙,,,x,y\n",
        "json": json.dumps([record, record], ensure_ascii=False),
        "jsonl": "\n".join(json.dumps(record, ensure_ascii=False) for _ in range(3)),
    }
    rng = random.Random(7)  # noqa: S311 - reproducible, not secret
    for _ in range(150):
        survives(f"a.{kind}", mutated(texts[kind].encode(), rng))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["id", "project_name", "indicators", "history", "budget_wan", "year", "name", "weight",
             "target", "project", "PM_PERF_INDICATOR", "PM_PERF_GOAL_INFO", "pro_code", "pro_name",
             "kpi_val", "computesign", "fiscal_year", "data", "declarations", "actual"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=12,
)  # fmt: skip


@given(st.lists(JSON, max_size=3))
@settings(max_examples=200, deadline=None)
def test_any_json_value(values):
    text = "\n".join(json.dumps(value) for value in values)
    items = list(iter_jsonl(io.StringIO(text + "\n")))
    assert len(items) == len(values)
    survives("a.json", json.dumps(values).encode())


WORDS = [
    "项目名称",
    "主管部门",
    "项目资金（万元）",
    "年度资金总额",
    "年度总体目标",
    "预期目标",
    "实际完成情况",
    "实施期目标",
    "年度目标",
    "绩效指标",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "实际完成值",
    "分值",
    "得分",
    "总分",
    "合计",
    "年初预算数",
    "全年执行数",
    "执行率",
    "其中：财政拨款",
    "产出指标",
    "数量指标",
    "指标1：",
    "≥95%",
    "100",
    "—",
    "甲",
    "注：",
    "单位",
]
TEXTS = st.sampled_from([*WORDS, "指标1：甲\n指标2：乙"]) | st.text(max_size=6)
CELLS = st.tuples(
    st.integers(0, 12), st.integers(0, 8), TEXTS, st.integers(1, 4), st.integers(1, 4)
)


@given(st.lists(CELLS, max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_arrangement_of_form_words(cells):
    """Whatever stands where: the reader neither fails nor loses its place."""
    grid = Grid("a.xlsx", "表")
    for row, column, text, rows, columns in cells:
        if grid.at(row, column) is None:
            grid.put(Cell(row, column, text, rows, columns, "表", row + 1))
    for record in read_forms(grid):
        assert record.project_name is not None


@pytest.mark.parametrize(
    "fill", ["指标1：", " ", "目标", "1.", "（", "≥5", "：", "□", "\n", "a\n", "万元"]
)
def test_work_on_long_cells_grows_with_their_length(growth, fill):
    assert growth(lambda size: read_forms(form_of((fill * size)[:size])), 8_191) < 10


def form_of(text: str) -> Grid:
    """Return a form each of whose cells holds the text."""
    grid = Grid("a.xlsx", "表")
    rows = [
        ["项目名称", "甲" + text],
        ["项目属性", "□" + text + "x"],
        ["年度总体目标", text],
        ["项目资金", "年度资金总额", text],
        ["一级指标", "二级指标", "三级指标", "指标值", "分值"],
        [text, text, text + "x", text, text],
    ]
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            grid.put(Cell(r, c, value, sheet="表", line=r + 1))
    return grid
