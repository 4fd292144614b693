"""Filling in: advice beside the form, weights, saving, conflicts, files, submitting."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import pytest

from api.web.filling.beginning import new_form
from api.web.filling.posted import posted_from_record
from api.web.filling.sheet import sections_of
from corpus.importers import read_declarations
from corpus.importers.form_layout import declaration_form
from corpus.importers.form_writer import form_workbook
from corpus.records import Declaration, SelfEvaluation
from corpus.workflow.organisations import Kind, Organisation
from corpus.workflow.status import SubmissionKind
from tests.corpus.importers.layouts import stacked

HTMX = {"HX-Request": "true"}
ROADS = {
    "project_name": "农村公路日常养护",
    "department": "某县交通运输局",
    "year": "2026",
    "budget_wan": "854",
    "description": "对县道乡道共680公里开展日常养护，修复桥梁12座",
    "goal": "日常养护县道乡道680公里，修复桥梁12座，保障群众出行",
}
ROWS = (
    ("产出指标", "数量指标", "县道乡道养护里程", "≥680公里"),
    ("产出指标", "质量指标", "工程验收合格率", "≥60%"),
    ("产出指标", "时效指标", "养护任务按期完成率", "≥95%"),
    ("效益指标", "社会效益指标", "群众出行条件", "明显改善"),
    ("满意度指标", "服务对象满意度指标", "沿线群众满意度", "≥90%"),
)
COLUMNS = ("level1", "level2", "name", "target", "weight", "actual", "score", "reason")


def form(rows: Any = ROWS, facts: dict[str, str] = ROADS, **more: Any) -> dict[str, Any]:
    """The form as a browser sends it; a row's further values are weight, actual, score, reason."""
    lines = [[*row, *[""] * (len(COLUMNS) - len(row))] for row in rows]
    columns = {f"row_{name}": [line[place] for line in lines] for place, name in enumerate(COLUMNS)}
    keys = {"row_key": [f"k{place}" for place in range(len(lines))]}
    rests = {"row_rest": more.pop("rests", ["{}"] * len(lines))}
    return {"kind": "declaration", **facts, **keys, **rests, **columns, **more}


