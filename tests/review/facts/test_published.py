"""A row of a known case is known again, however its sign is written."""

from corpus.records import Case, Indicator
from review.facts.published import PublishedRows


def test_only_rows_with_name_and_target_of_a_case_are_known() -> None:
    row = Indicator(name="新增 灌溉面积", target="不少于4200亩")
    published = PublishedRows([Case(id="c", project_name="灌区改造", indicators=(row,))])
    assert published.has("新增灌溉面积", "≥4200亩")
    assert not published.has("新增灌溉面积", "≥4300亩")
    assert not published.has("灌溉面积", "≥4200亩")
