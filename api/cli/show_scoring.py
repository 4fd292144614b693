"""What a re-check prints beside the findings: points counted again, and a batch in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from api.cli.text import number, one_line, styled, table

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from review.result import ReviewResult

PARTS = {"findings": "问题", "inflation": "得分虚高", "money": "资金", "history": "以前年度"}
_TIERS = {"再评价": "bold red", "再评审": "bold yellow", "抽查复核": "cyan"}
_NAME, _REASON, _RULE = 40, 60, 44


def triage_line(review: Mapping[str, Any]) -> RenderableType:
    """Return score, tier and reasons of a self-evaluation in one line."""
    ranked = review["triage"]
    tier = ranked["tier"] or "不列入复核"
    shown = [f"{PARTS[key]} {part:.2f}" for key, part in ranked["parts"].items() if part >= 0.005]
    parts = f"（{'＋'.join(shown)}）" if shown else ""
    reasons = "；".join(ranked["reasons"])
    return styled(
        "复核：",
        (tier, _TIERS.get(tier, "dim")),
        f"   得分 {ranked['score']:.2f}{parts}" + (f"   {reasons}" if reasons else ""),
    )


def scoring_block(review: Mapping[str, Any]) -> list[RenderableType]:
    """Return the table of points that differ or stay open, and the totals; empty without points."""
    scoring = review["scoring"]
    if scoring["total_own"] is None:
        return []
    scheme = scoring["scheme"]
    name = scheme["name"] if scheme["recognised"] else scheme["note"]
    blocks: list[RenderableType] = [styled(("得分复算", "bold"), f"   分值方案：{one_line(name)}")]
    rows = [row for row in scoring["rows"] if row["difference"] or row["band"]]
    if rows:
        blocks.append(_points(rows, review["rows"]))
    blocks.append(styled(*_totals(scoring)))
    notes = [note for note in scoring["notes"] if scheme["recognised"] or note != scheme["note"]]
    blocks += [styled((f"说明：{one_line(note)}", "dim")) for note in notes]
    return blocks


def _points(rows: Sequence[Mapping[str, Any]], indicators: Sequence[Any]) -> RenderableType:
    made = table(
        ("行", {"justify": "right", "no_wrap": True}),
        ("指标", {"ratio": 2, "min_width": 14}),
        ("分值", {"justify": "right", "no_wrap": True}),
        ("自评", {"justify": "right", "no_wrap": True}),
        ("复算", {"justify": "right", "no_wrap": True}),
        ("相差", {"justify": "right", "no_wrap": True}),
        ("依据", {"ratio": 3, "min_width": 20}),
    )
    for row in rows:
        index = row["index"]
        name = "预算执行率" if index is None else one_line(indicators[index]["name"], _NAME)
        again = number(row["recomputed"])
        if row["band"]:
            again = f"{number(row['band'][0])}—{number(row['band'][1])}"
        gap = row["difference"]
        made.add_row(
            "" if index is None else str(index + 1),
            name,
            number(row["weight"]),
            number(row["own"]),
            again,
            styled((f"{gap:+g}", "red" if gap > 0 else "green")) if gap else "",
            one_line(row["rule"], _RULE),
        )
    return made


def _totals(scoring: Mapping[str, Any]) -> list[str | tuple[str, str]]:
    own, again = scoring["total_own"], scoring["total_recomputed"]
    grades = (scoring["grade_own"], scoring["grade_recomputed"])
    first, second = (f"（{grade}）" if grade else "" for grade in grades)
    pieces: list[str | tuple[str, str]] = [f"合计：自评 {own:g} 分{first}"]
    if again is not None:
        worse = again < own or grades[0] != grades[1]
        pieces += ["，复算 ", (f"{again:g} 分{second}", "bold red" if worse else "bold")]
    return pieces


@dataclass(frozen=True)
class Ranked:
    """What the ranking of a batch shows of one self-evaluation; nothing else is kept of it."""

    name: str
    unit: str
    score: float
    tier: str | None
    own: float | None
    again: float | None
    reasons: str


@dataclass
class Ranking:
    """Collects the self-evaluations of a run and prints them in the order of their triage."""

    top: int | None = None
    items: list[Ranked] = field(default_factory=list)

    def add(self, result: ReviewResult) -> None:
        """Keep what the table needs of a result."""
        ranked, scoring = result.triage, result.scoring
        if ranked is None:
            return
        declaration = result.declaration
        self.items.append(
            Ranked(
                one_line(declaration.project_name, _NAME) or "（未写项目名称）",
                one_line(declaration.department or declaration.implementing_unit, _NAME),
                ranked.score,
                ranked.tier,
                scoring.total_own if scoring else None,
                scoring.total_recomputed if scoring else None,
                one_line("；".join(ranked.reasons), _REASON),
            )
        )

    def show(self, console: Console) -> None:
        """Print the table, the most worth re-checking first; nothing for a single record."""
        if len(self.items) < 2 and self.top is None:
            return
        ordered = sorted(self.items, key=lambda item: (-item.score, item.name))
        shown = ordered[: self.top]
        counts = [
            f"{tier} {sum(item.tier == tier for item in ordered)} 份"
            for tier in _TIERS
            if any(item.tier == tier for item in ordered)
        ]
        more = f"，列出前 {len(shown)} 份" if len(shown) < len(ordered) else ""
        summary = f"   共 {len(ordered)} 份{more}；{'，'.join(counts) or '均不列入复核'}"
        console.print(styled(("复核排序", "bold"), summary))
        console.print(_ranking(shown))


def _ranking(items: Sequence[Ranked]) -> RenderableType:
    made = table(
        ("名次", {"justify": "right", "no_wrap": True}),
        ("项目", {"ratio": 3, "min_width": 16}),
        ("单位", {"ratio": 2, "min_width": 10}),
        ("得分", {"justify": "right", "no_wrap": True}),
        ("建议", {"no_wrap": True}),
        ("自评→复算", {"justify": "right", "no_wrap": True}),
        ("主要原因", {"ratio": 3, "min_width": 16}),
    )
    for place, item in enumerate(items, 1):
        points = "" if item.own is None else f"{number(item.own)}→{number(item.again) or '—'}"
        tier = styled((item.tier, _TIERS[item.tier])) if item.tier else "—"
        made.add_row(
            str(place), item.name, item.unit, f"{item.score:.2f}", tier, points, item.reasons
        )
    return made
