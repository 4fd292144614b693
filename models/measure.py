"""What an indicator's name measures: an object (村内道路硬化) and an aspect of it (里程).

Two units hardly ever give one measure the same name, so names are compared by their parts: the
aspects must agree, the objects may differ in word order, in synonyms and in words that carry
nothing (项目, 工程, 受益). No encoder is needed. The word lists are models/data/facets.csv and
models/data/object_words.csv.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from operator import add

from corpus.text import normalise

_LONGEST = 1000
"""Characters of a name that are looked at; no form has names so long."""
SAME = 0.75
"""From this similarity on, two names are taken to measure one thing."""

_TEMPLATE = re.compile(r"[（(\[][^（()）\]]*[)）\]]|[≥≤><=＞＜＝]+\s*[*＊xX×]+\S*$")
_QUANTITY = re.compile(r"\d+(?:\.\d+)?[万亿]?(?:平方公里|平方米|公里|千米|[a-z㎡%‰]+|[一-龥])?")
_YEAR = re.compile(r"(?:19|20)\d{2}年?度?")
_NUMBERING = re.compile(r"^(?:其中|指标\s*\d+|\d+[.、])[:：、]?")
_NOT_WORD = re.compile(r"[^一-龥a-z0-9]+")
_TIMELY = re.compile(r"按时|按期|按月|按季|如期|准时|限时|及时")
_PER = re.compile(
    r"[人生户亩]均|平均|单位|单[个台套件项座张只例次]"
    r"|每(?:公里|平方米|[亩人户吨个座处所栋口家场村校次台套件辆])"
)
_TAIL = re.compile(
    r"(?:达到?|不低于|不少于|控制在)?(?:目标值|预计值|预期值|预期)$|的?(?:情况|状况|指标)$"
)
_NO_FACET = re.compile("(?:消费|免费|浪费|降费|力量|参数)$")
"""Words whose last character only looks like an aspect."""
_LAST = {"率": "rate", "度": "effect", "性": "effect", "感": "effect"}

_KINDRED = {
    frozenset(pair): value
    for pair, value in {
        ("人数", "人次"): 0.75,
        ("人数", "户数"): 0.4,
        ("数量", "人数"): 0.8,
        ("数量", "人次"): 0.7,
        ("数量", "户数"): 0.8,
        ("数量", "次数"): 0.75,
        ("数量", "产量"): 0.8,
        ("次数", "人次"): 0.4,
        ("合格率", "达标率"): 0.9,
        ("合格率", "通过率"): 0.85,
        ("达标率", "通过率"): 0.7,
        ("合格率", "优良率"): 0.6,
        ("发放率", "拨付率"): 0.85,
        ("发放率", "到位率"): 0.7,
        ("拨付率", "到位率"): 0.85,
        ("拨付率", "执行率"): 0.7,
        ("完成率", "执行率"): 0.4,
        ("办结率", "处置率"): 0.7,
        ("完成率", "办结率"): 0.6,
        ("成本", "总成本"): 0.95,
        ("成本", "投资"): 0.7,
        ("成本", "金额"): 0.7,
        ("总成本", "投资"): 0.8,
        ("总成本", "金额"): 0.7,
        ("投资", "金额"): 0.7,
        ("成本", "单位成本"): 0.6,
        ("单位成本", "标准"): 0.6,
        ("时间", "完成时间"): 0.8,
        ("时间", "响应时间"): 0.7,
        ("完成时间", "进度"): 0.6,
        ("控制率", "节约率"): 0.5,
        ("收入", "增收"): 0.7,
        ("收入", "产值"): 0.7,
        ("收入", "金额"): 0.7,
        ("时长", "年限"): 0.5,
    }.items()
}
"""Aspects that differ in wording or in counting only, with how far they agree."""
KINDRED_ASPECTS = frozenset().union(*_KINDRED)

_OBJECTLESS = {"count", "person", "area", "length", "amount"}
"""Families of a name that gives its thing and leaves the aspect out (新建农村公厕: 50座)."""
GENERIC_OBJECT = 0.5
"""Agreement of a generic object with a particular one, where both state an aspect."""
BY_CHARACTERS, BY_PAIRS = 0.6, 0.4
"""Parts of two objects' agreement: the characters they share, and the character pairs."""
_MONEY = {"cost", "money", "unit_cost"}
_UNSTATED = 0.9
_MIN_SCATTERED, _SCATTERED_SHARE = 3, 0.6


