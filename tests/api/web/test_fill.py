"""Advice beside the form that is filled in: suggestions, remarks, weights, faults."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.api.web.filling import ROADS, ROWS, advised, form, part


@pytest.fixture
def advise(open_page: Any) -> Callable[..., Any]:
    """Asks for advice on a form as anybody may: takes what `form` takes."""
    return lambda *rows, **more: open_page("nobody", "/fill/advice", form(*rows, **more))


def test_a_name_alone_yields_suggestions_with_what_they_rest_on(advise: Any) -> None:
    answer = advise(())
    offers = part(answer.text, "suggestions")
    assert offers.count('class="offer"') >= 6
    assert "680公里" in offers
    taken = re.search(r'data-take="([^"]+)" id="take-1"', offers)
    assert taken is not None
    row = json.loads(taken[1].replace("&#34;", '"'))
    assert row["name"] == row["origin"]["name"]
    assert "还没有指标" in part(answer.text, "checklist")


def test_nothing_typed_asks_for_a_name(advise: Any) -> None:
    answer = advise((), {"project_name": " "})
    assert "写下项目名称和概况" in part(answer.text, "suggestions")
    assert "待填：项目名称" in part(answer.text, "checklist")


def test_remarks_stand_at_their_rows_with_a_better_wording(advise: Any) -> None:
    text = advise().text
    easy = part(text, "hints-k1")
    assert "EZ01" in easy
    assert 'data-for="k1"' in easy
    assert "MS01" in part(text, "hints-k3")
    assert "hint-" not in part(text, "hints-k0")


def test_the_picture_shows_peers_library_and_the_own_value(advise: Any) -> None:
    picture = part(advise().text, "hints-k1")
    assert 'class="own"' in picture
    assert picture.count('class="target"') >= 2
    assert picture.count('class="tick"') >= 2
    assert "同类项目中" in picture
    length = part(advise().text, "hints-k0")
    assert "<svg" not in length  # others' kilometres say nothing


def test_weights_add_up_by_themselves_and_own_ones_stay(advise: Any) -> None:
    shared = advised(advise())["weights"]
    assert sum(shared.values()) == 90
    assert set(shared) == {"k0", "k1", "k2", "k3", "k4"}
    rows = [(*ROWS[0], "25"), *ROWS[1:]]
    kept = advised(advise(rows))["weights"]
    assert "k0" not in kept
    assert sum(kept.values()) == 65


def test_a_scheme_of_choice_is_followed(advise: Any) -> None:
    wanted = "产出40+效益40+满意度10+执行率10"
    shared = advised(advise(scheme=wanted))["weights"]
    assert shared["k3"] == 40
    refused = advise(scheme="产出40")
    assert refused.status_code == 422
    assert "分值方案" in refused.text


def test_weights_not_adding_up_are_told(advise: Any) -> None:
    rows = [(*row, "50") for row in ROWS]
    answer = advise(rows, scheme="无成本")
    assert "分值合计250，应为90" in part(answer.text, "checklist")


def test_what_is_refused_is_not_offered_again(advise: Any) -> None:
    offers = part(advise(()).text, "suggestions")
    names = re.findall(r'class="offer" data-name="([^"]+)"', offers)
    refused = json.dumps([{"name": names[0]}], ensure_ascii=False)
    again = part(advise((), rejected=refused).text, "suggestions")
    left = re.findall(r'class="offer" data-name="([^"]+)"', again)
    assert names[0] not in left
    assert left


def test_what_is_typed_wrongly_is_told_and_kept(open_page: Any, advise: Any) -> None:
    rows = [(*ROWS[0], "十分"), *ROWS[1:]]
    answer = advise(rows, {**ROADS, "budget_wan": "很多"})
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


def test_nonsense_around_the_form_is_ignored(advise: Any) -> None:
    odd = advise(
        rests=["[1", '{"origin": 5}', "null", '{"definition": {"a": 1}}', "{}"],
        base='{"history": "x", "budget_wan": "?"}',
        rejected='{"a": 1}',
        revision="-1",
        submission="../../etc",
    )
    assert odd.status_code == 200
    assert advise([ROWS[0]] * 201).status_code == 422
