"""What a unit accepts, rejects and edits decides what is suggested next, at once."""

from __future__ import annotations

import pytest

from corpus.records import Declaration, Indicator
from corpus.schemes import PLAIN, scheme_named
from models.measure import same_measure
from recommender import Recommender
from recommender.answers import Answers
from recommender.session import Session

ROADS = Declaration(
    project_name="农村公路日常养护",
    department="县交通运输局",
    function_code="214",
    budget_wan=854,
    description="对县道、乡道、村道680公里进行日常保洁、路面修补和边沟清理",
)


@pytest.fixture(scope="module")
def session(recommender: Recommender) -> Session:
    return recommender.session(ROADS)


def row(level1: str, level2: str, name: str, target: str = "≥95%", weight: float | None = None):
    return Indicator(level1=level1, level2=level2, name=name, target=target, weight=weight)


def test_without_answers_a_session_says_what_the_recommender_says(
    recommender: Recommender, session: Session
) -> None:
    assert session.recommend() == recommender.recommend(ROADS)
    assert session.recommend() == session.recommend()


def test_accepted_rows_are_completed_and_not_repeated(session: Session) -> None:
    first = session.recommend()
    taken = [s for s in first.suggestions if s.level2 in ("数量指标", "时效指标")]
    answers = Answers()
    for s in taken:
        answers = answers.accept(row(s.level1, s.level2, s.name, s.target.suggested or "按计划"))
    then = session.recommend(answers=answers)
    names = [s.name for s in then.suggestions]
    assert not {s.name for s in taken} & set(names)
    for s in taken:
        assert max(same_measure(s.name, name) for name in names) < 0.7
    assert [kept.row.name for kept in then.accepted] == [s.name for s in taken]
    total = sum(kept.weight for kept in then.accepted) + sum(s.weight for s in then.suggestions)
    assert total == 90
    levels = {s.level2 for s in then.suggestions}
    assert {"质量指标", "服务对象满意度指标"} <= levels


def test_a_rejected_one_gives_way_to_another(session: Session) -> None:
    first = session.recommend()
    answers = Answers()
    for s in first.suggestions[:4]:
        answers = answers.reject(s.name)
    then = session.recommend(answers=answers)
    names = {s.name for s in then.suggestions}
    for s in first.suggestions[:4]:
        assert all(same_measure(s.name, name) < 0.7 for name in names)
    assert len(names - {s.name for s in first.suggestions}) >= 1


def test_an_edited_row_replaces_its_suggestion_for_good(session: Session) -> None:
    first = session.recommend().suggestions[0]
    edited = row(first.level1, first.level2, "完全不同的说法", "10个")
    answers = Answers().accept(edited, instead_of=first.name)
    names = [s.name for s in session.recommend(answers=answers).suggestions]
    assert first.name not in names
    assert edited.name not in names
    assert Answers().accept(edited).reject(edited.name).accepted == ()


def test_gaps_of_the_structure_come_first(session: Session) -> None:
    full = [row("产出指标", "数量指标", f"{thing}数量", "10个") for thing in "甲乙丙丁"]
    then = session.recommend(top=9, answers=Answers(tuple(full)))
    assert len(then.suggestions) == 5
    assert {"质量指标", "时效指标", "服务对象满意度指标"} <= {s.level2 for s in then.suggestions}


def test_more_rows_than_asked_for_leave_nothing_to_add(session: Session) -> None:
    rows = tuple(row("产出指标", "数量指标", f"{thing}数量", "10个") for thing in "甲乙丙")
    assert not session.recommend(top=2, answers=Answers(rows)).suggestions


def test_own_weights_stay_and_the_rest_share_what_is_left(session: Session) -> None:
    own = row("产出指标", "数量指标", "日常养护里程", "≥680公里", 25)
    then = session.recommend(answers=Answers((own,)), scheme=PLAIN)
    assert then.accepted[0].weight == 25
    assert then.accepted[0].is_own
    output = [s.weight for s in then.suggestions if s.level1 == "产出指标"]
    assert sum(output) == 25
    assert all(isinstance(weight, int) for weight in output)


def test_weights_that_cannot_fit_are_said(session: Session) -> None:
    own = row("产出指标", "数量指标", "日常养护里程", "≥680公里", 70)
    notes = session.recommend(answers=Answers((own,)), scheme=PLAIN).notes
    assert any("已填的分值合计70分" in note for note in notes)


def test_a_form_without_cost_lists_it_under_output(session: Session) -> None:
    chosen = session.recommend(scheme=PLAIN)
    assert not any(s.level1 == "成本指标" for s in chosen.suggestions)
    assert any((s.level1, s.level2) == ("产出指标", "成本指标") for s in chosen.suggestions)
    assert chosen.scheme_basis == "按指定的方案"
    assert session.recommend().scheme_basis.startswith("默认方案")


def test_blank_parts_of_the_form_are_filled(session: Session) -> None:
    blank = ROADS.model_copy(
        update={"blank_rows": (Indicator(level1="效益指标（30分）", level2="生态效益指标"),)}
    )
    then = session.recommend(form=blank)
    assert any(s.level2 == "生态效益指标" for s in then.suggestions)


def test_a_regional_scheme_is_used_unless_the_form_shows_another(session: Session) -> None:
    regional = scheme_named("产出50+效益40+满意度10")
    assert session.recommend(regional=regional).scheme == regional.name
    rows = (
        row("产出指标", "数量指标", "日常养护里程", "≥680公里", 50),
        row("效益指标", "社会效益指标", "通行时间缩短率", "≥5%", 30),
        row("满意度指标", "", "群众满意度", "≥90%", 10),
    )
    form = ROADS.model_copy(update={"indicators": rows})
    assert session.recommend(regional=regional, form=form).scheme == PLAIN.name
