"""Views: the single measures of how well a record fits a declaration, before they are fused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.taxonomy import guess_function_code
from models.encoder import Encoder
from models.fusion import Views
from models.hybrid_index import HybridIndex
from models.names import Names
from models.retrieval_text import Fields
from models.segment import tokens

_CODE_LENGTH = 3
"""Digits of a 支出功能分类 类; longer codes name its 款 and 项."""
_BRACKETS = re.compile(r"\(.*?\)")


@dataclass(frozen=True)
class Question:
    """What a declaration asks with; equal questions have equal answers."""

    fields: Fields
    function_code: str = ""
    office: str = ""
    """Department, which hints at the sector."""


@dataclass(frozen=True)
class Query:
    """A question made ready for the indexes."""

    name_words: Sequence[str]
    words: Sequence[str]
    """Words of name and body; those of the name count twice."""
    sector: str
    """The stated sector, else the one that name and department suggest."""
    title: str = ""
    """The name without what stands in brackets."""
    vector: np.ndarray | None = None
    """Vector of name and body, (d,)."""
    name_vector: np.ndarray | None = None


def encoded_texts(question: Question) -> list[str]:
    """Return what is encoded of a question: name with body, and the name where it differs."""
    return list(dict.fromkeys((question.fields.passage, question.fields.title)))


def make_query(question: Question, encoder: Encoder | None) -> Query:
    """Segment and encode a question."""
    fields = question.fields
    name = tokens(fields.title)
    vector = name_vector = None
    if encoder is not None:
        vectors = encoder.encode_queries(encoded_texts(question))
        vector, name_vector = vectors[0], vectors[-1]
    return Query(
        name_words=name,
        words=[*name, *name, *tokens(fields.body)],
        sector=_sector(question),
        title=_BRACKETS.sub("", fields.title).strip(),
        vector=vector,
        name_vector=name_vector,
    )


def text_views(query: Query, index: HybridIndex) -> Views:
    """Return the views that compare texts."""
    views = {"lexical": index.lexical(query.words)}
    if index.is_dense and query.vector is not None:
        views["dense"] = index.dense(query.vector)
    return views


def name_alone_views(query: Query, index: HybridIndex) -> Views:
    """Return the view that compares the name alone; how like cases are needs none."""
    if not index.is_dense or query.name_vector is None:
        return {}
    return {"dense_name": index.dense(query.name_vector)}


def name_views(query: Query, names: Names) -> Views:
    """Return the views that compare with each name of a record: the likest one, and equality."""
    views = {"named": names.equal(query.title)}
    if names.index.is_dense and query.vector is not None:
        views["alias"] = names.likest(query.vector)
    return views


def sector_view(query: Query, sectors: np.ndarray) -> np.ndarray:
    """Return whether each record is of the query's sector, 0 or 1, float32 (n,)."""
    return np.asarray(sectors == query.sector, dtype=np.float32)


def _sector(question: Question) -> str:
    stated = question.function_code.strip()[:_CODE_LENGTH]
    return stated or guess_function_code(f"{question.fields.title}，{question.office}") or ""
