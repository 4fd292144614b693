from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.bundle import bundled_cases, bundled_library
from corpus.knowledge import Knowledge
from corpus.records import Case, Declaration, Indicator, LibraryType, SelfEvaluation
from corpus.store import ImportCounts, Store


def project(**changes: object) -> Declaration:
    fields: dict[str, object] = {
        "project_name": "农村公路养护工程",
        "department": "某县交通运输局",
        "region": "某省某县",
        "year": 2024,
        "indicators": (
            Indicator(level1="产出指标", level2="数量指标", name="养护里程", target="≥120公里"),
            Indicator(level1="产出指标", level2="质量指标", name="工程验收合格率", target="100%"),
        ),
    }
    return Declaration.model_validate({**fields, **changes})


def test_seeding_stores_the_bundled_knowledge_unchanged(store: Store) -> None:
    counts = store.seed_bundled()
    bundled = Knowledge.bundled()
    assert counts == ImportCounts(added=len(bundled.types) + len(bundled.cases))
    loaded = store.knowledge()
    assert loaded == bundled
    assert loaded.fingerprint == bundled.fingerprint


def test_seeding_again_changes_nothing(store: Store) -> None:
    store.seed_bundled()
    again = store.seed_bundled()
    assert (again.added, again.updated) == (0, 0)
    assert store.counts().types == len(bundled_library())


def test_a_new_bundle_updates_adds_and_removes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = bundled_cases()[:3]
    changed = old[0].model_copy(update={"goal": "修订后的目标"})
    for fingerprint, cases in (("a", old), ("b", (changed, old[1], bundled_cases()[3]))):
        monkeypatch.setattr(
            "corpus.store.store.bundle_fingerprint", lambda value=fingerprint: value
        )
        monkeypatch.setattr("corpus.store.store.bundled_cases", lambda value=cases: value)
        monkeypatch.setattr("corpus.store.store.bundled_library", lambda: ())
        counts = store.seed_bundled()
    assert counts == ImportCounts(added=1, updated=1, unchanged=1)
    assert store.knowledge().cases_by_id.keys() == {
        str(case.id) for case in (changed, old[1], bundled_cases()[3])
    }
    assert store.knowledge().cases_by_id[str(old[0].id)].goal == "修订后的目标"


def test_the_same_cases_twice_are_unchanged(store: Store) -> None:
    assert store.add_cases([project()]) == ImportCounts(added=1)
    assert store.add_cases([project()]) == ImportCounts(unchanged=1)
    (case,) = store.knowledge().cases
    assert case.origin == "user"
    assert str(case.id).startswith("case-")
    assert len(str(case.id)) == len("case-") + 10
    assert [row.name for row in case.indicators] == ["养护里程", "工程验收合格率"]


def test_a_changed_case_of_the_same_project_is_updated_under_its_id(store: Store) -> None:
    store.add_cases([project()])
    before = store.knowledge().cases[0].id
    later = project(indicators=(Indicator(name="养护里程", target="≥150公里"),))
    assert store.add_cases([later]) == ImportCounts(updated=1)
    (case,) = store.knowledge().cases
    assert case.id == before
    assert [row.target for row in case.indicators] == ["≥150公里"]


def test_a_case_is_known_by_its_id_even_when_renamed(store: Store) -> None:
    store.add_cases([project(id="A-1")])
    assert store.add_cases([project(id="A-1", project_name="县乡道养护")]) == ImportCounts(
        updated=1
    )
    (case,) = store.knowledge().cases
    assert (case.id, case.project_name) == ("A-1", "县乡道养护")


def test_other_years_units_and_places_are_other_projects(store: Store) -> None:
    others = [
        project(),
        project(year=2023),
        project(department="另一县交通运输局"),
        project(region="某省另一县"),
    ]
    assert store.add_cases(others) == ImportCounts(added=4)


def test_a_bare_name_does_not_make_two_projects_one(store: Store) -> None:
    bare = {"department": None, "region": None, "year": None, "project_name": "办公经费"}
    first = project(**bare, goal="保障甲单位运转")
    second = project(**bare, goal="保障乙单位运转")
    assert store.add_cases([first, second, first]) == ImportCounts(added=2, unchanged=1)


def test_later_records_of_one_import_win(store: Store) -> None:
    assert store.add_cases([project(), project(goal="新目标")]) == ImportCounts(added=1, updated=1)
    assert store.knowledge().cases[0].goal == "新目标"


