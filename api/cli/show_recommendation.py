"""Prints a recommendation for people: what is similar, what is suggested, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from api.cli.folding import Folded
from api.cli.show_review import evidence_line
from api.cli.text import facts, level, number, one_line, safe, styled, table

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from api.cli.writers import Result
    from corpus.records import Declaration

ORIGINS = {"case": "历史项目", "library": "指标库", "description": "本项目"}
_PROJECTS = 5
_EVIDENCE = 2


def show_recommendation(console: Console, record: Declaration, result: Result) -> None:
    """Print one recommendation."""
    found = result.to_dict()
    console.rule(styled((one_line(record.project_name), "bold")), align="left", characters="─")
    if known := facts(record.model_dump()):
        console.print(styled((known, "dim")))
    console.print(styled("把握程度：", (f"{found['confidence']:.2f}", "bold")))
    for note in found["notes"]:
        console.print(Folded(f"说明：{safe(note)}"), style="yellow")
    if found["matched_types"]:
        console.print(_types(found["matched_types"]))
    if found["parts"]:
        titles = "、".join(one_line(part["title"]) for part in found["parts"])
        console.print(Folded(f"子项目：{safe(titles)}"))
    alike = found["similar_projects"][:_PROJECTS]
    console.print()
    console.print(_projects(alike) if alike else "没有找到相近的历史项目。")
    if found["suggestions"]:
        rows = in_form_order(found["suggestions"])
        console.print()
        console.print(suggestion_table(rows, found["accepted"]))
        console.print(scheme_line(found))
        console.print(styled("\n", ("为什么推荐", "bold")))
        console.print(_reasons(rows))
    console.print()


def _types(types: Sequence[Mapping[str, Any]]) -> RenderableType:
    """Return the matching library types in one line."""
    names = (f"{one_line(kind['project_type'])}（{kind['score']:.2f}）" for kind in types[:3])
    return styled("指标库类型：", "、".join(names))


def _projects(projects: Sequence[Mapping[str, Any]]) -> RenderableType:
    """Return the table of similar projects."""
    made = table(
        ("相似项目", {"ratio": 3}),
        ("部门", {"ratio": 2}),
        "地区",
        ("年度", {"no_wrap": True}),
        ("相似度", {"justify": "right", "no_wrap": True}),
    )
    for project in projects:
        made.add_row(
            one_line(project["project_name"], 40),
            one_line(project["department"], 24),
            one_line(project["region"], 16),
            safe(project["year"]),
            f"{project['similarity']:.2f}",
        )
    return made


def in_form_order(suggestions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return suggestions as a form lists them: by level, the best of each first."""
    from corpus.taxonomy import level_order

    return sorted(
        suggestions, key=lambda row: (level_order(row["level1"], row["level2"]), row["rank"])
    )


def scheme_line(found: Mapping[str, Any]) -> RenderableType:
    """Return the weight scheme with how it was found."""
    return styled(
        ("分值方案：", "dim"),
        one_line(found["scheme"]),
        (f"（{one_line(found['scheme_basis'])}）", "dim"),
    )


def suggestion_table(
    suggestions: Sequence[Mapping[str, Any]], kept: Sequence[Mapping[str, Any]] = ()
) -> RenderableType:
    """Return the table of suggested indicators, below the rows that stay."""
    made = table(
        ("序号", {"justify": "right", "no_wrap": True}),
        ("类别", {"no_wrap": True}),
        ("推荐的三级指标", {"ratio": 3, "min_width": 16}),
        ("指标值", {"no_wrap": True}),
        ("分值", {"justify": "right", "no_wrap": True}),
        ("同类采用", {"justify": "right", "no_wrap": True}),
        ("来源", {"no_wrap": True}),
    )
    for row in kept:
        weight = number(row["weight"])
        made.add_row(
            "", level(row), one_line(row["name"]), one_line(row["target"], 16), weight, "", "保留"
        )
    for place, row in enumerate(suggestions, 1):
        usage = row["usage"]
        made.add_row(
            str(place),
            level(row),
            one_line(row["name"]),
            one_line(row["target"]["suggested"], 16) or "按计划填写",
            number(row["weight"]),
            f"{usage['similar_with']}/{usage['similar_total']}",
            ORIGINS.get(row["origin"], row["origin"]),
        )
    return made


def _reasons(suggestions: Sequence[Mapping[str, Any]]) -> RenderableType:
    """Return the reasons and evidence of each suggestion."""
    from rich.console import Group
    from rich.table import Table

    pages: list[RenderableType] = []
    for place, row in enumerate(suggestions, 1):
        pages.append(styled(f"{place:>2}. ", (one_line(row["name"]), "bold")))
        body = Table.grid(padding=(0, 1, 0, 0))
        body.add_column(width=3)
        body.add_column(no_wrap=True, style="dim")
        body.add_column()
        for label, text in _lines(row):
            body.add_row("", label, Folded(text))
        pages.append(body)
    return Group(*pages)


def _lines(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield label and text of each part of a reason."""
    if row["why"]:
        yield "理由", safe(row["why"])
    if row.get("part"):
        yield "所属", safe(row["part"])
    if row["target"].get("basis"):
        yield "取值", safe(row["target"]["basis"])
    if row["target"].get("question"):
        yield "待填", safe(row["target"]["question"])
    for item in row["evidence"][:_EVIDENCE]:
        yield "同类", evidence_line(item)
