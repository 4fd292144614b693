"""我的项目: the list with filters and pages, one project with versions and feedback, its steps."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from sqlalchemy import event

from api.web.versions import differences


def test_the_list_shows_where_things_stand(submitted: Any, open_page: Any) -> None:
    made = submitted(name="列表所见项目")
    text = open_page("author1", "/projects", text="列表所见").text
    row = text[text.index("列表所见项目</a>") :]
    assert "已提交" in row
    assert "待审核" in row
    assert "建议修改" in row
    assert f'href="/projects/{made["id"]}"' in text


def test_others_projects_are_not_listed(draft: Any, open_page: Any) -> None:
    made = draft(name="别家看不到的项目")
    assert "别家看不到的项目" in open_page("author1", "/projects", text="别家").text
    assert "别家看不到的项目" not in open_page("author2", "/projects", text="别家").text
    assert open_page("author2", f"/projects/{made['id']}").status_code == 404
    assert open_page("nobody", "/projects").headers["location"].startswith("/sign-in")
    assert open_page("reviewer1", "/projects").status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"author": "draft"}, True),
        ({"author": "submitted"}, False),
        ({"review": "none"}, True),
        ({"review": "passed"}, False),
        ({"kind": "declaration"}, True),
        ({"kind": "evaluation"}, False),
        ({"year": "2031"}, True),
        ({"year": "2030"}, False),
        ({"text": "100%_筛"}, True),
        ({"text": "100x筛"}, False),
    ],
)
def test_the_list_is_filtered(
    draft: Any, open_page: Any, query: dict[str, str], found: bool
) -> None:
    draft(name="100%_筛选项目", year=2031)
    wanted = {"text": "筛选项目", "year": "2031", **query}
    assert ("100%_筛选项目" in open_page("author1", "/projects", **wanted).text) is found


def test_wrong_filters_are_refused(open_page: Any) -> None:
    for query in ({"year": "20x6"}, {"author": "gone"}, {"page": "0"}):
        assert open_page("author1", "/projects", **query).status_code == 422


def test_long_lists_have_pages(draft: Any, open_page: Any) -> None:
    for number in range(52):
        draft(name=f"成列的项目{number:02}", indicators=[])
    first = open_page("author1", "/projects", text="成列的项目").text
    assert "共 52 个" in first
    assert "第 1 页，共 2 页" in first
    assert first.count("成列的项目") - first.count('value="成列的项目"') == 50
    second = open_page("author1", "/projects", text="成列的项目", page=2).text
    assert "成列的项目00" in second
    assert "成列的项目51" not in second


def test_nothing_found_says_how_to_go_on(open_page: Any) -> None:
    assert "没有符合条件的项目" in open_page("author1", "/projects", text="绝无此项目").text


def test_versions_show_what_changed(region: Any, draft: Any, record: Any, open_page: Any) -> None:
    made = draft(name="版本项目")
    changed = record("版本项目", goal="新的目标")
    changed["indicators"][0]["target"] = "≥700公里"
    del changed["indicators"][3]
    changed["indicators"].append(
        {"level1": "产出指标", "level2": "时效指标", "name": "完成时限", "target": "12月底前"}
    )
    author = region.people["author1"]
    assert author.put(f"/submissions/{made['id']}", {"record": changed}).status_code == 200
    text = open_page("author1", f"/projects/{made['id']}").text
    assert "<del>≥680公里</del>" in text
    assert "<ins>≥700公里</ins>" in text
    assert "<ins>完成时限</ins>（时效指标，12月底前）" in text
    assert "<del>群众满意度</del>" in text
    between = open_page("author1", f"/projects/{made['id']}/difference", before=2, after=1).text
    assert "<ins>≥680公里</ins>" in between
    assert (
        open_page("author1", f"/projects/{made['id']}/difference", before=1, after=9).status_code
        == 404
    )


def test_feedback_reaches_the_unit_and_the_project_comes_again(
    region: Any, submitted: Any, record: Any, open_page: Any
) -> None:
    made = submitted(name="退回项目")
    path = f"/projects/{made['id']}"
    waiting = open_page("author1", path).text
    assert "已提交，等待审核" in waiting
    assert "审核意见（第" not in waiting
    reviewer, author = region.people["reviewer1"], region.people["author1"]
    word = {"verdict": "return", "reason": "请把<b>良好</b>量化"}
    assert reviewer.post(f"/submissions/{made['id']}/verdicts", word).status_code == 201
    page = open_page("author1", path).text
    assert "请把&lt;b&gt;良好&lt;/b&gt;量化" in page
    assert "退回修改" in page
    assert f"{path}/submit" not in page  # nothing has been changed yet
    assert "请把" in open_page("author1", f"/fill/{made['id']}").text
    revision = author.get(f"/submissions/{made['id']}").json()["revision"]
    early = open_page("author1", f"{path}/submit", {"revision": revision})
    assert early.status_code == 409
    assert "退回后尚未修改" in early.text
    author.put(f"/submissions/{made['id']}", {"record": record("退回项目", goal="量化了")})
    assert f"{path}/submit" in open_page("author1", path).text
    revision = author.get(f"/submissions/{made['id']}").json()["revision"]
    again = open_page("author1", f"{path}/submit", {"revision": revision})
    assert again.headers["hx-redirect"] == path
    assert author.get(f"/submissions/{made['id']}").json()["review_status"] == "waiting"


def test_a_pass_tells_the_unit_what_is_left_to_improve(
    region: Any, submitted: Any, open_page: Any
) -> None:
    made = submitted(name="通过仍可改进的项目")
    word = {"verdict": "pass", "reason": "同意"}
    region.people["reviewer1"].post(f"/submissions/{made['id']}/verdicts", word)
    page = open_page("author1", f"/projects/{made['id']}").text
    feedback = page[page.index("审核意见（第") : page.index('id="form-title"')]
    told = re.search(r"另有 (\d+) 处建议修改", feedback)
    assert told is not None
    assert int(told[1]) == feedback.count("severity-warning") > 0


def test_a_submission_is_taken_back(region: Any, submitted: Any, open_page: Any) -> None:
    made = submitted(name="撤回项目")
    path = f"/projects/{made['id']}"
    stale = open_page("author1", f"{path}/withdraw", {"revision": made["revision"] - 1})
    assert stale.status_code == 412
    assert open_page("author2", f"{path}/withdraw", {"revision": 2}).status_code == 404
    done = open_page("author1", f"{path}/withdraw", {"revision": made["revision"]})
    assert done.headers["hx-redirect"] == path
    page = open_page("author1", path).text
    assert "填报中" in page
    assert f'href="/fill/{made["id"]}"' in page


def test_a_passed_declaration_leads_on(region: Any, submitted: Any, open_page: Any) -> None:
    made = submitted(name="通过项目")
    assert "开始自评" not in open_page("author1", f"/projects/{made['id']}").text
    word = {"verdict": "pass", "reason": ""}
    region.people["reviewer1"].post(f"/submissions/{made['id']}/verdicts", word)
    page = open_page("author1", f"/projects/{made['id']}").text
    assert f"/fill?kind=evaluation&amp;from={made['id']}" in page
    assert f'"/fill?from={made["id"]}"' in page


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_a_version_is_downloaded(draft: Any, open_page: Any, form: str) -> None:
    from corpus.importers import read_declarations

    made = draft(name='下载/项目"')
    answer = open_page("author1", f"/projects/{made['id']}/export?form={form}")
    assert answer.status_code == 200
    assert "%2F" not in answer.headers["content-disposition"]
    (read,) = read_declarations((f"a.{form}", answer.content)).records
    assert read.indicators[0].name == "日常养护里程"


def test_the_list_asks_the_database_few_questions(app: Any, draft: Any, open_page: Any) -> None:
    """As many as for one project, however many there are."""
    for number in range(3):
        draft(name=f"数量项目{number}", indicators=[])
    engine = app.state.workspace.store._engine
    asked: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if threading.current_thread().name.startswith("AnyIO"):  # jobs and messages ask, too
            asked.append(statement)

    open_page("author1", "/projects", text="数量项目1")  # notes when the session was last used
    event.listen(engine, "before_cursor_execute", note)
    try:
        open_page("author1", "/projects", text="数量项目2")
        one = len(asked)
        open_page("author1", "/projects", text="数量项目")
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert 0 < len(asked) - one == one


def test_differences_leave_out_what_a_form_does_not_show() -> None:
    before = {"project_name": "甲", "budget_wan": 1.0, "history": [], "stage": "a"}
    after = {"project_name": "甲", "budget_wan": 2.5, "history": [{}], "stage": "b"}
    (change,) = differences(before, after).fields
    assert (change.label, change.before, change.after) == ("年度资金总额", "1", "2.5")
    assert differences(before, before).is_empty
