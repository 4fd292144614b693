"""JSON and JSONL: the contract's record, lists and envelopes, and what is wrong with a bad one."""

from __future__ import annotations

import io
import json

import pytest

from corpus.errors import InputError, UnsafeFileError
from corpus.importers import (
    Limits,
    LineError,
    declaration_from_dict,
    iter_jsonl,
    read_declarations,
)
from corpus.records import Case, Declaration, SelfEvaluation

RECORD = {
    "id": "d1",
    "project_name": "村道硬化",
    "year": 2024,
    "function_code": "2130126",
    "budget_wan": 854.0,
    "unknown": {"kept": "out"},
    "indicators": [
        {
            "level1": "产出指标",
            "level2": "数量指标",
            "name": "里程",
            "target": "≥100公里",
            "weight": 10,
        }
    ],
}


def lines(text: str | bytes, **limits) -> list[Declaration | LineError]:
    data = text.encode() if isinstance(text, str) else text
    return list(iter_jsonl(io.BytesIO(data), Limits(**limits)))


def test_contract_record():
    record = declaration_from_dict(RECORD)
    assert type(record) is Declaration
    assert record.function_code == "213"
    assert record.indicators[0].target == "≥100公里"


def test_keys_in_chinese_and_in_any_case():
    record = declaration_from_dict(
        {
            "项目名称": "村道硬化",
            "主管部门": "交通局",
            "年度资金总额": "854万元",
            "年度": "2024年度",
            "绩效指标": [
                {"一级指标": "产出指标", "三级指标": "里程", "指标值": "≥100公里", "分值": "10分"}
            ],
        }
    )
    assert (record.project_name, record.department, record.year) == ("村道硬化", "交通局", 2024)
    assert record.budget_wan == 854
    assert record.indicators[0].weight == 10
    assert declaration_from_dict({"ProjectName": "甲"}).project_name == "甲"
    assert declaration_from_dict({"Project_Name": "旁", "project_name": "正"}).project_name == "正"


def test_the_class_follows_the_content():
    assert type(declaration_from_dict({**RECORD, "actual_summary": "完成"})) is SelfEvaluation
    rows = [{"name": "里程", "target": "100公里", "actual": "98公里"}]
    assert type(declaration_from_dict({"indicators": rows})) is SelfEvaluation
    case = declaration_from_dict({**RECORD, "source_url": "https://x", "origin": "bundled"})
    assert type(case) is Case
    assert case.origin == "user"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"budget_wan": "很多"}, "budget_wan"),
        ({"indicators": {"name": "x"}}, "indicators"),
        ({"indicators": ["x"]}, "indicators[0]"),
        ({"indicators": [{}, {"weight": "重"}]}, "indicators[1].weight"),
        ({"indicators": [{"name": ["a"]}]}, "indicators[0].name"),
        ({"project_name": {"a": 1}}, "project_name"),
        ({"goal": True}, "goal"),
        ({"history": "去年"}, "history"),
    ],
)
def test_bad_fields_are_named(change, field):
    with pytest.raises(InputError) as caught:
        declaration_from_dict({**RECORD, **change})
    assert caught.value.where.field == field
    assert caught.value.code == "bad_field"
    assert caught.value.hint


@pytest.mark.parametrize("value", [None, "text", 5, [RECORD]])
def test_only_objects_are_records(value):
    with pytest.raises(InputError):
        declaration_from_dict(value)


def test_history_keeps_its_own_class():
    record = declaration_from_dict({**RECORD, "history": [{"year": 2023, "actual_summary": "成"}]})
    assert type(record.history[0]) is SelfEvaluation


def test_jsonl_reports_bad_lines_in_place():
    good = json.dumps(RECORD, ensure_ascii=False)
    found = lines(
        f'\ufeff{good}\n\n{{"id": "b-2", "project_name": \n'
        f'{{"id": 7, "budget_wan": "x"}}\n[]\n{good}'
    )
    assert [type(item) for item in found] == [
        Declaration, LineError, LineError, LineError, Declaration,
    ]  # fmt: skip
    assert [(e.line, e.id, e.error.code) for e in found[1:4]] == [
        (3, "b-2", "bad_json"),
        (4, "7", "bad_field"),
        (5, None, "bad_input"),
    ]
    assert "第4行" in found[2].error.to_dict()["message"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"id":"h","budget_wan":NaN}', "bad_json"),
        ('{"id":"h","budget_wan":-Infinity}', "bad_json"),
        ('{"id":"h","budget_wan":1e999}', "unsafe_file"),
        ('{"id":"h","budget_wan":1' + "0" * 5000 + "}", "unsafe_file"),
        ('{"id":"h","year":1' + "0" * 100 + "}", "unsafe_file"),
        ('{"id":"h","a":' + "[" * 70 + "]" * 70 + "}", "unsafe_file"),
        ('{"id":"h","a":' + '{"a":' * 200_000, "unsafe_file"),
    ],
)
def test_hostile_lines_are_refused_and_the_next_is_read(line, code):
    bad, good = lines(line + '\n{"project_name":"x"}')
    assert (bad.error.code, bad.id) == (code, "h")
    assert good.project_name == "x"


