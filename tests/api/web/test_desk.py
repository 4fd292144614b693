"""审核工作台: who sees what, judging findings, deciding, bulk, assignment, letters."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

Make = Callable[..., dict[str, Any]]
PANELS = ("comparison", "past", "history", "letter", "letter.docx")


@pytest.fixture
def keys(region: Any) -> Callable[[str], list[str]]:
    """Returns the keys of the findings on a submission."""

    def found(id_: str) -> list[str]:
        answer = region.people["reviewer1"].get(f"/submissions/{id_}/findings")
        return [item["key"] for item in answer.json()]

    return found


def revision(page: str) -> str:
    match = re.search(r'id="revision"[^>]*><input[^>]*value="(\d+)"', page)
    assert match is not None
    return match[1]


def test_units_see_no_desk_and_strangers_sign_in_first(open_page: Any, submitted: Make) -> None:
    made = submitted()
    for path in ("/desk", "/recheck", f"/desk/{made['id']}", f"/desk/{made['id']}/letter"):
        assert open_page("author1", path).status_code == 403, path
        assert open_page("nobody", path).headers["location"].startswith("/sign-in"), path
    form = {"verdict": "confirmed"}
    assert open_page("author1", f"/desk/{made['id']}/findings/x", form).status_code == 403
    form = {"verdict": "pass", "revision": "1"}
    assert open_page("author1", f"/desk/{made['id']}/verdict", form).status_code == 403


def test_a_reviewer_of_another_division_finds_nothing(open_page: Any, submitted: Make) -> None:
    made = submitted(name="他处看不到的项目")
    assert "他处看不到的项目" in open_page("reviewer1", "/desk", limit=200).text
    assert "他处看不到的项目" not in open_page("reviewer2", "/desk", limit=200).text
    assert open_page("reviewer2", f"/desk/{made['id']}").status_code == 404
    for panel in PANELS:
        assert open_page("reviewer2", f"/desk/{made['id']}/{panel}").status_code == 404, panel
    form = {"verdict": "pass", "revision": str(made["revision"])}
    assert open_page("reviewer2", f"/desk/{made['id']}/verdict", form).status_code == 404


def test_the_queue_is_filtered(open_page: Any, submitted: Make) -> None:
    submitted(name="筛选用项目甲", budget_wan=11.0, year=2027, department="筛选局")
    submitted(name="筛选用项目乙", budget_wan=99.0, year=2026)

    def shown(**asked: Any) -> list[str]:
        page = open_page("lead1", "/desk", text="筛选用", **asked).text
        return sorted(re.findall(r"筛选用项目(.)</a>", page))

    assert shown() == ["乙", "甲"]
    assert shown(budget_from=50) == ["乙"]
    assert shown(budget_to=50) == ["甲"]
    assert shown(fiscal_year=2027) == ["甲"]
    assert shown(department="筛选局") == ["甲"]
    assert shown(state="passed") == []
    assert shown(state="unassigned", finding="", department="", order="budget") == ["乙", "甲"]
    assert open_page("lead1", "/desk", budget_from="很多").status_code == 422


def test_a_long_queue_is_shown_in_pages(open_page: Any, submitted: Make) -> None:
    for number in range(21):
        submitted(name=f"翻页项目{number}")
    first = open_page("lead1", "/desk", text="翻页项目", limit=20).text
    second = open_page("lead1", "/desk", text="翻页项目", limit=20, page=2).text
    beyond = open_page("lead1", "/desk", text="翻页项目", limit=20, page=9).text
    titles = [set(re.findall(r"翻页项目\d+(?=</a>)", page)) for page in (first, second)]
    assert [len(found) for found in titles] == [20, 1]
    assert not titles[0] & titles[1]
    assert "共 21 项，第 1 / 2 页" in first
    assert "第 2 / 2 页" in beyond


def test_findings_are_marked_in_the_cells_of_the_form(open_page: Any, submitted: Make) -> None:
    made = submitted(name="<script>alert(1)</script>", goal="😀明显改善<b>出行</b>条件")
    page = open_page("reviewer1", f"/desk/{made['id']}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>出行" not in page
    assert re.search(r'<mark class="severity-\w+[^"]*" data-findings="[^"]+">良好</mark>', page)
    marked = set(" ".join(re.findall(r'data-findings="([^"]+)"', page)).split())
    cards = set(re.findall(r'id="finding-(\w+)"', page))
    assert cards
    assert marked == cards
    assert 'href="/rules/' in page


def test_findings_are_judged_one_by_one(open_page: Any, submitted: Make, keys: Any) -> None:
    made = submitted()
    place, (first, second, *rest) = f"/desk/{made['id']}", keys(made["id"])
    form = {"verdict": "confirmed", "wording": "请写明评定标准<i>。"}
    changed = open_page("reviewer1", f"{place}/findings/{first}", form).text
    assert "请写明评定标准&lt;i&gt;。" in changed
    assert "系统原文" in changed
    assert "采纳 1，不采纳 0" in changed
    assert 'data-state="confirmed"' in changed
    assert "审核中" in changed
    silent = open_page("reviewer1", f"{place}/findings/{second}", {"verdict": "dismissed"})
    assert silent.status_code == 422
    assert "不采纳意见须写明理由" in silent.text
    assert silent.headers["hx-retarget"] == "#notices"
    form = {"verdict": "dismissed", "reason": "不适用于本项目"}
    changed = open_page("reviewer1", f"{place}/findings/{second}", form).text
    assert "不适用于本项目" in changed
    assert "采纳 1，不采纳 1" in changed
    all_rest = open_page("reviewer1", f"{place}/findings", {}).text
    assert f"采纳 {1 + len(rest)}，不采纳 1，未处理 0" in all_rest
    assert all_rest.count("<article") == len(rest)


def test_reviewers_who_differ_on_a_finding_are_shown_until_a_lead_settles(
    open_page: Any, submitted: Make, keys: Any
) -> None:
    made = submitted()
    path = f"/desk/{made['id']}/findings/{keys(made['id'])[0]}"
    open_page("reviewer1", path, {"verdict": "confirmed"})
    form = {"verdict": "dismissed", "reason": "本地另有规定"}
    differing = open_page("reviewer1b", path, form).text
    assert 'data-state="disputed"' in differing
    assert "意见不一 1" in differing
    assert "业务一科 · 岗位：采纳" in differing
    assert "本地另有规定" in differing
    settled = open_page("lead1", path, {"verdict": "confirmed"}).text
    assert 'data-state="confirmed"' in settled
    assert "（裁定）" in settled


def test_a_verdict_leads_on_to_the_next_in_the_queue(open_page: Any, submitted: Make) -> None:
    ids = [submitted(name=f"逐个办理{number}")["id"] for number in range(3)]
    query = "?text=逐个办理&order=newest"
    first = open_page("reviewer1", f"/desk/{ids[2]}{query}").text
    assert "1 / 3" in first
    form = {"verdict": "return", "revision": revision(first), "queue": query}
    unsaid = open_page("reviewer1", f"/desk/{ids[2]}/verdict", form)
    assert (unsaid.status_code, "退回修改须写明理由" in unsaid.text) == (422, True)
    done = open_page("reviewer1", f"/desk/{ids[2]}/verdict", {**form, "reason": "请补充"})
    onward = done.headers["hx-redirect"]
    assert onward.startswith(f"/desk/{ids[1]}?")
    page = open_page("reviewer1", onward).text
    assert "“逐个办理2”：退回修改" in page
    assert "1 / 2" in page
    stale = {"verdict": "pass", "revision": "1", "queue": query}
    assert open_page("reviewer1", f"/desk/{ids[1]}/verdict", stale).status_code == 412
    unchosen = open_page("reviewer1", f"/desk/{ids[1]}/verdict", {"revision": revision(page)})
    assert "没有选择审核结论" in unchosen.text
    for id_, expected in ((ids[0], f"/desk/{ids[1]}"), (ids[1], "/desk?")):
        page = open_page("reviewer1", f"/desk/{id_}{query}").text
        form = {"verdict": "pass", "revision": revision(page), "queue": query}
        done = open_page("reviewer1", f"/desk/{id_}/verdict", form)
        assert done.headers["hx-redirect"].startswith(expected)
    closed = open_page("reviewer1", f"/desk/{ids[0]}").text
    assert "项目目前为“通过”，不能审核。" in closed
    assert 'id="decision"' not in closed


def test_a_lead_decides_on_many_and_sees_what_came_of_each(open_page: Any, submitted: Make) -> None:
    ids = [submitted(name="批量办理")["id"], submitted(name="批量办理")["id"], "0" * 26]
    form = {"ids": ids, "verdict": "pass"}
    assert open_page("reviewer1", "/desk/bulk/verdict", form).status_code == 403
    answer = open_page("lead1", "/desk/bulk/verdict", form)
    assert "成功 2 项，未办理 1 项" in answer.text
    assert "没有这个项目" in answer.text
    assert answer.headers["hx-trigger"] == "queue-changed"
    again = open_page("lead1", "/desk/bulk/verdict", form).text
    assert "成功 0 项，未办理 3 项" in again
    assert open_page("lead1", "/desk/bulk/verdict", {"verdict": "pass"}).status_code == 422


def test_a_lead_assigns_with_a_deadline(region: Any, open_page: Any, submitted: Make) -> None:
    made, other = submitted(name="分派项目"), submitted(name="分派项目")
    me = region.people["reviewer1"].get("/me").json()["id"].split(":")[1]
    page = open_page("lead1", f"/desk/{made['id']}").text
    assert f'name="account_ids" value="{me}"' in page
    assert 'id="assign"' not in open_page("reviewer1", f"/desk/{made['id']}").text
    form = {"account_ids": [me], "due": "2020-01-31", "revision": revision(page)}
    assert open_page("reviewer1", f"/desk/{made['id']}/assignment", form).status_code == 403
    assert open_page("lead1", f"/desk/{made['id']}/assignment", form).headers["hx-redirect"]
    mine = open_page("reviewer1", "/desk", state="mine", text="分派项目").text
    late = open_page("lead1", "/desk", state="overdue", text="分派项目").text
    for shown in (mine, late):
        assert made["id"] in shown
        assert other["id"] not in shown
    assert "2020-01-31 已超期" in late
    refused = open_page("reviewer1b", f"/desk/{made['id']}").text
    assert "项目已分派给其他审核人员。" in refused
    form = {"ids": [made["id"], other["id"]], "account_ids": [me], "due": "2030-02-30"}
    assert "办理期限不是日期" in open_page("lead1", "/desk/bulk/assignment", form).text
    past = {**form, "due": "2020-01-31"}
    assert "办理期限已经过去" in open_page("lead1", "/desk/bulk/assignment", past).text
    nobody = {"ids": form["ids"], "account_ids": [""], "due": ""}
    assert "没有选择审核人员" in open_page("lead1", "/desk/bulk/assignment", nobody).text
    many = open_page("lead1", "/desk/bulk/assignment", {**form, "due": "2030-02-28"}).text
    assert "成功 2 项" in many
    assert "期限 2030-02-28" in many


def test_an_onlooker_reads_and_decides_nothing(open_page: Any, submitted: Make) -> None:
    made = submitted()
    page = open_page("auditor", f"/desk/{made['id']}").text
    assert "当前账号只能查看。" in page
    assert 'data-do="accept"' not in page
    form = {"verdict": "pass", "revision": str(made["revision"])}
    assert open_page("auditor", f"/desk/{made['id']}/verdict", form).status_code == 403


def test_panels_show_versions_trail_and_peers(
    region: Any, open_page: Any, submitted: Make, record: Make
) -> None:
    made = submitted(name="有两个版本的养护")
    place = f"/desk/{made['id']}"
    page = open_page("reviewer1", place).text
    form = {"verdict": "return", "reason": "请量化", "revision": revision(page)}
    open_page("reviewer1", f"{place}/verdict", form)
    better = record(name="有两个版本的养护")
    better["indicators"][1]["target"] = "≥95%"
    author = region.people["author1"]
    assert author.put(f"/submissions/{made['id']}", {"record": better}).status_code == 200
    assert "<del>良好" not in open_page("reviewer1", f"{place}/history").text
    author.post(f"/submissions/{made['id']}/submit")
    history = open_page("reviewer1", f"{place}/history").text
    assert "<del>良好</del>" in history
    assert "<ins>≥95%</ins>" in history
    assert "请量化" in history
    assert "提交审核" in history
    peers = open_page("reviewer1", f"{place}/comparison").text
    assert "群众满意度" in peers
    assert "<svg" in peers


def test_the_year_before_stands_beside_the_present_one(open_page: Any, submitted: Make) -> None:
    submitted(name="2025年乡道养护", year=2025)
    made = submitted(name="2026年乡道养护", year=2026)
    past = open_page("reviewer1", f"/desk/{made['id']}/past").text
    assert "2025年度绩效目标申报" in past
    assert "本系统报送" in past
    assert past.count("未变") == 4


def test_the_letter_on_the_page_is_the_letter_in_word(
    open_page: Any, submitted: Make, keys: Any
) -> None:
    made = submitted(name="信函<项目>", department="交通运输局")
    place, (first, second, *_) = f"/desk/{made['id']}", keys(made["id"])
    open_page(
        "reviewer1",
        f"{place}/findings/{first}",
        {"verdict": "confirmed", "wording": "请写明里程<。"},
    )
    form = {"verdict": "dismissed", "reason": "不适用"}
    gone = open_page("reviewer1", f"{place}/findings/{second}", form).text
    message = re.search(r'<p class="message">([^<]+)</p>', gone)
    assert message is not None
    draft = open_page("reviewer1", f"{place}/letter", verdict="reject", issuer="某局").text
    assert "审核意见（草稿）" in draft
    assert "不予通过。" in draft
    page = open_page("reviewer1", place).text
    form = {"verdict": "return", "reason": "请补充护栏安装里程", "revision": revision(page)}
    open_page("reviewer1", f"{place}/verdict", form)
    shown = open_page("reviewer1", f"{place}/letter").text
    assert "退回修改。" in shown
    assert "请补充护栏安装里程。" in shown
    assert "某县财政局" in shown
    assert message[1] not in shown
    word = open_page("reviewer1", f"{place}/letter.docx")
    assert "filename*=UTF-8''" in word.headers["content-disposition"]
    text = zipfile.ZipFile(io.BytesIO(word.content)).read("word/document.xml").decode()
    letter = shown[shown.index('<article class="letter">') :]
    paragraphs = [
        re.sub(r"<[^>]+>", "", part) for part in re.findall(r"<p[^>]*>(.*?)</p>", letter, re.DOTALL)
    ]
    plain = re.sub(r"<[^>]+>", "", text)
    assert len(paragraphs) > 5
    for paragraph in paragraphs:
        assert paragraph.replace("&#34;", '"') in plain, paragraph
