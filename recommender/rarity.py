"""How telling a word is: rare character pairs weigh more than those of every form."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache

from corpus.knowledge import Knowledge
from models.retrieval_text import case_fields, type_fields
from recommender.project import pairs

_LEAST = 0.1


class Rarity:
    """Inverse document frequency of character pairs over library types and cases."""

    def __init__(self, knowledge: Knowledge) -> None:
        documents = [type_fields(kind) for kind in knowledge.types]
        documents += [case_fields(case) for case in knowledge.cases]
        total = len(documents) or 1
        counts: Counter[str] = Counter()
        for document in documents:
            counts.update(pairs(f"{document.whole}，{document.indicators}"))
        by_count = {count: _weight(total, count) for count in {0, *counts.values()}}
        self._weights = {pair: by_count[count] for pair, count in counts.items()}
        self._unseen = by_count[0]
        self._weighed = lru_cache(maxsize=16384)(self._weigh)

    def _weigh(self, text: str) -> tuple[frozenset[str], tuple[float, ...], float]:
        """Return the pairs of a text with what `weigh` says of them."""
        found = pairs(text)
        return found, *self.weigh(found)

    def weigh(self, found: frozenset[str]) -> tuple[tuple[float, ...], float]:
        """Return the weights of some pairs, in the order of the set, and their sum."""
        weights = tuple(self.of(pair) for pair in found)
        total = 0.0
        for weight in weights:  # as `covered` adds, so that all of them make exactly 1
            total += weight
        return weights, total

    def of(self, pair: str) -> float:
        """Return the weight of a pair; the rarer, the higher."""
        return self._weights.get(pair, self._unseen)

    def covered(self, text: str, by: frozenset[str]) -> float:
        """Return the share of a text's pairs, by weight, that are found in others; 0 to 1."""
        every, weights, total = self._weighed(text)
        found = 0.0
        for pair, weight in zip(every, weights, strict=True):
            if pair in by:
                found += weight
        return found / total if total else 0.0

    def strangest(self, text: str, by: frozenset[str]) -> float:
        """Return the highest weight among a text's pairs that are not found in others."""
        every, weights, _ = self._weighed(text)
        missing = [weight for pair, weight in zip(every, weights, strict=True) if pair not in by]
        return max(missing, default=0.0)


def _weight(total: int, count: int) -> float:
    return max(_LEAST, math.log(total / (count + 1)))
