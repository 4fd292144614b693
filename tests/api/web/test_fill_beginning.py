"""What the form begins from: nothing, a unit, an earlier year, a declaration."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from api.web.filling.beginning import new_form
from api.web.filling.posted import posted_from_record
from api.web.filling.sheet import sections_of
from corpus.records import SelfEvaluation
from corpus.workflow.organisations import Kind, Organisation
from corpus.workflow.status import SubmissionKind
from tests.api.web.filling import ROADS, form, number_of, part, roads


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
    facts = roads("子路养护", year="2027")
    answer = open_page("nobody", "/fill/advice", form(rows, facts, base=carried))
    assert "2026年：≥680公里" in part(answer.text, "hints-k0")


def test_rows_of_the_last_year_are_found_by_name(draft: Any, open_page: Any) -> None:
    draft(name="丑路养护项目")
    facts = roads("2027年丑路养护项目", year="2027")
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
