"""What a reviewer typed but did not send, and a queue with nothing in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

Visit = Callable[..., Any]


def test_a_reason_typed_by_half_is_there_when_the_reviewer_comes_back(visit: Visit) -> None:
    page = visit("lead")
    page.goto("/desk?state=waiting")
    page.locator("[data-open]").first.click()
    page.wait_for_url(re.compile("/desk/[0-9A-Z]{26}"))
    case = page.url
    page.keyboard.press("x")
    page.keyboard.type("单位已说明")
    key = page.evaluate("document.activeElement.id")
    page.fill("#verdict-reason", "预算依据不足，")
    page.goto("/overview")
    page.goto(case)
    expect(page.locator("#verdict-reason")).to_have_value("预算依据不足，")
    assert page.input_value(f"#{key}") == "单位已说明"

    page.check("#decision input[value=return]")
    page.click("#decision button[type=submit]")
    page.wait_for_url(lambda url: "done=" in url)
    kept = page.evaluate("Object.keys(localStorage)")
    assert [name for name in kept if name.endswith("verdict-reason")] == []


def test_a_queue_with_nothing_in_it_works(visit: Visit) -> None:
    page = visit("lead")
    page.goto("/desk?text=没有这样的项目")  # a script that fails is a complaint of `visit`
    expect(page.get_by_text("没有符合条件的项目")).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#field-text")).to_be_focused()
