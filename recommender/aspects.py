"""The aspects of what a project does, put to its own objects: 购置护理床 → 护理床验收合格率.

Which aspects a deed has is data/aspects.csv. Each takes its thresholds and its source from a
library indicator of the same aspect, of a matched type if there is one; without such a model it is
left out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from corpus.knowledge import Knowledge
from corpus.records import LibraryIndicator, LibraryType
from models.measure import split_name
from models.retrieval import TypeHit
from recommender.candidates import Candidate, Pool, of_type
from recommender.choice import Choice
from recommender.deeds import is_of_other_deed
from recommender.deliverable import Deliverable
from recommender.people import beneficiaries
from recommender.project import Project, pairs
from recommender.rarity import Rarity
from recommender.singles import is_few
from recommender.trivial import TRIVIAL, is_trivial
from recommender.wording import is_durable, kind_of, names_people, stands_behind
from recommender.work import pays_out, trains, work_of

ASPECT_SCORE = 0.78
"""Score of an aspect put to a stated object: it fits, though nobody measured it quite so."""
NAMED_SCORE = 0.72
"""The same where the text states no quantity of the object."""
_MENTIONED = 0.5
"""Share of an object's words in the project's text from which it is the project's own."""
_FITTING = 0.5
"""Score of the best type from which its own people are asked, not whoever uses a thing."""
_LIKELY, _SAYS_WHERE = 0.25, 2
"""Score of a type from which its people may be the project's; letters that narrow who is asked."""
_FACET = 5
_PAID_FOR = frozenset({"pay", "grant"})
"""Kinds of work that pay for what others build or buy."""
_PAYMENT_END = re.compile(r"(?:补助|补贴|奖补|贴息|奖励)(?:资金|项目|经费)*$")
_EXAMINED = re.compile(r"考核|考试|考评|测试|鉴定|结业|证书|合格")
_NO_THING = re.compile(r"^(?:验收|调试|使用|通车|运行|投用|设施|设备|[一-龥]?时间|完工)$")
_OF_MANY = re.compile(r"(?:投入使用|按期交付|按期完工|按期上线)率$")
"""Characters at the end of a name that are its aspect: 验收合格率, 投入使用率."""
_LONGEST = 10
"""Characters of an object that a name can carry."""
_ANYBODY = re.compile(r"群众|村民|居民|农户|服务对象|公众|使用|用户|受益")
_SATISFIED = re.compile(r"对?(?:服务|项目|工程|设施)?满意度$|受益")
_GENERIC = re.compile(r"工程|项目|竣工|单位|分项|分部|一次|质量|建设|完成|设备|设施")
"""Words of an object that any project's may have."""
_SOFTWARE = re.compile(r"(?:平台|系统|网站|数据库|软件)$")
_TRAINED = re.compile(r"参训|受训|培训|学员")
_PAYMENT = re.compile(
    r"(?:补助|补贴|资金|奖金|津贴|救助金|慰问金|经费|保险|保障金|助学金|报酬|工资)$"
)


@dataclass(frozen=True)
class Aspect:
    """One aspect of a kind of deed."""

    kind: str
    level1: str
    level2: str
    pattern: str
    model: str
    """End of the names that the library gives it."""
    unit: str


_Model = tuple[LibraryType, LibraryIndicator]
"""A library indicator that may stand for an aspect, with its type."""


@cache
def aspects() -> tuple[Aspect, ...]:
    """Return all aspects, in the order of the file."""
    text = files("recommender").joinpath("data/aspects.csv").read_text(encoding="utf-8")
    return tuple(Aspect(**row) for row in csv.DictReader(text.splitlines()))


