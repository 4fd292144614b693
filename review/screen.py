"""The rules asked about one proposed row: what they say of the row alone is asked once.

A recommendation screens a dozen rows, and other projects are offered the same ones. Most rules
look at nothing but the row's own cells; which do is seen by letting each run where looking
further is refused.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn, cast

from corpus.records import Declaration, Indicator
from review.context import ReviewContext, Row, build_rows, parse_rows
from review.rule import Rule

logger = logging.getLogger(__name__)

_REMEMBERED = 8192
"""Rows whose verdict is kept, about 1 kB each."""


class _LooksFurtherError(Exception):
    """A rule asked for more than the cells of the row."""


def _refuse(_: object) -> NoReturn:
    raise _LooksFurtherError


class _Cells(Row):
    """A row whose judgement by the classifier, which depends on the project, is not known."""

    probabilities = labels = unsure = evidence = property(_refuse)

    def __init__(self, row: Row) -> None:
        own = {name: getattr(row, name) for name in _CELLS}
        self.__dict__.update(own)


_CELLS = ("index", "indicator", "level1", "level2", "parsed")


class _Alone:
    """What a rule may ask of a context that holds one row and nothing else."""

    rows_of = ReviewContext.rows_of

    def __init__(self, row: Row) -> None:
        self.rows = (row,)

    def __getattr__(self, name: str) -> NoReturn:
        raise _LooksFurtherError


@dataclass(frozen=True)
class Verdict:
    """What the rules say of a row by its own cells."""

    against: tuple[Rule, ...]
    """Rules that remark on it in any project."""
    open: tuple[Rule, ...]
    """Rules that must be asked for each project."""


class Screen:
    """Rules that look at single rows, with what they said of rows seen before."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self.verdict = lru_cache(_REMEMBERED)(self._ask)
        """Tells what the rules say of an indicator by its own cells."""

    def _ask(self, indicator: Indicator) -> Verdict:
        alone = Declaration(project_name="", indicators=(indicator,))
        (row,) = build_rows(alone, parse_rows(alone), [None], [()], [()])
        context = cast("ReviewContext", _Alone(_Cells(row)))
        against, open_ = [], []
        for rule in self._rules:
            try:
                if next(iter(rule.check(context)), None) is not None:
                    against.append(rule)
            except _LooksFurtherError:
                open_.append(rule)
            except Exception:
                logger.exception("rule %s failed", rule.code)
                open_.append(rule)
        return Verdict(tuple(against), tuple(open_))
