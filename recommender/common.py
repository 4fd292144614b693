"""Indicators that most projects of a category share, for a project unlike anything known.

What they are is data/common.csv: for upkeep, building, training and so on, an empty category for
all others. Each is put to the project's own object and keeps thresholds and source of a library
indicator of the same aspect: of a matched type if one has it, else of the sector, else of any.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.knowledge import Knowledge
from corpus.records import LibraryIndicator, LibraryType
from corpus.taxonomy import canonical_levels
from models.retrieval import TypeHit
from recommender.candidates import Candidate, Pool, of_type
from recommender.category import category_of
from recommender.choice import Choice
from recommender.project import Project

COMMON_SCORE = 0.3
"""Score of a common aspect put to the project's own object: fit, not strong."""
_YEAR = re.compile(r"(?:19|20)\d{2}年?(?:度)?|\d+年度?")
_BRACKETS = re.compile(r"[（(【\[].*?[)）】\]]")
_PLACE = re.compile(r"^[一-龥]{2,8}?(?:省|市|县|区|乡|镇|街道|村|自治[区州县])")
_TAIL = re.compile(
    r"(?:(?:中央|省级|市级|县级)?(?:财政)?(?:专项|补助|补贴|配套|奖补|扶持)?(?:资金|经费|费用?)|项目|工程|工作|"
    r"预算|支出|第?[一二三四五六]期|批次?)+$"
)
_DEED = re.compile(
    r"(?:运行维护|维修养护|日常|运维|维护|养护|管护|维保|保洁|运行|建设|新建|改扩建|购置|采购|发放|服务)+$"
)
"""Deeds at the end of a topic, which the names of aspects say themselves."""
_ABSTRACT = re.compile(r"(?:发展|事业|改革|保障|支持|管理|振兴|创新|提升|活动|宣传|培训)$")
"""Ends of names that say nothing that could be examined or completed."""
_SYSTEM = re.compile(r"网络|系统|平台|网站|信息化|软件|数据|局域网|内网|专网|机房")
_GRANT = re.compile(r"(?:津贴|补贴|补助|补助金|助学金|救助金|慰问金|抚恤金|奖补)$")
_PLAIN = {"keep": "设施", "build": "工程", "buy": "设备"}
"""What is spoken of where a name tells no thing."""
_FACET = 5
_LONGEST_TOPIC = 14


@dataclass(frozen=True)
class _Aspect:
    """One line of the file."""

    category: str
    level1: str
    level2: str
    pattern: str
    models: str
    unit: str

    def ends(self) -> tuple[str, ...]:
        """Return the ends of names that the library gives it, the best first."""
        return tuple(self.models.split("|"))


@cache
def _aspects() -> tuple[_Aspect, ...]:
    text = files("recommender").joinpath("data/common.csv").read_text(encoding="utf-8")
    return tuple(_Aspect(**row) for row in csv.DictReader(text.splitlines()))


def topic(project: Project) -> str:
    """Return what a project is about: its name without place, year and words such as 专项资金."""
    name = _BRACKETS.sub("", _YEAR.sub("", project.name)).strip("“”\"' 、，,.-")
    for place in (_PLACE, _TAIL):
        shorter = place.sub("", name)
        name = shorter if len(shorter) > 1 else name
    return name if _is_thing(name) else "项目"


def _is_thing(name: str) -> bool:
    return (
        1 < len(name) <= _LONGEST_TOPIC
        and not _ABSTRACT.search(name)
        and re.fullmatch(r"[一-龥A-Za-z0-9“”\-]+", name) is not None
    )


class CommonIndicators:
    """The aspects that every project of a category has."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._types = knowledge.types
        self._known: dict[_Aspect, list[tuple[LibraryType, LibraryIndicator]]] = {}

    def choices(self, pool: Pool) -> list[Choice]:
        """Return the common aspects of a project's category, each put to its own object."""
        category, thing = category_of(pool.project.name), topic(pool.project)
        if category:
            bare = _DEED.sub("", thing)
            thing = bare if _is_thing(bare) and bare != "项目" else _PLAIN.get(category, "")
        if category == "keep" and _SYSTEM.search(thing):
            category = "system"
        if category == "pay":
            thing = topic(pool.project) if _GRANT.search(topic(pool.project)) else "补助资金"
        return [choice for each in self._of(category, pool) for choice in [_named(*each, thing)]]

    def _of(
        self, category: str, pool: Pool
    ) -> Iterator[tuple[_Aspect, LibraryType, LibraryIndicator]]:
        """Yield the aspects of a category with the library indicators that stand for them."""
        for aspect in _aspects():
            if aspect.category == category:
                models = self._models(aspect)
                if models:
                    yield (aspect, *min(models, key=lambda model: _distance(model, aspect, pool)))

    def _models(self, aspect: _Aspect) -> list[tuple[LibraryType, LibraryIndicator]]:
        """Return the library indicators of an aspect."""
        if aspect not in self._known:
            self._known[aspect] = [
                (kind, row)
                for kind in self._types
                for row in kind.indicators
                if row.name.endswith(aspect.ends()) and row.unit == aspect.unit
                if canonical_levels(row.level1, row.level2)[0] == aspect.level1
            ]
        return self._known[aspect]


def with_common(ranked: Sequence[Choice], common: Sequence[Choice]) -> list[Choice]:
    """Return the choices with the common aspects that no better one has already, best first."""
    known = {_aspect_of(choice) for choice in ranked if choice.score >= COMMON_SCORE}
    new = [choice for choice in common if _aspect_of(choice) not in known]
    return sorted([*ranked, *new], key=lambda choice: -choice.score)


def _aspect_of(choice: Choice) -> tuple[str, str]:
    """Return level and end of the name, where the aspect stands: 验收合格率."""
    return choice.level2, choice.name[-_FACET:]


def _distance(
    model: tuple[LibraryType, LibraryIndicator], aspect: _Aspect, pool: Pool
) -> tuple[int, int, bool, int]:
    """Return how far a library indicator is from standing for an aspect of a project."""
    kind, row = model
    places = {hit.type.id: place for place, hit in enumerate(pool.types)}
    wording = next(i for i, end in enumerate(aspect.ends()) if row.name.endswith(end))
    place = places.get(kind.id, len(places))
    return place, wording, kind.function_code != pool.project.function_code, len(row.name)


def _named(aspect: _Aspect, kind: LibraryType, row: LibraryIndicator, thing: str) -> Choice:
    """Return an aspect under the project's own name for its object."""
    candidate: Candidate = next(c for c in of_type(TypeHit(kind, 0.0, 0.0), 0) if c.library is row)
    name = aspect.pattern.format(thing=thing)
    if _SYSTEM.search(thing):
        name = name.replace("按期完工率", "按期上线率")
    return Choice(aspect.level1, aspect.level2, name, aspect.unit, COMMON_SCORE, candidate)