class OwnAspects:
    """Puts the aspects of stated deeds to the project's own objects."""

    def __init__(self, knowledge: Knowledge, rarity: Rarity) -> None:
        self._rarity = rarity
        self._models = {aspect: _models(aspect, knowledge.types) for aspect in aspects()}
        self._of_sector = lru_cache(maxsize=1024)(self._nearest_of_all)

    def put(
        self, choices: Sequence[Choice], pool: Pool, quantities: Sequence[Deliverable]
    ) -> list[Choice]:
        """Return the choices with own aspects in place of those of other objects."""
        return self.placed(choices, pool, self._of_all(pool, quantities))

    def placed(self, choices: Sequence[Choice], pool: Pool, owns: Iterable[Choice]) -> list[Choice]:
        """Return the choices with own ones in place of the same aspect of other objects.

        A choice that speaks of the project's own object already stays under its name.
        """
        result = list(choices)
        for own in owns:
            alike = [choice for choice in result if _one_aspect(choice, own)]
            best = max((choice.score for choice in alike), default=0.0)
            known = [choice for choice in alike if self._is_own(choice, own, pool)]
            if known:
                first = max(known, key=lambda choice: choice.score)
                made = replace(first, score=max(first.score, own.score))
                alike = [first]
            else:
                made = replace(own, score=max(best, own.score), candidate=_source(alike, own, pool))
            result = [choice for choice in result if not any(choice is one for one in alike)]
            result.append(made)
        return result

    def _of_all(self, pool: Pool, quantities: Sequence[Deliverable]) -> list[Choice]:
        """Return the own aspects of all quantities, each name once."""
        deeds = [item for item in quantities if not item.is_benefit and kind_of(item.action)]
        if _pays(pool.project):
            deeds = [item for item in deeds if kind_of(item.action) not in {"build", "buy"}]
        if not pays_out(pool.project):
            deeds = [item for item in deeds if kind_of(item.action) != "pay"]
        found: dict[str, Choice] = {}
        people = beneficiaries(pool.project)
        for aspect in aspects():
            own = [item for item in deeds if kind_of(item.action) == aspect.kind]
            if aspect.kind == "train" and not trains(pool.project.name, quantities):
                continue
            if "考核" in aspect.pattern and not _is_examined(pool.project, quantities):
                continue
            own = [item for item in own if not _is_of_one(aspect, item, pool.project)]
            names = [name for item in own if (name := _name(aspect, item))]
            if aspect.pattern == "受益群众满意度":
                names = [f"{people}满意度"] * len(names)
            model = self._model(aspect, pool)
            if not names or model is None:
                continue
            name = names[0] if len(set(names)) == 1 else _of_several(aspect, names)
            score = ASPECT_SCORE if any(item.value for item in own) else NAMED_SCORE
            score *= TRIVIAL if is_trivial(name) else 1.0
            timely = aspect.level2 == "时效指标"
            if name and not (
                timely and any(each.level2 == aspect.level2 for each in found.values())
            ):
                found.setdefault(name, _choice(aspect, name, score, *model))
        return list(found.values())

    def _model(self, aspect: Aspect, pool: Pool) -> _Model | None:
        """Return the library indicator that stands for an aspect: of a fitting type, else any."""
        by_type, code = self._models[aspect], pool.project.function_code
        matched = (by_type[hit.type.id] for hit in pool.types if hit.type.id in by_type)
        near = next(matched, None)
        return self._of_sector(aspect, code) if near is None else _nearest(near, code)

    def _nearest_of_all(self, aspect: Aspect, code: str | None) -> _Model | None:
        """Return the library indicator that stands for an aspect where no matched type has it."""
        return _nearest(chain.from_iterable(self._models[aspect].values()), code)

    def _is_own(self, choice: Choice, own: Choice, pool: Pool) -> bool:
        """Tell whether a choice speaks of the project's own object, or of nobody's."""
        if choice.candidate is None or choice.candidate.library is None:
            return False
        if is_of_other_deed(choice.name, pool.project.deeds):
            return False
        if own.name.startswith("参训"):
            return _TRAINED.search(choice.name) is not None
        if choice.level1 == "满意度指标":
            return self._asks_own(choice.name, choice.candidate, pool)
        thing = _GENERIC.sub("", split_name(choice.name).object)
        return not thing or self._rarity.covered(thing, pool.project.text_pairs) >= _MENTIONED

    def _asks_own(self, name: str, candidate: Candidate, pool: Pool) -> bool:
        """Tell whether a satisfaction asks the project's own people, or just anybody."""
        if candidate.place == 0 and candidate.affinity >= _FITTING:
            return True
        if _ANYBODY.search(name) is None:
            return False
        where = _SATISFIED.sub("", _ANYBODY.sub("", name))
        known = self._rarity.covered(where, pool.project.text_pairs) >= _MENTIONED
        return len(where) < _SAYS_WHERE or known or candidate.affinity >= _LIKELY


