"""Near-duplicate search: which sentences of a report stand in another report already known.

Names of places and units and all numbers are masked, so that a copied report is found though they
were changed. Sentences are compared by the hashes of their eight-character shingles, a fixed
quarter of which is kept; the search is exact on these and needs no tuning of bands.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

from corpus.records import Case, Declaration
from corpus.report import Report, read_report
from corpus.report.sentences import Sentence

_NUMBER = re.compile(r"[\d.,%％]+|[一二三四五六七八九十百千万亿]+(?=[个项次人户家名年月日])")
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?:省|市|县|区|镇|乡|街道|村|社区)|[\u4e00-\u9fff]{2,6}(?:局|委员会|办公室|中心|学校|医院|小学|中学)"
    r"|我[局校院县市区镇委]|本(?:单位|部门|县|市|区)"
)
_LETTERS = re.compile(r"[^\u4e00-\u9fff#]")
_SET_PHRASE = re.compile(
    r"根据.{0,30}(?:通知|办法|规定|要求)|按照.{0,30}(?:通知|办法|规定|要求)|《|〔|专款专用|资金管理办法"
)
_SHINGLE = 8
_KEPT_OF = 4
_MIN_CHARS = 18
_ALIKE = 0.5
"""Share of a sentence's kept shingles that another report must hold."""
_FEWEST = 3
"""Shingles of its own that a sentence must have to be compared."""
_NOWHERE: frozenset[int] = frozenset()
_MIN_CHARS_OF_MANY, _MIN_CHARS_OF_ONE = 60, 70
"""Characters of several sentences, or of one, that no two units write alike by chance."""
_COMMON, _COMMON_SHARE = 2, 20
_MAX_REPORTS = 20_000


@dataclass(frozen=True)
class SharedText:
    """The known report that shares most sentences with a report."""

    case_id: str
    title: str
    sentences: tuple[Sentence, ...]
    share: float
    """Of the characters of all sentences long enough to compare."""

    @property
    def is_telling(self) -> bool:
        """Tell whether so much is shared that it cannot be chance."""
        least = _MIN_CHARS_OF_MANY if len(self.sentences) > 1 else _MIN_CHARS_OF_ONE
        return sum(len(sentence.text) for sentence in self.sentences) >= least


class SharedReports:
    """Shingles of the reports that have been imported."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self._titles: list[tuple[str, str]] = []
        self._texts: list[str] = []
        self._places: dict[int, set[int]] = defaultdict(set)
        for case in cases:
            if case.report_text and len(self._titles) < _MAX_REPORTS:
                self._add(case)

    def __len__(self) -> int:
        """Return how many reports are known."""
        return len(self._titles)

    def _add(self, case: Case) -> None:
        number = len(self._titles)
        year = f"{case.year}年" if case.year else ""
        owner = case.department or case.implementing_unit or ""
        self._titles.append((str(case.id), f"{owner}{year}{case.project_name}" or str(case.id)))
        text = case.report_text or ""
        self._texts.append(text)
        for sentence in _comparable(read_report(text)):
            for shingle in shingles(sentence.text):
                self._places[shingle].add(number)

    def most_alike(self, report: Report, record: Declaration) -> SharedText | None:
        """Return the report that shares most with another; the same text is itself, no copy."""
        if not self._titles:
            return None
        own = {n for n, (key, _) in enumerate(self._titles) if key == str(record.id)}
        own |= {n for n, text in enumerate(self._texts) if text == report.text}
        shared: dict[int, list[Sentence]] = defaultdict(list)
        total = 0
        common = max(_COMMON, len(self._titles) // _COMMON_SHARE)
        for sentence in _comparable(report):
            total += len(sentence.text)
            holders = self._holders(sentence.text, common + len(own)) - own
            if len(holders) <= common:  # what many write alike is a set phrase
                for number in holders:
                    shared[number].append(sentence)
        if not shared:
            return None
        number = max(shared, key=lambda n: (_chars(shared[n]), -n))
        key, title = self._titles[number]
        return SharedText(key, title, tuple(shared[number]), _chars(shared[number]) / total)

    def _holders(self, text: str, common: int) -> set[int]:
        """Return the reports that hold what a sentence says beyond turns of phrase.

        A shingle that more than `common` reports have belongs to a turn of phrase.
        """
        places = [self._places.get(shingle, _NOWHERE) for shingle in shingles(text)]
        own = [found for found in places if len(found) <= common]
        if len(own) < _FEWEST:
            return set()
        counts = Counter(number for found in own for number in found)
        return {number for number, count in counts.items() if count >= _ALIKE * len(own)}


def masked(text: str) -> str:
    """Return a folded sentence without numbers, names of places and units, and marks."""
    return _LETTERS.sub("", _NUMBER.sub("#", _PLACE.sub("#", text)))


def shingles(text: str) -> frozenset[int]:
    """Return the kept shingle hashes of a sentence; a short one keeps them all."""
    bare = masked(text)
    hashes = {
        crc32(bare[place : place + _SHINGLE].encode())
        for place in range(max(len(bare) - _SHINGLE + 1, 1))
    }
    kept = frozenset(value for value in hashes if value % _KEPT_OF == 0)
    return kept if len(kept) >= 4 else frozenset(hashes)


def _comparable(report: Report) -> Iterator[Sentence]:
    """Yield the sentences that are a unit's own words: long enough, no table, no set phrase."""
    for sentence in report.sentences:
        if sentence.in_table or _SET_PHRASE.search(sentence.text):
            continue
        if len(masked(sentence.text)) >= _MIN_CHARS:
            yield sentence


def _chars(sentences: list[Sentence]) -> int:
    return sum(len(sentence.text) for sentence in sentences)
