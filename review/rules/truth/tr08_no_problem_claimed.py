"""TR08 truth.no_problem_claimed — 自评称没有问题，表中却有扣分或未完成

反例：
    “存在问题：无”，但表中3项指标未完成并扣分。
正例：
    “存在问题：两项工程因征地滞后未按期完工……”
理由：
    有扣分就有问题，回避问题不利于改进。
已知局限：
    只识别“无”“暂无”“没有问题”等明确表述。
依据：
    财预〔2020〕10号：自评应分析存在的问题和原因，提出改进措施。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.text import fold
from review.context import ReviewContext, Row
from review.facts.attainment import is_missed
from review.facts.denials import says_nothing
from review.facts.explaining import is_empty_reason
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import enumerate_names, shorten

_CLAIM = re.compile(
    r"(?:存在的?(?:主要)?问题|问题及原因|偏[差离]原因|原因分析)[一-龥]{0,8}[:\s]*(?:暂?无|没有)(?![一-龥])|"
    r"(?:暂?无|没有|不存在|(?:暂|尚)?未发现)(?:任何|明显|突出)?(?:需要?[^,，。;；]{1,8}的)?问题|(?:虽|均|都)?未(?:发生)?偏离|无偏[差离]"
)
_FIELDS = ("report_text", "actual_summary")
_ROUNDING = 0.01


def _is_deducted(row: Row) -> bool:
    """Tell whether a row lost points or missed its target."""
    weight, score = row.indicator.weight, row.indicator.score
    lost = weight is not None and score is not None and score < weight - _ROUNDING
    return lost or is_missed(row)


def _check(context: ReviewContext) -> Iterator[Hit]:
    faulty = [row for row in context.rows if _is_deducted(row)]
    if not faulty:
        return
    names = enumerate_names([row.indicator.name for row in faulty], 3)
    values = {"count": len(faulty), "names": names}
    advice = Suggestion("请对照扣分和未完成的指标，逐项写明问题、原因和整改措施。")
    stated = context.evaluation.problems if context.evaluation else None
    if stated and (is_empty_reason(stated) or says_nothing(fold(stated).text)):
        claim = f"存在问题：{shorten(stated)}"
        yield Hit(field="problems", values={"claim": claim, **values}, suggestion=advice)
        return
    for field in _FIELDS:
        text = fold(getattr(context.declaration, field, None) or "")
        match = _CLAIM.search(text.text)
        if match:
            yield Hit(
                field=field,
                span=text.origin(*match.span()),
                values={"claim": match.group(), **values},
                suggestion=advice,
            )
            return


RULE = Rule(
    code="TR08",
    name="truth.no_problem_claimed",
    severity=Severity.WARNING,
    message="自评称“{claim}”，但有{count}项指标扣分或未完成（{names}），前后矛盾，请如实说明问题。",
    question="扣分和未完成的指标（{names}）反映出什么问题，为什么没有写入自评？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)
