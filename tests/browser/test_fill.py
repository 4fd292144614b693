"""Filling in with keyboard and mouse: take over, undo, move, keep, save, submit."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from api.demo.places import AUTHOR_SEEN, author_login

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "设施农业技术培训.xlsx"
ABORTED = "htmx:"
"""htmx logs a request that gives way to a newer one as an error."""
UNIT = author_login(AUTHOR_SEEN)

Visit = Callable[..., Any]


@pytest.fixture
def blank(visit: Visit) -> Callable[..., Any]:
    """Opens a blank form with a project name, once its suggestions are there."""

    def opened(login: str | None = None, name: str = "农村公路日常养护") -> Any:
        page = visit(login, expected=ABORTED)
        page.goto("/fill")
        page.fill("#fact-project_name", name)
        page.fill("#fact-description", "对县道乡道共680公里开展日常养护")
        page.wait_for_selector("#suggestions .offer")
        settled(page)
        return page

    return opened


def settled(page: Any) -> None:
    """Wait until the advice on what was done last has come."""
    page.wait_for_timeout(500)
    expect(page.locator(".htmx-request")).to_have_count(0, timeout=60_000)


def names(page: Any) -> list[str]:
    return [str(field.input_value()) for field in page.locator("[name=row_name]").all()]


def levels(page: Any) -> list[str]:
    return [str(field.input_value()) for field in page.locator("[name=row_level2]").all()]


def weights(page: Any) -> float:
    shown = page.locator("[name=row_weight]").all()
    return sum(float(field.input_value() or field.get_attribute("placeholder")) for field in shown)


def test_a_key_takes_over_and_a_key_takes_back(blank: Any) -> None:
    page = blank()
    offered = page.inner_text("#take-1 >> xpath=../span[2]")
    page.focus("#fact-goal")
    page.keyboard.press("Alt+1")
    settled(page)
    assert names(page) == [offered]
    page.keyboard.press("Alt+1")
    settled(page)
    assert len(set(names(page))) == 2
    assert weights(page) == 90
    page.keyboard.press("Control+z")
    settled(page)
    assert names(page) == [offered]
    page.click("#undo")
    settled(page)
    assert names(page) == []
    assert page.inner_text("#take-1 >> xpath=../span[2]") == offered


def test_typing_is_undone_by_the_field_itself(blank: Any) -> None:
    page = blank()
    page.keyboard.press("Alt+1")
    settled(page)
    before = names(page)
    page.click("[name=row_name]")
    page.keyboard.type("另")
    page.keyboard.press("Control+z")
    assert names(page) == before
    page.keyboard.press("Control+z")  # the field has nothing of its own any more
    assert names(page) == []


def test_a_refused_suggestion_gives_way_to_another(blank: Any) -> None:
    page = blank()
    offer = page.locator(".offer").first
    name = offer.get_attribute("data-name")
    offer.locator(".refuse").click()
    settled(page)
    assert page.locator(f'.offer[data-name="{name}"]').count() == 0
    page.click("#undo")
    settled(page)
    assert page.locator(f'.offer[data-name="{name}"]').count() == 1


def test_rows_move_by_key_and_change_their_level(blank: Any) -> None:
    page = blank()
    page.click("[data-level2=数量指标] [data-add]")
    page.keyboard.type("甲数量")
    page.click("[data-level2=数量指标] [data-add]")
    page.keyboard.type("乙数量")
    page.keyboard.press("Alt+ArrowUp")
    assert names(page) == ["乙数量", "甲数量"]
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    assert names(page) == ["甲数量", "乙数量"]
    assert levels(page) == ["数量指标", "质量指标"]
    page.keyboard.press("Alt+ArrowUp")
    assert levels(page) == ["数量指标", "数量指标"]


def test_rows_are_dragged_to_another_level(blank: Any) -> None:
    page = blank()
    for level, name in (("数量指标", "甲数量"), ("社会效益指标", "乙效益")):
        page.click(f"[data-level2={level}] [data-add]")
        page.keyboard.type(name)
    settled(page)
    handle = page.locator("[data-handle]").first.bounding_box()
    target = page.locator("[name=row_name]").nth(1).bounding_box()
    page.mouse.move(handle["x"] + 5, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(target["x"] + 60, target["y"] + 4, steps=12)
    page.mouse.move(target["x"] + 60, target["y"] + target["height"] - 3, steps=6)
    page.mouse.up()
    settled(page)
    assert sorted(names(page)) == ["乙效益", "甲数量"]
    assert levels(page) == ["社会效益指标", "社会效益指标"]
    hints = page.evaluate(
        "[...document.querySelectorAll('tr.row-line')]"
        ".every((row) => row.nextElementSibling.dataset.of === row.dataset.row)"
    )
    assert hints
    page.click("#undo")
    assert levels(page) == ["数量指标", "社会效益指标"]


def test_a_better_wording_is_taken_over_by_a_click(blank: Any) -> None:
    page = blank()
    page.click("[data-level2=质量指标] [data-add]")
    page.keyboard.type("工程验收合格率")
    page.keyboard.press("Enter")
    page.keyboard.type("≥60%")
    page.wait_for_selector(".hint-line .better")
    page.click(".hint-line .better")
    assert page.input_value("[name=row_target]") == "100%"
    page.click("#undo")
    assert page.input_value("[name=row_target]") == "≥60%"


def test_what_was_typed_is_offered_again(blank: Any) -> None:
    page = blank()
    page.keyboard.press("Alt+1")
    page.keyboard.press("Alt+2")
    page.wait_for_selector("#saved[data-local]")
    before = names(page)
    assert len(before) == 2
    page.reload()
    page.click("#draft >> text=恢复")
    expect(page.locator("tr.row-line")).to_have_count(2)
    assert names(page) == before
    assert page.input_value("#fact-project_name") == "农村公路日常养护"
    settled(page)
    page.reload()
    page.click("#draft >> text=不要了")
    page.reload()
    page.wait_for_selector("#checklist .check")
    assert page.locator("#draft .notice").count() == 0


def test_a_file_is_read_and_the_form_written(blank: Any, tmp_path: Path) -> None:
    from corpus.importers import read_declarations

    page = blank()
    page.set_input_files("#file", EXAMPLE)
    page.wait_for_selector("#form .notice-ok")
    assert page.input_value("#fact-project_name") == "同心县2025年设施农业技术培训项目"
    settled(page)
    read = names(page)
    page.keyboard.press("Alt+1")
    settled(page)
    with page.expect_download() as download:
        page.click(".dropdown-toggle")
        page.click("[data-export=xlsx]")
    saved = tmp_path / "saved.xlsx"
    download.value.save_as(saved)
    (record,) = read_declarations(saved).records
    assert {row.name for row in record.indicators} == set(names(page)) > set(read)
    page.click("#undo")
    page.click("#undo")
    expect(page.locator("tr.row-line")).to_have_count(0)
    assert page.input_value("#fact-project_name") == "农村公路日常养护"


def test_a_unit_saves_from_two_desks_and_submits(blank: Any, visit: Visit) -> None:
    page = blank(UNIT, "县道养护（两处填报）")
    for _ in range(3):
        page.keyboard.press("Alt+1")
        settled(page)
    page.keyboard.press("Control+s")
    page.wait_for_url(re.compile(r"/fill/\w{26}$"))
    other = visit(UNIT, expected="412")
    other.goto(page.url)
    other.wait_for_selector("#suggestions .offer")
    page.fill("#fact-goal", "这里先写的目标")
    page.keyboard.press("Control+s")
    page.wait_for_selector("#saved >> text=第 2 版")
    other.fill("#fact-goal", "那里后写的目标")
    settled(other)
    other.click("#save")
    other.wait_for_selector("#dialog dialog[open]")
    assert "这里先写的目标" in other.inner_text("#dialog")
    other.click("[data-overwrite]")
    other.wait_for_selector("#saved >> text=第 3 版")
    other.reload()
    assert other.input_value("#fact-goal") == "那里后写的目标"
    other.wait_for_selector("#suggestions .offer")
    settled(other)
    other.click("#submit")
    other.wait_for_selector("#dialog dialog[open]")
    other.click("#dialog [hx-post]")
    other.wait_for_url("**/projects/*")
    assert "已提交" in other.inner_text("main")
    page.goto("/fill")
    page.wait_for_selector("#checklist .check")
    assert page.locator("#draft .notice").count() == 0
    other.goto("/projects?text=两处填报")
    assert "待审核" in other.inner_text("table.projects")


def test_a_self_evaluation_shows_recounted_points(visit: Visit) -> None:
    page = visit(None, expected=ABORTED)
    page.goto("/fill?kind=evaluation")
    page.fill("#fact-project_name", "农村公路日常养护")
    page.set_input_files("#file", EXAMPLE)
    page.wait_for_selector("#form .notice-ok")
    settled(page)
    row = page.locator("tr.row-line").nth(1)
    row.locator("[name=row_weight]").fill("10")
    row.locator("[name=row_actual]").fill("150人")
    row.locator("[name=row_score]").fill("10")
    page.wait_for_selector(".recounted .misfit")
    assert page.inner_text(".recounted .misfit") == "5"
