"""Indicators that most projects of a sector share, for a project unlike anything known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from corpus.knowledge import Knowledge
from corpus.records import LibraryIndicator, LibraryType
from corpus.taxonomy import canonical_levels
from models.retrieval import TypeHit
from recommender.candidates import Candidate, of_type
from recommender.choice import Choice
from recommender.project import Project

COMMON_SCORE = 0.3
"""Score of a sector's common aspect put to the project's own object: fit, not strong."""

_ASPECTS = {
    "质量指标": ("验收合格率", "质量合格率", "合格率", "达标率"),
    "时效指标": ("按期完成率", "按期完工率", "按期建成率"),
    "服务对象满意度指标": ("满意度",),
}
"""Aspects that hold for any project, whatever it does."""

_YEAR = re.compile(r"(?:19|20)\d{2}年?(?:度)?|\d+年度?")
_BRACKETS = re.compile(r"[（(【\[].*?[)）】\]]")
_PLACE = re.compile(r"^[一-龥]{2,8}?(?:省|市|县|区|乡|镇|街道|村|自治[区州县])")
_TAIL = re.compile(
    r"(?:(?:中央|省级|市级|县级)?(?:财政)?(?:专项|补助|补贴|配套|奖补|扶持)?(?:资金|经费|费用?)|项目|工程|工作|"
    r"预算|支出|第?[一二三四五六]期|批次?)+$"
)
_ABSTRACT = re.compile(r"(?:发展|事业|改革|保障|支持|管理|振兴|创新)$")
"""Ends of names that say nothing that could be examined or completed."""
_PEOPLE = "服务对象"
_LONGEST_TOPIC = 14


def topic(project: Project) -> str:
    """Return what a project is about: its name without place, year and words such as 专项资金."""
    name = _BRACKETS.sub("", _YEAR.sub("", project.name)).strip("“”\"' 、，,.-")
    for place in (_PLACE, _TAIL):
        shorter = place.sub("", name)
        name = shorter if len(shorter) > 1 else name
    return (
        name
        if 1 < len(name) <= _LONGEST_TOPIC
        and not _ABSTRACT.search(name)
        and re.fullmatch(r"[一-龥A-Za-z0-9“”\-]+", name)
        else "项目"
    )


class CommonIndicators:
    """The aspects every project of a sector has, most frequent first."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._types = knowledge.types

    def choices(self, project: Project) -> list[Choice]:
        """Return the sector's common aspects, each put to the project's own object."""
        code = project.function_code or ""
        rows = self._by_sector.get(code) or self._by_sector.get("", {})
        return [self._choice(project, *rows[level]) for level in _ASPECTS if level in rows]

    @cached_property
    def _by_sector(self) -> dict[str, dict[str, tuple[LibraryType, LibraryIndicator]]]:
        """Sector (empty for all) → second level → the indicator that stands for its aspect."""
        codes = {kind.function_code for kind in self._types}
        table = {
            code: _typical(kind for kind in self._types if kind.function_code == code)
            for code in codes
        }
        return {**table, "": _typical(self._types)}

    def _choice(self, project: Project, kind: LibraryType, row: LibraryIndicator) -> Choice:
        """Return an aspect with the project's own object."""
        hit = TypeHit(kind, 0.0, 0.0)
        candidate: Candidate = next(c for c in of_type(hit, 0) if c.library is row)
        thing = _PEOPLE if row.facet == "满意度" else topic(project)
        return Choice(
            candidate.level1,
            candidate.level2,
            f"{thing}{row.facet}",
            candidate.unit,
            COMMON_SCORE,
            candidate,
        )


def _typical(
    kinds: Iterable[LibraryType],
) -> dict[str, tuple[LibraryType, LibraryIndicator]]:
    """Return for each second level the indicator of its most frequent general aspect."""
    seen: dict[tuple[str, str], tuple[LibraryType, LibraryIndicator]] = {}
    count: Counter[tuple[str, str]] = Counter()
    for kind in kinds:
        for row in kind.indicators:
            level2 = canonical_levels(row.level1, row.level2)[1]
            if row.facet in _ASPECTS.get(level2, ()):
                seen.setdefault((level2, row.facet), (kind, row))
                count[level2, row.facet] += 1
    best: dict[str, tuple[LibraryType, LibraryIndicator]] = {}
    for (level2, facet), _ in count.most_common():
        best.setdefault(level2, seen[level2, facet])
    return best
