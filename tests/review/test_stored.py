from __future__ import annotations

from pathlib import Path

import pytest

from api.workspace import Workspace
from corpus.importers import read_declarations
from corpus.records import SelfEvaluation
from review.feedback.content import compose_feedback
from review.feedback.text import to_text
from review.stored import read_result

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
_MADE_ANEW = {"suppressed", "rows", "findings"}


@pytest.mark.parametrize(
    ("name", "kind"), [("设施农业技术培训.xlsx", "declaration"), ("临时救助自评表.json", "report")]
)
def test_a_stored_review_says_in_a_letter_what_it_said_when_it_was_made(
    workspace: Workspace, name: str, kind: str
) -> None:
    read = read_declarations(EXAMPLES / name).records[0]
    record = SelfEvaluation.model_validate(read.model_dump())
    made = workspace.review(record) if kind == "declaration" else workspace.review_report(record)
    assert made.findings
    again = read_result(made.to_dict(), record)
    told = [
        to_text(compose_feedback(result, kind))  # type: ignore[arg-type]
        for result in (made, again)
    ]
    assert told[0] == told[1]
    before, after = made.to_dict(), again.to_dict()
    for part in before.keys() - _MADE_ANEW:
        assert after[part] == before[part], part


def test_reviewers_words_stand_before_what_the_program_counts(workspace: Workspace) -> None:
    record = read_declarations(EXAMPLES / "设施农业技术培训.xlsx").records[0]
    result = workspace.review(SelfEvaluation.model_validate(record.model_dump()))
    feedback = compose_feedback(result, remarks=["请补充培训人数的测算依据", " "])
    assert feedback.summary[0] == "请补充培训人数的测算依据。"
    assert len(feedback.summary) == 1 + len(compose_feedback(result).summary)
