from __future__ import annotations

import pytest

from corpus.knowledge import Knowledge
from models.peers import PeerIndex
from models.retrieval import Retriever
from recommender import Recommender


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge.bundled()


@pytest.fixture(scope="session")
def retriever(knowledge: Knowledge) -> Retriever:
    return Retriever.build(knowledge)


@pytest.fixture(scope="session")
def peers(knowledge: Knowledge) -> PeerIndex:
    return PeerIndex(knowledge)


@pytest.fixture(scope="session")
def recommender(knowledge: Knowledge, retriever: Retriever, peers: PeerIndex) -> Recommender:
    """Search by words only: quick, and deterministic without an encoder."""
    return Recommender(knowledge, retriever, peers)