def _source(alike: Sequence[Choice], own: Choice, pool: Pool) -> Candidate | None:
    """Return the library indicator whose aspect an own one takes over.

    Of a matched type's indicators that it takes the place of the best, else its usual model.
    """
    tail = own.name[-3 if own.level1 == "满意度指标" else -_FACET :]
    matched = [
        choice
        for choice in alike
        if choice.candidate is not None and choice.candidate.library is not None
        if choice.as_it_stands and choice.unit == own.unit and choice.level1 == own.level1
        if choice.candidate.library.typical is not None and choice.name.endswith(tail)
        if own.level1 != "满意度指标" or _asks_alike(choice.name, own.name)
        if not is_of_other_deed(choice.name, pool.project.deeds)
    ]
    best = max(matched, key=lambda choice: choice.score, default=own)
    return best.candidate


def _asks_alike(name: str, own: str) -> bool:
    """Tell whether a satisfaction asks those that an own one asks."""
    return (_TRAINED if own.startswith("参训") else _ANYBODY).search(name) is not None


def _pays(project: Project) -> bool:
    """Tell whether a project pays for what others build or buy."""
    paid = _PAYMENT_END.search(project.name) is not None
    return paid or work_of(project, sure=True).category in _PAID_FOR


def _is_examined(project: Project, quantities: Sequence[Deliverable]) -> bool:
    """Tell whether a text provides for an examination, or training is all that it speaks of."""
    done = [item for item in quantities if not item.is_benefit]
    return len(done) <= 1 or _EXAMINED.search(project.text) is not None


def _is_of_one(aspect: Aspect, item: Deliverable, project: Project) -> bool:
    """Tell whether an aspect is a share of a piece or two, which says nothing.

    What the project's name is about is examined all the same.
    """
    if not is_few(item, project):
        return False
    thing = pairs(item.object)
    return bool(_OF_MANY.search(aspect.pattern)) or 2 * len(thing & project.name_pairs) < len(thing)


def _models(aspect: Aspect, types: Iterable[LibraryType]) -> dict[str, list[_Model]]:
    """Return the library indicators of an aspect by their type, in the order of the library."""
    found: dict[str, list[_Model]] = {}
    for kind in types:
        for row in kind.indicators:
            if row.unit != aspect.unit or row.typical is None:
                continue
            if row.name.endswith(aspect.model):
                found.setdefault(kind.id, []).append((kind, row))
    return found


def _nearest(models: Iterable[_Model], code: str | None) -> _Model | None:
    """Return the model whose sector and wording come nearest."""
    return min(
        models,
        key=lambda model: (
            model[0].function_code != code,
            "工程" not in model[1].name,
            len(model[1].name),
        ),
        default=None,
    )


def _name(aspect: Aspect, item: Deliverable) -> str:
    """Return the name of an aspect of a deliverable, empty where it would read badly."""
    thing = item.object
    people = names_people(thing)
    if _NO_THING.match(thing):
        return ""
    if len(thing) > _LONGEST or (aspect.kind == "train" and not people):
        return ""
    if aspect.kind == "pay":
        if people:
            thing = f"{thing}{item.action}资金" if item.action != "发放" else ""
        elif not _PAYMENT.search(thing):
            return ""
    if aspect.kind in {"build", "buy"} and people:
        return ""
    if aspect.pattern.endswith("投入使用率") and not is_durable(thing):
        return ""
    if aspect.model == "按期完工率" and _SOFTWARE.search(thing):
        return f"{thing}按期上线率"
    deed = f"{thing}{item.action}" if stands_behind(item.action) else thing
    return aspect.pattern.format(thing=thing, deed=deed, pay=thing)


def _of_several(aspect: Aspect, names: Sequence[str]) -> str:
    """Return what one aspect of several objects is called, empty where each needs its own."""
    if aspect.kind == "build":
        return aspect.pattern.format(deed="工程")
    return names[0] if aspect.kind in {"buy", "train"} else ""


def _choice(
    aspect: Aspect, name: str, score: float, kind: LibraryType, row: LibraryIndicator
) -> Choice:
    """Return an own aspect as a choice that keeps its model as the source."""
    candidate = next(c for c in of_type(TypeHit(kind, 0.0, 0.0), 0) if c.library is row)
    return Choice(aspect.level1, aspect.level2, name, aspect.unit, score, candidate)


def _one_aspect(choice: Choice, own: Choice) -> bool:
    """Tell whether a choice asks for the same aspect on the same level."""
    if choice.level2 != own.level2 or choice.deliverable is not None:
        return False
    mine, other = split_name(choice.name), split_name(own.name)
    return bool(mine.aspect) and mine.aspect == other.aspect
