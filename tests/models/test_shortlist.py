"""Where there are too many cases to compare them all, the best are found all the same."""

from __future__ import annotations

import pytest

from corpus.knowledge import Knowledge
from models import shortlist
from models.encoder import Encoder
from models.local_vectors import LocalVectors
from models.retrieval import Retriever


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    whole = Knowledge.bundled()
    return Knowledge(whole.types[::8], whole.cases)


def graphs(knowledge: Knowledge, encoder: Encoder) -> Retriever:
    return Retriever.index(knowledge, encoder, None, engine=LocalVectors(exact_up_to=1))


def test_with_all_named_the_answer_is_that_of_the_exact_search(
    knowledge: Knowledge, hashing_encoder: Encoder
) -> None:
    exact = Retriever.index(knowledge, hashing_encoder, None)
    near = graphs(knowledge, hashing_encoder)
    for case in knowledge.cases[::10]:
        expected = exact.cases(case, 10, case.source)
        found = near.cases(case, 10, case.source)
        assert [hit.similarity for hit in found] == pytest.approx(
            [hit.similarity for hit in expected], abs=5e-3
        )
        assert found[0].case == expected[0].case


def test_of_few_that_are_named_nearly_all_of_the_best_are_found(
    knowledge: Knowledge, hashing_encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortlist, "NAMED", 25)
    exact = Retriever.index(knowledge, hashing_encoder, None)
    near = graphs(knowledge, hashing_encoder)
    common, looked_at = 0, []
    for case in knowledge.cases:
        best = {hit.case.id for hit in exact.cases(case, 10)}
        common += len(best & {hit.case.id for hit in near.cases(case, 10)})
        looked_at.append(len(near._shortlist(case).rows))
    assert max(looked_at) < len(knowledge.cases), "else nothing was left out"
    assert common / (10 * len(knowledge.cases)) > 0.97


def test_a_folder_keeps_the_graph(
    knowledge: Knowledge, hashing_encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("home") / "index"
    engine = LocalVectors(exact_up_to=1)
    made = Retriever.open(folder, knowledge, hashing_encoder, engine=engine)
    assert (folder / "cases.graph").is_file()
    again = Retriever.open(folder, knowledge, hashing_encoder, engine=engine)
    fewer = Knowledge(knowledge.types, knowledge.cases[3:])
    updated = Retriever.open(folder, fewer, hashing_encoder, engine=engine)
    for case in knowledge.cases[::30]:
        assert again.cases(case, 5) == made.cases(case, 5)
        best = {hit.case.id for hit in updated.cases(case, 5)}
        assert not best & {case.id for case in knowledge.cases[:3]}
