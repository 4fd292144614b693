"""A project's whole way: filled in, returned, resubmitted, passed, seen by the bureau."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from api.demo.places import AUTHOR_SEEN, FARMING, author_login, reviewer_logins
from corpus.importers import read_declarations

Visit = Callable[..., Any]
UNIT, REVIEWER = author_login(AUTHOR_SEEN), reviewer_logins(FARMING)[0]
NAME = "高标准农田机耕路养护（全程）"
ABORTED = "htmx:"
"""htmx logs a request that gives way to a newer one as an error."""


def test_a_project_goes_all_the_way(visit: Visit, tmp_path: Path) -> None:
    unit = visit(UNIT, expected=ABORTED)
    number = _filled_in_and_submitted(unit, tmp_path)
    reviewer = visit(REVIEWER)
    _decided(reviewer, number, "2", "请补充效益指标，写明养护标准")
    _revised(unit, number)
    _decided(reviewer, number, "1", "")
    unit.goto(f"/projects/{number}")
    expect(unit.locator("main")).to_contain_text("通过")
    bureau = visit("lead")
    bureau.goto("/overview/projects?text=" + NAME)
    expect(bureau.locator("main")).to_contain_text(NAME)
    bureau.goto("/overview")
    expect(bureau.locator("h1")).to_have_text("总览")
    assert bureau.locator("canvas, svg").count() > 3
    auditor = visit("audit")
    auditor.goto(f"/audit?object=submission:{number}")
    for step in ("新建项目", "提交审核", "审核结论", "保存新版本"):
        expect(auditor.locator("table")).to_contain_text(step)


def _filled_in_and_submitted(page: Any, folder: Path) -> str:
    """Fill in with suggestions, export, submit; returns the project's number."""
    page.goto("/fill")
    page.fill("#fact-project_name", NAME)
    page.fill("#fact-description", "养护高标准农田机耕路120公里，修复损毁路面3000平方米")
    page.fill("#fact-goal", "完成机耕路120公里养护，改善农机通行条件")
    page.fill("#fact-budget_wan", "96")
    page.wait_for_selector("#suggestions .offer")
    for _ in range(5):
        _settled(page)
        page.keyboard.press("Alt+1")
    _settled(page)
    taken = {str(field.input_value()) for field in page.locator("[name=row_name]").all()}
    assert len(taken) == 5
    with page.expect_download() as download:
        page.click(".dropdown-toggle")
        page.click("[data-export=docx]")
    exported = folder / "form.docx"
    download.value.save_as(exported)
    (record,) = read_declarations(exported).records
    assert taken == {row.name for row in record.indicators}
    page.click("#save")
    page.wait_for_url(re.compile("/fill/[0-9A-Z]{26}"))
    number = str(page.url).rsplit("/", 1)[1]
    _settled(page)
    page.click("#submit")
    page.click("#dialog [hx-post]")
    page.wait_for_url("**/projects/*")
    return number


def _decided(page: Any, number: str, key: str, reason: str) -> None:
    """Accept what the program found and decide by keys."""
    page.goto(f"/desk/{number}")
    expect(page.locator("h1")).to_have_text(NAME)
    if page.locator("article.remark").count():
        page.keyboard.press("Shift+A")
        expect(page.locator("#judged")).to_contain_text("未处理 0")
    page.keyboard.press(key)
    page.locator("#verdict-reason").fill(reason)
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text(f"“{NAME}”")


def _revised(page: Any, number: str) -> None:
    """Read what came back, change the form and hand it in again."""
    page.goto(f"/projects/{number}")
    expect(page.locator(".feedback")).to_contain_text("请补充效益指标，写明养护标准")
    page.click("text=按意见修改")
    page.wait_for_selector("#suggestions .offer")
    _settled(page)
    page.keyboard.press("Alt+1")
    _settled(page)
    page.click("#save")
    page.wait_for_selector("#saved >> text=第 2 版")
    _settled(page)
    page.click("#submit")
    page.click("#dialog [hx-post]")
    page.wait_for_url("**/projects/*")
    expect(page.locator("main")).to_contain_text("待审核")


def _settled(page: Any) -> None:
    """Wait until the advice on what was done last has come."""
    page.wait_for_timeout(500)
    expect(page.locator(".htmx-request")).to_have_count(0)
