"""Whose satisfaction counts: the people that a text names, else those of its setting.

A road is used by those who live along it, a classroom by teachers and pupils; where the text names
neither people nor such a setting, they stay 受益群众.
"""

from __future__ import annotations

import re

from recommender.project import Project, texts_of

_PEOPLE = re.compile(
    r"农户|农民|牧民|渔民|林农|村民|居民|群众|脱贫户|移民|学生|师生|患者|职工|干部|企业|游客|读者|老年人|老人|残疾人|儿童|"
    r"妇女|经营主体|种植户|养殖户"
)
_WHO = (
    r"(?:居民|村民|农户|农民工|农民|群众|牧民|果农|茶农|菜农|渔民|林农|商户|业主|住户|学生|女生|师生|教师|家长|儿童|青少年|"
    r"老年人|老人|残疾人|妇女|职工|患者|干警|游客|观众|读者|乘客|旅客|企业|家庭|受援人|当事人|新人|经营主体|退役军人|"
    r"烈属|人员|对象|用户|市民|学员|劳动力|种植户|养殖户|搬迁户|脱贫户|低保户|困难户|监测户|消费者)"
)
_GOOD_OF = re.compile(
    r"(?:受益|惠及|服务(?!中心|站|窗口|平台|能力|水平|质量)|解决|满足|方便|便利|让|使|改善|保障|慰问|救助|"
    r"资助|关爱|带动|帮助|安置|消除|为|对|向|给予)"
    rf"(?:[^,。;:]{{0,12}}\d[^一-龥,。;:]*(?:周?岁|余?[名户个位家]))?"
    rf"(?P<who>[一-龥“”]{{0,8}}?{_WHO}(?:家长|家庭)?(?:和(?:周边)?[一-龥]{{0,2}}{_WHO})?)"
)
"""Who has the good of it as a goal says: 惠及沿街商户和居民, 消除过桥村民出行隐患."""
_TAUGHT = re.compile(
    rf"(?:组织|举办|开展|培训)(?P<who>[一-龥]{{0,6}}?(?:民兵|{_WHO}))"
    r"(?=[^,。;]{0,10}(?:训练|培训|集训|轮训|研修))"
)
"""Who is taught or drilled: 组织基干民兵320人集中训练."""
_OPENS = re.compile(rf"(?:^|[,。;:、\n])(?P<who>[一-龥]{{2,4}}{_WHO})(?!的?(?:培训|队伍))")
"""Who a clause begins with: 办事群众平均等候时间."""
_NOT_WHO = re.compile(
    r"工作人员|技术人员|专业人员|[管医监执]护?.{0,2}人员|责任人|[组建采购聘]|开展|培训|提供|实施|给予|引进|保障|周岁|"
    r"设备|设施|系统|机具|不少于|支持|提高|提升|增强|减少|降低|办公|居住|支付|拨付|发放|丰富|缓解|减轻|增加|扩大|促进|推动|实现|问题|队伍|并|为|对|每|^新"
)
_WHO_LEAD = re.compile(
    r"^(?:广大|全体|各类|全[县市区镇乡]|辖区内?|本地|新?受助|受益|有[一-龥]{2}的|解决|保障|免费)+"
)
_ANYBODY = frozenset(
    {"农户", "农民", "村民", "居民", "牧民", "渔民", "企业", "家庭", "脱贫户", "移民"}
)
"""People of whom only those are meant that have the good of it: 受益农户."""
_INSIDE = re.compile(r"办公|机关|审判|大楼|档案馆|局域网|机房|业务用房|信息系统")
"""What the staff of an office use themselves."""
STAFF = "使用人员"
_SETTINGS = (
    (re.compile(r"招聘|招考|考试"), "考生"),
    (re.compile(r"校园|校舍|校区|学校|教室|教学|[小中大]学(?!者)|幼儿园|学生宿舍"), "在校师生"),
    (re.compile(r"医院|卫生院|卫生室|诊疗|病房|医疗设备"), "就医群众"),
    (re.compile(r"公路|道路|[国省县乡村]道|桥梁|联网路|通村|街路"), "沿线群众"),
    (re.compile(r"雪亮|治安|派出所|技防|视频监控|公共安全"), "辖区群众"),
    (re.compile(r"社区|小区|棚户区|城中村|街巷"), "社区居民"),
    (re.compile(r"公园|广场|绿地|绿化|河道|环境整治|照明|路灯"), "周边居民"),
    (re.compile(r"展厅|展陈|展馆|布展|博物馆|纪念馆|科技馆"), "参观群众"),
    (re.compile(r"纠纷|调解"), "纠纷当事人"),
    (re.compile(r"公交"), "乘客"),
    (re.compile(r"园区|产业园|孵化器|厂房"), "入驻企业"),
    (re.compile(r"农田|灌溉|渠道|水库|饮水|供水|[一-龥]村"), "项目区村民"),
)
"""Where something is, and who has the good of it, the narrowest first."""


def named(project: Project) -> str:
    """Return who has the good of a project by its goal's own words, empty where nobody is named."""
    for pattern in (_GOOD_OF, _OPENS, _TAUGHT):
        for text in texts_of(project)[1:]:
            for match in pattern.finditer(text):
                who = _WHO_LEAD.sub("", match["who"])
                if len(who) > 1 and who not in {"人员", "对象"} and not _NOT_WHO.search(who):
                    return who
    return ""


def asked(project: Project) -> str:
    """Return the people of the goal whose satisfaction counts, empty where nobody is named."""
    for text in texts_of(project)[1:]:
        found = _PEOPLE.search(text)
        if found:
            return found.group()
    return STAFF if _INSIDE.search(_own(project)) else ""


def beneficiaries(project: Project) -> str:
    """Return who has the good of what a project builds or keeps, 受益群众 where nobody is told."""
    who = named(project)
    if who and who != "群众":
        return f"受益{who}" if who in _ANYBODY else who
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
