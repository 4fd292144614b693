"""Recommendations in a running process, each in turn with the floors."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.bulk.table import Section
from benchmarks.timing import milliseconds


def recommendations(home: Path) -> Section:
    """Measure one recommendation for every bundled case beside what it cannot do without.

    The floor is encoding one query and one exact search over the vectors of the library types, with
    the encoder that runs; then what a plain script needs for the same, with sentence-transformers;
    then words alone, with BM25. No text is asked twice, so no memory helps.
    """
    from api.settings import Settings
    from api.workspace import Workspace
    from models.dense import DenseIndex
    from models.encoder import SentenceEncoder
    from models.lexical import LexicalIndex
    from models.retrieval_text import query_fields, type_fields
    from models.segment import tokens
    from models.train_retrieval import asked_without_indicators

    workspace = Workspace(Settings(home=home))
    workspace.warm_up()
    parts = workspace.parts
    light, heavy = workspace.encoder, SentenceEncoder(home / "encoder")
    types = parts.knowledge.types
    fields = [type_fields(kind) for kind in types]
    words = LexicalIndex([tokens(each.whole) for each in fields])
    forms = [asked_without_indicators(case) for case in parts.knowledge.cases]

    indexes: list[tuple[Any, DenseIndex]] = []
    for encoder in (light, heavy):
        index = DenseIndex(encoder.dimension)
        index.add([kind.id for kind in types], encoder.encode_passages([f.passage for f in fields]))
        indexes.append((encoder, index))
    taken: dict[str, list[float]] = {"floor": [], "plain": [], "words": [], "whole": []}
    for form in forms:
        text = query_fields(form).passage
        asked = [f"{text} "]  # not what the recommendation asks with: it must encode for itself
        for name, (encoder, index) in zip(("floor", "plain"), indexes, strict=True):
            taken[name].append(milliseconds(partial(_search, encoder, index, asked)))
        taken["words"].append(milliseconds(lambda t=text: words.scores(tokens(t))))
        taken["whole"].append(milliseconds(lambda f=form: workspace.recommend(f)))
    section = Section(f"运行中的推荐（{len(forms)} 个案例各一次，括号内为最小与最大）")
    section.add("下限：编码一次并精确检索一次", taken["floor"][1:], "ms")
    section.add("一次推荐", taken["whole"][1:], "ms")
    section.add("普通脚本：sentence-transformers 编码一次并检索一次", taken["plain"][1:], "ms")
    section.add("仅 BM25", taken["words"][1:], "ms")
    return section


def _search(encoder: Any, index: Any, asked: list[str]) -> None:
    """Encode one query and search exactly."""
    index.search(encoder.encode_queries(asked)[0], 5)
