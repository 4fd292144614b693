"""The grammar's word lists, read from `corpus/lexicon`."""

from __future__ import annotations

import csv
import re
from importlib.resources import files


def read_table(name: str) -> list[dict[str, str]]:
    """Read a CSV table of the lexicon."""
    text = files("corpus").joinpath("lexicon", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def read_words(name: str) -> list[str]:
    """Read a list of words, one a line; lines that begin with # are comments."""
    text = files("corpus").joinpath("lexicon", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def alternatives(words: list[str]) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, ordered))
