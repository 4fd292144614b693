"""Findings are set aside with a reason, stay listed, and come back when the row changes."""

from __future__ import annotations

import datetime
import json

import pytest

from api.settings import CHECKOUT
from corpus.errors import InputError
from corpus.importers import read_declarations
from review.finding import Severity
from review.suppression import State, Suppression, SuppressionList, row_fingerprint
from review.suppression_file import read_suppressions

PROJECT = "2024年农村公路日常养护"
ROWS = [
    {"at": "数量", "name": "养护里程", "target": "≥159公里"},
    {"at": "质量", "name": "路面完好率", "target": "≥120%"},
    {"at": "质量", "name": "桥梁完好率", "target": "≥130%"},
    {"at": "社会效益", "name": "沿线群众满意度", "target": "≥92%"},
]


def entry(code="CR02", **fields):
    given = {"project_name": PROJECT, "reason": "上级规定", "by": "农业科", **fields}
    return Suppression(code=code, date=datetime.date(2024, 3, 1), **given)


@pytest.fixture
def apply(make_reviewer, make_declaration):
    """Review four rows, set findings aside, and return the result and the states."""

    def run(*entries, rows=ROWS, **project):
        reviewer = make_reviewer()
        suppressions = SuppressionList(entries)
        plain = reviewer.review(make_declaration(rows=rows, project=project))
        return suppressions.apply(plain, reviewer.reconsider), plain, suppressions.statuses()

    return run


def places(result, code="CR02"):
    return [finding.row for finding in result.findings if finding.code == code]


def test_one_row_is_set_aside_and_stays_listed(apply):
    result, plain, (status,) = apply(entry(indicator="路面完好率"))
    assert places(plain) == [1, 2]
    assert places(result) == [2]
    assert [item.finding.row for item in result.suppressed] == [1]
    shown = result.to_dict()["suppressed"][0]
    assert (shown["code"], shown["row"]) == ("CR02", 1)
    assert shown["suppression"] == {"reason": "上级规定", "by": "农业科", "date": "2024-03-01"}
    assert json.loads(json.dumps(shown, ensure_ascii=False)) == shown
    assert (status.state, status.hits) == (State.APPLIED, 1)


def test_opinion_and_risk_follow(apply):
    result, plain, _ = apply(entry())
    assert plain.counts()[Severity.ERROR] == 2
    assert plain.opinion == "reject"  # errors on half of the rows
    assert result.opinion != "reject"
    assert result.counts()[Severity.ERROR] == 0
    assert result.risk.value < plain.risk.value


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({}, []),
        ({"row": 3}, [1]),
        ({"row": 3, "indicator": "路面完好率"}, [1, 2]),
        ({"indicator": " 路面 完好率"}, [2]),
        ({"department": "县交通运输局", "year": 2024}, []),
        ({"department": "县水利局"}, [1, 2]),
        ({"year": 2023}, [1, 2]),
        ({"project_name": "2024年农村公路大修"}, [1, 2]),
        ({"project_name": None, "id": "甲"}, []),
        ({"id": "乙"}, [1, 2]),
        ({"target": "≥１２０％"}, [2]),
        ({"code": "CR03"}, [1, 2]),
    ],
)
def test_only_what_the_entry_names_is_set_aside(apply, fields, left):
    result, _, _ = apply(entry(**fields), id="甲")
    assert places(result) == left


def changed(**fields):
    return [ROWS[0], {**ROWS[1], **fields}, *ROWS[2:]]


def test_a_tied_suppression_lapses_when_the_target_changes(apply):
    tied = entry(indicator="路面完好率", target="≥120%")
    result, _, (status,) = apply(tied, rows=changed(target="≥125%"))
    assert places(result) == [1, 2]
    assert result.suppressed == ()
    assert status.state is State.STALE
    assert "现为“≥125%”" in status.note


def test_a_fingerprint_follows_the_content_not_its_spacing(apply):
    _, plain, _ = apply()
    tied = entry(fingerprint=row_fingerprint(plain.rows[1]))
    assert plain.to_dict()["rows"][1]["fingerprint"] == tied.fingerprint
    assert places(apply(tied)[0]) == [2]
    assert places(apply(tied, rows=changed(target="≥ 120％"))[0]) == [2]
    for change in ({"target": "≥121%"}, {"name": "路面合格率"}, {"at": "数量"}):
        assert places(apply(tied, rows=changed(**change))[0]) == [1, 2]


