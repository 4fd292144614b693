"""Learns the ranking from the graded suggestions.

The forest is kept only if it orders unseen cases better than the hand-set ranker.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from recommender.evaluate import Bench, ranked
from recommender.forest import fit


@dataclass(frozen=True)
class Training:
    """What a training found."""

    learned: float
    """nDCG@10 of held-out cases with the learned ranking."""
    by_hand: float
    """nDCG@10 of the same cases with the hand-set one."""
    saved: Path | None
    """Where the forest was written, None if it was no better."""


def train(bench: Bench, path: Path) -> Training:
    """Fit on all graded cases and save, if held-out cases show that learning helps."""
    learned = bench.evaluate("learned", ranked, bench.held_out_rankers()).ndcg
    by_hand = bench.evaluate("by hand", ranked).ndcg
    if learned <= by_hand:
        return Training(learned, by_hand, None)
    path.parent.mkdir(parents=True, exist_ok=True)
    fit(*bench.examples(list(bench.judged().grades))).save(path)
    return Training(learned, by_hand, path)
