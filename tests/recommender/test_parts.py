"""Goals of several sub-projects are split, those of one thing are not."""

from __future__ import annotations

import pytest

from corpus.records import Declaration
from recommender import Recommender
from recommender.parts import parts_of

SEVERAL = Declaration(
    project_name="农业农村综合发展项目",
    function_code="213",
    goal="一是新建高标准农田5000亩，配套机耕路12公里；二是开展高素质农民培训300人；"
    "三是改造农村户厕450座；四是建设村级冷库3座。",
)


def titles(goal: str) -> list[str]:
    found = parts_of(Declaration(project_name="综合发展项目", goal=goal), 6000)
    return [part.title for part in found]


@pytest.mark.parametrize(
    "goal",
    [
        "一是新建高标准农田500亩；二是培训高素质农民300人",
        "1.新建高标准农田500亩。2.培训高素质农民300人。",
        "（1）新建高标准农田500亩；（2）培训高素质农民300人",
        "子项目1：新建高标准农田500亩 子项目2：培训高素质农民300人",
        "新建高标准农田500亩；培训高素质农民300人",
    ],
)
def test_every_way_to_enumerate(goal: str) -> None:
    assert titles(goal) == ["新建高标准农田", "培训高素质农民"]


@pytest.mark.parametrize(
    "goal",
    [
        "硬化村内道路12公里，新建供水设施20座，6月底前完工",
        "一是完成道路硬化12公里；二是确保验收合格率100%；三是群众满意度达到95%以上",
        "保障刑事案件侦办；提高破案率；维护社会治安稳定",
        "",
    ],
)
def test_one_task_is_no_list(goal: str) -> None:
    assert titles(goal) == []


def test_each_part_gets_indicators_of_its_own(recommender: Recommender) -> None:
    found = recommender.recommend(SEVERAL)
    wanted = ["新建高标准农田", "高素质农民培训", "农村户厕改造", "建设村级冷库"]
    assert [part.title for part in found.parts] == wanted
    for title in wanted:
        assert [row for row in found.suggestions if row.part == title], title
    assert len({row.name for row in found.suggestions}) == len(found.suggestions) <= 16
    assert found.to_dict()["parts"][1]["text"] == "开展高素质农民培训300人"


def test_components_of_one_thing_are_not_split(recommender: Recommender) -> None:
    found = recommender.recommend(
        Declaration(
            project_name="县城供水管网改造工程",
            function_code="212",
            goal="1.改造供水管网20公里；2.更换智能水表3000块；3.新建加压泵站2座",
        )
    )
    assert not found.parts
    assert "供水管网改造长度" in {row.name for row in found.suggestions}
