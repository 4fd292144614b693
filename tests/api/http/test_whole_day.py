"""What units, reviewers, leads and systems do in a day, through the HTTP interface."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from api.client import ApiError, Client
from api.http import audit_lines
from api.http.access import Desk
from api.http.routes import statistics
from corpus.workflow.actors import SYSTEM
from corpus.workflow.trail import TrailFilter

Make = Callable[..., dict[str, Any]]


def test_a_unit_submits_is_sent_back_revises_and_passes(
    region: Any, submitted: Make, record: Make
) -> None:
    author, reviewer = region.people["author1"], region.people["reviewer1"]
    made = submitted()
    place = f"/submissions/{made['id']}"
    assert (made["author_status"], made["review_status"]) == ("submitted", "waiting")
    assert author.put(place, {"record": record()}).status_code == 409

    findings = reviewer.get(f"{place}/findings").json()
    worded = next(item for item in findings if item["finding"]["code"].startswith("MS"))
    other = next(item for item in findings if item is not worded)
    for item, body in (
        (worded, {"verdict": "confirmed", "wording": "请写明养护质量的评定标准。"}),
        (other, {"verdict": "dismissed", "reason": "不适用于本项目"}),
    ):
        answer = reviewer.post(f"{place}/findings/{item['key']}/verdict", body)
        assert answer.status_code == 201, answer.text
    assert author.get(f"{place}/feedback").json()["findings"] == []  # nothing is decided yet

    returned = reviewer.post(f"{place}/verdicts", {"verdict": "return", "reason": "请修改"}).json()
    assert (returned["author_status"], returned["review_status"]) == ("revising", "returned")
    told = author.get(f"{place}/feedback").json()
    assert told["reasons"] == ["请修改"]
    keys = {item["key"]: item["message"] for item in told["findings"]}
    assert keys[worded["key"]] == "请写明养护质量的评定标准。"
    assert other["key"] not in keys

    better = record()
    better["indicators"][1]["target"] = "≥95%"
    better["indicators"][1]["name"] = "养护路段优良率"
    saved = author.put(place, {"record": better, "note": "已修改"})
    assert saved.status_code == 200, saved.text
    changes = author.get(f"{place}/difference").json()
    assert {row["kind"] for row in changes["rows"]} <= {"changed", "added", "removed"}
    assert author.post(f"{place}/submit").json()["review_status"] == "waiting"
    assert reviewer.post(f"{place}/verdicts", {"verdict": "pass"}).json()["review_status"] == (
        "passed"
    )
    assert len(author.get(f"{place}/versions").json()) == 2


def test_reviewers_who_differ_are_settled_by_the_lead(region: Any, submitted: Make) -> None:
    lead, people = region.people["lead1"], region.people
    made = submitted()
    place = f"/submissions/{made['id']}"
    ids = [people[login].get("/me").json()["id"].split(":")[1] for login in _PAIR]
    body = {"account_ids": ids, "due": "2026-12-31"}
    assert lead.put(f"{place}/assignment", body).json()["due"] == "2026-12-31"
    mine = people["reviewer1"].get("/submissions", assigned_to=ids[0]).json()["items"]
    assert made["id"] in {item["id"] for item in mine}
    statuses = [
        people["reviewer1"].post(f"{place}/verdicts", {"verdict": "pass"}),
        people["reviewer1b"].post(f"{place}/verdicts", {"verdict": "reject", "reason": "重复"}),
        lead.post(f"{place}/verdicts", {"verdict": "pass"}),
    ]
    assert [item.json()["review_status"] for item in statuses] == [
        "reviewing",
        "disputed",
        "passed",
    ]
    assert len(lead.get(f"{place}/verdicts").json()) == 3


_PAIR = ("reviewer1", "reviewer1b")


def test_a_lead_decides_in_bulk_and_hears_what_could_not_be_done(
    region: Any, submitted: Make
) -> None:
    ids = [submitted()["id"], submitted()["id"], "0" * 26]
    answer = region.people["lead1"].post("/submissions/verdicts", {"verdict": "pass", "ids": ids})
    outcomes = answer.json()
    assert [item["submission"] is not None for item in outcomes] == [True, True, False]
    assert outcomes[2]["error"]["code"] == "not_found"


def test_other_systems_hear_of_a_decision_at_once(
    region: Any, submitted: Make, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[bool] = []
    monkeypatch.setattr(app.state.jobs, "wake_deliverer", lambda: woken.append(True))
    first, second = submitted()["id"], submitted()["id"]
    region.people["reviewer1"].post(f"/submissions/{first}/verdicts", {"verdict": "pass"})
    region.people["lead1"].post("/submissions/verdicts", {"verdict": "pass", "ids": [second]})
    assert woken == [True, True]


def test_the_letter_says_what_the_reviewers_left_standing(region: Any, submitted: Make) -> None:
    made = submitted(name="村道安全防护工程")
    place = f"/submissions/{made['id']}"
    reviewer = region.people["reviewer1"]
    first, *rest = reviewer.get(f"{place}/findings").json()
    body = {"verdict": "confirmed", "wording": "请补充护栏安装里程。"}
    reviewer.post(f"{place}/findings/{first['key']}/verdict", body)
    for item in rest:
        dismissed = {"verdict": "dismissed", "reason": "不适用"}
        reviewer.post(f"{place}/findings/{item['key']}/verdict", dismissed)
    reviewer.post(f"{place}/verdicts", {"verdict": "return", "reason": "请补充"})
    answer = reviewer.get(f"{place}/letter", issuer="某县财政局")
    assert answer.status_code == 200
    text = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert "请补充护栏安装里程" in text
    assert "村道安全防护工程" in text
    assert all(item["finding"]["message"] not in text for item in rest)


def test_a_platform_pushes_submissions_with_a_key(region: Any, record: Make) -> None:
    admin = region.people["admin"]
    body = {
        "organisation_id": region.places["业务一科"],
        "name": "申报系统",
        "scopes": ["submissions:read", "submissions:write", "batch", "advise"],
    }
    added = admin.post("/keys", body).json()
    with Client(key=added["token"], http=region.caller().http) as client:
        made = client.create(record(id="P-77"), organisation_id=region.places["单位一"])
        assert made.external_id == "P-77"
        saved = client.save(made, record(id="P-77", budget_wan=900.0), "调整预算")
        with pytest.raises(ApiError) as stale:
            client.save(made, record(id="P-77", budget_wan=1.0))
        assert stale.value.status == 412
        assert client.submit(saved).review_status == "waiting"
        assert [item.id for item in client.submissions(external_id="P-77", limit=1)] == [made.id]
        with pytest.raises(ApiError) as elsewhere:
            client.create(record(), organisation_id=region.places["单位二"])
        assert elsewhere.value.status == 404
        with pytest.raises(ApiError) as forbidden:
            client.call("POST", f"/submissions/{made.id}/verdicts", json={"verdict": "pass"})
        assert forbidden.value.status == 403
    admin.delete(f"/keys/{added['key']['id']}")
    with (
        Client(key=added["token"], http=region.caller().http) as client,
        pytest.raises(ApiError) as revoked,
    ):
        client.submission(made.id)
    assert revoked.value.status == 401


def test_platform_records_are_taken_as_they_are(region: Any) -> None:
    body = {
        "record": {
            "pro_code": "430621249159",
            "pro_name": "农村公路日常养护",
            "fiscal_year": "2026",
            "indicators": [
                {
                    "lv1_perf_ind_name": "产出指标",
                    "lv2_perf_ind_name": "数量指标",
                    "lv3_perf_ind_name": "养护里程",
                    "computesign": "≥",
                    "indexval": "680",
                    "meterunit": "公里",
                }
            ],
        }
    }
    answer = region.people["author1"].post("/submissions", body)
    assert answer.status_code == 201, answer.text
    assert answer.json()["external_id"] == "430621249159"


def test_a_platform_need_not_know_our_numbers_of_units(region: Any) -> None:
    """The record names its unit; only where the tree has none of that name is it asked for."""
    admin = region.people["admin"]
    scopes = ["submissions:read", "submissions:write"]
    body = {"organisation_id": region.places["业务一科"], "name": "平台", "scopes": scopes}
    system = region.caller(admin.post("/keys", body).json()["token"])

    def push(number: str, unit: str) -> Any:
        record = {"pro_code": number, "pro_name": "农村公路养护", "agency_name": unit}
        return system.post("/submissions", {"record": record})

    made = push("430001", "单位一")
    assert made.status_code == 201, made.text
    assert made.json()["organisation_id"] == region.places["单位一"]
    for other in ("单位二", "业务一科", "没有这个单位"):  # not below the key's division, or no unit
        refused = push("430002", other)
        assert refused.status_code == 422
        assert "organisation_id" in refused.json()["hint"]
    body = {"organisation_id": region.places["业务一科"], "record": {"project_name": "养护"}}
    assert "业务处室不填报" in system.post("/submissions", body).json()["message"]


def test_figures_follow_filters_and_the_callers_part_of_the_tree(
    region: Any, submitted: Make
) -> None:
    submitted(name="只此一项的专项", budget_wan=3.5, department="某局")
    seen = region.people["reviewer1"].get("/statistics", text="只此一项").json()
    assert (seen["submissions"], seen["budget_wan"]) == (1, 3.5)
    assert seen["by_review_status"] == [{"key": "waiting", "number": 1, "budget_wan": 3.5}]
    assert seen["first"]["rows"] == seen["newest"]["rows"] == 4
    assert seen["first"]["qualitative"] >= 1
    assert {item["code"] for item in seen["findings"]}
    other = region.people["reviewer2"].get("/statistics", text="只此一项").json()
    assert other["submissions"] == 0
    assert region.people["author1"].get("/statistics").status_code == 403


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_exports_hold_no_formula(region: Any, draft: Make, form: str) -> None:
    draft(name="=HYPERLINK(1)出口项目")
    answer = region.people["lead1"].get("/exports/submissions", format=form, text="出口项目")
    assert answer.status_code == 200
    if form == "xlsx":
        from openpyxl import load_workbook

        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet.cell(2, 3).data_type == "s"
        assert sheet.cell(2, 3).value.endswith("出口项目")
    elif form == "csv":
        assert ",'=HYPERLINK(1)出口项目," in answer.text
    else:
        assert '"=HYPERLINK(1)出口项目"' in answer.text


def test_slow_readers_of_lists_keep_nobody_waiting(
    app: Any, submitted: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [submitted()["id"] for _ in range(3)]
    monkeypatch.setattr(audit_lines, "PAGE", 2)
    monkeypatch.setattr(statistics, "_PAGE", 2)
    desk = Desk(app.state.workspace, SYSTEM, None)
    query = statistics.ExportQuery(author_status="submitted")
    for kind in (
        lambda: audit_lines.audit_lines(desk, TrailFilter(object=f"submission:{made[0]}")),
        lambda: statistics._rows(desk, query),
    ):
        readers = [kind() for _ in range(20)]  # the pool holds 15
        first = [next(reader) for reader in readers]
        with app.state.workspace.store.reading():
            assert len(set(map(str, first))) == 1
        rest = [list(reader) for reader in readers]
        assert len(set(map(str, rest))) == 1
        assert len(rest[0]) >= 2
        assert first[0] not in rest[0]
    numbers = [row[0] for row in statistics._rows(desk, query)]
    assert numbers == sorted(set(numbers), reverse=True)
    assert set(made) <= set(numbers)


def test_the_audit_log_is_read_and_checked(region: Any, submitted: Make) -> None:
    made = submitted()
    auditor = region.people["auditor"]
    checked = auditor.get("/audit/verification").json()
    assert checked["intact"]
    lines = auditor.get("/audit", object=f"submission:{made['id']}").text.splitlines()
    assert len(lines) == 3
    assert auditor.get("/audit/verification", head="0" * 64).json()["intact"] is False
    assert region.people["lead1"].get("/audit").status_code == 403
