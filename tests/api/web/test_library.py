"""The indicator library on pages: looking up, cards, editing, merging."""

from __future__ import annotations

import re
from typing import Any

import pytest


@pytest.fixture(scope="module")
def made(region: Any) -> str:
    """A type of the bureau's own with one indicator; returns its address."""
    http, htmx = region.people["lead1"].http, {"HX-Request": "true"}
    form = {"project_type": "乡镇敬老院冬季取暖", "function_code": "208", "aliases": "取暖、供暖"}
    address = http.post("/library", data=form, headers=htmx).headers["hx-redirect"]
    saved = http.post(f"{address}/indicators", data=indicator(), headers=htmx)
    assert saved.status_code == 204, saved.text
    return str(address)


def indicator(**changes: str) -> dict[str, str]:
    row = {
        "level2": "数量指标",
        "name": "取暖保障敬老院数量",
        "direction": "≥",
        "unit": "所",
        "weak": "5",
        "typical": "10",
        "strong": "15",
    }
    return {**row, **changes}


def test_the_library_is_browsed_and_searched(open_page: Any) -> None:
    page = open_page("author1", "/library").text
    assert "个项目类型" in page
    found = open_page("author1", "/library", text="满意度").text
    assert "衡量“满意度”的指标" in found
    narrowed = open_page("author1", "/library", function_code="214").text
    assert "214 交通运输" in narrowed


def test_pages_of_the_library_go_on(open_page: Any) -> None:
    page = open_page("author1", "/library").text
    later = re.search(r'href="(/library\?start=40)"', page)
    assert later is not None
    assert open_page("author1", later[1]).text != page


def test_what_is_searched_is_shown_as_text(open_page: Any) -> None:
    page = open_page("author1", "/library", text="<script>alert(1)</script>").text
    assert "<script>alert" not in page


def test_a_card_tells_what_an_indicator_is_and_who_uses_it(open_page: Any) -> None:
    found = open_page("author1", "/library", text="服务对象满意度").text
    address = re.search(r'<a href="(/library/lib-\w+/\d+)">', found)
    assert address is not None
    card = open_page("author1", address[1]).text
    for label in ("计算公式", "计量单位", "佐证材料", "常见取值", "谁在用"):
        assert label in card


def test_lists_tell_how_many_projects_use_an_indicator_as_its_card_does(open_page: Any) -> None:
    found = open_page("author1", "/library", text="验收合格率").text
    line = r'<a href="(/library/lib-\w+/\d+)">.*?<td class="num">(\d+)</td>\s*<td><a'
    told = [(address, int(users)) for address, users in re.findall(line, found, re.DOTALL)]
    assert len(told) == 12  # found by the words in their names, where no object is named
    assert min(users for _, users in told) > 0
    address, users = told[0]
    assert f"{users} 个历史项目用过同类指标" in open_page("author1", address).text
    place, _, position = address.rpartition("/")
    rows = open_page("author1", place).text.split("<tbody>")[1].split("</tr>")
    assert f'<td class="num">{users}</td>' in rows[int(position)]


def test_no_example_is_counted_in_another_unit(open_page: Any) -> None:
    found = open_page("author1", "/library", text="新改建农村公路里程").text
    address = re.search(r'<a href="(/library/lib-\w+/\d+)">新改建农村公路里程</a>', found)
    assert address is not None
    card = open_page("author1", address[1]).text
    assert "座</td>" not in card  # bridges, where roads are measured by length


def test_what_is_added_is_found_at_once_and_its_history_told(open_page: Any, made: str) -> None:
    page = open_page("author1", "/library", text="敬老院冬季取暖").text
    assert "乡镇敬老院冬季取暖" in page
    told = open_page("author1", made).text
    assert "增加项目类型" in told
    assert "取暖保障敬老院数量：增加" in told


def test_a_change_tells_what_it_was_before(open_page: Any, made: str) -> None:
    open_page("lead1", f"{made}/0/indicator", indicator(typical="12"))
    assert "一般 <del>10</del> → <ins>12</ins>" in open_page("author1", made).text


def test_the_audit_log_tells_a_change_of_an_indicator_in_words(open_page: Any, made: str) -> None:
    open_page("lead1", f"{made}/0/indicator", indicator(typical="11"))
    page = open_page("auditor", "/audit", action="library.change").text
    assert "→ <ins>11</ins>" in page
    assert "{&#39;" not in page


def test_an_indicator_is_retired_and_brought_back(open_page: Any, made: str) -> None:
    assert 'hx-confirm="停用“取暖保障敬老院数量”？' in open_page("lead1", made).text
    open_page("lead1", f"{made}/0/retire", {"out": "true"})
    assert "停用</span>" in open_page("lead1", made).text
    assert "敬老院冬季取暖" not in open_page("author1", "/library", text="敬老院冬季").text
    open_page("lead1", f"{made}/0/retire", {"out": "false"})
    assert "乡镇敬老院冬季取暖" in open_page("author1", "/library", text="敬老院冬季").text


def test_what_does_not_fit_is_told(open_page: Any, made: str) -> None:
    answer = open_page("lead1", f"{made}/indicators", indicator(name="另一条", weak="50"))
    assert answer.status_code == 422
    assert "由低到高" in answer.text


def test_doubles_are_suggested_and_merged(open_page: Any, made: str) -> None:
    form = {"project_type": "敬老院冬季取暖", "function_code": "208", "aliases": "取暖、供暖"}
    other = open_page("lead1", "/library", form).headers["hx-redirect"]
    open_page("lead1", f"{other}/indicators", indicator())
    page = open_page("lead1", "/library/doubles").text
    assert "敬老院冬季取暖" in page
    kept, gone = made.removeprefix("/library/"), other.removeprefix("/library/")
    open_page("lead1", "/library/doubles", {"kept": kept, "other": gone})
    assert "敬老院冬季取暖" in open_page("author1", made).text
    assert "停用</span>" in open_page("author1", other).text


@pytest.mark.parametrize("who", ["author1", "reviewer1", "auditor"])
def test_only_some_may_change_the_library(open_page: Any, made: str, who: str) -> None:
    assert open_page(who, f"{made}/indicators", indicator(name="另一条")).status_code == 403
    assert open_page(who, "/library/new").status_code == 403
    assert "增加指标" not in open_page(who, made).text


@pytest.mark.parametrize("path", ["/library/lib-none", "/library/lib-none/0"])
def test_what_is_not_there_says_so(open_page: Any, path: str) -> None:
    assert open_page("author1", path).status_code == 404
