"""Measures suggestions against the graded ones, and what each part adds.

    python -m recommender.evaluate ENCODER_FOLDER [--ablations]

Each case's own source page is left out of what is searched. The ranking of a case is fitted to
graded cases of other pages and projects only; of cases that do not ship with the program none is
fitted to, they are ranked by the weights in use. Unjudged suggestions count as unfit.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.bundle import bundled_labels
from corpus.knowledge import Knowledge
from corpus.labels import SuggestionLabel
from corpus.records import Case
from models.case_groups import case_groups
from models.encoder import Encoder, SentenceEncoder
from models.peers import PeerIndex
from models.retrieval import Retriever
from recommender import baselines
from recommender.choice import Choice
from recommender.config import RecommenderConfig
from recommender.evidence import Evidence, Example, examples, graded, listed
from recommender.metrics import DEPTH, Evaluation, Judged, measure
from recommender.own_grades import Shown, as_it_stands
from recommender.pipeline import Recommender
from recommender.ranking import LinearRanker, Ranker, bundled_ranker, fit, hand_set
from recommender.selection import select

if TYPE_CHECKING:
    import pandas as pd

FOLDS = 10

Suggest = Callable[[Recommender, Case], Sequence[Shown]]
"""A way to suggest: recommender and case → suggestions, best first."""


@dataclass(frozen=True)
class Bench:
    """What an evaluation needs: knowledge, search, peers and the graded suggestions."""

    knowledge: Knowledge
    """The bundled cases, and those that are measured on."""
    retriever: Retriever
    peers: PeerIndex
    config: RecommenderConfig = field(default_factory=RecommenderConfig)
    labels: Sequence[SuggestionLabel] | None = None
    """What is measured on; the bundled grades where None. Weights are fitted to those always."""
    ranker: Ranker | None = None
    """The ranking in use, for cases that no grade of theirs was fitted to."""

    @classmethod
    def bundled(cls, encoder: Encoder) -> tuple[Bench, Retriever]:
        """Return a bench over the bundled data, and a search without an encoder."""
        knowledge = Knowledge.bundled()
        found = Retriever.build(knowledge, encoder)
        return cls(knowledge, found, PeerIndex(knowledge)), Retriever.build(knowledge)

    def judged(self) -> Judged:
        """Return the graded suggestions that are measured on."""
        return self._judged

    def recommender(self, ranker: Ranker) -> Recommender:
        """Return a recommender with a ranker."""
        return self.maker.with_ranker(ranker)

    @cached_property
    def _judged(self) -> Judged:
        return Judged.of(self.knowledge, self.labels)

    @cached_property
    def learned(self) -> Mapping[str, Evidence]:
        """The graded projects that weights are fitted to, by id."""
        labels = bundled_labels("suggestions")
        found = (*graded(self.knowledge, labels), *listed(self.knowledge))
        return {str(each.case.id): each for each in found}

    @cached_property
    def maker(self) -> Recommender:
        """A recommender, to make others of."""
        return Recommender(self.knowledge, self.retriever, self.peers, self.config)

    def fitted(self, case_ids: Iterable[str]) -> LinearRanker:
        """Return weights fitted to some of the graded projects, by id."""
        found = [self._examples[case_id] for case_id in case_ids if case_id in self._examples]
        return fit([each.matrix for each in found], [each.grades for each in found])

    @cached_property
    def _examples(self) -> Mapping[str, Example]:
        return {str(one.case.id): one for one in examples(self.maker, self.learned.values())}

    def folds(self, seed: int = 0) -> Iterator[tuple[list[str], list[str]]]:
        """Yield case ids to learn from and to test on; one page or project stays together."""
        test_ids, learn_ids = list(self.judged().grades), list(self.learned)
        every = list(dict.fromkeys([*learn_ids, *test_ids]))
        known = {case_id: each.case for case_id, each in self.learned.items()}
        cases = {**self.knowledge.cases_by_id, **known}
        numbers = case_groups([cases[case_id] for case_id in every])
        group = dict(zip(every, numbers.tolist(), strict=True))
        names = np.unique([group[case_id] for case_id in test_ids])
        np.random.default_rng(seed).shuffle(names)
        fold = {name: place % FOLDS for place, name in enumerate(names.tolist())}
        for number in range(min(FOLDS, len(names))):
            learn = [case_id for case_id in learn_ids if fold.get(group[case_id]) != number]
            test = [case_id for case_id in test_ids if fold[group[case_id]] == number]
            yield learn, test

    def held_out_rankers(self) -> dict[str, Ranker]:
        """Return for every judged case weights that saw no case of its page or project."""
        rankers: dict[str, Ranker] = {}
        made: list[tuple[list[str], list[str]]] = list(self.folds())
        if all(len(learn) == len(self.learned) for learn, _ in made):
            dense = self.retriever.encoder_fingerprint is not None
            usual = self.ranker or bundled_ranker(dense)
            return dict.fromkeys(self.judged().grades, usual)
        for learn, test in made:
            rankers |= dict.fromkeys(test, self.fitted(learn))
        return rankers

    def evaluate(
        self, name: str, suggest: Suggest, rankers: Mapping[str, Ranker] | None = None
    ) -> Evaluation:
        """Return the figures of a way to suggest, by each case's own ranker or the hand-set one."""
        return measure(name, self.suggested(suggest, rankers), self.judged())

    def suggested(
        self, suggest: Suggest, rankers: Mapping[str, Ranker] | None = None
    ) -> dict[str, Sequence[Shown]]:
        """Return what a way to suggest suggests for every judged case."""
        by_hand = hand_set()
        return {
            str(case.id): suggest(
                self.recommender(rankers[str(case.id)] if rankers else by_hand), case
            )
            for case in self.judged().cases()
        }


