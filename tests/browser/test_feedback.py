"""What the pages tell after something was done, and where no script runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

Visit = Callable[..., Any]


def test_a_changed_threshold_is_among_the_changes_at_once(visit: Visit) -> None:
    page = visit("admin")
    page.goto("/rules/settings")
    row = page.locator("#peer_gap")
    row.locator("input").fill("4")
    row.get_by_role("button", name="保存").click()
    expect(page.locator("#peer_gap .saved")).to_have_text("已保存")
    expect(page.locator("#history tbody tr").first).to_contain_text("4")
    page.locator("#peer_gap").get_by_role("button", name="恢复原值").click()
    expect(page.locator("#history tbody tr").first.locator("td").nth(3)).to_have_text("（原值）")


def test_an_accepted_form_is_blank_for_the_next_entry(visit: Visit) -> None:
    page = visit("admin")
    page.goto("/people")
    form = page.locator("form[hx-post='/people/accounts']")
    form.locator("[name=organisation_id]").select_option(label="演示县教育局")
    form.locator("[name=login]").fill("education2")
    form.locator("[name=title]").fill("预算复核岗")
    form.get_by_role("button").click()
    expect(page.locator("#one-time")).to_contain_text("education2")
    expect(form.locator("[name=login]")).to_have_value("")
    assert form.locator("[name=organisation_id] option:checked").inner_text() == "演示县教育局"


def test_the_picture_on_a_card_has_its_line(visit: Visit) -> None:
    page = visit("unit24")
    page.goto("/library?text=验收合格率")
    page.locator('main th a[href^="/library/lib-"]').first.click()
    line = page.locator(".spread .axis")
    assert line.evaluate("line => getComputedStyle(line).stroke") != "none"


def test_without_scripts_it_is_said_and_nothing_typed_gets_into_an_address(
    chromium: Any, address: str
) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in")
    expect(page.locator("noscript .notice")).to_be_visible()
    expect(page.get_by_role("heading", name="进入演示系统")).to_be_in_viewport()
    page.locator(".doors button").first.click()
    assert page.url == f"{address}/sign-in/demo"
    assert "请允许浏览器运行本系统的脚本后重试" in page.inner_text("main")
    context.close()
