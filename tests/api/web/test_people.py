"""Organisations, accounts, keys, webhooks, the audit log and the system on pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from api.http import audit_lines
from api.http.access import Desk
from corpus.workflow.actors import SYSTEM
from corpus.workflow.trail import TrailFilter

HTMX = {"HX-Request": "true"}


def test_an_account_is_added_and_its_link_sets_the_password(region: Any, open_page: Any) -> None:
    form = {
        "organisation_id": region.places["单位一"],
        "login": "added",
        "title": "<b>出纳</b>",
        "role": "author",
    }
    answer = open_page("admin", "/people/accounts", form)
    link = re.search(r'value="(http[^"]+/password\?token=[^"]+)"', answer.text)
    assert link is not None, answer.text
    http = region.caller().http
    token = link[1].split("token=")[1]
    passwords = {"token": token, "password": "a long password", "repeated": "a long password"}
    assert http.post("/password", data=passwords, headers=HTMX).status_code == 204
    signed_in = http.post(
        "/sign-in", data={"login": "added", "password": "a long password"}, headers=HTMX
    )
    assert signed_in.headers["hx-redirect"] == "/projects"
    page = open_page("admin", "/people", text="added").text
    assert "&lt;b&gt;出纳" in page
    assert "<b>出纳" not in page


def test_an_organisation_is_added_and_closed(region: Any, open_page: Any) -> None:
    form = {"name": "新设单位", "kind": "unit", "parent_id": region.places["业务二科"]}
    assert open_page("admin", "/people/organisations", form).headers["hx-redirect"] == "/people"
    assert "已增加预算单位“新设单位”" in open_page("admin", "/people").text
    assert "已增加预算单位" not in open_page("admin", "/people").text  # told once
    page = open_page("admin", "/people", text="新设单位").text
    number = re.search(r"/people/organisations/(\w+)/active", page)
    assert number is not None
    closing = open_page("admin", f"/people/organisations/{number[1]}/active", {"active": "false"})
    assert closing.headers["hx-refresh"] == "true"  # the list stays searched as it is
    assert "已停用“新设单位”" in open_page("admin", "/people", text="新设单位").text
    assert "已停用" in open_page("admin", "/people", text="新设单位").text


def test_all_units_can_be_chosen_while_the_list_is_searched(region: Any, open_page: Any) -> None:
    page = open_page("admin", "/people", text="没有这样的单位").text
    assert "没有符合条件的单位或账号" in page
    for place in ("单位一", "业务二科"):
        assert page.count(f'value="{region.places[place]}"') == 2, place


def test_a_key_is_shown_once_and_can_be_revoked(region: Any, open_page: Any) -> None:
    form = {
        "organisation_id": region.places["财政局"],
        "name": "申报系统",
        "days": "30",
        "scopes": ["advise"],
    }
    shown = open_page("admin", "/people/keys", form).text
    token = re.search(r'value="(jx_[^"]+)"', shown)
    assert token is not None
    assert region.caller(token[1]).get("/me").json()["actions"] == ["advise"]
    page = open_page("admin", "/people/keys").text
    assert token[1] not in page
    number = re.search(r"/people/keys/(\w+)/revoke", page)
    assert number is not None
    open_page("admin", f"/people/keys/{number[1]}/revoke", {})
    assert region.caller(token[1]).get("/me").status_code == 401


def test_a_key_for_nothing_is_refused_in_the_words_of_the_page(region: Any, open_page: Any) -> None:
    form = {"organisation_id": region.places["财政局"], "name": "统计系统", "days": "30"}
    refused = open_page("admin", "/people/keys", form)
    assert refused.status_code == 422
    assert "请在“可以办理”中至少选择一项" in refused.text
    assert "advise" not in refused.text


def test_a_webhook_is_registered_with_its_secret(region: Any, open_page: Any) -> None:
    form = {
        "organisation_id": region.places["财政局"],
        "url": "https://example.invalid/told",
        "events": ["job.ended"],
    }
    assert "只显示这一次" in open_page("admin", "/people/webhooks", form).text
    page = open_page("admin", "/people/webhooks").text
    assert "https://example.invalid/told" in page
    assert "批次办结" in page


def test_a_webhook_for_nothing_is_refused_in_the_words_of_the_page(
    region: Any, open_page: Any
) -> None:
    form = {"organisation_id": region.places["财政局"], "url": "https://example.invalid/nothing"}
    refused = open_page("admin", "/people/webhooks", form)
    assert refused.status_code == 422
    assert "请在“告知事项”中至少选择一项" in refused.text
    assert "job.ended" not in refused.text


def test_what_does_not_fit_is_told_where_it_was_typed(region: Any, open_page: Any) -> None:
    form = {
        "organisation_id": region.places["单位一"],
        "login": "a b",
        "title": "岗",
        "role": "author",
    }
    answer = open_page("admin", "/people/accounts", form)
    assert answer.status_code == 422
    assert answer.headers["hx-retarget"] == "#notices"


def test_the_audit_log_tells_who_changed_what(region: Any, open_page: Any, submitted: Any) -> None:
    made = submitted(project_name="<i>审计</i>项目")
    page = open_page("auditor", "/audit", object=f"submission:{made['id']}").text
    assert "提交审核" in page
    assert "单位一 · " in page
    assert "<del>填报中</del>" in page
    assert "<ins>已提交</ins>" in page
    assert "<i>审计</i>" not in page


def test_the_audit_log_is_written_in_words(region: Any, open_page: Any, submitted: Any) -> None:
    made = submitted(project_name="日志用词项目")
    me = region.people["reviewer1"].get("/me").json()["id"].split(":")[1]
    bulk = {"ids": [made["id"]], "account_ids": [me], "due": ""}
    assert "成功 1 项" in open_page("lead1", "/desk/bulk/assignment", bulk).text
    page = open_page("auditor", "/audit", object=f"submission:{made['id']}").text
    for number in (me, region.places["单位一"]):
        assert f"<ins>{number}</ins>" not in page
    assert "<ins>单位一</ins>" in page
    key = {"organisation_id": region.places["财政局"], "name": "日志", "days": 30}
    open_page("admin", "/people/keys", {**key, "scopes": ["advise"]})
    page = open_page("auditor", "/audit", action="key.add").text
    assert "<ins>推荐与审核</ins>" in page
    assert not re.search(r"<ins>\d{4}-\d\d-\d\dT", page)


def test_the_audit_log_goes_on_where_a_page_ends(open_page: Any, draft: Any) -> None:
    first = open_page("auditor", "/audit").text
    seen = [int(number) for number in re.findall(r'<td class="num">(\d+)</td>', first)]
    assert seen == sorted(seen, reverse=True)
    exported = open_page("auditor", "/audit/export").text.splitlines()
    numbers = [json.loads(line)["seq"] for line in exported]
    assert numbers == list(range(1, max(seen) + 1))


def test_an_exported_log_is_read_page_by_page(
    region: Any, app: Any, monkeypatch: pytest.MonkeyPatch, open_page: Any
) -> None:
    """Between two entries that are sent, no connection to the database is kept."""
    whole = open_page("auditor", "/audit/export").text
    opened: list[int] = []
    reading = Desk.reading

    @contextmanager
    def counted(self: Desk) -> Iterator[Any]:
        with reading(self) as connection:
            opened.append(1)
            yield connection
        opened.append(-1)

    monkeypatch.setattr(Desk, "reading", counted)
    monkeypatch.setattr(audit_lines, "PAGE", 7)
    bureau = replace(SYSTEM, path=f"/{region.places['财政局']}/")
    desk = Desk(app.state.workspace, bureau, None)
    lines = []
    for line in audit_lines.audit_lines(desk, TrailFilter()):
        assert sum(opened) == 0
        lines.append(line)
    assert "".join(lines) == whole
    assert len(opened) > 2


def test_the_audit_log_is_checked_on_the_page(open_page: Any) -> None:
    assert "日志完整" in open_page("auditor", "/audit/verification").text


@pytest.mark.parametrize("path", ["/audit", "/audit/export", "/audit/verification"])
def test_the_audit_log_is_for_auditors(open_page: Any, path: str) -> None:
    assert open_page("reviewer1", path).status_code == 403


def test_the_system_page_says_what_there_is(open_page: Any) -> None:
    page = open_page("admin", "/system").text
    assert "SQLite" in page
    assert "随程序附带的排序" in page
    assert open_page("lead1", "/system").status_code == 403


def test_a_training_is_queued_and_told(open_page: Any, app: Any) -> None:
    assert open_page("admin", "/system/training", {}).headers["hx-redirect"] == "/system"
    jobs = open_page("admin", "/system/jobs").text
    assert "训练" in jobs
    assert open_page("lead1", "/system/training", {}).status_code == 403


def test_a_job_cancelled_on_the_page_is_told_to_webhooks_at_once(
    open_page: Any, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[bool] = []
    monkeypatch.setattr(app.state.jobs, "wake_deliverer", lambda: woken.append(True))
    monkeypatch.setattr(app.state.jobs, "wake", lambda _: None)
    open_page("admin", "/system/training", {})
    job = re.search(r"/system/jobs/(\w+)/cancel", open_page("admin", "/system/jobs").text)
    assert job is not None
    open_page("admin", f"/system/jobs/{job[1]}/cancel", {})
    assert woken == [True]