def chosen_set(recommender: Recommender, case: Case) -> list[Shown]:
    """Return the first ten of a recommendation as a user sees it."""
    found = recommender.recommend(baselines.undrafted(case), None, case.source)
    return [Shown(each.source_key or "", each.name) for each in found.suggestions[:DEPTH]]


def unselected(recommender: Recommender, case: Case) -> list[Shown]:
    """Return the choices with the project's own words in the order of their scores."""
    return _shown(recommender.session(baselines.undrafted(case), case.source).ranked)


def without_objects(recommender: Recommender, case: Case) -> list[Shown]:
    """Return a set chosen among the candidates as they stand, without the project's own words."""
    choices = recommender.scored(recommender.pool(baselines.undrafted(case), case.source))
    return _shown(select(choices, recommender.config).chosen)


def ranked(recommender: Recommender, case: Case) -> list[Shown]:
    """Return the candidates in the ranker's order, with neither selection nor own words."""
    return _shown(recommender.scored(recommender.pool(baselines.undrafted(case), case.source)))


def _shown(choices: Sequence[Choice]) -> list[Shown]:
    return [Shown(choice.source_key or "", choice.name) for choice in choices[:DEPTH]]


def evaluate(bench: Bench, lexical: Retriever) -> list[Evaluation]:
    """Return the recommender's figures and those of its baselines.

    `lexical` is a retriever without an encoder, for the BM25 baseline.
    """
    found = [bench.evaluate("推荐", chosen_set, bench.held_out_rankers())]
    return found + [bench.evaluate(name, way) for name, way in plain_ways(bench, lexical).items()]


def plain_ways(bench: Bench, lexical: Retriever) -> dict[str, Suggest]:
    """Return the baselines."""

    def plain(listed: Callable[[Case], Sequence[str]]) -> Suggest:
        return lambda _, case: [as_it_stands(key) for key in listed(case)[:DEPTH]]

    return {
        "基线：最佳类型核心优先": plain(lambda case: baselines.core_first(bench.retriever, case)),
        "基线：BM25 选类型": plain(lambda case: baselines.as_listed(lexical, case)),
        "基线：混合检索选类型": plain(lambda case: baselines.as_listed(bench.retriever, case)),
        "基线：行业高频": plain(lambda case: baselines.sector_frequency(bench.knowledge, case)),
    }


def table(evaluations: Sequence[Evaluation]) -> pd.DataFrame:
    """Return evaluations as a table, one row each; the last two columns with our own grades."""
    import pandas as pd

    rows = [
        {
            "方法": each.name,
            "nDCG@10": round(each.ndcg, 3),
            "前十2分占比": round(each.fit_share, 3),
            "未评占比": round(each.unjudged, 3),
            "nDCG@10（含自评）": round(own.ndcg, 3),
            "前十2分占比（含自评）": round(own.fit_share, 3),
            "未评占比（含自评）": round(own.unjudged, 3),
        }
        for each in evaluations
        for own in [each.with_own or each]
    ]
    return pd.DataFrame(rows).set_index("方法")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    from recommender.ablations import ablations

    parser = argparse.ArgumentParser(prog="recommender.evaluate")
    parser.add_argument("encoder", type=Path, help="folder of the default encoder")
    parser.add_argument("--ablations", action="store_true", help="switch each part off in turn")
    options = parser.parse_args(arguments)
    encoder = SentenceEncoder(options.encoder)
    bench, lexical = Bench.bundled(encoder)
    found = evaluate(bench, lexical)
    if options.ablations:
        found[1:1] = ablations(bench, lexical, encoder)
    print(table(found).to_string())  # noqa: T201 - what the command is for


if __name__ == "__main__":
    main()
