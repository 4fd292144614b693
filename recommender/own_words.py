"""Puts the project's own quantities and dates into the aspects that its type uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.target.units import comparable
from models.measure import same_measure, split_name
from recommender.choice import Choice
from recommender.condensed import words_of
from recommender.deadlines import Deadline
from recommender.deliverable import Deliverable
from recommender.project import Project, pairs
from recommender.rarity import Rarity
from recommender.wording import kind_of, split_action

LookUp = Callable[[Deliverable], Choice | None]
"""Finds a library indicator of any type that counts the same thing."""

OWN_SCORE = 0.8
"""Score of what the description itself promises, where no known indicator measures it."""
OTHER_DATE = 0.74
"""Score of a date of one part where a later one is stated too."""
_ALIKE = 0.55
"""From this similarity on, a stated quantity is the measure of a known indicator."""
_EQUAL = 0.85
_SHARED = 0.6
_NAMED = 0.8
"""Share of an object's words from which the project's text names it."""
_BEHIND = 0.5
_SAID, _FEW = 0.75, 2
"""Share of an indicator's letters that a quantity must have, and letters too few to tell."""
_PLAIN_DEEDS = frozenset(
    {"发放", "实施", "开展", "组织", "举办", "给予", "提供", "覆盖", "惠及", "受益"}
)
"""Deeds that a count need not name."""
_ANY_COUNT = re.compile(r"^(?:享受|完成|新增|年度?|实际|累计)+")
_COMMON = frozenset(
    {"人", "名", "人次", "户", "家", "个", "次", "项", "场", "件", "处", "套", "台", "期"}
)
"""Units in which many different things are counted."""
_PAID_BY = re.compile(r"(?:发放|兑付|拨付)(?:完成)?时间$")
_CYCLE = re.compile(r"(?:兑现|兑付|拨付|发放|支付|到账).*(?:周期|时限|用时|时长|天数|时间)$")
"""How long paying takes, which a date by which it is done leaves nothing to."""
_TIMELY = ("完工", "竣工", "完成", "建成", "交付", "按期", "及时", "发放")


def instantiate(
    choices: Sequence[Choice],
    project: Project,
    quantities: Sequence[Deliverable],
    dates: Sequence[Deadline],
    look_up: LookUp,
) -> list[Choice]:
    """Return the choices with the project's own quantities and dates put in.

    An indicator that measures a stated quantity gives way to it, keeping its source; for what no
    choice measures, `look_up` searches the whole library; else it becomes an indicator of its own.
    """
    result = list(choices)
    for quantity in quantities:
        match = _counting(result, quantity) or _counting_more(result, quantity, project)
        known = match or look_up(quantity)
        own = _adapted(known, quantity, project) if known else _alone(quantity)
        result = [choice for choice in result if choice is not match] + [own]
    for date in dates[:1]:
        match = _timing(result, date)
        result = [choice for choice in result if choice is not match] + [_dated(match, date)]
    result += [_dated(None, date, OTHER_DATE) for date in dates[1:]]
    if any(_PAID_BY.search(date.name) for date in dates):
        result = [choice for choice in result if not _is_cycle(choice)]
    return sorted(result, key=lambda choice: -choice.score)


def _counting(choices: Sequence[Choice], quantity: Deliverable) -> Choice | None:
    """Return the best choice that counts the same thing in a comparable unit."""
    rated = [
        (_likeness(choice, quantity) * (_preference(choice) + choice.score), choice)
        for choice in choices
        if choice.deliverable is None
        and choice.unit
        and comparable(choice.unit, quantity.unit)
        and _likeness(choice, quantity) >= _ALIKE
    ]
    return max(rated, key=lambda pair: pair[0])[1] if rated else None


def _counting_more(
    choices: Sequence[Choice], quantity: Deliverable, project: Project
) -> Choice | None:
    """Return the best library count that says more of the same, in words of the text.

    受理政务服务办件数 for 受理办件15万件.
    """
    letters = set(f"{quantity.action}{quantity.object}")
    fitting = [
        choice
        for choice in choices
        if choice.deliverable is None and choice.stated is None and choice.level2 == "数量指标"
        if choice.candidate is not None and choice.candidate.library is not None
        if choice.unit == quantity.unit and len(letters) > _FEW and letters <= set(choice.name)
        if set(_core(choice)) <= set(project.text)
    ]
    return max(fitting, key=lambda choice: choice.score, default=None)


def _preference(choice: Choice) -> float:
    """Return how much a source counts: most a core indicator, least a row of another project."""
    if choice.candidate is None or choice.candidate.library is None:
        return 0.2
    return 1.3 if choice.core else 1.0


def _likeness(choice: Choice, quantity: Deliverable) -> float:
    """Return how far an indicator counts what the quantity counts, 0 to 1."""
    by_name = same_measure(choice.name, quantity.name)
    shared = _share(choice.candidate.object if choice.candidate else "", quantity)
    said = _said(choice, quantity)
    return max(by_name, *(share if share >= _SHARED else 0.0 for share in (shared, said)))


def _said(choice: Choice, quantity: Deliverable) -> float:
    """Return the share of an indicator's deed and object that a quantity's has too.

    改造危桥座数 says nothing that 改造县乡道四五类危桥11座 does not say.
    """
    letters = set(_core(choice))
    share = 1 - _unsaid(choice, quantity) / len(letters) if len(letters) > _FEW else 0.0
    return share if share >= _SAID else 0.0


