"""Makes a sentence of a goal plain before quantities are read: no asides, ages, titles' brackets.

What is left says what is done to how much: “改造食堂14所（含后厨），更新设备230台（套）” becomes
改造食堂14所，更新设备230台.
"""

from __future__ import annotations

import re

_TITLE = re.compile(r"《([^》]{2,30})》")
_IN_TITLE = re.compile(r"[（(].*?[)）]|[，,、：:；;]")
_SECOND_UNIT = re.compile(
    r"(?<=[台套件个组张批枚户间])[（(](?:台|套|件|个|组|人|辆|批|次|间|副)[)）]"
)
_SIZE = re.compile(r"(?<=[大中小])[(（]([一二ⅠⅡIⅰ12]{1,2})[)）](?=型)")
"""The class of a dam or a pump station, which is no aside: 小（二）型水库."""
_ASIDE = re.compile(r"[（(][^()（）]*[)）]")
_TASKS = re.compile(r"^(?:包括|含|即)?(?!其中)[一-龥]{2,}[^，、]*?\d")
"""An aside that tells the tasks: 基础设施建设（新建泵站3座、管网5公里）."""
_AGE = re.compile(r"\d+\s*(?:[—–~至-]+\s*\d+\s*)?周?岁(?:及?以[上下])?的?")
_STANDARD = re.compile(r"^按照?[^，,。；]*?标准[，,]?(?=[为对给向])")
_BY_SCALE = re.compile(
    r"(?P<whom>[对给为向][^，,。；;]*\d[^，,。；;]{2,8})[，,]按照?[^，,。；;]*?(?=给予[^，,。；;\d]{2,6}(?:[，,。；;]|$))"
)
"""Those who are paid, and how the payment is reckoned: 对130家企业，按新增投入的5%给予补助."""
_PEOPLE = re.compile(r"(?<=[\d万千])(?=群众|村民|居民|师生|学生|农民|老年人|老人|游客|市民|党员)")
_THEN = re.compile(
    r"(?<=[一-龥]{2})并(?=于|在\d|(?:公开|同步|全部)?(?:出版|演出|安装|建成|配备|购置|开展|举办|培训|新建|完成|组织|发放|征集|制作))"
)
_CLASSES = re.compile(r"(?<=[一二三四五六])、(?=[一二三四五六](?:类|级|期|批))")
_BATCHES = re.compile(
    r"分期分批|分批次?|分[一二两三四五六七八九十\d]+(?:批次?|期|年|步|片区?|类|级)"
)


def plain(sentence: str) -> str:
    """Return a sentence without what stands between a deed and its quantity."""
    text = _TITLE.sub(lambda found: f"《{_IN_TITLE.sub('', found[1])}》", sentence)
    text = _SIZE.sub(r"\1", _CLASSES.sub("", text))
    text = _ASIDE.sub(_aside, _SECOND_UNIT.sub("", text))
    text = _BY_SCALE.sub(r"\g<whom>", text)
    text = _STANDARD.sub("", _BATCHES.sub("", _AGE.sub("", text)))
    return _THEN.sub("，", _PEOPLE.sub("名", text))


def _aside(found: re.Match[str]) -> str:
    """Return what stands for words in brackets: nothing, or the tasks that they tell."""
    inner = found.group()[1:-1]
    before = re.split(r"[，,；;：:]", found.string[: found.start()])[-1]
    if re.search(r"\d", before) or not _TASKS.match(inner):
        return ""
    return f"，{inner}，"


def title_of(sentence: str) -> str:
    """Return the first title that a sentence names, "" for none: 《临河年鉴》 → 临河年鉴."""
    found = _TITLE.search(sentence)
    return found[1] if found else ""