def test_invalid_utf8_is_reported_not_guessed():
    bad, good = lines('{"id":"g","project_name":"中文"}\n'.encode("gb18030") + b'{"id":"k"}')
    assert (bad.error.code, bad.id) == ("bad_encoding", "g")
    assert good.id == "k"


def test_an_overlong_line_is_skipped_without_reading_it_whole():
    class Endless(io.RawIOBase):
        """A first line of 50 MB, never held as a whole."""

        def __init__(self) -> None:
            self.left = 50 * 1024 * 1024
            self.largest = 0
            self.rest = io.BytesIO(b'\n{"id":"next"}\n')

        def readline(self, size: int = -1) -> bytes:
            self.largest = max(self.largest, size)
            if self.left > 0:
                taken = min(size, self.left)
                self.left -= taken
                return b"x" * taken
            return self.rest.readline(size)

    stream = Endless()
    error, good = list(iter_jsonl(stream, Limits(max_line_bytes=1024 * 1024)))
    assert (error.line, error.error.code) == (1, "unsafe_file")
    assert good.id == "next"
    assert stream.largest <= 1024 * 1024 + 1


def test_text_streams_are_read_too():
    (record,) = iter_jsonl(io.StringIO('{"project_name":"甲"}\n'))
    assert record.project_name == "甲"


def test_lone_surrogates_and_nul_become_replacement_characters():
    (record,) = lines('{"project_name":"a\\ud83d\\u0000b"}')
    assert record.project_name == "a\ufffd\ufffdb"


@pytest.mark.parametrize(
    "value",
    [[RECORD, RECORD], {"declarations": [RECORD, RECORD]}, {"data": [RECORD, RECORD], "total": 2}],
)
def test_json_file_with_several_records(value):
    result = read_declarations(("a.json", json.dumps(value).encode()))
    assert len(result.records) == 2
    assert not result.problems


def test_json_file_with_one_bad_record():
    data = json.dumps([RECORD, {"id": "bad", "budget_wan": "x"}, RECORD]).encode()
    result = read_declarations(("a.json", data))
    assert len(result.records) == 2
    (problem,) = result.problems
    assert (problem.id, problem.location.field, problem.location.file) == (
        "bad", "[1].budget_wan", "a.json",
    )  # fmt: skip


def test_standard_input_is_told_apart_by_its_content():
    one = json.dumps(RECORD, indent=1).encode()
    assert len(read_declarations(("-", one)).records) == 1
    two = (json.dumps(RECORD) + "\n" + json.dumps(RECORD)).encode()
    assert len(read_declarations(("-", two)).records) == 2


def test_broken_json_file_names_file_line_and_column():
    with pytest.raises(InputError) as caught:
        read_declarations(("a.json", b'{"id": 1,\n "x" 2}'))
    assert "a.json" in str(caught.value)
    assert "第2行第6个字符" in str(caught.value)


def test_too_many_records():
    with pytest.raises(UnsafeFileError):
        read_declarations(("a.json", b"[" + b"{}," * 20 + b"{}]"), Limits(max_records=10))


@pytest.mark.parametrize("value", [5, "x", None, True])
def test_json_that_holds_no_record(value):
    with pytest.raises(InputError):
        read_declarations(("a.json", json.dumps(value).encode()))


def test_bundled_cases_survive_a_round_trip_through_json(cases):
    for case in cases:
        assert declaration_from_dict(case.model_dump(mode="json")).model_dump(
            exclude={"origin"}
        ) == case.model_dump(exclude={"origin"})


def test_more_rows_than_any_form_has_are_refused() -> None:
    rows = [{"name": f"指标{number}"} for number in range(2_001)]
    with pytest.raises(InputError, match="2,001 条指标，超过上限 2,000 条"):
        declaration_from_dict({"project_name": "养护", "indicators": rows})
    assert len(declaration_from_dict({"project_name": "养护", "indicators": rows[1:]}).indicators)


@pytest.mark.parametrize("amount", ["9" * 400, 1e16, float("nan"), float("inf")])
def test_amounts_that_no_budget_holds_are_refused(amount: object) -> None:
    with pytest.raises(InputError, match="数值过大"):
        declaration_from_dict({"project_name": "养护", "executed_wan": amount})
