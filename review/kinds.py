"""The kinds of check that rules are made of; most rules only fill in one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from corpus.text import normalise
from models.measure import split_name
from models.target_explanation import Reason
from models.target_rows import shared
from review.context import ReviewContext, Row
from review.finding import Suggestion
from review.rule import Hit

RowTest = Callable[[Row], bool]
RowFunction = Callable[[ReviewContext, Row], Hit | None]


def any_row(row: Row) -> bool:
    """Accept every row."""
    return True


def hit_row(
    row: Row,
    field: str | None = None,
    *,
    span: tuple[int, int] | None = None,
    values: Mapping[str, object] | None = None,
    confidence: float | None = None,
    suggestion: Suggestion | None = None,
    grounds: str = "",
    reasons: tuple[Reason, ...] = (),
    **more: object,
) -> Hit:
    """Make a hit on one row whose message may quote the row; `span` counts original characters."""
    return Hit(
        row=row.index,
        field=field,
        span=span if span is not None else _whole(row, field),
        values={**row.quoted, **(values or {}), **more},
        confidence=confidence,
        suggestion=suggestion,
        grounds=grounds,
        reasons=reasons,
    )


def _whole(row: Row, field: str | None) -> tuple[int, int] | None:
    """Return the span of a whole cell, None for an empty one."""
    text = getattr(row.indicator, field or "", None)
    return (0, len(text)) if isinstance(text, str) and text else None


def replacement(row: Row, **changes: str) -> dict[str, str]:
    """Return the row as a replacement indicator with some fields changed."""
    fields = {
        "level1": row.level1,
        "level2": row.level2,
        "name": row.indicator.name,
        "target": row.indicator.target,
    }
    return {**fields, **changes}


@dataclass(frozen=True)
class Pattern:
    """Rows whose name or target contains a pattern, matched on folded text."""

    field: Literal["name", "target"]
    pattern: re.Pattern[str]
    where: RowTest = any_row
    suggestion: str = ""

    def __call__(self, context: ReviewContext) -> Iterator[Hit]:
        """Yield a hit on the first match of each row."""
        for row in context.rows:
            folded = row.name if self.field == "name" else row.target
            match = self.pattern.search(folded.text)
            if match is None or not self.where(row):
                continue
            yield hit_row(
                row,
                self.field,
                span=folded.origin(*match.span()),
                suggestion=Suggestion(self.suggestion) if self.suggestion else None,
                found=match.group(),
            )


_USUAL = {"产出": "数量", "效益": "社会效益", "成本": "经济成本", "满意度": "服务对象满意度"}
"""The second level that stands for a missing first level."""


_OWN = 0.5
"""Share of an object's characters that the project must use itself."""
_ANYWHERE = re.compile(
    "^(?:[单每人户均位]*)(?:受益|服务|项目|工程|设备|群众|对象|使用|采购|任务|资金|年度|社会)*"
)


def _belongs(context: ReviewContext, name: str) -> bool:
    """Tell whether an indicator speaks of what the project is about, or fits any project."""
    core = _ANYWHERE.sub("", split_name(name).core)
    declaration = context.declaration
    own = [declaration.project_name, declaration.goal, declaration.description]
    own += [row.indicator.name for row in context.rows]
    return not core or shared(normalise(" ".join(own)), core) >= _OWN


@dataclass(frozen=True)
class Missing:
    """Declarations that have indicators, but none under a level.

    A second level is missed only where its first level is there.
    """

    level1: str
    level2: str = ""
    where: Callable[[ReviewContext], bool] = lambda context: True
    advice: str = ""
    """What to add, in words, where no indicator can be proposed."""
    valued: bool = True
    """Whether a proposed indicator is shown with its value; what a piece costs is the unit's to
    work out."""

    def __call__(self, context: ReviewContext) -> Iterator[Hit]:
        """Yield a hit on the declaration when the level is absent and should not be."""
        if not context.rows or context.is_excerpt or not self.where(context):
            return
        if any(context.rows_of(self.level1, self.level2)):
            return
        if self.level2 and not any(context.rows_of(self.level1)):
            return
        yield Hit(field="indicators", suggestion=self._suggestion(context))

    def _suggestion(self, context: ReviewContext) -> Suggestion | None:
        """Return an indicator from the recommender when there is one, else the advice."""
        wanted = f"{self.level2 or _USUAL[self.level1]}指标"
        proposed = context.suggest(context.declaration, wanted) if context.suggest else None
        foreign = self.level1 != "满意度" and proposed and not _belongs(context, proposed["name"])
        if not proposed or foreign:
            return Suggestion(self.advice) if self.advice else None
        if not self.valued:
            text = f"可增设“{proposed.get('name', '')}”，指标值由单位测算。{self.advice}"
            return Suggestion(text, {**proposed, "target": ""})
        shown = f"{proposed.get('name', '')} {proposed.get('target', '')}".strip()
        return Suggestion(f"可增设“{shown}”。", proposed)


@dataclass(frozen=True)
class EachRow:
    """A function asked of every row."""

    function: RowFunction
    where: RowTest = any_row

    def __call__(self, context: ReviewContext) -> Iterator[Hit]:
        """Yield what the function finds."""
        for row in context.rows:
            if self.where(row):
                hit = self.function(context, row)
                if hit is not None:
                    yield hit


@dataclass(frozen=True)
class Whole:
    """A function asked of the declaration as a whole."""

    function: Callable[[ReviewContext], Iterator[Hit]]

    def __call__(self, context: ReviewContext) -> Iterator[Hit]:
        """Yield what the function finds."""
        yield from self.function(context)
