"""The steps of a project, each taken by a post through the workflow itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from api.demo import places
from api.demo.plan import Fate, Project, begun
from api.http.reviewing import keep_if_new
from corpus.workflow import submissions, verdicts
from corpus.workflow.audit import Scribe
from corpus.workflow.findings import keyed_findings
from corpus.workflow.status import FindingVerdict, Verdict

_DISMISSING = {"error": 0.0, "warning": 0.06, "info": 0.25}
"""How often the county's reviewers do not follow a finding."""
_TERM = 10
"""Days that a reviewer is given."""
_DISMISSED = "单位已作说明，本项目按现有写法可以考核"
_PASSED = "指标完整、可考核，同意。"
_IMPROVED = "已按意见修改，指标完整、可考核，同意。"

Act = Callable[[Scribe, dict[str, str]], None]
"""Does one thing; given a scribe of the post, and the ids of accounts by login."""


@dataclass(frozen=True)
class Step:
    """One thing that a post does."""

    at: datetime
    login: str
    act: Act


def steps(project: Project, now: datetime) -> Iterator[Step]:
    """Yield what happens to a project, in order."""
    start, fate = begun(project, now), project.fate or Fate.DRAFT
    author = places.author_login(project.place.name)
    first, second = places.reviewer_logins(project.division)

    def at(days: float) -> datetime:
        return start + timedelta(days=days * project.pace)

    yield Step(start, author, lambda scribe, _: _create(scribe, project))
    if fate is Fate.DRAFT:
        return
    yield Step(at(0.1), author, lambda scribe, _: _submit(scribe, project))
    if fate is Fate.WAITING:
        return
    both = fate in (Fate.DISPUTED, Fate.SETTLED)
    assigned = (first, second) if both else (first,)
    due = (at(1) + timedelta(days=_TERM)).date().isoformat()
    yield Step(at(1), places.LEAD, lambda scribe, ids: _assign(scribe, project, assigned, ids, due))
    if fate is Fate.ASSIGNED:
        return
    share = 0.5 if fate is Fate.REVIEWING else 1.1 - 0.1 * project.pace**3
    yield Step(at(4), first, lambda scribe, _: _judge_findings(scribe, project, share))
    if fate is Fate.REVIEWING:
        return
    verdict = _VERDICTS.get(fate, Verdict.RETURN)
    late = 0.0 if both else project.lateness
    yield Step(at(6 + late), first, lambda scribe, _: _judge(scribe, project, verdict))
    if both:
        yield Step(at(7), second, lambda scribe, _: _judge(scribe, project, Verdict.PASS))
    if fate is Fate.SETTLED:
        yield Step(at(9), places.LEAD, lambda scribe, _: _judge(scribe, project, Verdict.RETURN))
    if not fate.improves:
        return
    yield Step(at(10 + late), author, lambda scribe, _: _save(scribe, project))
    yield Step(at(10.1 + late), author, lambda scribe, _: _submit(scribe, project))
    if fate is Fate.IMPROVED:
        yield Step(at(14 + late), first, lambda scribe, _: _judge(scribe, project, Verdict.PASS))


_VERDICTS = {Fate.PASSED: Verdict.PASS, Fate.REJECTED: Verdict.REJECT}


def _create(scribe: Scribe, project: Project) -> None:
    place, note = str(scribe.actor.organisation_id), project.note
    made = submissions.create(scribe, place, project.kind, project.versions[0], note)
    project.id = made.id
    keep_if_new(scribe, made, project.reviews[0])


def _submit(scribe: Scribe, project: Project) -> None:
    submissions.submit(scribe, project.id, None)


def _save(scribe: Scribe, project: Project) -> None:
    saved = submissions.save(scribe, project.id, project.versions[-1], "按审核意见修改", None)
    keep_if_new(scribe, saved, project.reviews[-1])


def _assign(
    scribe: Scribe, project: Project, logins: tuple[str, ...], ids: dict[str, str], due: str
) -> None:
    verdicts.assign(scribe, project.id, [ids[login] for login in logins], due, None)


def _judge_findings(scribe: Scribe, project: Project, share: float) -> None:
    """Follow or dismiss the findings of the first version, as many as a share of them."""
    keyed, chance = keyed_findings(project.reviews[0]), project.random
    for key, finding in list(keyed.items())[: round(len(keyed) * min(1.0, share))]:
        if chance.random() < _DISMISSING[finding["severity"]]:
            verdict, reason = FindingVerdict.DISMISSED, _DISMISSED
        else:
            verdict, reason = FindingVerdict.CONFIRMED, ""
        verdicts.judge_finding(scribe, project.id, key, verdict, reason)


def _judge(scribe: Scribe, project: Project, verdict: Verdict) -> None:
    verdicts.judge(scribe, project.id, verdict, _reason(project, verdict))


def _reason(project: Project, verdict: Verdict) -> str:
    if verdict is Verdict.PASS:
        return _PASSED if len(project.versions) == 1 else _IMPROVED
    findings: list[dict[str, Any]] = project.reviews[0]["findings"]
    told = "".join(finding["message"] for finding in findings[:2])
    if verdict is Verdict.REJECT:
        return f"不具备安排预算的条件。{told}"
    return f"共 {len(findings)} 条意见，请逐条修改后重新提交。{told}"