def _unsaid(choice: Choice, quantity: Deliverable) -> int:
    """Return how many letters of an indicator's deed and object a quantity's lacks."""
    return len(set(_core(choice)) - set(f"{quantity.action}{quantity.object}{quantity.name}"))


def _core(choice: Choice) -> str:
    """Return what an indicator counts without the words that any count may have."""
    return _ANY_COUNT.sub("", split_name(choice.name).core)


def _adapted(choice: Choice, quantity: Deliverable, project: Project) -> Choice:
    """Return an indicator with the stated quantity, under the project's own name for it."""
    known = same_measure(choice.name, quantity.name) >= _EQUAL
    told = pairs(choice.name) <= project.text_pairs | pairs(quantity.name)
    ours = known and told and not _unsaid(choice, quantity)
    if choice.unit == quantity.unit and _said(choice, quantity) == 1.0:
        ours = ours or _is_told(choice, quantity)
    name = choice.name if ours and _keeps_deed(choice.name, quantity) else quantity.name
    score = max(choice.score, OWN_SCORE)
    done = bool(kind_of(quantity.action)) and not quantity.is_benefit
    levels = ("产出指标", "数量指标") if done else (choice.level1, choice.level2)
    return replace(
        choice,
        level1=levels[0],
        level2=levels[1],
        name=name,
        unit=quantity.unit,
        score=score,
        deliverable=quantity,
    )


def _keeps_deed(name: str, quantity: Deliverable) -> bool:
    """Tell whether a name says what is done: 在岗教师人数 does not count who is hired."""
    action = quantity.action
    if action and action not in name and action not in _PLAIN_DEEDS:
        return bool(kind_of(action)) and kind_of(action) == kind_of(split_action(name)[0])
    deed = quantity.called.removeprefix(quantity.object)
    return not deed or len(set(split_name(deed).object) - set(name)) <= _FEW


def _is_told(choice: Choice, quantity: Deliverable) -> bool:
    """Tell whether a library indicator says what it counts in the words of a quantity."""
    library = choice.candidate is not None and choice.candidate.library is not None
    return library and set(words_of(_core(choice))) <= set(words_of(quantity.name))


def _alone(quantity: Deliverable) -> Choice:
    """Return a stated quantity as an indicator of its own."""
    levels = ("效益指标", "社会效益指标") if quantity.is_benefit else ("产出指标", "数量指标")
    return Choice(*levels, quantity.name, quantity.unit, OWN_SCORE, deliverable=quantity)


def _timing(choices: Sequence[Choice], date: Deadline) -> Choice | None:
    """Return the best indicator of timely completion; what is settled needs a date of paying."""
    timely = (
        choice
        for choice in choices
        if choice.level2 == "时效指标"
        and choice.unit == "%"
        and any(word in choice.name for word in _TIMELY)
        and not ("结算" in choice.name and not _PAID_BY.search(date.name))
    )
    return max(timely, key=lambda choice: choice.score, default=None)


def _is_cycle(choice: Choice) -> bool:
    """Tell whether a choice gives the library's time for paying out: 资金兑现周期 ≤100天."""
    own = choice.deadline or choice.stated or choice.deliverable
    return not own and choice.level2 == "时效指标" and _CYCLE.search(choice.name) is not None


def _dated(choice: Choice | None, date: Deadline, score: float = OWN_SCORE) -> Choice:
    """Return the stated date as the indicator of timely completion."""
    if choice is None:
        return Choice("产出指标", "时效指标", date.name, "", score, deadline=date)
    score = max(choice.score, OWN_SCORE)
    return replace(choice, name=date.name, unit="", score=score, deadline=date)


def behind_stated(
    choices: Sequence[Choice],
    project: Project,
    quantities: Sequence[Deliverable],
    rarity: Rarity,
) -> list[Choice]:
    """Return the choices; where a project states its quantities, other counts count less.

    That holds for counts and unit costs of things that its text does not name, and for a second
    count of what is stated.
    """
    outputs = [item for item in quantities if not item.is_benefit]
    if not outputs:
        return list(choices)
    return [
        replace(choice, score=choice.score * _BEHIND)
        if _is_count(choice) and _is_strange(choice, project, outputs, rarity)
        else choice
        for choice in choices
    ]


def _is_count(choice: Choice) -> bool:
    """Tell whether a choice is a count or unit cost that rests on the library or a case."""
    own = choice.deliverable or choice.stated or choice.candidate is None
    counted = choice.level2 == "数量指标" and choice.unit != "%"
    return not own and choice.as_it_stands and (counted or choice.level1 == "成本指标")


def _is_strange(
    choice: Choice, project: Project, outputs: Sequence[Deliverable], rarity: Rarity
) -> bool:
    """Tell whether a count is of something unnamed, or of what is counted already.

    What has a piece of its own kind (株, 座) is hardly counted twice.
    """
    if choice.unit not in _COMMON and any(item.unit == choice.unit for item in outputs):
        return True
    thing = choice.candidate.object if choice.candidate else choice.name
    if rarity.covered(thing, project.text_pairs) < _NAMED:
        return True
    counts = choice.level1 != "成本指标"
    return counts and any(
        _share(thing, item) >= _SHARED or pairs(item.object) <= pairs(thing) for item in outputs
    )


def _share(thing: str, item: Deliverable) -> float:
    """Return the share of an object's words that a quantity's object has too."""
    mine, other = pairs(thing), pairs(f"{item.object}{item.action}")
    return len(mine & other) / min(len(mine), len(other)) if mine and other else 0.0