def test_a_self_evaluation_keeps_its_results(store: Store) -> None:
    report = SelfEvaluation.model_validate(
        {
            **project().model_dump(),
            "budget_wan": 120.5,
            "executed_wan": 0.1 + 0.2,
            "execution_rate": 98.7,
            "total_score": 96.5,
            "actual_summary": "养护125公里",
            "report_text": "一、基本情况\n……",
            "indicators": [
                {"name": "养护里程", "target": "≥120公里", "actual": "125公里", "score": 10}
            ],
            "history": [project(year=2023).model_dump()],
        }
    )
    store.add_cases([report])
    (case,) = store.knowledge().cases
    expected = Case.model_validate({**report.model_dump(), "id": case.id, "origin": "user"})
    assert case == expected


def test_personal_data_and_unstorable_characters_are_not_stored(store: Store) -> None:
    dirty = project(
        goal="养护公路\x00120公里，联系人：张小三 13812345678，电话：0745-1234567。\ud800",
        indicators=(Indicator(name="养护里程", target="≥120公里", location="表!B2"),),
        report_text="项目负责人：李四，身份证110101199001011234",
    )
    store.add_cases([dirty])
    (case,) = store.knowledge().cases
    text = case.model_dump_json()
    for personal in ("张小三", "13812345678", "1234567", "李四", "110101199001011234"):
        assert personal not in text
    assert case.goal.startswith("养护公路120公里")
    assert case.indicators[0].location is None


def test_a_year_out_of_range_does_not_stop_an_import(store: Store) -> None:
    assert store.add_cases([project(year=99999999999), project()]).added == 2


def test_a_users_version_of_a_bundled_type_stays(store: Store) -> None:
    store.seed_bundled()
    bundled = bundled_library()[0]
    rows = (bundled.indicators[0].model_copy(update={"typical": 12.0}), *bundled.indicators[1:])
    own = bundled.model_copy(update={"id": "", "indicators": rows})
    assert store.add_library([own]) == ImportCounts(updated=1)
    with_engine_state_lost(store)
    store.seed_bundled()
    entry = store.knowledge().types_by_id[bundled.id]
    assert (entry.origin, entry.indicators[0].typical) == ("user", 12.0)
    assert store.counts().user_types == 1


def with_engine_state_lost(store: Store) -> None:
    """Forget which bundle was seeded, as a new version of the program would find it."""
    from sqlalchemy import text

    with store._engine.begin() as connection:
        connection.execute(text("DELETE FROM store_state"))


def test_library_entries_are_idempotent_and_get_an_id(store: Store) -> None:
    entry = LibraryType.model_validate(
        {
            "id": "",
            "function_code": "213",
            "project_type": "稻渔综合种养",
            "aliases": ["稻虾共作"],
            "indicators": [{"level1": "产出指标", "level2": "数量指标", "name": "稻渔种养面积"}],
        }
    )
    assert store.add_library([entry]) == ImportCounts(added=1)
    assert store.add_library([entry]) == ImportCounts(unchanged=1)
    (stored,) = store.knowledge().types
    assert stored == entry.model_copy(update={"id": stored.id, "origin": "user"})
    assert stored.id.startswith("lib-")


def test_two_stores_on_one_database_see_the_same(
    store: Store, open_store: Callable[..., Store]
) -> None:
    store.add_cases([project()])
    other = open_store()
    other.migrate()
    assert other.knowledge() == store.knowledge()


def test_the_version_changes_with_the_records_and_only_then(store: Store) -> None:
    empty = store.version()
    store.add_cases([project()])
    filled = store.version()
    store.add_cases([project()])
    assert store.version() == filled != empty
    store.add_cases([project(goal="新目标")])
    assert store.version() != filled


def test_the_mark_stays_until_somebody_commits(
    store: Store, open_store: Callable[..., Store]
) -> None:
    first = store.mark()
    if first is None:
        pytest.skip("this database does not count commits")
    store.knowledge()
    assert store.mark() == first
    store.add_cases([project()])
    second = store.mark()
    assert second != first
    other = open_store()
    other.add_cases([project(goal="新目标")])
    third = store.mark()
    assert third not in (None, first, second)
    store.close()
    assert store.mark() not in (None, first, second, third)


def test_what_a_form_says_beside_its_rows_is_kept(store: Store) -> None:
    case = Case.model_validate(
        {
            "id": "case-form",
            "project_name": "农村公路养护工程",
            "year": 2024,
            "funds": [{"source": "其中：当年财政拨款", "budget_wan": 60.0, "executed_wan": 55.5}],
            "grade": "良",
            "problems": "两处路基返工。",
            "stage": "monitoring",
            "as_of": "2024-09-30",
            "forecast_wan": 80.0,
            "indicators": [
                {
                    "name": "养护里程",
                    "target": "≥120公里",
                    "scoring_rule": "每少1公里扣0.5分",
                    "forecast": "120公里",
                }
            ],
            "origin": "user",
        }
    )
    store.add_cases([case])
    assert store.knowledge().cases_by_id["case-form"] == case
