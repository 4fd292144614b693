"""Counts of sixty described projects: the names that a budget officer would accept for each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.records import Declaration
from recommender.bare_counts import with_objects
from recommender.objects import deliverables
from recommender.project import Project

_LINES = (Path(__file__).parent / "described.jsonl").read_text(encoding="utf-8").splitlines()
_PROJECTS = [json.loads(line) for line in _LINES]


def read(**fields: Any) -> dict[str, list[str]]:
    """Return the names of the counts that a project states, by their target."""
    project = Project.of(Declaration.model_validate({"project_name": "项目", **fields}), 6000)
    found: dict[str, list[str]] = {}
    for item in with_objects(deliverables(project, 30), project):
        found.setdefault(item.target, []).append(item.name)
    return found


@pytest.mark.parametrize("known", _PROJECTS, ids=[each["project_name"] for each in _PROJECTS])
def test_stated_counts_are_named_well(known: dict[str, Any]) -> None:
    counts = known.pop("counts")
    found = read(**known)
    badly = {
        target: found.get(target)
        for target, names in counts.items()
        if not set(names) & set(found.get(target, ()))
    }
    assert not badly


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("为受灾群众2.3万人发放救助金", {"≥2.3万人": ["受灾群众救助金发放人数"]}),
        ("分三批组织民兵320人集中训练", {"≥320人": ["民兵集中训练人数"]}),
        ("储备原粮3.2万吨(其中小麦2.4万吨、稻谷0.8万吨)", {"≥3.2万吨": ["储备原粮总量"]}),
        ("更新冷藏、蒸烤等设备230台(套)", {"≥230台": ["更新冷藏等设备数量"]}),
        (
            "新建梯田2万亩、改造提升1万亩",
            {"≥2万亩": ["新建梯田面积"], "≥1万亩": ["梯田改造提升面积"]},
        ),
        ("改造四、五类危桥11座", {"≥11座": ["四五类危桥改造数量"]}),
        ("奖励30个人民调解委员会", {"≥30个": ["奖励人民调解委员会数量"]}),
        ("治理水土流失面积35平方公里", {"≥35平方公里": ["水土流失治理面积"]}),
        ("建设数控、焊接、汽修3个实训室", {"≥3个": ["建设实训室数量"]}),
        ("购置64排128层CT 1台", {"≥1台": ["购置64排128层CT数量"]}),
        ("更换12.5米纯电动公交车20辆", {"≥20辆": ["更换12.5米纯电动公交车数量"]}),
        ("购置8吨洒水车6辆", {"≥6辆": ["购置8吨洒水车数量"]}),
        ("铺设600毫米管道3公里", {"≥3公里": ["铺设600毫米管道长度"]}),
        (
            "运送物资200吨、出动车辆30台次",
            {"≥200吨": ["运送物资总量"], "≥30台次": ["出动车辆台次"]},
        ),
        ("改造35千伏变电站2座", {"≥2座": ["35千伏变电站改造数量"]}),
        ("维修10千伏线路36公里", {"≥36公里": ["10千伏线路维修里程"]}),
        ("改造二次供水泵房26座", {"≥26座": ["二次供水泵房改造数量"]}),
        ("建设小（二）型水库36座", {"≥36座": ["建设小二型水库数量"]}),
        ("新建7人制足球场3片", {"≥3片": ["新建7人制足球场数量"]}),
        ("新建5G基站120座", {"≥120座": ["新建5G基站数量"]}),
        ("铺设DN300供水管道8公里", {"≥8公里": ["铺设DN300供水管道长度"]}),
        ("敷设电缆2600米、安装路灯3套", {"≥2600米": ["敷设电缆长度"], "≥3套": ["安装路灯数量"]}),
        ("年开展学生实训3.6万人时", {"≥3.6万人时": ["开展学生实训数量"]}),
        ("提供技术服务600人天", {"≥600人天": ["提供技术服务数量"]}),
        ("对256个村开展巡查1200次", {"≥256个": ["覆盖行政村数量"], "≥1200次": ["巡查次数"]}),
    ],
)
def test_ways_to_state_a_count(goal: str, expected: dict[str, list[str]]) -> None:
    assert read(goal=goal) == expected
