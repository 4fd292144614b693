"""The overview: figures that add up, and the projects behind each of them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api.web.overview.figures import Cell
from api.web.overview.query import OverviewQuery

Enter = Callable[[str], TestClient]
FIGURES = (
    "divisions",
    "deadlines",
    "rules",
    "topics",
    "departments",
    "sectors",
    "monthly",
    "coaching",
    "lacking",
    "quality",
    "index",
)


@pytest.fixture
def lead(post_of: Enter) -> TestClient:
    return post_of("lead")


def charts(text: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/json" class="chart-data">(.*?)</script>', text)
    return [json.loads(each) for each in found]


def listed(browser: TestClient, address: str) -> int:
    """How many projects the list behind an address holds."""
    page = browser.get(unescape(address))
    assert page.status_code == 200, address
    number = re.search(r"([\d,]+) 个项目，预算", page.text)
    assert number is not None
    return int(number[1].replace(",", ""))


def table(browser: TestClient, key: str, **query: Any) -> list[list[str]]:
    answer = browser.get(f"/overview/figures/{key}.csv", params=query)
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_all_figures_are_there_with_charts_and_tables(lead: TestClient) -> None:
    page = lead.get("/overview").text
    for key in FIGURES:
        assert f'id="figure-{key}"' in page
        assert f'id="table-{key}"' in page
    for chart in charts(page):
        for series in chart["series"]:
            assert len(series["values"]) == len(series["links"]) == len(chart["categories"])


def test_each_bar_of_progress_leads_to_as_many_projects(lead: TestClient) -> None:
    chart = charts(lead.get("/overview").text)[0]
    series = next(each for each in chart["series"] if each["name"] == "通过")
    for value, link in zip(series["values"], series["links"], strict=True):
        assert listed(lead, link) == value
    drafts = next(each for each in chart["series"] if each["name"] == "填报中")
    assert listed(lead, drafts["links"][0]) == drafts["values"][0]


def test_rules_months_and_coaching_lead_to_their_projects(lead: TestClient) -> None:
    page = lead.get("/overview").text
    rule = table(lead, "rules")[1]
    assert listed(lead, f"/overview/projects?finding={rule[0][:4]}") == int(rule[2])
    month = table(lead, "monthly")[-1]
    assert listed(lead, f"/overview/projects?month={month[0]}") == int(month[1])
    told = re.search(r"(\d+) 个退回后重报的项目", page)
    assert told is not None
    assert listed(lead, "/overview/projects?coached=true") == int(told[1])


def test_tiles_count_what_the_lists_hold(lead: TestClient) -> None:
    page = lead.get("/overview").text
    tiles = re.findall(r'<li><a href="([^"]+)"><span class="tile-value[^"]*">([\d,]+)</span>', page)
    assert len(tiles) >= 5
    for address, value in tiles:
        if "budget" not in address and int(value.replace(",", "")) < 1000:
            assert listed(lead, address) == int(value.replace(",", ""))


def test_unfounded_projects_are_listed_with_their_amounts(lead: TestClient) -> None:
    rows = table(lead, "lacking")[1:]
    assert {"无绩效指标", "无资金用途", "无管理措施"} <= {row[2] for row in rows}
    assert listed(lead, "/overview/projects?lacking=true") == len(rows)
    total = sum(float(row[4]) for row in rows)
    assert f"共 {len(rows)} 个，{total:,.2f} 万元" in lead.get("/overview").text


def test_coaching_adds_targets(lead: TestClient) -> None:
    total = table(lead, "coaching")[1]
    assert total[0] == "指标总数"
    assert int(total[2]) > int(total[1])


def test_divisions_are_ranked_by_points_and_the_rules_are_shown(lead: TestClient) -> None:
    rows = table(lead, "quality")[1:]
    scores = [float(row[2]) for row in rows if row[2]]
    assert scores == sorted(scores, reverse=True)
    assert next(int(row[1]) for row in rows if row[1]) == 1
    page = lead.get("/overview").text
    for words in (
        "通过把关（30 分）",
        "逐条核对（25 分）",
        "按期审核（25 分）",
        "结论稳定（20 分）",
    ):
        assert words in page


def test_the_index_of_each_month_is_graded_by_rank(lead: TestClient) -> None:
    months = re.findall(r'href="(/overview\?month=[^"#]+)#index"', lead.get("/overview").text)
    assert len(months) > 3
    for address in months[:3]:
        month = address.partition("=")[2]
        rows = [row for row in table(lead, "index", month=month)[1:] if row[1]]
        grades = [row[2] for row in rows]
        assert grades == sorted(grades, key=["优秀", "良好", "一般", "较差"].index)
        assert grades.count("优秀") == pytest.approx(0.3 * len(rows), abs=1)


@pytest.mark.parametrize(
    "query",
    [{"year": "2027"}, {"kind": "evaluation"}, {"department": "演示县教育局"}, {"sector": "213"}],
)
def test_filters_narrow_every_figure(lead: TestClient, query: dict[str, str]) -> None:
    whole, part = table(lead, "divisions")[-1], table(lead, "divisions", **query)[-1]
    total = table(lead, "divisions")[0].index("合计")
    narrowed = table(lead, "divisions", **query)[0].index("合计")
    assert 0 < int(part[narrowed]) < int(whole[total])
    address = OverviewQuery.model_validate(query).projects()
    assert listed(lead, address) == int(part[narrowed])


def test_blank_filters_ask_for_nothing(lead: TestClient) -> None:
    address = "/overview?year=&kind=&division=&department=&sector="
    assert lead.get(address).status_code == 200


def test_a_filter_without_projects_says_so(lead: TestClient) -> None:
    assert "没有符合条件的项目" in lead.get("/overview?department=没有的局").text
    assert "没有符合条件的项目" in lead.get("/overview/projects?text=没有的项目").text


def test_nonsense_is_refused_as_a_page(lead: TestClient) -> None:
    assert lead.get("/overview?month=2026").status_code == 422
    assert lead.get("/overview/figures/none.csv").status_code == 404


def test_conditions_of_a_list_are_named_and_can_be_dropped(lead: TestClient) -> None:
    page = lead.get("/overview/projects?finding=EZ03&year=2027").text
    assert "2027 年度" in page
    assert 'href="/overview/projects?year=2027"' in page
    assert 'href="/overview/projects?finding=EZ03"' in page


def test_a_list_has_pages(lead: TestClient) -> None:
    first = lead.get("/overview/projects").text
    assert 'rel="next"' in first
    second = lead.get("/overview/projects?page=2").text
    assert 'rel="prev"' in second
    ids = [set(re.findall(r"/overview/projects/(\w{26})", text)) for text in (first, second)]
    assert len(ids[0]) == 50
    assert ids[0].isdisjoint(ids[1])


def test_a_project_shows_its_findings_and_verdicts(lead: TestClient) -> None:
    text = lead.get("/overview/projects?status=rejected").text
    number = re.search(r"/overview/projects/(\w{26})", text)
    assert number is not None
    page = lead.get(f"/overview/projects/{number[1]}").text
    assert "不予通过" in page
    assert re.search(r"审核意见（[1-9]\d* 条）", page)
    assert "项目审核岗" in page


def test_exports_open_and_hold_no_formulas(lead: TestClient) -> None:
    book = load_workbook(io.BytesIO(lead.get("/overview/figures.xlsx").content))
    assert len(book.sheetnames) == len(FIGURES)
    answer = lead.get("/overview/projects.csv?lacking=true")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == 1 + listed(lead, "/overview/projects?lacking=true")
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert load_workbook(io.BytesIO(lead.get("/overview/projects.xlsx").content)).active is not None


def test_a_reviewer_counts_the_own_division_alone(post_of: Enter, lead: TestClient) -> None:
    own = post_of("review1")
    assert 0 < listed(own, "/overview/projects") < listed(lead, "/overview/projects")
    rows = table(own, "divisions")
    assert [row[0] for row in rows[1:]] == ["演示县财政局农业农村科", "合计"]
    foreign = re.search(
        r"/overview/projects/(\w{26})", lead.get("/overview/projects?department=演示县教育局").text
    )
    assert foreign is not None
    assert own.get(f"/overview/projects/{foreign[1]}").status_code == 404


@pytest.mark.parametrize(("login", "status"), [("audit", 200), ("admin", 200), ("unit10", 403)])
def test_who_may_look(post_of: Enter, login: str, status: int) -> None:
    for path in ("/overview", "/overview/projects", "/overview/figures.xlsx"):
        assert post_of(login).get(path).status_code == status


def test_strangers_are_led_to_the_sign_in(demonstration_app: Any) -> None:
    answer = TestClient(demonstration_app, follow_redirects=False).get("/overview?year=2027")
    assert answer.headers["location"] == "/sign-in?next=/overview%3Fyear%3D2027"


def test_cells_are_written_as_people_read_them() -> None:
    assert Cell(0.256, "percent").shown == "25.6%"
    assert Cell(1234.5, "wan").shown == "1,234.50"
    assert Cell(-3.04, "change").shown == "-3.0"
    assert Cell(None, "points").shown == "—"
