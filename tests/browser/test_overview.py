"""The overview in a browser: charts that lead on, tables for keyboards, filters that apply."""

from __future__ import annotations

import re
from typing import Any

import pytest


@pytest.fixture
def overview(visit: Any) -> Any:
    page = visit("lead")
    page.goto("/overview")
    page.wait_for_selector(".chart canvas")
    return page


def test_every_chart_is_drawn(overview: Any) -> None:
    charts = overview.locator(".chart")
    assert charts.count() >= 9
    assert overview.locator(".chart canvas").count() == charts.count()


def test_a_click_on_a_bar_leads_to_its_projects(overview: Any) -> None:
    place = overview.locator("#figure-deadlines .chart")
    box = place.bounding_box()
    step = box["height"] / 40
    for row in range(1, 40):  # down the first bar, whose height depends on the day
        overview.mouse.click(box["x"] + box["width"] * 0.14, box["y"] + row * step)
        if "/overview/projects" in overview.url:
            break
    overview.wait_for_url(re.compile("/overview/projects"))
    assert "overdue=true" in overview.url


def test_the_table_of_a_figure_opens_by_button_and_by_keyboard(overview: Any) -> None:
    table = overview.locator("#table-rules")
    link = table.locator("a").first
    hidden = table.bounding_box()
    assert hidden["width"] <= 2
    link.focus()  # as the Tab key does
    assert table.bounding_box()["width"] > 100
    overview.locator("h1").click()
    button = overview.locator("#figure-rules [data-table]")
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    assert table.bounding_box()["height"] > 50


def test_choosing_a_filter_applies_it(overview: Any) -> None:
    with overview.expect_navigation():
        overview.get_by_label("类型").select_option("evaluation")
    assert "kind=evaluation" in overview.url
    overview.wait_for_selector(".chart canvas")


def test_rules_are_found_while_typing_and_going_back_restores_them(overview: Any) -> None:
    overview.goto("/rules")
    overview.get_by_role("searchbox").fill("满意度")
    overview.wait_for_url(re.compile("q="))
    overview.wait_for_function("document.querySelectorAll('#rule-list tbody tr').length < 60")
    overview.locator("#rule-list tbody th a").first.click()
    overview.wait_for_selector(".manual")
    overview.go_back()
    overview.wait_for_selector("#rule-list")
    assert overview.locator("header.topbar").count() == 1
