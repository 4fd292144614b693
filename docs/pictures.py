"""Takes the pictures of the guides and the README from a running demonstration.

    jixiao serve --demo on --port 8000
    python docs/pictures.py http://127.0.0.1:8000

Needs Debian's Chromium. The pictures show the demonstration as it is made new.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

PICTURES = Path(__file__).parent / "pictures"
SIZE: Any = {"width": 1366, "height": 768}


def main(address: str) -> None:
    """Take all pictures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )

        def enter(login: str) -> Page:
            context = browser.new_context(base_url=address, viewport=SIZE, locale="zh-CN")
            page = context.new_page()
            page.set_default_timeout(120_000)
            page.goto("/sign-in")
            if login:
                page.locator(f'form:has(input[value="{login}"]) button').click()
                page.wait_for_url(lambda url: "/sign-in" not in url)
            return page

        _doors(enter)
        _unit(enter("unit24"))
        _reviewer(enter("review1"))
        _bureau(enter("lead"))
        browser.close()


def _doors(enter: Callable[[str], Page]) -> None:
    _take(enter(""), "sign-in")


def _unit(page: Page) -> None:
    page.goto("/projects")
    _take(page, "projects")
    page.goto("/fill")
    page.fill("#fact-project_name", "高标准农田建设项目")
    page.fill(
        "#fact-description", "在3个乡镇建设高标准农田1.2万亩，新建灌溉渠道38公里、机耕道26公里"
    )
    page.fill("#fact-goal", "建成高标准农田1.2万亩，11月底前完工，受益农户满意度达到90%以上")
    page.fill("#fact-budget_wan", "1860")
    page.wait_for_selector("#suggestions .offer")
    for _ in range(4):
        _settled(page)
        page.keyboard.press("Alt+1")
    _settled(page)
    _take(page, "fill")
    page.goto("/library?text=验收合格率")
    page.locator('main a[href^="/library/lib-"]').first.click()
    _take(page, "card")


def _reviewer(page: Page) -> None:
    page.goto("/desk")
    _take(page, "desk")
    page.locator("[data-open]").nth(1).click()
    page.wait_for_url(re.compile("/desk/[0-9A-Z]{26}"))
    page.keyboard.press("j")
    _take(page, "review")
    page.goto("/recheck")
    page.locator("[data-open]").first.click()
    page.wait_for_url(re.compile("/recheck/[0-9A-Z]{26}"))
    page.wait_for_load_state("networkidle")
    page.keyboard.press("k")  # to a finding in the text of the report
    _take(page, "recheck")


def _bureau(page: Page) -> None:
    page.goto("/overview")
    page.wait_for_timeout(1500)  # the charts grow to their size
    _take(page, "overview")
    page.goto("/rules/EZ01")
    _take(page, "rule")


def _settled(page: Page) -> None:
    page.wait_for_timeout(500)
    expect(page.locator(".htmx-request")).to_have_count(0)


def _take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1])
