"""The form read from files and written to them."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from corpus.importers import read_declarations
from corpus.importers.form_layout import declaration_form
from corpus.importers.form_writer import form_workbook
from corpus.records import Declaration
from tests.api.web.filling import HTMX, ROADS, ROWS, form, number_of, revision_of
from tests.corpus.importers.layouts import stacked


def send_file(region: Any, who: str, path: str, name: str, data: bytes, **more: Any) -> Any:
    http = region.people[who].http
    return http.post(path, data=form((), **more), files={"file": (name, data)}, headers=HTMX)


def workbook(*records: Declaration) -> bytes:
    return form_workbook({"申报表": stacked(declaration_form(record) for record in records)})


def declared(name: str, rows: Any = ROWS) -> Declaration:
    names = ("level1", "level2", "name", "target")
    return Declaration.model_validate(
        {
            "project_name": name,
            "year": 2026,
            "indicators": [dict(zip(names, row, strict=False)) for row in rows],
        }
    )


def test_a_form_is_read_from_a_file(region: Any) -> None:
    answer = send_file(region, "nobody", "/fill/read", "表.xlsx", workbook(declared("庚路养护")))
    assert answer.status_code == 200, answer.text
    assert 'value="庚路养护"' in answer.text
    assert "已导入“表.xlsx”，5条指标" in answer.text
    assert answer.text.count('class="row-line"') == 6  # and the one that new rows are made from


def test_a_file_keeps_the_place_of_the_draft(region: Any) -> None:
    data = workbook(declared("庚路养护"))
    id_ = "0" * 26
    answer = send_file(
        region, "author1", "/fill/read", "表.xlsx", data, submission=id_, revision="7"
    )
    assert number_of(answer) == id_
    assert revision_of(answer) == "7"


def test_of_several_projects_one_is_chosen(region: Any) -> None:
    data = workbook(declared("辛路养护"), declared("壬路养护", ROWS[:2]))
    choice = send_file(region, "nobody", "/fill/read", "表.xlsx", data)
    assert choice.headers["hx-retarget"] == "#dialog"
    assert "2 条指标" in choice.text
    chosen = send_file(region, "nobody", "/fill/read?record=1", "表.xlsx", data)
    assert 'value="壬路养护"' in chosen.text
    assert send_file(region, "nobody", "/fill/read?record=9", "表.xlsx", data).status_code == 422


def test_what_could_not_be_read_is_told(region: Any) -> None:
    record = declared("癸路养护").model_copy(update={"project_name": ""})
    answer = send_file(region, "nobody", "/fill/read", "表.xlsx", workbook(record))
    assert "未能读出" in answer.text
    assert "没有找到项目名称" in answer.text


@pytest.mark.parametrize(
    ("name", "data"),
    [("表.xlsx", b"no workbook"), ("图.png", b"\x89PNG\r\n\x1a\n"), ("空.xlsx", b"")],
)
def test_files_that_are_no_forms_are_refused_with_a_reason(
    region: Any, name: str, data: bytes
) -> None:
    answer = send_file(region, "nobody", "/fill/read", name, data)
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["hx-retarget"] == "#notices"


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_form_is_written_as_it_stands(region: Any, kind: str) -> None:
    http = region.people["nobody"].http
    answer = http.post(f"/fill/export?form={kind}", data=form(), headers=HTMX)
    assert answer.status_code == 200, answer.text
    name = unquote(answer.headers["x-file-name"])
    assert name == f"农村公路日常养护申报表.{kind}"
    (record,) = read_declarations((name, answer.content)).records
    assert [(row.name, row.target) for row in record.indicators] == [row[2:] for row in ROWS]
    assert sum(row.weight or 0 for row in record.indicators) == 90
    assert record.goal == ROADS["goal"]


def test_the_units_own_file_is_completed(region: Any) -> None:
    own = form_workbook({"自家表样": declaration_form(declared("农村公路日常养护", ROWS[:3]))})
    http = region.people["nobody"].http
    files = {"file": ("自家.xlsx", own)}
    answer = http.post("/fill/export?form=xlsx", data=form(), files=files, headers=HTMX)
    assert "x-file-note" not in answer.headers
    assert load_workbook(io.BytesIO(answer.content)).sheetnames == ["自家表样"]
    (record,) = read_declarations(("a.xlsx", answer.content)).records
    assert {row.name for row in record.indicators} == {row[2] for row in ROWS}
    changed = form([(*ROWS[0][:3], "≥700公里"), *ROWS[1:]])
    answer = http.post("/fill/export?form=xlsx", data=changed, files=files, headers=HTMX)
    assert "标准表样" in unquote(answer.headers["x-file-note"])
