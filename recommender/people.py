"""Whose satisfaction counts: the people that a text names, else those of its setting.

A road is used by those who live along it, a classroom by teachers and pupils; where the text names
neither people nor such a setting, they stay 受益群众.
"""

from __future__ import annotations

import re

from recommender.objects import texts_of
from recommender.project import Project

_PEOPLE = re.compile(
    r"农户|农民|牧民|渔民|林农|村民|居民|群众|脱贫户|移民|学生|师生|患者|职工|干部|企业|游客|读者|老年人|老人|残疾人|儿童|"
    r"妇女|经营主体|种植户|养殖户"
)
_INSIDE = re.compile(r"办公|机关|审判|大楼|档案馆|局域网|机房|业务用房|信息系统")
"""What the staff of an office use themselves."""
STAFF = "使用人员"
_SETTINGS = (
    (re.compile(r"校园|校舍|校区|学校|教室|教学|[小中大]学(?!者)|幼儿园|学生宿舍"), "在校师生"),
    (re.compile(r"医院|卫生院|卫生室|诊疗|病房|医疗设备"), "就医群众"),
    (re.compile(r"公路|道路|[国省县乡村]道|桥梁|联网路|通村|街路"), "沿线群众"),
    (re.compile(r"雪亮|治安|派出所|技防|视频监控|公共安全"), "辖区群众"),
    (re.compile(r"社区|小区|棚户区|城中村|街巷"), "社区居民"),
    (re.compile(r"公园|广场|绿地|绿化|河道|环境整治|照明|路灯"), "周边居民"),
    (re.compile(r"园区|产业园|孵化器|厂房"), "入驻企业"),
    (re.compile(r"农田|灌溉|渠道|水库|饮水|供水|[一-龥]村"), "项目区村民"),
)
"""Where something is, and who has the good of it, the narrowest first."""


def asked(project: Project) -> str:
    """Return the people of the goal whose satisfaction counts, empty where nobody is named."""
    for text in texts_of(project)[1:]:
        found = _PEOPLE.search(text)
        if found:
            return found.group()
    return STAFF if _INSIDE.search(_own(project)) else ""


def beneficiaries(project: Project) -> str:
    """Return who has the good of what a project builds or keeps, 受益群众 where nobody is told."""
    people = asked(project)
    if people == STAFF:
        return _at(project.name) or people
    if people and people != "群众":
        return f"受益{people}"
    return _at(_own(project)) or "受益群众"


def _at(text: str) -> str:
    """Return who has the good of the setting that a text speaks of, empty for none."""
    return next((who for setting, who in _SETTINGS if setting.search(text)), "")


def _own(project: Project) -> str:
    """Return a project's own words; its department's name (…办公室) tells of no building."""
    return f"{project.name}\n{project.declaration.goal}\n{project.declaration.description}"
