"""Measures what decisions and a region's forms teach: `python -m recommender.evaluate_learning`.

Both measurements are simulations on the bundled cases, split by source and repeated with other
splits; nothing is chosen by their outcome.

- *Decisions.* Units decide as the grades say about the first suggestions that a ranking shows
  them, which was trained on `_BASE` of the sources. Their decisions, on `_DECIDE` of the sources,
  are added; both rankings are measured on the remaining sources.
- *Regions.* Half of the sources become a made-up region without grades. The ranking in use is
  trained on the grades of the other half, and `train_region` decides whether to keep a new one.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.bundle import bundled_labels
from corpus.knowledge import Knowledge
from models.case_groups import case_groups
from models.encoder import SentenceEncoder
from models.peers import PeerIndex
from models.retrieval import Retriever
from recommender import Recommender
from recommender.evidence import Example, examples, graded, used
from recommender.ranking import LinearRanker, fit
from recommender.train_region import RegionTraining, quality, train_region

_log = logging.getLogger(__name__)

SPLITS, REGIONS = 40, 6
SHOWN = 12
"""Suggestions that a unit decides on."""
_BASE, _DECIDE = 0.2, 0.5


@dataclass(frozen=True)
class Material:
    """Examples of the bundled cases by case id, and which cases belong together."""

    graded: Mapping[str, Example]
    used: Mapping[str, Example]
    groups: Mapping[str, int]

    @classmethod
    def of(cls, recommender: Recommender, knowledge: Knowledge) -> Material:
        """Make the examples; a case's own group is left out of what is searched."""
        cases = knowledge.cases
        groups = {str(case.id): int(n) for case, n in zip(cases, case_groups(cases), strict=True)}
        kin = {
            one: frozenset(other for other, number in groups.items() if number == groups[one])
            for one in groups
        }
        judged = graded(knowledge, bundled_labels("suggestions"))
        return cls(
            {str(each.case.id): each for each in examples(recommender, judged, kin)},
            {str(each.case.id): each for each in examples(recommender, map(used, cases), kin)},
            groups,
        )


def simulate_decisions(material: Material) -> np.ndarray:
    """Return nDCG@10 on unseen sources before, after, and with all grades, (splits, 3)."""
    rows = []
    for seed in range(SPLITS):
        numbers = _shuffled([material.groups[case_id] for case_id in material.graded], seed)
        first, second = (round(len(numbers) * share) for share in (_BASE, _BASE + _DECIDE))
        base = _of(material.graded, material.groups, numbers[:first])
        deciding = _of(material.graded, material.groups, numbers[first:second])
        unseen = _of(material.graded, material.groups, numbers[second:])
        before = _fit(base)
        after = _fit([*base, *(_decided(example, before) for example in deciding)])
        every = _fit([*base, *deciding])
        rows.append([_mean(ranker, unseen) for ranker in (before, after, every)])
    return np.array(rows)


def simulate_regions(material: Material) -> list[RegionTraining]:
    """Return what training finds for made-up regions."""
    found = []
    for seed in range(REGIONS):
        numbers = _shuffled(list(material.groups.values()), seed)
        half = len(numbers) // 2
        judged = _of(material.graded, material.groups, numbers[half:])
        local = _of(material.used, material.groups, numbers[:half])
        found.append(train_region(local, judged, _fit(judged)))
    return found


def _decided(example: Example, ranker: LinearRanker) -> Example:
    """Return what is known of a case once a unit has decided on what it was shown."""
    top = np.argsort(-ranker.scores(example.matrix), kind="stable")[:SHOWN]
    return replace(
        example,
        kind="decided",
        keys=tuple(example.keys[place] for place in top.tolist()),
        matrix=example.matrix[top],
        grades=example.grades[top],
    )


def _shuffled(groups: Sequence[int], seed: int) -> np.ndarray:
    numbers = np.unique(groups)
    np.random.default_rng(seed).shuffle(numbers)
    return numbers


def _of(
    found: Mapping[str, Example], groups: Mapping[str, int], chosen: np.ndarray
) -> list[Example]:
    kept = set(chosen.tolist())
    return [example for case_id, example in found.items() if groups[case_id] in kept]


def _fit(found: Sequence[Example]) -> LinearRanker:
    return fit([each.matrix for each in found], [each.grades for each in found])


def _mean(ranker: LinearRanker, found: Sequence[Example]) -> float:
    return float(np.mean([quality(ranker, each) for each in found]))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print both measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("encoder", type=Path, nargs="?", help="folder; words alone without one")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    _log.setLevel(logging.INFO)
    knowledge = Knowledge.bundled()
    encoder = SentenceEncoder(options.encoder) if options.encoder else None
    retriever = Retriever.build(knowledge, encoder)
    material = Material.of(Recommender(knowledge, retriever, PeerIndex(knowledge)), knowledge)
    decisions = simulate_decisions(material)
    gains = decisions[:, 1] - decisions[:, 0]
    _log.info("decisions: before %.4f, after %.4f, all grades %.4f", *decisions.mean(axis=0))
    error = gains.std(ddof=1) / np.sqrt(len(gains))
    _log.info("gain %+.4f, standard error over %d splits %.4f", gains.mean(), SPLITS, error)
    _log.info("splits with a gain: %d of %d", (gains > 0).sum(), SPLITS)
    for number, found in enumerate(simulate_regions(material)):
        here, there = found.local, found.graded
        _log.info(
            "region %d: own %d projects %.3f → %.3f (chance %.3f), graded %.3f → %.3f: %s",
            *(number, here.cases, here.before, here.after, here.chance),
            *(there.before, there.after, "kept" if found.kept else ", ".join(found.failed)),
        )


if __name__ == "__main__":
    main()
