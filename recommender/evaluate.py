"""Measures suggestions against the graded ones: `python -m recommender.evaluate`.

Each case's own source page is left out of what is searched, and every figure of the learned ranking
comes from folds grouped by source page: a case is ranked by weights that saw no case of the same
page. Unjudged suggestions count as unfit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.knowledge import Knowledge
from corpus.labels import SuggestionLabel
from corpus.records import Case
from models.case_groups import case_groups
from models.encoder import SentenceEncoder
from models.peers import PeerIndex
from models.retrieval import Retriever
from recommender import baselines
from recommender.config import RecommenderConfig
from recommender.metrics import DEPTH, Evaluation, Judged, measure
from recommender.pipeline import Recommender
from recommender.ranking import Ranker, fit, hand_set

if TYPE_CHECKING:
    import pandas as pd

FOLDS = 10

Suggest = Callable[[Recommender, Case], Sequence[str]]
"""A way to suggest: recommender and case → source keys, best first."""


@dataclass(frozen=True)
class Bench:
    """What an evaluation needs: knowledge, search, peers and the graded suggestions."""

    knowledge: Knowledge
    retriever: Retriever
    peers: PeerIndex
    config: RecommenderConfig = field(default_factory=RecommenderConfig)
    labels: Sequence[SuggestionLabel] | None = None

    @classmethod
    def bundled(cls, encoder: Path) -> tuple[Bench, Retriever]:
        """Return a bench over the bundled data, and a search without the encoder of a folder."""
        knowledge = Knowledge.bundled()
        found = Retriever.build(knowledge, SentenceEncoder(encoder))
        return cls(knowledge, found, PeerIndex(knowledge)), Retriever.build(knowledge)

    def judged(self) -> Judged:
        """Return the graded suggestions."""
        return Judged.of(self.knowledge, self.labels)

    def recommender(self, ranker: Ranker) -> Recommender:
        """Return a recommender with a ranker."""
        return Recommender(self.knowledge, self.retriever, self.peers, self.config, ranker=ranker)

    def examples(self, case_ids: Sequence[str]) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Return features and grades of the candidates of some cases; unjudged ones are 0."""
        maker, judged = self.recommender(hand_set()), self.judged()
        matrices, grades = [], []
        for case_id in case_ids:
            case = self.knowledge.cases_by_id[case_id]
            pool = maker.pool(case, exclude_source=case.source)
            matrices.append(maker.features.matrix(pool))
            known = judged.grades[case_id]
            grades.append(np.array([known.get(c.source_key, 0) for c in pool.candidates]))
        return matrices, grades

    def folds(self, seed: int = 0) -> Iterator[tuple[list[str], list[str]]]:
        """Yield case ids to learn from and to test on; one page or project stays together."""
        ids = [str(case.id) for case in self.judged().cases()]
        groups = case_groups([self.knowledge.cases_by_id[case_id] for case_id in ids])
        numbers = np.unique(groups)
        np.random.default_rng(seed).shuffle(numbers)
        fold_of = {number: place % FOLDS for place, number in enumerate(numbers.tolist())}
        folds = np.array([fold_of[number] for number in groups.tolist()])
        for fold in range(min(FOLDS, len(numbers))):
            learn = [case_id for case_id, other in zip(ids, folds, strict=True) if other != fold]
            test = [case_id for case_id, other in zip(ids, folds, strict=True) if other == fold]
            yield learn, test

    def held_out_rankers(self) -> dict[str, Ranker]:
        """Return for every judged case weights that saw no case of its page."""
        ids = list(self.judged().grades)
        matrices, grades = self.examples(ids)
        place = {case_id: i for i, case_id in enumerate(ids)}
        rankers: dict[str, Ranker] = {}
        for learn, test in self.folds():
            chosen = [place[case_id] for case_id in learn]
            ranker = fit([matrices[i] for i in chosen], [grades[i] for i in chosen])
            rankers |= dict.fromkeys(test, ranker)
        return rankers

    def evaluate(
        self, name: str, suggest: Suggest, rankers: Mapping[str, Ranker] | None = None
    ) -> Evaluation:
        """Return the figures of a way to suggest, by each case's own ranker or the hand-set one."""
        judged, recommender = self.judged(), self.recommender(hand_set())
        keys = {}
        for case in judged.cases():
            if rankers is not None:
                recommender = recommender.with_ranker(rankers[str(case.id)])
            keys[str(case.id)] = suggest(recommender, case)
        return measure(name, keys, judged)


def chosen_set(recommender: Recommender, case: Case) -> list[str]:
    """Return the source keys of a recommendation of ten; own words without a source stay blank."""
    found = recommender.recommend(case, DEPTH, case.source)
    return [suggestion.source_key or "" for suggestion in found.suggestions]


def ranked(recommender: Recommender, case: Case) -> list[str]:
    """Return the candidates in the ranker's order, with neither selection nor own words."""
    choices = recommender.scored(recommender.pool(case, case.source))
    return [choice.source_key or "" for choice in choices]


def evaluate(bench: Bench, lexical: Retriever | None = None) -> list[Evaluation]:
    """Return the recommender's figures, its baselines and what happens without each part.

    `lexical` is a retriever without an encoder, to show what dense search adds.
    """
    knowledge, retriever = bench.knowledge, bench.retriever
    rankers = bench.held_out_rankers()
    plain = replace(bench.config, case_rows_from=0)
    found = [
        bench.evaluate("推荐（学习排序+成组选择）", chosen_set, rankers),
        bench.evaluate("去掉成组选择与项目自身数量", ranked, rankers),
        bench.evaluate("去掉学习排序", chosen_set),
    ]
    without = replace(bench, config=plain)
    found.append(without.evaluate("去掉历史项目的指标", chosen_set, without.held_out_rankers()))
    if lexical is not None:
        words = replace(bench, retriever=lexical)
        found.append(words.evaluate("去掉语义检索", chosen_set, words.held_out_rankers()))
        found.append(
            bench.evaluate("基线：BM25 选类型", lambda _, case: baselines.as_listed(lexical, case))
        )
    found.append(
        bench.evaluate(
            "基线：最佳类型核心优先", lambda _, case: baselines.core_first(retriever, case)
        )
    )
    found.append(
        bench.evaluate(
            "基线：行业高频", lambda _, case: baselines.sector_frequency(knowledge, case)
        )
    )
    return found


def table(evaluations: Sequence[Evaluation]) -> pd.DataFrame:
    """Return evaluations as a table, one row each."""
    import pandas as pd

    rows = [
        {
            "方法": each.name,
            "nDCG@10": round(each.ndcg, 3),
            "前十2分占比": round(each.fit_share, 3),
            "已评中2分占比": round(each.fit_share_judged, 3),
            "未评占比": round(each.unjudged, 3),
        }
        for each in evaluations
    ]
    return pd.DataFrame(rows).set_index("方法")
