"""The made-up county: its organisations, posts, and where each published case belongs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.records import Case
from corpus.workflow.actors import Role
from corpus.workflow.organisations import Kind

COUNTY = "演示县"
BUREAU = "演示县财政局"


@dataclass(frozen=True)
class Place:
    """An organisation; departments take the cases whose texts speak of their field."""

    name: str
    kind: Kind
    parent: str | None
    field: str = ""
    """Pattern over the department and name of a case, empty where only `codes` count."""
    codes: frozenset[str] = frozenset()
    """Functional classes whose cases come here when no pattern fits."""


@dataclass(frozen=True)
class Post:
    """An account: a post, not a person."""

    login: str
    title: str
    role: Role
    place: str


@dataclass(frozen=True)
class Door:
    """A way into the demonstration without a password."""

    login: str
    label: str
    task: str
    """What is to be done behind it."""


def _division(name: str) -> Place:
    return Place(f"{BUREAU}{name}", Kind.DIVISION, BUREAU)


def _department(name: str, division: str, field: str, *codes: str) -> Place:
    return Place(f"{COUNTY}{name}", Kind.DEPARTMENT, f"{BUREAU}{division}", field, frozenset(codes))


def _unit(name: str, department: str, field: str) -> Place:
    return Place(f"{COUNTY}{name}", Kind.UNIT, f"{COUNTY}{department}", field)


FARMING, TEACHING, SOCIAL, BUILDING, OFFICES = (
    "农业农村科",
    "教科文科",
    "社会保障科",
    "经济建设科",
    "行政政法科",
)
DIVISIONS = (FARMING, TEACHING, SOCIAL, BUILDING, OFFICES)
PLACES: tuple[Place, ...] = (
    Place(BUREAU, Kind.BUREAU, None),
    *map(_division, DIVISIONS),
    _department("教育局", TEACHING, "教育|教体|学校|中学|小学|助学金|民办园", "205"),
    _department("文化和旅游局", TEACHING, "文化|文物|旅游|图书|博物|体育|电影|戏", "207"),
    _department("科技和工业信息化局", TEACHING, "科技|科学|科普|经济信息|商务|融资", "206"),
    _department("卫生健康局", SOCIAL, "卫生|健康|医院|疾病|疾控|疫苗|麻风|药物", "210"),
    _department("残疾人联合会", SOCIAL, "残联|残疾"),
    _department("人力资源和社会保障局", SOCIAL, "人力资源|就业|养老保险"),
    _department("民政局", SOCIAL, "民政局|救助|春节慰问|孤儿|高龄|老年|照料", "208"),
    _department("市场监督管理局", OFFICES, "市场监|食品|药品|标准化"),
    _department("应急管理局", OFFICES, "应急|地震|防震|救灾", "224"),
    _department("公安局", OFFICES, "公安|看守所|辅警|雪亮", "204"),
    _department("司法局", OFFICES, "司法|法院|政法"),
    _department("交通运输局", BUILDING, "交通|公路|车辆购置税|车购税|燃油税|联网路", "214"),
    _department("住房和城乡建设局", BUILDING, "住房|保障房|绿化|瓶改管|城管|危房", "221", "212"),
    _department("生态环境局", BUILDING, "生态环境|水污染|黑臭|环境综合", "211"),
    _department("自然资源局", BUILDING, "国土|找矿|气象|增雨", "220"),
    _department("林业局", FARMING, "林业|林草|林场|森林|野生动物|水源涵养"),
    _department("水利局", FARMING, "水利|饮水|水库|流域|治理工程|水价|移民"),
    _department("粮食和物资储备局", FARMING, "粮食|储备粮", "222"),
    _department("农业农村局", FARMING, "农业|农村|农机|畜牧|渔业|种植", "213"),
    _department("机关事务服务中心", OFFICES, "", "201", "216", "217", "234"),
    _unit("第一中学", "教育局", "中学|高中|初中"),
    _unit("职业技术学校", "教育局", "职业|高等"),
    _unit("实验小学", "教育局", "小学|二十一小"),
    _unit("图书馆", "文化和旅游局", "图书馆|共享工程"),
    _unit("博物馆", "文化和旅游局", "博物|文物|申遗|忠烈祠"),
    _unit("公共体育中心", "文化和旅游局", "体育|运动队"),
    _unit("疾病预防控制中心", "卫生健康局", "疾病预防|疾控|疫苗|麻风"),
    _unit("人民医院", "卫生健康局", "医院"),
    _unit("城关镇人民政府", "农业农村局", "[镇乡]人民政府|街道办"),
    _unit("农业技术推广中心", "农业农村局", "土壤肥料|推广|种薯|示范县|草地贪夜蛾"),
    _unit("动物卫生监督所", "农业农村局", "动物|畜牧|生猪|疫病"),
    _unit("国有林场", "林业局", "林场|森林抚育|防火"),
    _unit("公路养护中心", "交通运输局", "养护|安全生命防护"),
    _unit("园林绿化服务中心", "住房和城乡建设局", "绿化"),
    _unit("看守所", "公安局", "看守所"),
)
"""Parents before children; departments in the order in which their patterns are tried."""

AUTHOR_SEEN = f"{COUNTY}农业农村局"
UNIT_SEEN = f"{COUNTY}第一中学"
_LOGINS = {place.name: f"unit{number:02}" for number, place in enumerate(PLACES)}


def author_login(place: str) -> str:
    """Return the login of the post that fills in for an organisation."""
    return _LOGINS[place]


def reviewer_logins(division: str) -> tuple[str, str]:
    """Return the logins of the two reviewing posts of a division."""
    number = DIVISIONS.index(division) + 1
    return f"review{number}", f"review{number}b"


LEAD, ADMIN, AUDITOR = "lead", "admin", "audit"
POSTS: tuple[Post, ...] = (
    Post(LEAD, "绩效管理科岗", Role.LEAD, BUREAU),
    Post(ADMIN, "信息中心岗", Role.ADMIN, BUREAU),
    Post(AUDITOR, "监督检查岗", Role.AUDITOR, BUREAU),
    *(
        Post(login, title, Role.REVIEWER, f"{BUREAU}{division}")
        for division in DIVISIONS
        for login, title in zip(
            reviewer_logins(division), ("项目审核岗", "项目复审岗"), strict=True
        )
    ),
    *(
        Post(author_login(place.name), "预算绩效岗", Role.AUTHOR, place.name)
        for place in PLACES
        if place.kind in (Kind.DEPARTMENT, Kind.UNIT)
    ),
)
DOORS: tuple[Door, ...] = (
    Door(author_login(AUTHOR_SEEN), f"填报 · {AUTHOR_SEEN}", "填申报表，选指标，提交，看审核意见"),
    Door(author_login(UNIT_SEEN), f"填报 · {UNIT_SEEN}", "同上，预算单位一级"),
    Door(
        reviewer_logins(FARMING)[0], f"审核 · {BUREAU}{FARMING}", "逐个审核，采纳意见，退回或通过"
    ),
    Door(LEAD, f"审核负责人 · {BUREAU}", "分派，批量办理，裁定不同意见，看总览"),
    Door(ADMIN, f"系统管理 · {BUREAU}", "单位、账号、密钥、规则门槛、系统"),
    Door(AUDITOR, f"审计 · {BUREAU}", "看总览和审计日志，不作改动"),
)


def place_of(case: Case) -> Place:
    """Return the organisation that a published case belongs to in the county."""
    said = f"{case.department or ''} {case.project_name}"
    departments = [place for place in PLACES if place.kind is Kind.DEPARTMENT]
    department = next((p for p in departments if p.field and re.search(p.field, said)), None)
    if department is None:
        code = case.function_code
        department = next((p for p in departments if code in p.codes), departments[-1])
    units = (place for place in PLACES if place.parent == department.name)
    return next((unit for unit in units if re.search(unit.field, said)), department)


def department_of(place: Place) -> str:
    """Return the name of the department that a unit belongs to; a department's own."""
    return place.name if place.kind is Kind.DEPARTMENT else str(place.parent)


def place_named(name: str) -> Place:
    """Return the organisation of a name."""
    return next(place for place in PLACES if place.name == name)


def division_of(place: Place) -> str:
    """Return the division in charge of an organisation."""
    while place.kind is not Kind.DIVISION:
        place = place_named(str(place.parent))
    return place.name.removeprefix(BUREAU)
