"""Reads what a project does to what, where no quantity is stated: 新建野生动物收容所, CT设备购置.

A short name or goal mostly says just that. Only deeds of a kind with aspects of its own are read
(recommender/data/actions.csv), and only things that can be built, bought, taught or planted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recommender.choice import Choice
from recommender.deliverable import Deliverable
from recommender.object_words import inner_deed
from recommender.project import Project, texts_of
from recommender.thing_units import unit_of
from recommender.wording import kind_of, names_people, split_action, split_end, strip_filler

OPEN_SCORE = 0.7
"""Score of a count of what the text names but does not count."""
_KINDS = frozenset({"build", "buy", "plant"})
_COUNTED = re.compile(
    r"扶持|培育|引进|奖励|补助|支持|筹集|创建|打造|认定|编制|研发|储备|征集|帮扶|安装|制作|建立"
)
"""Deeds of other kinds whose things are counted where their unit is clear."""
_CLAUSES = re.compile(r"[^，,。；;：:、\n（）()“”]+")
_ALSO = re.compile(r"并(?=征集|购置|采购|配备|安装|新建|改造|建设|发放|编制|聘请)")
"""Between two deeds of one clause: 办图片展并征集档案资料."""
_PAID = re.compile(
    r"(?:发放|支付|兑付|兑现)(?P<thing>[一-龥]{2,8}?(?:补助|补贴|报酬|工资|津贴|救助金|救助资金|慰问金|助学金|奖补资金))"
)
"""What is paid out; money that says nothing of what it is for is nobody's own."""
_THING = re.compile(r"^[一-龥A-Za-z]{2,10}$")
_ABSTRACT = re.compile(
    r"(?:水平|能力|质量|环境|条件|服务|体系|机制|建设|管理|力度|发展|工作|作用|效率|文化|经济|产业|形象|安全|生态|"
    r"事业|队伍|制度|功能|活动|宣传|项目|基础|支持|行业|标准|任务|资源|城市|城镇|乡村|农村|社会|体制|氛围|经费|资金|隐患|流失|基金|风险|援助|机关|流域|验收|调试|适配|养护|运转|运行|保障|条件|[范准业代元]化)$|等|正常|日常"
)
_SERVED = re.compile(
    r"^(?:[为向给对在]|支持|推动|促进|用于).{2,12}?(?=安装|购置|采购|配备|更换|建设|新建|修建)"
)
"""Whom or where something is bought or built for, before the deed: 为小型水库安装水标尺."""
_UPKEEP = re.compile(r"(?:养护|管护|维护|保洁)$")
_GRANT = re.compile(r"[购建改补造].*(?:补贴|补助|奖补|奖励)(?:资金|经费)?$")
"""A grant for what others do: 给予农机购置补贴."""
_DONE_TO = re.compile(r"^.{0,20}?(?:实施|进行|开展)(?=.{4,})")
"""Whom or what something is done to, before it: 对城中村实施管道燃气改造."""
_JOINT_DEED = re.compile(r"(?:的)?(?:进行|实施|开展)(?=[一-龥]{2,4}$)")
"""Words between a thing and what is done to it: 社区矫正中心进行改造."""
_YEAR = re.compile(r"(?:(?:19|20)\d{2}|[一二三四五]期)年?度?")
_TAIL = re.compile(
    r"(?:(?:中央|省级|市级|县级)?(?:财政)?(?:专项|补助|补贴|配套|奖补|扶持)?(?:资金|经费|费用?)|"
    r"项目|工程|工作|补助|专项)+$"
)
_OWNER = re.compile(
    r"^.{0,14}(?:医院|卫生院|学校|中小学|小学|中学|大学|学院|大队|支队|分局|公安局|委员会|办公室|街道|政府|林场|"
    r"机关|[省市县镇乡](?![级属道际域]|内)|(?<![小社景园校院矿林库灌片地城])区|(?<![农乡])村(?![级组民庄委])|全[省市县区])"
    r"(?=[一-龥A-Za-z]{2})"
)
_KEPT_AT = re.compile(
    r"^.{0,14}(?:隐患点|监测点|服务点|路段|[馆所站](?![有属])|(?<=[安政育生务法通业境源])局|(?:保健|福利|敬老|养老|幼儿|[法检]察?)院|"
    r"(?:活动|服务|管理|监测|保障|指导|托养|养护)中心)"
    r"(?=(?!用房|周边|建设|升级|改造|维修)[一-龥]{2,}$)"
)
"""Where a thing is kept, before it: 殡仪馆火化炉, 地质灾害隐患点专业监测设备."""
_NO_THING = (
    "在",
    "对",
    "为",
    "底前",
    "年底",
    "控制",
    "推进",
    "促进",
    "推动",
    "加强",
    "保护",
    "提升",
    "改善",
)
"""Beginnings of phrases that are no names."""
_JOINED = re.compile(r"[和与及并]|辖区|配套")


def named_deeds(project: Project) -> list[Deliverable]:
    """Return deeds and things without a quantity, each thing once; their value is 0.

    The unit is what such a thing is usually counted in, empty where that is not clear.
    """
    found: dict[str, Deliverable] = {}
    for place, text in enumerate(texts_of(project)):
        for phrase in _phrases(text, is_name=place == 0):
            action, thing = split_action(phrase)
            if not action:
                action, thing = inner_deed(phrase)
            if _JOINED.match(thing) or _UPKEEP.search(action):
                continue
            pieces = [piece for piece in _JOINED.split(thing) if piece] or [""]
            thing = pieces[-1 if phrase.endswith(action) else 0]
            unit = unit_of(thing)
            known = kind_of(action) in _KINDS or (unit and _COUNTED.fullmatch(action))
            if known and _is_thing(thing):
                found.setdefault(thing, Deliverable(action, thing, "", 0.0, unit))
    for text in texts_of(project)[1:]:
        for paid in _PAID.finditer(text):
            found.setdefault(paid["thing"], Deliverable("发放", paid["thing"], "", 0.0, ""))
    return list(found.values())


def open_count(deed: Deliverable) -> Choice:
    """Return the count of a named thing, which only the unit's plan can fill."""
    return Choice("产出指标", "数量指标", deed.name, deed.unit, OPEN_SCORE)


def _phrases(text: str, is_name: bool) -> Iterator[str]:
    """Yield the phrases that may say what is done to what."""
    for clause in _CLAUSES.finditer(_ALSO.sub("，", text)):
        phrase = strip_filler(_YEAR.sub("", clause.group().strip()))
        if _GRANT.search(phrase):
            continue
        phrase = _SERVED.sub("", _DONE_TO.sub("", _JOINT_DEED.sub("", phrase)))
        if is_name:
            phrase = thing_kept(without_owner(_TAIL.sub("", phrase)))
        yield phrase


def without_owner(phrase: str) -> str:
    """Return a phrase without the office, place or school that has a thing: 县医院CT设备."""
    return _OWNER.sub("", phrase)


def thing_kept(phrase: str) -> str:
    """Return a phrase without the place that a thing is kept at, where a thing is left."""
    shorter = _KEPT_AT.sub("", phrase)
    return shorter if len(split_end(shorter)[1]) > 1 else phrase


def _is_thing(thing: str) -> bool:
    """Tell whether a word names a thing and neither people nor an abstraction."""
    return (
        _THING.match(thing) is not None
        and _ABSTRACT.search(thing) is None
        and not names_people(thing)
        and not thing.startswith(_NO_THING)
        and split_action(thing)[0] in {"", "装备"}
    )
