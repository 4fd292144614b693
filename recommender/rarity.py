"""How telling a word is: rare character pairs weigh more than those of every form."""

from __future__ import annotations

import math
from collections import Counter

from corpus.knowledge import Knowledge
from models.retrieval_text import case_fields, type_fields
from recommender.project import pairs

_LEAST = 0.1


class Rarity:
    """Inverse document frequency of character pairs over library types and cases."""

    def __init__(self, knowledge: Knowledge) -> None:
        documents = [type_fields(kind) for kind in knowledge.types]
        documents += [case_fields(case) for case in knowledge.cases]
        self._total = len(documents) or 1
        self._counts: Counter[str] = Counter()
        for document in documents:
            self._counts.update(pairs(f"{document.whole}，{document.indicators}"))

    def of(self, pair: str) -> float:
        """Return the weight of a pair; the rarer, the higher."""
        return max(_LEAST, math.log(self._total / (self._counts[pair] + 1)))

    def covered(self, text: str, by: frozenset[str]) -> float:
        """Return the share of a text's pairs, by weight, that are found in others; 0 to 1."""
        found = total = 0.0
        for pair in pairs(text):
            weight = self.of(pair)
            total += weight
            if pair in by:
                found += weight
        return found / total if total else 0.0

    def strangest(self, text: str, by: frozenset[str]) -> float:
        """Return the highest weight among a text's pairs that are not found in others."""
        return max((self.of(pair) for pair in pairs(text) if pair not in by), default=0.0)
