from __future__ import annotations

from typing import Any


def test_the_library_is_browsed_page_by_page(region: Any) -> None:
    caller = region.caller()
    first = caller.get("/library/types", function_code="213", limit=2).json()
    assert len(first["items"]) == 2
    assert {item["function_code"] for item in first["items"]} == {"213"}
    rest = caller.get("/library/types", function_code="213", start=first["next"], limit=200).json()
    assert len(rest["items"]) == first["total"] - 2
    tag = caller.get("/library/types").headers["etag"]
    assert (
        caller.http.get("/api/v1/library/types", headers={"If-None-Match": tag}).status_code == 304
    )


def test_a_card_tells_what_is_known_of_an_indicator(region: Any) -> None:
    caller = region.caller()
    found = caller.get("/library/indicators", text="农村公路养护里程").json()
    assert found
    best = found[0]
    card = caller.get(f"/library/types/{best['type_id']}/indicators/{best['position']}").json()
    assert card["indicator"] == best["indicator"]
    assert isinstance(card["users"], list)
    whole = caller.get(f"/library/types/{best['type_id']}").json()
    assert whole["indicators"][best["position"]] == best["indicator"]


def test_similar_projects_are_found_and_read(region: Any, record: Any) -> None:
    caller = region.caller()
    found = caller.post("/similar-projects?limit=3", record()).json()
    assert len(found) == 3
    similarities = [item["similarity"] for item in found]
    assert similarities == sorted(similarities, reverse=True)
    case = caller.get(f"/cases/{found[0]['project']['id']}").json()
    assert case["project_name"] == found[0]["project"]["project_name"]


def test_what_is_not_there_is_told(region: Any) -> None:
    for path in ("/library/types/none", "/cases/none", "/library/types/none/indicators/0"):
        answer = region.caller().get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