def test_an_entry_is_stale_when_problem_or_row_is_gone(apply):
    *_, (gone, absent, other) = apply(
        entry(indicator="养护里程"), entry(indicator="新建里程"), entry(project_name="别的项目")
    )
    assert (gone.state, gone.note) == (State.STALE, "申报表中已没有这个问题")
    assert (absent.state, absent.note) == (State.STALE, "申报表中已没有这项指标")
    assert other.state is State.UNSEEN


def test_the_count_runs_over_several_declarations(make_reviewer, make_declaration):
    reviewer, suppressions = make_reviewer(), SuppressionList([entry(row=2)])
    for target in ("≥90%", "≥120%"):
        plain = reviewer.review(make_declaration(rows=changed(target=target)))
        suppressions.apply(plain, reviewer.reconsider)
    (status,) = suppressions.statuses()
    assert (status.state, status.hits) == (State.APPLIED, 1)


def test_hidden_text_cannot_widen_an_entry(apply):
    hostile = [{**ROWS[1], "name": '路面完好率"\n[[suppressions]]\ncode = "CR02"'}]
    result, _, _ = apply(entry(indicator="路面完好率"), rows=hostile)
    assert result.suppressed == ()


@pytest.fixture
def read(tmp_path):
    def write_and_read(text, name="豁免.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_suppressions(path)

    return write_and_read


WHO = 'reason = "上级规定"\nby = "农业科"\ndate = 2024-03-01\n'
HEAD = "# 清单\n[[suppressions]]\n"


def test_the_example_fits_the_example_declaration(make_reviewer):
    entries = read_suppressions(CHECKOUT / "examples" / "豁免清单.toml")
    found = read_declarations(CHECKOUT / "examples" / "博物馆免费开放.json")
    reviewer, suppressions = make_reviewer(), SuppressionList(entries)
    result = suppressions.apply(reviewer.review(found.records[0]), reviewer.reconsider)
    assert "MS05" in [item.finding.code for item in result.suppressed]


def test_toml_and_json_say_the_same(read):
    toml = read(f'{HEAD}code = "easy.low_threshold"\nid = 7\n{WHO}')
    fields = {"code": "ez05", "id": "7", "reason": "上级规定", "by": "农业科", "date": "2024-03-01"}
    for shape in ([fields], {"suppressions": [fields]}):
        (entry,) = read(json.dumps(shape), "豁免.json")
        assert (entry.code, entry.id, entry.date) == ("EZ05", "7", datetime.date(2024, 3, 1))
        assert entry.line is None
    assert toml[0].code == "EZ05"
    assert toml[0].line == 2


def test_an_empty_list_is_empty(read):
    assert read("") == ()


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (f'code = "ZZ99"\nid = "1"\n{WHO}', 3, "“ZZ99”不是审核规则"),
        (f'code = "EZ05"\n{WHO}', 2, "没有写明是哪个项目"),
        ('code = "EZ05"\nid = "1"\nby = "甲科"\ndate = 2024-03-01\n', 2, "（reason）没有填写"),
        (f'code = "EZ05"\nid = "1"\n{WHO}reason_ = ""\n', 8, "是否想写“reason”"),
        (f'code = "EZ05"\nid = "1"\n{WHO.replace("上级规定", " ")}', 5, "（reason）不能为空"),
        (f'code = "EZ05"\nid = "1"\n{WHO.replace("2024-03-01", "3")}row = 0\n', 7, "日期（date）"),
        (f'code = "EZ05"\nid = "1"\n{WHO}row = 0\n', 8, "应从 1 数起"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_line_and_way_out(read, body, line, words):
    with pytest.raises(InputError) as caught:
        read(HEAD + body)
    assert words in caught.value.message
    assert (caught.value.where.file, caught.value.where.row) == ("豁免.toml", line)
    assert caught.value.hint


@pytest.mark.parametrize("text", ["suppression = 1", "suppressions = 1", "suppressions = [1]"])
def test_another_shape_is_refused(read, text):
    with pytest.raises(InputError):
        read(text)
