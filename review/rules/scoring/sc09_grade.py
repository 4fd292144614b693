"""SC09 scoring.grade — 自评等级与总分的分档不符

反例：
    总分86分，自评等级填“优”。
正例：
    总分86分，自评等级为“良”。
理由：
    等级决定结果应用，填高一档会使应整改的项目免于整改。
已知局限：
    按90、80、60分档；地方另有分档办法的请注明。
依据：
    财预〔2020〕10号：90（含）—100分为优、80（含）—90分为良、60（含）—80分为中、60分以下为差。
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.schemes import FULL
from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.scoring.rescoring import grade_of
from review.wording import number

_GRADES = "优良中差"


def _check(context: ReviewContext) -> Iterator[Hit]:
    evaluation = context.evaluation
    if evaluation is None or not evaluation.grade or evaluation.total_score is None:
        return
    stated = next((letter for letter in evaluation.grade if letter in _GRADES), None)
    due = grade_of(evaluation.total_score)
    if stated is None or stated == due or not 0 <= evaluation.total_score <= FULL:
        return
    yield Hit(
        field="grade",
        values={"total": number(evaluation.total_score), "stated": stated, "due": due},
        suggestion=Suggestion(f"请按总分更正为“{due}”。"),
    )


RULE = Rule(
    code="SC09",
    name="scoring.grade",
    severity=Severity.ERROR,
    message="自评总分{total}分，按分档应为“{due}”，自评等级却填“{stated}”，请更正。",
    question="等级“{stated}”按哪个分档办法评定？总分{total}分与等级哪一个有误？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.95,
)
