"""The reviewer's desk by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

Visit = Callable[..., Any]


def judged(page: Any, key: str, state: str) -> None:
    """Wait until a finding stands as it should."""
    expect(page.locator(f"#finding-{key}")).to_have_attribute("data-state", state)


def focused(page: Any, key: str) -> None:
    expect(page.locator(f"#finding-{key}")).to_be_focused()


def chosen(page: Any) -> str:
    """Return the key of the current finding."""
    return str(page.get_attribute("article.remark[aria-current]", "data-finding"))


def first_case(page: Any, queue: str) -> Any:
    """Open the first submission of a queue."""
    page.goto(queue)
    page.locator("[data-open]").first.click()
    page.wait_for_url(re.compile("/(desk|recheck)/[0-9A-Z]{26}"))
    return page


def test_a_project_is_reviewed_and_decided_without_the_mouse(visit: Visit) -> None:
    page = visit("review1")
    page.goto("/desk?state=waiting&order=newest")
    names = page.locator("[data-open]").all_inner_texts()
    assert len(names) > 1
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == names[0]
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/desk/[0-9A-Z]{26}"))
    assert page.inner_text("h1") == names[0]

    keys = [card.get_attribute("data-finding") for card in page.locator("article.remark").all()]
    assert len(keys) > 2
    assert chosen(page) == keys[0]
    page.keyboard.press("j")
    assert chosen(page) == keys[1]
    assert page.locator(f'.paper .lit[data-findings~="{keys[1]}"]').count() > 0
    assert page.evaluate("document.activeElement.id") == f"finding-{keys[1]}"
    page.keyboard.press("k")

    page.keyboard.press("a")  # accepted, and on to the next
    judged(page, keys[0], "confirmed")
    focused(page, keys[1])
    page.keyboard.press("x")  # dismissed, with a reason that is asked for
    assert page.evaluate("document.activeElement.name") == "reason"
    page.keyboard.type("jnp: 单位另有说明")  # letters typed are no commands
    page.keyboard.press("Control+Enter")
    judged(page, keys[1], "dismissed")
    focused(page, keys[2])
    assert "jnp: 单位另有说明" in page.inner_text(f"#finding-{keys[1]}")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "wording"
    page.keyboard.press("Escape")
    assert page.locator(f"#edit-{keys[2]}").is_hidden()
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("请写明数量。")
    page.keyboard.press("Control+Enter")
    judged(page, keys[2], "confirmed")
    assert "请写明数量。" in page.inner_text(f"#finding-{keys[2]} .message")
    page.keyboard.press("Shift+A")
    expect(page.locator("#judged")).to_contain_text("未处理 0")
    expect(page.locator("article.remark[aria-current]")).to_have_count(1)

    page.keyboard.press("2")
    assert page.is_checked('input[name=verdict][value="return"]')
    assert page.evaluate("document.activeElement.id") == "verdict-reason"
    page.keyboard.press("Control+Enter")  # refused by the browser: no reason given
    assert page.inner_text("h1") == names[0]
    page.keyboard.type("请按意见修改")
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_have_text(names[1])
    assert f"“{names[0]}”：退回修改" in page.inner_text("main")


def test_a_reason_begins_from_what_is_fed_back(visit: Visit) -> None:
    page = first_case(visit("review1"), "/desk")
    cards = page.locator("article.remark:not([data-internal]):not([data-state=dismissed])")
    gravest = page.locator("article.edge-error:not([data-state=dismissed]) .message").first
    page.keyboard.press("2")
    page.keyboard.type("请核对口径")
    page.click("[data-compose]")
    reason = page.locator("#verdict-reason")
    expect(reason).to_be_focused()
    typed, composed = str(reason.input_value()).split("\n")
    assert typed == "请核对口径"
    assert composed.startswith(f"共{cards.count()}条意见，请逐条修改后重新提交。")
    assert f"主要问题：{gravest.inner_text()}" in composed


def test_an_answer_that_comes_late_does_not_take_the_cursor(visit: Visit) -> None:
    page = first_case(visit("review1"), "/desk?state=waiting&order=newest")
    waiting = page.locator("article.remark[data-state=open]")
    assert waiting.count() > 0
    held: list[Any] = []
    page.route(re.compile("/findings$"), lambda route: held.append(route))
    page.keyboard.press("Shift+A")
    page.keyboard.press("2")
    page.keyboard.type("请按")
    held[0].continue_()
    expect(waiting).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "verdict-reason"
    assert page.input_value("#verdict-reason") == "请按"


def test_help_next_and_previous_are_one_key_away(visit: Visit) -> None:
    page = first_case(visit("lead"), "/desk")
    first = page.inner_text("h1")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    assert "采纳意见" in page.inner_text("#help")
    page.keyboard.press("Escape")
    assert page.locator("#help").is_hidden()
    page.keyboard.press("n")
    expect(page.locator("h1")).not_to_have_text(first)
    page.wait_for_load_state()  # its scripts listen to keys
    page.keyboard.press("p")
    expect(page.locator("h1")).to_have_text(first)
    page.wait_for_load_state()
    page.keyboard.press("u")
    page.wait_for_url(re.compile(r"/desk(\?|$)"))


def test_a_mark_in_the_form_leads_to_each_of_its_findings(visit: Visit) -> None:
    page = first_case(visit("lead"), "/recheck?state=all")
    mark = page.locator(".paper mark").first
    keys = str(mark.get_attribute("data-findings")).split()
    seen = set()
    for _ in keys:
        mark.click()
        seen.add(chosen(page))
    assert seen == set(keys)
    page.locator("#tab-points").click()
    expect(page.locator("#panel-points")).to_be_visible()
    mark.click()
    expect(page.locator("#panel-remarks")).to_be_visible()


def test_panels_are_fetched_when_they_are_opened(visit: Visit) -> None:
    page = first_case(visit("lead"), "/desk?state=returned")
    for name, words in (
        ("comparison", "同类项目"),
        ("past", "年度"),
        ("history", "办理记录"),
    ):
        page.locator(f"#tab-{name}").click()
        expect(page.locator(f"#panel-{name}")).to_contain_text(words)
        expect(page.locator(f"#panel-{name} .loading")).to_have_count(0)


def test_each_panel_opens_at_its_top_and_keeps_its_place(visit: Visit) -> None:
    page = first_case(visit("review1"), "/desk")
    box = page.locator(".side .tab-content")
    place = box.evaluate("box => { box.scrollTop = 120; return box.scrollTop; }")
    assert place > 0
    page.click("#tab-history")
    expect(page.locator("#panel-history")).to_be_visible()
    assert box.evaluate("box => box.scrollTop") == 0
    page.click("#tab-remarks")
    assert box.evaluate("box => box.scrollTop") == place


def test_many_are_decided_together_and_each_outcome_is_told(visit: Visit) -> None:
    page = visit("lead")
    page.goto("/desk?state=unassigned&order=newest")
    boxes = page.locator("#items input[name=ids]")
    boxes.nth(0).check()
    boxes.nth(2).click(modifiers=["Shift"])
    assert page.inner_text("[data-selected]") == "3"
    page.select_option("#bulk-verdict", "reject")
    page.locator("[data-bulk=verdict]").click()
    assert page.locator("#outcomes table").count() == 0  # the reason is missing
    page.fill("#bulk-reason", "重复申报")
    names = page.locator("[data-open]").all_inner_texts()[:3]
    questions: list[str] = []
    page.once("dialog", lambda dialog: (questions.append(dialog.message), dialog.dismiss()))
    page.locator("[data-bulk=verdict]").click()
    assert questions == ["对所选 3 项给出结论“不予通过”？结论随即生效。"]
    assert page.locator("#outcomes table").count() == 0  # thought better of it
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("[data-bulk=verdict]").click()
    page.wait_for_selector("#outcomes table")
    told = page.inner_text("#outcomes")
    assert "成功 3 项" in told
    assert all(name in told for name in names)
    expect(page.locator("#items")).not_to_contain_text(names[0])
    assert page.locator("#bulk").is_hidden()
