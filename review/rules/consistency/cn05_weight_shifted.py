"""CN05 consistency.weight_shifted — 指标分值与批复不一致

反例：
    批复“验收合格率”15分、“开展宣传”5分，自评表对调为5分和15分。
正例：
    各项分值与批复一致。
理由：
    把分值移到容易完成的指标，不改一个数字总分就能提高。
已知局限：
    只在批复和自评表都有分值时比较。
依据：
    财预〔2021〕101号：指标权重在绩效目标批复时明确，设立后原则上不作调整。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.attainment import is_missed
from review.facts.declared import Pair, compare_with_declared
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import number, shorten

_LEAST = 0.5
_SHOWN = 4


def _check(context: ReviewContext) -> Iterator[Hit]:
    found = compare_with_declared(context)
    moved = [pair for pair in found.pairs if abs(_change(pair)) >= _LEAST] if found else []
    if not moved:
        return
    moved.sort(key=_change, reverse=True)
    ends = moved if len(moved) <= _SHOWN else (*moved[: _SHOWN // 2], *moved[-_SHOWN // 2 :])
    shown = "、".join(map(_words, ends))
    lighter = [pair for pair in moved if _change(pair) < 0]
    easier = any(is_missed(pair.reported) for pair in lighter)
    yield Hit(
        field="weight",
        values={
            "count": len(moved),
            "shown": shown,
            "effect": "，未完成指标的分值被调低" if easier else "",
        },
        suggestion=Suggestion("请按批复的分值重新计分。"),
    )


def _words(pair: Pair) -> str:
    """Return a change of weight in words."""
    before, after = pair.declared.indicator.weight or 0, pair.reported.indicator.weight or 0
    name = shorten(pair.reported.indicator.name, 16)
    return f"“{name}”{number(before)}→{number(after)}分"


def _change(pair: Pair) -> float:
    """Return by how much the weight grew, 0 where either is missing."""
    before, after = pair.declared.indicator.weight, pair.reported.indicator.weight
    return 0.0 if before is None or after is None else after - before


RULE = Rule(
    code="CN05",
    name="consistency.weight_shifted",
    severity=Severity.ERROR,
    message="{count}项指标的分值与批复不一致（{shown}）{effect}，请按批复分值计分。",
    question="分值为什么改动（{shown}）？谁批准的，改动前总分是多少？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)
