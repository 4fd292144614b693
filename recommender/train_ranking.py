"""Learns the ranking from the graded suggestions: `python -m recommender.train_ranking ENCODER`.

The weights are kept only if they order unseen cases better than those set by hand. The command
writes the two sets that ship with the program, for search with the encoder and without.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.knowledge import Knowledge
from models.encoder import SentenceEncoder
from models.peers import PeerIndex
from models.retrieval import Retriever
from recommender.evaluate import Bench, ranked
from recommender.ranking import bundled_path

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Training:
    """What a training found."""

    learned: float
    """nDCG@10 of held-out cases with the learned ranking."""
    by_hand: float
    """nDCG@10 of the same cases with the hand-set one."""
    saved: Path | None
    """Where the weights were written, None if they were no better."""


def train(bench: Bench, path: Path) -> Training:
    """Fit on all graded cases and save, if held-out cases show that learning helps."""
    learned = bench.evaluate("learned", ranked, bench.held_out_rankers()).ndcg
    by_hand = bench.evaluate("by hand", ranked).ndcg
    if learned <= by_hand:
        return Training(learned, by_hand, None)
    path.parent.mkdir(parents=True, exist_ok=True)
    bench.fitted(bench.learned).save(path)
    return Training(learned, by_hand, path)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train both bundled sets of weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("encoder", type=Path, help="folder of the default encoder")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    knowledge = Knowledge.bundled()
    peers = PeerIndex(knowledge)
    for encoder in (SentenceEncoder(options.encoder), None):
        bench = Bench(knowledge, Retriever.build(knowledge, encoder), peers)
        found = train(bench, bundled_path(encoder is not None))
        _log.info("learned %.3f, by hand %.3f: %s", found.learned, found.by_hand, found.saved)


if __name__ == "__main__":
    main()