def advised(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(json.loads(answer.headers["hx-trigger-after-swap"])["fill:advised"])


def number_of(answer: Any) -> str:
    found = re.search(r'name="submission" value="(\w{26})"', answer.text)
    assert found is not None, answer.text
    return found[1]


def revision_of(answer: Any) -> str:
    found = re.search(r'name="revision" value="(\d+)"', answer.text)
    assert found is not None, answer.text
    return found[1]


def part(text: str, id_: str) -> str:
    """The piece of an answer that goes to the element of an id."""
    begin = text.index(f'id="{id_}" hx-swap-oob')
    end = text.find("hx-swap-oob", begin + len(id_) + 20)
    return text[begin : end if end > 0 else None]


def test_the_form_opens_with_the_usual_levels_for_everybody(open_page: Any) -> None:
    text = open_page("nobody", "/fill").text
    assert 'data-level2="数量指标"' in text
    assert 'data-level2="服务对象满意度指标"' in text
    assert "登录后可保存和提交" in text
    assert 'id="save"' not in text
    assert 'id="save"' in open_page("author1", "/fill").text


def test_the_form_knows_who_fills_it_in(open_page: Any) -> None:
    def placed(who: str) -> list[str]:
        text = open_page(who, "/fill").text
        names = ("department", "implementing_unit")
        return re.findall(f'name="(?:{"|".join(names)})" value="([^"]*)"', text)

    assert placed("author1") == ["", "单位一"]
    assert placed("nobody") == placed("reviewer1") == ["", ""]


def test_a_unit_below_a_department_names_both() -> None:
    kinds = (Kind.BUREAU, Kind.DIVISION, Kind.DEPARTMENT, Kind.UNIT)
    line = [
        Organisation(
            id=kind, name=kind.label, kind=kind, parent_id=None, path="/", active=True,
            created_at=datetime.now(UTC),
        )
        for kind in kinds
    ]  # fmt: skip
    facts = [new_form(SubmissionKind.EVALUATION, line[:place]).facts for place in range(5)]
    named = [(each["department"], each["implementing_unit"]) for each in facts]
    assert named[:3] == [("", "")] * 3
    assert named[3:] == [("主管部门", "主管部门"), ("主管部门", "预算单位")]


def test_a_name_alone_yields_suggestions_with_what_they_rest_on(open_page: Any) -> None:
    answer = open_page("nobody", "/fill/advice", form(()))
    offers = part(answer.text, "suggestions")
    assert offers.count('class="offer"') >= 6
    assert "680公里" in offers
    taken = re.search(r'data-take="([^"]+)" id="take-1"', offers)
    assert taken is not None
    row = json.loads(taken[1].replace("&#34;", '"'))
    assert row["name"] == row["origin"]["name"]
    assert "还没有指标" in part(answer.text, "checklist")


def test_nothing_typed_asks_for_a_name(open_page: Any) -> None:
    answer = open_page("nobody", "/fill/advice", form((), {"project_name": " "}))
    assert "写下项目名称和概况" in part(answer.text, "suggestions")
    assert "待填：项目名称" in part(answer.text, "checklist")


def test_remarks_stand_at_their_rows_with_a_better_wording(open_page: Any) -> None:
    text = open_page("nobody", "/fill/advice", form()).text
    easy = part(text, "hints-k1")
    assert "EZ01" in easy
    assert 'data-for="k1"' in easy
    assert "MS01" in part(text, "hints-k3")
    assert "hint-" not in part(text, "hints-k0")


def test_the_picture_shows_peers_library_and_the_own_value(open_page: Any) -> None:
    picture = part(open_page("nobody", "/fill/advice", form()).text, "hints-k1")
    assert 'class="own"' in picture
    assert picture.count('class="target"') >= 2
    assert picture.count('class="tick"') >= 2
    assert "同类项目中" in picture
    length = part(open_page("nobody", "/fill/advice", form()).text, "hints-k0")
    assert "<svg" not in length  # others' kilometres say nothing


def test_weights_add_up_by_themselves_and_own_ones_stay(open_page: Any) -> None:
    shared = advised(open_page("nobody", "/fill/advice", form()))["weights"]
    assert sum(shared.values()) == 90
    assert set(shared) == {"k0", "k1", "k2", "k3", "k4"}
    rows = [(*ROWS[0], "25"), *ROWS[1:]]
    kept = advised(open_page("nobody", "/fill/advice", form(rows)))["weights"]
    assert "k0" not in kept
    assert sum(kept.values()) == 65


def test_a_scheme_of_choice_is_followed(open_page: Any) -> None:
    wanted = "产出40+效益40+满意度10+执行率10"
    shared = advised(open_page("nobody", "/fill/advice", form(scheme=wanted)))["weights"]
    assert shared["k3"] == 40
    refused = open_page("nobody", "/fill/advice", form(scheme="产出40"))
    assert refused.status_code == 422
    assert "分值方案" in refused.text


def test_weights_not_adding_up_are_told(open_page: Any) -> None:
    rows = [(*row, "50") for row in ROWS]
    answer = open_page("nobody", "/fill/advice", form(rows, scheme="无成本"))
    assert "分值合计250，应为90" in part(answer.text, "checklist")


def test_what_is_refused_is_not_offered_again(open_page: Any) -> None:
    offers = part(open_page("nobody", "/fill/advice", form(())).text, "suggestions")
    names = re.findall(r'class="offer" data-name="([^"]+)"', offers)
    refused = json.dumps([{"name": names[0]}], ensure_ascii=False)
    again = part(
        open_page("nobody", "/fill/advice", form((), rejected=refused)).text, "suggestions"
    )
    left = re.findall(r'class="offer" data-name="([^"]+)"', again)
    assert names[0] not in left
    assert left


def test_what_is_typed_wrongly_is_told_and_kept(open_page: Any) -> None:
    rows = [(*ROWS[0], "十分"), *ROWS[1:]]
    answer = open_page("nobody", "/fill/advice", form(rows, {**ROADS, "budget_wan": "很多"}))
    message = "年度资金总额“很多”不是数字"
    assert message in part(answer.text, "checklist")
    assert advised(answer)["faults"]["fact-budget_wan"] == message
    assert set(advised(answer)["faults"]) == {"fact-budget_wan", "weight-k0"}
    assert "“十分”不是数字" in part(answer.text, "hints-k0")
    laid_out = open_page("nobody", "/fill/form", form(rows, {**ROADS, "budget_wan": "很多"})).text
    assert 'value="很多"' in laid_out
    assert 'value="十分"' in laid_out
    refused = open_page("author1", "/fill/save", form(rows))
    assert refused.status_code == 422
    assert "“十分”不是数字" in refused.text


def test_texts_are_shown_as_texts(open_page: Any) -> None:
    nasty = '</textarea><script>alert(1)</script>"{{ 7 * 191 }}'
    rows = [("产出指标", "数量指标", nasty, nasty)]
    facts = {**ROADS, "project_name": nasty, "goal": nasty}
    for path in ("/fill/form", "/fill/advice"):
        text = open_page("nobody", path, form(rows, facts)).text
        assert "<script>alert" not in text
        assert "1337" not in text


def test_nonsense_around_the_form_is_ignored(open_page: Any) -> None:
    odd = form(
        rests=["[1", '{"origin": 5}', "null", '{"definition": {"a": 1}}', "{}"],
        base='{"history": "x", "budget_wan": "?"}',
        rejected='{"a": 1}',
        revision="-1",
        submission="../../etc",
    )
    assert open_page("nobody", "/fill/advice", odd).status_code == 200
    many = form([ROWS[0]] * 201)
    assert open_page("nobody", "/fill/advice", many).status_code == 422


def test_strangers_cannot_save(open_page: Any) -> None:
    for path in ("/fill/save", "/fill/check"):
        answer = open_page("nobody", path, form())
        assert answer.headers["hx-redirect"] == "/sign-in"
    assert open_page("reviewer1", "/fill/save", form()).status_code == 403


def test_saving_makes_versions_with_all_weights(region: Any, open_page: Any) -> None:
    saved = open_page("author1", "/fill/save", form(facts={**ROADS, "project_name": "甲路养护"}))
    assert saved.status_code == 200, saved.text
    id_ = number_of(saved)
    assert saved.headers["hx-push-url"] == f"/fill/{id_}"
    author = region.people["author1"]
    (first,) = author.get(f"/submissions/{id_}/versions").json()
    assert sum(row["weight"] for row in first["record"]["indicators"]) == 90
    assert author.get(f"/submissions/{id_}/review").json()["version"] == 1
    same = form(
        facts={**ROADS, "project_name": "甲路养护"}, submission=id_, revision=revision_of(saved)
    )
    again = open_page("author1", "/fill/save", same)
    assert "第 1 版" in again.text
    changed = {**same, "goal": "另一个目标", "revision": revision_of(again)}
    assert "第 2 版" in open_page("author1", "/fill/save", changed).text


def test_shared_out_weights_go_on_adding_up_after_a_save(region: Any, open_page: Any) -> None:
    facts = {**ROADS, "project_name": "乙路养护"}
    id_ = number_of(open_page("author1", "/fill/save", form(facts=facts)))
    page = open_page("author1", f"/fill/{id_}").text
    weights = re.findall(r'name="row_weight" id="weight-r\d+" value="(\d+)"', page)
    rows = [(*row, weight) for row, weight in zip(ROWS, weights, strict=True)]
    fresh = {**HTMX, "X-Fresh": "1"}
    answer = region.people["author1"].http.post(
        "/fill/advice", data=form(rows, facts), headers=fresh
    )
    assert advised(answer)["shared"] is True
    own = [(*rows[0][:4], "1"), *rows[1:]]
    answer = region.people["author1"].http.post(
        "/fill/advice", data=form(own, facts), headers=fresh
    )
    assert advised(answer)["shared"] is False


def test_saving_over_somebody_elses_version_shows_what_differs(region: Any, open_page: Any) -> None:
    facts = {**ROADS, "project_name": "丙路养护"}
    first = open_page("author1", "/fill/save", form(facts=facts))
    id_, old = number_of(first), revision_of(first)
    theirs = form(facts={**facts, "goal": "他人所写的目标"}, submission=id_, revision=old)
    assert open_page("author1", "/fill/save", theirs).status_code == 200
    mine = form(facts={**facts, "goal": "我写的目标"}, submission=id_, revision=old)
    conflict = open_page("author1", "/fill/save", mine)
    assert conflict.status_code == 412
    assert conflict.headers["hx-retarget"] == "#dialog"
    assert "他人所写的目标" in conflict.text
    assert "我写的目标" in conflict.text
    newest = re.search(r'data-overwrite="(\d+)"', conflict.text)
    assert newest is not None
    assert open_page("author1", "/fill/save", {**mine, "revision": newest[1]}).status_code == 200
    versions = region.people["author1"].get(f"/submissions/{id_}/versions").json()
    assert [item["record"]["goal"] for item in versions][1:] == ["他人所写的目标", "我写的目标"]


def test_a_save_keeps_what_became_of_suggestions(app: Any, open_page: Any) -> None:
    origins = [
        {"name": "养护里程", "target": "≥680公里", "source_key": "t:a", "rank": 1},
        {"name": "沿线群众满意度", "target": "≥90%", "source_key": "t:b", "rank": 2},
    ]
    rests = ["{}"] * len(ROWS)
    rests[0], rests[4] = (json.dumps({"origin": origin}) for origin in origins)
    refused = json.dumps([{"name": "宣传次数", "target": "", "source_key": "t:c", "rank": 3}])
    facts = {**ROADS, "project_name": "丁路养护"}
    open_page("author1", "/fill/save", form(facts=facts, rests=rests, rejected=refused))
    kept = [
        item
        for item in app.state.workspace.store.decisions()
        if item.declaration.project_name == "丁路养护"
    ]
    words = {item.source_key: item.decision for record in kept for item in record.decisions}
    assert words == {"t:a": "edited", "t:b": "accepted", "t:c": "rejected"}


def test_submitting_first_shows_what_would_be_sent_back(region: Any, open_page: Any) -> None:
    facts = {**ROADS, "project_name": "戊路养护", "goal": ""}
    dialog = open_page("author1", "/fill/check", form(facts=facts))
    assert dialog.status_code == 200, dialog.text
    assert "CP12" in dialog.text
    assert "仍然提交" in dialog.text
    id_ = number_of(dialog)
    author = region.people["author1"]
    assert author.get(f"/submissions/{id_}").json()["author_status"] == "draft"
    done = open_page("author1", f"/projects/{id_}/submit", {"revision": revision_of(dialog)})
    assert done.headers["hx-redirect"] == f"/projects/{id_}"
    assert author.get(f"/submissions/{id_}").json()["author_status"] == "submitted"
    assert open_page("author1", f"/fill/{id_}").headers["location"] == f"/projects/{id_}"
    late = form(facts=facts, submission=id_, revision="2")
    assert open_page("author1", "/fill/save", late).status_code in (409, 412)


def test_drafts_of_others_are_not_there(draft: Any, open_page: Any) -> None:
    id_ = draft(name="己路养护")["id"]
    assert open_page("author1", f"/fill/{id_}").status_code == 200
    assert open_page("author2", f"/fill/{id_}").status_code == 404
    other = form(submission=id_, revision="1")
    assert open_page("author2", "/fill/save", other).status_code == 404


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
    from openpyxl import load_workbook

    assert load_workbook(io.BytesIO(answer.content)).sheetnames == ["自家表样"]
    (record,) = read_declarations(("a.xlsx", answer.content)).records
    assert {row.name for row in record.indicators} == {row[2] for row in ROWS}
    changed = form([(*ROWS[0][:3], "≥700公里"), *ROWS[1:]])
    answer = http.post("/fill/export?form=xlsx", data=changed, files=files, headers=HTMX)
    assert "标准表样" in unquote(answer.headers["x-file-note"])


def test_a_new_year_begins_from_the_last(draft: Any, open_page: Any) -> None:
    id_ = draft(name="子路养护")["id"]
    page = open_page("author1", "/fill", **{"from": id_}).text
    assert 'value="2027"' in page
    assert "日常养护里程" in page
    assert 'name="submission" value=""' in page
    base = re.search(r'name="base" value="([^"]*)"', page)
    assert base is not None
    carried = base[1].replace("&#34;", '"')
    rows = [("产出指标", "数量指标", "日常养护里程", "≥690公里")]
    facts = {**ROADS, "project_name": "子路养护", "year": "2027"}
    answer = open_page("nobody", "/fill/advice", form(rows, facts, base=carried))
    assert "2026年：≥680公里" in part(answer.text, "hints-k0")


def test_rows_of_the_last_year_are_found_by_name(draft: Any, open_page: Any) -> None:
    draft(name="丑路养护项目")
    facts = {**ROADS, "project_name": "2027年丑路养护项目", "year": "2027"}
    offered = part(open_page("author1", "/fill/advice", form((), facts)).text, "suggestions")
    assert "2026年度的 4 条指标" in offered
    filled = open_page("author1", "/fill/earlier", form((), facts)).text
    assert "已带入2026年度的4条指标" in filled
    assert ">≥680公里</textarea>" in filled
    other = part(open_page("author2", "/fill/advice", form((), facts)).text, "suggestions")
    assert "条指标 <button" not in other
    assert open_page("author2", "/fill/earlier", form((), facts)).status_code == 422


def test_a_self_evaluation_that_begins_from_nothing_can_be_filled_in_row_by_row(
    open_page: Any,
) -> None:
    page = open_page("author1", "/fill", kind="evaluation").text
    assert page.count("data-add") > 8
    assert 'data-level2="数量指标"' in page


def test_a_self_evaluation_begins_from_the_declaration(draft: Any, open_page: Any) -> None:
    id_ = draft(name="寅路养护")["id"]
    page = open_page("author1", "/fill", kind="evaluation", **{"from": id_}).text
    assert "项目支出绩效自评表" in page
    assert page.count('name="row_actual"') == 5
    rows = [
        ("产出指标", "数量指标", "日常养护里程", "≥680公里", "60", "340公里", "60", ""),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "30", "95%", "30", ""),
    ]
    evaluation = form(rows, {**ROADS, "execution_weight": "10"}, kind="evaluation")
    text = open_page("nobody", "/fill/advice", evaluation).text
    recounted = part(text, "recounted-k0")
    assert ">30</span>" in recounted
    assert "misfit" in recounted
    assert "misfit" not in part(text, "recounted-k1")
    assert "复算总分" in part(text, "remarks")
    assert 'id="suggestions"' not in text
    saved = open_page("author1", "/fill/save", evaluation)
    assert saved.status_code == 200, saved.text
    page = open_page("author1", f"/projects/{number_of(saved)}").text
    assert "绩效自评" in page
    assert "340公里" in page


