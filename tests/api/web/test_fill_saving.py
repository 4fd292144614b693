"""Saving what is filled in: versions, conflicts, decisions on suggestions, submitting."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.api.web.filling import HTMX, ROWS, advised, form, number_of, revision_of, roads


def test_strangers_cannot_save(open_page: Any) -> None:
    for path in ("/fill/save", "/fill/check"):
        answer = open_page("nobody", path, form())
        assert answer.headers["hx-redirect"] == "/sign-in"
    assert open_page("reviewer1", "/fill/save", form()).status_code == 403


def test_saving_makes_versions_with_all_weights(region: Any, open_page: Any) -> None:
    saved = open_page("author1", "/fill/save", form(facts=roads("甲路养护")))
    assert saved.status_code == 200, saved.text
    id_ = number_of(saved)
    assert saved.headers["hx-push-url"] == f"/fill/{id_}"
    author = region.people["author1"]
    (first,) = author.get(f"/submissions/{id_}/versions").json()
    assert sum(row["weight"] for row in first["record"]["indicators"]) == 90
    assert author.get(f"/submissions/{id_}/review").json()["version"] == 1
    same = form(facts=roads("甲路养护"), submission=id_, revision=revision_of(saved))
    again = open_page("author1", "/fill/save", same)
    assert "第 1 版" in again.text
    changed = {**same, "goal": "另一个目标", "revision": revision_of(again)}
    assert "第 2 版" in open_page("author1", "/fill/save", changed).text


def test_shared_out_weights_go_on_adding_up_after_a_save(region: Any, open_page: Any) -> None:
    facts = roads("乙路养护")
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
    facts = roads("丙路养护")
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
    assert open_page("author1", "/fill/check", mine).status_code == 412
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
    facts = roads("丁路养护")
    open_page("author1", "/fill/save", form(facts=facts, rests=rests, rejected=refused))
    kept = [
        item
        for item in app.state.workspace.store.decisions()
        if item.declaration.project_name == "丁路养护"
    ]
    words = {item.source_key: item.decision for record in kept for item in record.decisions}
    assert words == {"t:a": "edited", "t:b": "accepted", "t:c": "rejected"}


def test_submitting_first_shows_what_would_be_sent_back(region: Any, open_page: Any) -> None:
    facts = roads("戊路养护", goal="")
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
