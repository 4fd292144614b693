"""A form's scheme is recognised from what stands on it, and never assumed."""

from __future__ import annotations

import pytest

from corpus.errors import InputError
from corpus.records import Declaration, Indicator, SelfEvaluation
from corpus.schemes import KNOWN, PLAIN, WITH_COST, scheme_named
from recommender.form_scheme import default, recognise

Row = tuple[str, str, float | None]


def form(*rows: Row, blank: tuple[Row, ...] = ()) -> Declaration:
    def made(row: Row, name: str) -> Indicator:
        return Indicator(level1=row[0], level2=row[1], name=name, weight=row[2])

    return Declaration(
        project_name="某项目",
        indicators=tuple(made(row, f"指标{place}名称") for place, row in enumerate(rows)),
        blank_rows=tuple(made(row, "") for row in blank),
    )


FIFTY_THIRTY_TEN = (
    ("产出指标", "数量指标", 20.0),
    ("产出指标", "质量指标", 20.0),
    ("产出指标", "时效指标", 10.0),
    ("效益指标", "社会效益指标", 30.0),
    ("满意度指标", "服务对象满意度指标", 10.0),
)


def test_points_on_the_headings_of_an_empty_form() -> None:
    found = recognise(
        form(
            blank=(
                ("产出指标（50分）", "数量指标", None),
                ("产出指标（50分）", "质量指标", None),
                ("效益指标（30分）", "社会效益指标", None),
                ("满意度指标（10分）", "服务对象满意度指标", None),
            )
        )
    )
    assert found is not None
    assert found.recognised
    assert found.scheme is PLAIN


def test_points_on_second_levels_make_up_the_first() -> None:
    found = recognise(
        form(
            blank=(
                ("产出指标", "数量指标（25分）", None),
                ("产出指标", "质量指标（25分）", None),
                ("效益指标", "社会效益指标（40分）", None),
                ("满意度指标（10%）", "", None),
            )
        )
    )
    assert found is not None
    assert found.scheme.name == "产出50+效益40+满意度10"
    assert found.scheme.within == {"数量指标": 25, "质量指标": 25, "社会效益指标": 40}


def test_a_table_of_ninety_leaves_ten_to_the_execution_rate() -> None:
    found = recognise(form(*FIFTY_THIRTY_TEN))
    assert found is not None
    assert found.scheme is PLAIN


def test_a_table_of_hundred_has_no_execution_rate() -> None:
    rows = (*FIFTY_THIRTY_TEN[:3], ("效益指标", "经济效益指标", 40.0), FIFTY_THIRTY_TEN[4])
    found = recognise(form(*rows))
    assert found is not None
    assert (found.scheme.name, found.scheme.execution) == ("产出50+效益40+满意度10", 0)


def test_the_form_of_2023_with_cost_as_a_first_level() -> None:
    found = recognise(
        form(
            ("成本指标", "经济成本指标", 20.0),
            ("产出指标", "数量指标", 40.0),
            ("效益指标", "社会效益指标", 20.0),
            ("满意度指标", "服务对象满意度指标", 10.0),
        )
    )
    assert found is not None
    assert found.scheme is WITH_COST


def test_cost_under_output_counts_as_output() -> None:
    rows = (*FIFTY_THIRTY_TEN[:2], ("产出指标", "成本指标", 10.0), *FIFTY_THIRTY_TEN[3:])
    found = recognise(form(*rows))
    assert found is not None
    assert found.scheme is PLAIN
    assert found.scheme.placed("成本指标", "经济成本指标") == ("产出指标", "成本指标")


def test_execution_rate_as_a_row_or_a_stated_weight() -> None:
    rows = (*FIFTY_THIRTY_TEN[:4], ("满意度指标", "服务对象满意度指标", 5.0))
    with_row = form(*rows, ("预算执行率", "", 15.0))
    found = recognise(with_row)
    assert found is not None
    assert found.scheme.execution == 15
    stated = SelfEvaluation(**form(*rows).model_dump(), execution_weight=15)
    found = recognise(stated)
    assert found is not None
    assert found.scheme.name == "产出50+效益30+满意度5+执行率15"


def test_whole_levels_that_agree_with_one_known_scheme() -> None:
    rows = (*FIFTY_THIRTY_TEN[:4], ("满意度指标", "服务对象满意度指标", None))
    found = recognise(form(*rows))
    assert found is not None
    assert found.scheme is PLAIN
    assert recognise(form(*FIFTY_THIRTY_TEN[:3])) is None  # one level may be chance


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (("产出指标", "数量指标", 17.0), ("效益指标", "社会效益指标", 13.0)),
        (*FIFTY_THIRTY_TEN[:3], ("效益指标", "社会效益指标", 25.0), FIFTY_THIRTY_TEN[4]),
        (("产出指标", "数量指标", 60.0), ("效益指标", "社会效益指标", 20.0)),  # 满意度 may lack
    ],
)
def test_what_does_not_add_up_is_left_open(rows: tuple[Row, ...]) -> None:
    declaration = form(*rows)
    assert recognise(declaration) is None
    used = default(declaration, ["产出指标"])
    assert not used.recognised
    assert used.scheme is PLAIN
    assert used.basis.startswith("默认方案")


def test_without_points_the_structure_decides_the_default() -> None:
    assert default(form(blank=(("成本指标", "", None),)), []).scheme is WITH_COST
    old = form(("产出指标", "成本指标", None))
    assert default(old, ["成本指标"]).scheme is PLAIN
    assert default(form(), ["成本指标"]).scheme is WITH_COST


def test_a_regional_scheme_is_recognised_too() -> None:
    regional = scheme_named("产出45+效益35+满意度10+执行率10")
    rows = (
        ("产出指标", "数量指标", 45.0),
        ("效益指标", "社会效益指标", 35.0),
        ("满意度指标", "服务对象满意度指标", None),
    )
    assert recognise(form(*rows)) is None
    found = recognise(form(*rows), [regional])
    assert found is not None
    assert found.scheme is regional


@pytest.mark.parametrize("name", [*KNOWN, PLAIN.name, WITH_COST.name])
def test_known_schemes_by_name(name: str) -> None:
    scheme = scheme_named(name)
    assert scheme in (PLAIN, WITH_COST)
    assert scheme.total + scheme.execution == 100


def test_a_scheme_in_words_may_be_written_freely() -> None:
    scheme = scheme_named("产出指标60分、效益指标30分、满意度10分")
    assert dict(scheme.parts) == {"产出指标": 60, "效益指标": 30, "满意度指标": 10}
    assert scheme.execution == 0
    assert dict(scheme_named("数量30+质量30+效益30+满意度10").within) == {
        "数量指标": 30,
        "质量指标": 30,
    }


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("产出50+效益30", "合计为80分"),
        ("产出50+幸福50", "幸福"),
        ("标准方案", "写法不对"),
        ("", "写法不对"),
        ("产出50+效益30+满意度10+执行率10。另见附件", "写法不对"),
    ],
)
def test_an_unreadable_scheme_is_refused_with_an_example(text: str, fault: str) -> None:
    with pytest.raises(InputError, match=fault) as caught:
        scheme_named(text)
    assert "执行率10" in caught.value.hint