def test_levels_keep_the_wording_of_the_form() -> None:
    rows = [
        {"level1": "产出指标（50分）", "level2": "成本指标", "name": "单价", "target": "≤1元"},
        {"level1": "产出指标（50分）", "level2": "数量指标", "name": "数量", "target": "≥1个"},
        {"level1": "自定一级", "level2": "", "name": "其他", "target": "≥1个"},
    ]
    record = SelfEvaluation.model_validate({"project_name": "某项目", "indicators": rows})
    sections = sections_of(posted_from_record(record, SubmissionKind.DECLARATION))
    labels = [section.label for section in sections]
    assert labels == ["产出指标（50分）", "效益指标", "满意度指标", "自定一级"]
    levels = {(group.level1, group.level2) for group in sections[0].groups}
    assert {("产出指标（50分）", "成本指标"), ("产出指标（50分）", "时效指标")} <= levels
    spans = [section.span for section in sections]
    assert spans[0] == sum(1 + 2 * len(group.rows) for group in sections[0].groups)


def test_a_record_survives_the_form(record: Callable[..., dict[str, Any]]) -> None:
    given = record(region="某省某县", history=[record(year=2025)])
    given["indicators"][0]["definition"] = "按台账统计"
    read = SelfEvaluation.model_validate(given)
    assert posted_from_record(read, SubmissionKind.DECLARATION).record == read
