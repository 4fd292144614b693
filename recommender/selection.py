"""Chooses a set from ranked choices: complete in structure, no two of one measure, not too long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from recommender.choice import Choice
from recommender.config import RecommenderConfig
from recommender.dedupe import measures_same

REQUIRED: tuple[tuple[str, str], ...] = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("成本指标", ""),
    ("效益指标", ""),
    ("满意度指标", ""),
)
"""What every form wants at least once; an empty second level stands for any of the first."""

_SHARED = (("效益指标", ""),)
"""What is wanted once more: alone, an indicator would carry more points than any should."""

_AT_MOST = {
    "经济成本指标": 2,
    "社会成本指标": 1,
    "生态环境成本指标": 1,
    "数量指标": 5,
    "质量指标": 3,
    "时效指标": 2,
    "经济效益指标": 2,
    "社会效益指标": 3,
    "生态效益指标": 2,
    "可持续影响指标": 1,
    "服务对象满意度指标": 2,
}
"""How many of one second level a set holds, so that no aspect crowds out the others."""


@dataclass(frozen=True)
class Selection:
    """A chosen set, best first, and what else could stand in each slot."""

    chosen: tuple[Choice, ...]
    alternatives: tuple[Choice, ...]


def select(
    ranked: Iterable[Choice],
    config: RecommenderConfig,
    size: int | None = None,
    admits: Callable[[Choice], bool] | None = None,
    alternatives: bool = False,
) -> Selection:
    """Choose from choices given best first.

    `admits` screens a choice when its turn comes; what it refuses is not offered as an alternative
    either. With `size` the set has that many members where so many fit.
    """
    picker = _Picker(sorted(ranked, key=lambda choice: -choice.score), config, admits)
    most = config.most if size is None else size
    for slots, wanted in ((REQUIRED, config.weakest), (_SHARED, config.shared)):
        for slot in slots:
            if len(picker.chosen) < most:
                picker.take_first(partial(_fills, slot), wanted)
    while len(picker.chosen) < most:
        needed = _wanted_score(len(picker.chosen), config, size)
        if not picker.take_first(None, needed):
            break
    chosen = tuple(sorted(picker.chosen, key=lambda choice: -choice.score))
    return Selection(chosen, tuple(picker.alternatives(chosen)) if alternatives else ())


def _wanted_score(count: int, config: RecommenderConfig, size: int | None) -> float:
    """Return the score that the next member needs."""
    if size is not None:
        return config.weakest
    if count < config.least:
        return config.filler
    return config.floor if count < config.usual else config.strong


def _fills(slot: tuple[str, str], choice: Choice) -> bool:
    """Tell whether a choice belongs to a slot of the form."""
    return choice.level1 == slot[0] and slot[1] in ("", choice.level2)


class _Picker:
    """Takes choices one after the other while they repeat nothing and pass the screen."""

    def __init__(
        self,
        ranked: Sequence[Choice],
        config: RecommenderConfig,
        admits: Callable[[Choice], bool] | None,
    ) -> None:
        self._left = list(ranked)
        self._config = config
        self._admits = admits
        self._passed: dict[int, bool] = {}
        self._count: Counter[str] = Counter()
        self.chosen: list[Choice] = []

    def take_first(self, suits: Callable[[Choice], bool] | None, wanted: float) -> bool:
        """Take the best choice that suits and has the wanted score; tell whether there was one."""
        for choice in self._left:
            if choice.score < wanted:
                return False
            if suits is not None and not suits(choice):
                continue
            if self._free(choice) and self._passes(choice):
                self._left.remove(choice)
                self.chosen.append(choice)
                self._count[choice.level2] += 1
                return True
        return False

    def alternatives(self, chosen: Sequence[Choice]) -> Iterable[Choice]:
        """Yield the best of what is left for each second level, repeating nothing."""
        count: Counter[str] = Counter()
        offered: list[Choice] = list(chosen)
        for choice in self._left:
            if (
                count[choice.level2] >= self._config.alternatives
                or choice.score < self._config.weakest
            ):
                continue
            if self._repeats(choice, offered) or not self._passes(choice):
                continue
            count[choice.level2] += 1
            offered.append(choice)
            yield choice

    def _free(self, choice: Choice) -> bool:
        """Tell whether there is room for a choice's aspect and its measure is new."""
        full = self._count[choice.level2] >= _AT_MOST.get(choice.level2, 1)
        own = choice.deliverable is not None or choice.leads
        return (own or not full) and not self._repeats(choice, self.chosen)

    def _repeats(self, choice: Choice, others: Sequence[Choice]) -> bool:
        """Tell whether any other choice measures the same."""
        return any(measures_same(choice, other, self._config.same) for other in others)

    def _passes(self, choice: Choice) -> bool:
        """Tell whether the screen lets a choice through; asked once per choice."""
        if self._admits is None:
            return True
        key = id(choice)
        if key not in self._passed:
            self._passed[key] = self._admits(choice)
        return self._passed[key]
