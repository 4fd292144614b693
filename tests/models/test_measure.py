"""Names are compared by what they measure, judged on a hand-written table of pairs."""

from __future__ import annotations

import pytest

from corpus.bundle import bundled_library
from models.measure import SAME, same_measure, split_name

SAME_THING = [
    ("村内道路硬化里程", "硬化村内道路长度"),
    ("群众满意度", "受益群众满意度"),
    ("群众满意度", "服务对象满意程度"),
    ("工程验收合格率", "项目验收合格率"),
    ("农村公路日常养护里程", "日常养护农村公路里程"),
    ("新建农村公共厕所", "农村公厕新建数量"),
    ("补贴发放及时率", "补助资金发放及时率"),
    ("按期完工率", "完工及时率"),
    ("参训人数", "培训人数"),
    ("农村公路单位造价", "农村公路每公里造价"),
    ("购置设备数量", "采购设备"),
    ("带动就业人数", "新增就业人数"),
    ("河道清淤长度（≥**公里）", "清淤河道里程"),
    ("2023年造林面积", "造林面积"),
    ("文物安全巡查次数", "文物巡查次数"),
    ("学生对校园维修改造的满意度", "学生满意度"),
    ("享受资助人数达到预计值", "享受资助人数"),
]
DIFFERENT_THINGS = [
    ("参训人数", "参训率"),
    ("参训人数", "培训场次"),
    ("造林面积", "造林成活率"),
    ("学生满意度", "家长满意度"),
    ("补贴发放率", "补贴发放及时率"),
    ("路灯维修数量", "路灯安装数量"),
    ("受益户数", "受益人数"),
    ("资金到位率", "工程完成率"),
    ("村内道路硬化里程", "村内道路硬化面积"),
    ("设备验收合格率", "设备完好率"),
    ("河道清淤长度", "道路养护长度"),
    ("", "验收合格率"),
]


@pytest.mark.parametrize(("a", "b"), SAME_THING)
def test_one_thing_in_other_words(a: str, b: str) -> None:
    assert same_measure(a, b) >= SAME


@pytest.mark.parametrize(("a", "b"), DIFFERENT_THINGS)
def test_different_things_in_like_words(a: str, b: str) -> None:
    assert same_measure(a, b) < SAME


@pytest.mark.parametrize(("a", "b"), SAME_THING + DIFFERENT_THINGS)
def test_similarity_is_symmetric_and_bounded(a: str, b: str) -> None:
    assert same_measure(a, b) == same_measure(b, a)
    assert 0 <= same_measure(a, b) <= 1
    assert same_measure(a, a) == 1


@pytest.mark.parametrize(
    ("name", "thing", "facet", "aspect"),
    [
        ("村内道路硬化里程", "村内道路硬化", "里程", "长度"),
        ("工程竣工验收合格率", "工程", "竣工验收合格率", "合格率"),
        ("受益群众满意度", "受益群众", "满意度", "满意度"),
        ("按时发放补贴", "按时发放补贴", "", "及时率"),
        ("种苗产地检疫率", "种苗产地", "检疫率", "检疫率"),
        ("山坪塘整治", "山坪塘整治", "", ""),
    ],
)
def test_name_is_split_into_object_and_aspect(
    name: str, thing: str, facet: str, aspect: str
) -> None:
    measure = split_name(name)
    assert (measure.object, measure.facet, measure.aspect) == (thing, facet, aspect)


def test_aspects_agree_with_the_facets_of_the_library() -> None:
    rows = [row for entry in bundled_library() for row in entry.indicators if row.facet]
    agreeing = [r for r in rows if split_name(r.facet).aspect == split_name(r.name).aspect]
    assert len(agreeing) / len(rows) > 0.9
