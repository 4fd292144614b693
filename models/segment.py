"""Chinese word segmentation: jieba with the project's domain dictionary.

Of the general dictionary only words are read that begin with a character of the text at hand: all
349,000 of them take half a second and 100 MB, those of a field a few milliseconds. jieba looks up
nothing else, so the words that come out are the same. Nothing is cached on disk: jieba's own cache
lies in the shared temporary folder, where anyone on the machine could replace it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources
from threading import Lock
from typing import Any

import numpy as np

from corpus.text import normalise

_WORD = re.compile(r"\w")
_USER_FREQUENCY = 2000
"""Frequency of a domain word without a count of its own: high enough to beat its parts."""
_CHARACTER_BYTES = 4
"""Most bytes of a character in UTF-8."""

_lock = Lock()


def tokens(text: str) -> list[str]:
    """Return the words of a text in lower case, long words followed by the words inside them.

    Punctuation is left out. Safe to call from several threads.
    """
    clean = normalise(text).lower()
    return [word for word in _tokenizer(clean).cut_for_search(clean) if _WORD.search(word)]


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, each character in one word only."""
    clean = normalise(text).lower()
    return [word for word in _tokenizer(clean).cut(clean) if _WORD.search(word)]


def _tokenizer(text: str) -> Any:
    """Return the process-wide tokenizer with all words that a text may begin."""
    with _lock:
        tokenizer, dictionary = _build_tokenizer()
        dictionary.read_for(text)
    return tokenizer


@lru_cache(maxsize=1)
def _build_tokenizer() -> tuple[Any, _Dictionary]:
    import jieba

    general = resources.files("jieba").joinpath("dict.txt").read_bytes()
    path = resources.files("corpus.lexicon").joinpath("userdict.txt")
    domain = path.read_text(encoding="utf-8") if path.is_file() else ""
    dictionary = _Dictionary(general, dict(_domain_words(domain.splitlines())))
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = dictionary.frequencies, dictionary.total
    tokenizer.initialized = True
    return tokenizer, dictionary


class _Dictionary:
    """Word frequencies by first character, read from the general dictionary when they are needed.

    The general dictionary is UTF-8, one word a line with its count and its part of speech.
    """

    def __init__(self, general: bytes, domain: dict[str, int]) -> None:
        self.frequencies: dict[str, int] = {}
        """Frequency of every word read, 0 for beginnings of words: what jieba looks into."""
        self._general = general
        self._domain: dict[str, dict[str, int]] = {}
        for word, count in domain.items():
            self._domain.setdefault(word[0], {})[word] = count
        data = np.frombuffer(general, dtype=np.uint8)
        ends = np.flatnonzero(data == ord("\n"))
        starts = np.concatenate([[0], ends[:-1] + 1])
        self._places = _places(data, starts, len(general))
        self.total = _sum_of_counts(data, len(ends)) + sum(domain.values())
        """Sum of all frequencies."""
        self._read: set[str] = set()

    def read_for(self, text: str) -> None:
        """Read the words that begin with a character of a text."""
        for character in set(text) - self._read:
            found = dict(self._words(character)) | self._domain.get(character, {})
            beginnings = {word[:end] for word in found for end in range(1, len(word))}
            self.frequencies.update(dict.fromkeys(beginnings, 0) | found)
            self._read.add(character)

    def _words(self, character: str) -> Iterator[tuple[str, int]]:
        for start, end in self._places.get(character, ()):
            for line in self._general[start:end].decode().splitlines():
                word, count, _ = line.split(" ")
                yield word, int(count)


def _places(data: np.ndarray, starts: np.ndarray, size: int) -> dict[str, list[tuple[int, int]]]:
    """Return where lines lie, as (start, end), by their first character."""
    padded = np.concatenate([data, np.zeros(_CHARACTER_BYTES, dtype=np.uint8)])
    lead = padded[starts]
    wide = 1 + (lead >= 0xC0).astype(np.int64) + (lead >= 0xE0) + (lead >= 0xF0)
    keys = np.stack([
        np.where(at < wide, padded[starts + at], 0) for at in range(_CHARACTER_BYTES)
    ], axis=1)  # fmt: skip
    changes = np.flatnonzero(np.any(keys[1:] != keys[:-1], axis=1)) + 1
    firsts = [0, *changes.tolist()]
    borders = [*starts[firsts].tolist(), size]
    places: dict[str, list[tuple[int, int]]] = {}
    for number, row in enumerate(firsts):
        character = keys[row, : wide[row]].tobytes().decode()
        places.setdefault(character, []).append((borders[number], borders[number + 1]))
    return places


def _sum_of_counts(data: np.ndarray, lines: int) -> int:
    """Return the sum of the counts: in each line the digits between its two spaces."""
    spaces = np.flatnonzero(data == ord(" ")).reshape(lines, 2)
    total, power = 0, 1
    places = spaces[:, 1] - 1
    while np.any(inside := places > spaces[:, 0]):
        total += power * int(np.sum(data[places[inside]].astype(np.int64) - ord("0")))
        places, power = places - 1, power * 10
    return total


def _domain_words(lines: Iterable[str]) -> Iterable[tuple[str, int]]:
    """Yield word and frequency of each dictionary line: a word, then optionally its count."""
    for line in lines:
        fields = line.split()
        if fields and not fields[0].startswith("#"):
            counted = len(fields) > 1 and fields[1].isdigit()
            yield fields[0].lower(), int(fields[1]) if counted else _USER_FREQUENCY
