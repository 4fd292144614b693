"""Builds the domain dictionary of the word segmenter from the library and a curated list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

_TERM = re.compile(r"[\u4e00-\u9fa5]{2,6}")
_SHARED = 2
"""Derived terms occur in so many project types at least: what only one type uses is its own
phrase, and as one word it would match no other text."""
_FREQUENCY = 2000
_HEADER = "# Made by corpus.build_data: budget_terms.txt, then terms shared by library types.\n"


def _general_words() -> set[str]:
    """Return the words that the segmenter knows without us; their own frequencies are better."""
    dictionary = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    return {line.split(" ", 1)[0] for line in dictionary.splitlines()}


def _terms_of(entry: Mapping[str, Any]) -> set[str]:
    """Return what a project type calls itself, its objects and their aspects."""
    names = {entry["project_type"], *entry["aliases"]}
    for row in entry["indicators"]:
        names |= {row["object"], row["facet"]}
    return {name for name in names if _TERM.fullmatch(name)}


def userdict(library: Iterable[Mapping[str, Any]]) -> str:
    """Return the dictionary, lines of “word frequency tag”: curated terms, then derived ones."""
    curated = files("corpus").joinpath("lexicon/budget_terms.txt").read_text(encoding="utf-8")
    counts = Counter(term for entry in library for term in _terms_of(entry))
    shared = sorted(term for term, count in counts.items() if count >= _SHARED)
    general = _general_words()
    words = dict.fromkeys(word for word in (*curated.split(), *shared) if word not in general)
    return _HEADER + "".join(f"{word} {_FREQUENCY} n\n" for word in words)
