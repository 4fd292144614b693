"""What each part adds: the recommender with one part switched off, over the same folds.

Every variant that changes what is found has its ranking, and its retrieval weights, fitted anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.bundle import bundled_labels
from corpus.knowledge import Knowledge
from models.adapter import Adapter
from models.encoder import Encoder
from models.fusion import Fusion, FusionSet
from models.retrieval import Retriever
from models.train_retrieval import TYPE_VIEWS, Ranking, fit, fit_curve, type_rankings
from recommender.evaluate import (
    Bench,
    Suggest,
    chosen_set,
    ranked,
    unselected,
    without_objects,
)
from recommender.metrics import Evaluation
from recommender.own_grades import Shown
from recommender.ranking import Ranker

Way = tuple[Bench, Suggest, Mapping[str, Ranker] | None]


def ablations(bench: Bench, lexical: Retriever, encoder: Encoder) -> list[Evaluation]:
    """Return the figures of every variant."""
    return [
        part.evaluate(name, suggest, rankers)
        for name, (part, suggest, rankers) in ways(bench, lexical, encoder)
    ]


def suggestions(
    bench: Bench, lexical: Retriever, encoder: Encoder
) -> Iterator[dict[str, Sequence[Shown]]]:
    """Yield what every variant suggests for every case, to see what is left to judge."""
    for _, (part, suggest, rankers) in ways(bench, lexical, encoder):
        yield part.suggested(suggest, rankers)


def ways(bench: Bench, lexical: Retriever, encoder: Encoder) -> Iterator[tuple[str, Way]]:
    """Yield the variants, each with one part switched off."""
    rankers = bench.held_out_rankers()
    yield "去掉成组选择", (bench, unselected, rankers)
    yield "去掉项目自身对象", (bench, without_objects, rankers)
    yield "去掉成组选择与项目自身对象", (bench, ranked, rankers)
    yield "去掉学习排序", (bench, chosen_set, None)
    plain = replace(bench, config=replace(bench.config, case_rows_from=0))
    yield "去掉历史项目的指标", (plain, chosen_set, plain.held_out_rankers())
    for name, retriever in (
        ("去掉语义检索", lexical),
        ("去掉词语检索", refitted(bench.knowledge, encoder, _without_words)),
        ("去掉学习融合", refitted(bench.knowledge, encoder, _equal)),
    ):
        other = replace(bench, retriever=retriever)
        yield name, (other, chosen_set, other.held_out_rankers())


def refitted(
    knowledge: Knowledge, encoder: Encoder, fitted: Callable[[Sequence[Ranking]], Fusion]
) -> Retriever:
    """Return a retriever whose weights for types were fitted in another way."""
    adapter = Adapter.bundled() if Adapter.bundled().suits(encoder) else None
    usual = Retriever.index(knowledge, encoder, adapter)
    wanted = {label.case_id: label.type_ids for label in bundled_labels("types") if label.type_ids}
    rankings = [
        one
        for case in knowledge.cases
        if str(case.id) in wanted
        for one in type_rankings(usual, case, wanted)
    ]
    fusions = FusionSet(usual.fusions.mode, fitted(rankings), usual.fusions.cases)
    return Retriever.index(knowledge, encoder, adapter, fusions=fusions)


def _without_words(rankings: Sequence[Ranking]) -> Fusion:
    """Fit the weights of all views but BM25."""
    return fit(rankings, [name for name in TYPE_VIEWS if name != "lexical"])


def _equal(rankings: Sequence[Ranking]) -> Fusion:
    """Add up standardised BM25, vectors and the sector, without learned weights."""
    weights = {"lexical": 1.0, "dense": 1.0, "sector": 1.0}
    return Fusion(weights, fit_curve(rankings, Fusion(weights, {}), ()))