@dataclass(frozen=True)
class Measure:
    """A third-level indicator name taken apart."""

    object: str
    """What is measured, as written, without the aspect."""
    facet: str
    """The aspect as written; empty where the name states none."""
    aspect: str = ""
    """The aspect in its standard wording (长度 for 里程); empty where the name states none."""
    family: str = ""
    """count, person, area, length, amount, money, cost, unit_cost, rate, satisfaction, time …"""
    core: str = ""
    """The object in standard words without those that carry nothing; empty for a generic one."""

    @cached_property
    def units(self) -> frozenset[str]:
        """Characters of `core`."""
        return frozenset(self.core)

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Character pairs of `core`."""
        return frozenset(map(add, self.core, self.core[1:]))


def _rows(name: str) -> list[dict[str, str]]:
    """Read one of the word lists."""
    text = files("models").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=1)
def _facets() -> tuple[dict[str, tuple[str, str]], dict[str, list[int]]]:
    """Return suffix → (aspect, family), and the lengths of suffixes by their last character."""
    table = {row["suffix"]: (row["aspect"], row["family"]) for row in _rows("facets.csv")}
    lengths: dict[str, set[int]] = {}
    for suffix in table:
        lengths.setdefault(suffix[-1], set()).add(len(suffix))
    return table, {last: sorted(found, reverse=True) for last, found in lengths.items()}


@lru_cache(maxsize=1)
def _object_words() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str]]:
    """Return the pattern of all words to replace, their replacements, and beneficiary words."""
    rows = _rows("object_words.csv")
    replace = {row["word"]: row["canonical"] for row in rows if row["role"] != "beneficiary"}
    people = [row["word"] for row in rows if row["role"] == "beneficiary"]
    return _alternation(replace), replace, _alternation(people)


def _alternation(words: dict[str, str] | list[str]) -> re.Pattern[str]:
    """Compile words into one pattern that prefers the longest."""
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def _clean(name: str) -> str:
    """Fold a name and drop form residue: brackets, numbering, years, “达到目标值”."""
    text = normalise(name[:_LONGEST]).lower()
    text = _NUMBERING.sub("", _TEMPLATE.sub("", text))
    text = _NOT_WORD.sub("", _YEAR.sub("", text))
    return _TAIL.sub("", text) or text


def _cut_facet(text: str) -> tuple[str, str, str, str]:
    """Split cleaned text into object, facet, aspect and family by the longest known suffix."""
    if _NO_FACET.search(text):
        return text, "", "", ""
    table, lengths = _facets()
    for size in lengths.get(text[-1:], ()):
        found = table.get(text[-size:])
        if found and len(text) >= size:
            return text[:-size], text[-size:], *found
    family = _LAST.get(text[-1:], "")
    if not family:
        return text, "", "", ""
    facet = text[-3:]
    return text[:-3], facet, facet, family


def _core(text: str, family: str) -> str:
    """Return an object in standard words, without quantities and words that carry nothing."""
    words, replace, people = _object_words()
    if family == "satisfaction":
        # 教师对校园维修改造的满意度 asks the teachers, whatever they judge.
        text = people.sub("", text).split("对")[0]
    if family == "unit_cost":
        text = _PER.sub("", text)
    text = _TIMELY.sub("", _QUANTITY.sub("", text))
    text = words.sub(lambda match: replace[match.group()], text)
    return text.strip("的和与及率在为各")


@lru_cache(maxsize=16384)
def split_name(name: str) -> Measure:
    """Take an indicator name apart."""
    text = _clean(name)
    thing, facet, aspect, family = _cut_facet(text)
    if _TIMELY.search(text) and family in ("rate", "") and aspect != "及时率":
        # 按期发放率 and 按时发放 are the timeliness of 发放.
        thing, aspect, family = thing + facet.removesuffix("率"), "及时率", "rate"
    if family in _MONEY and _PER.search(text):
        aspect, family = "单位成本", "unit_cost"
    return Measure(thing, facet, aspect, family, _core(thing, family))


def aspect_agreement(a: Measure, b: Measure) -> float:
    """Return how far two aspects agree, in [0, 1]; a name without aspect goes with any count."""
    if a.aspect == b.aspect:
        return 1.0
    if a.aspect and b.aspect:
        return _KINDRED.get(frozenset((a.aspect, b.aspect)), 0.0)
    stated = a if a.aspect else b
    return _UNSTATED if stated.family in _OBJECTLESS else 0.0


def object_agreement(a: Measure, b: Measure) -> float:
    """Return how far two objects agree, in [0, 1], whatever the order of their words."""
    if a.core == b.core:
        return 1.0
    if not a.core or not b.core:
        return GENERIC_OBJECT if a.aspect and b.aspect else 0.0
    common = len(a.units & b.units)
    if not common:
        return 0.0
    characters = 2 * common / (len(a.units) + len(b.units))
    pairs = 2 * len(a.pairs & b.pairs) / max(1, len(a.pairs) + len(b.pairs))
    score = BY_CHARACTERS * characters + BY_PAIRS * pairs
    short, long = (a, b) if len(a.core) <= len(b.core) else (b, a)
    if common < len(short.units):
        return score
    return max(score, _containment(short.core, long.core))


def _containment(short: str, long: str) -> float:
    """Return how far a longer object is the shorter one with something added."""
    if len(short) > 1 and short in long:
        return 0.8 if long.endswith(short) else 0.7
    if len(short) >= _MIN_SCATTERED and len(short) / len(long) > _SCATTERED_SHARE:
        rest = iter(long)
        return 0.8 if all(character in rest for character in short) else 0.0
    return 0.0


@lru_cache(maxsize=65536)
def _similarity(a: str, b: str) -> float:
    """Compare two names; the caller orders them so that the cache serves both ways."""
    first, second = split_name(a), split_name(b)
    aspects = aspect_agreement(first, second)
    return aspects * object_agreement(first, second) if aspects else 0.0


def same_measure(a: str, b: str) -> float:
    """Return in [0, 1] how likely two names measure one thing; see `SAME`."""
    return _similarity(a, b) if a <= b else _similarity(b, a)
