"""One setting moves the vectors of cases into PostgreSQL, where instances share them."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.settings import Settings
from api.workspace import Workspace
from corpus.records import Case, Declaration
from models.encoder import Encoder
from models.retrieval_text import case_fields


class Counting:
    """Passes on to an encoder and counts the passages it is asked for."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self.encode_queries = encoder.encode_queries
        self.passages: list[str] = []

    def encode_passages(self, texts):  # type: ignore[no-untyped-def]
        self.passages += texts
        return self._encoder.encode_passages(texts)


def instance(folder: Path, workspace: Workspace, url: str) -> tuple[Workspace, Counting]:
    """Return an instance of the service with a home and a store of its own."""
    folder.mkdir()
    (folder / "targets").symlink_to(workspace.settings.home / "targets")
    made = Workspace(Settings(home=folder, database_url="", vector_url=url))
    counting = Counting(workspace.encoder)
    made.encoder = counting
    return made, counting


@pytest.mark.parametrize("asked", ["农村公路日常养护", "博物馆免费开放"])
def test_a_second_instance_encodes_no_case_again(
    workspace: Workspace, vector_url: str, tmp_path: Path, asked: str
) -> None:
    declaration = Declaration(project_name=asked)
    expected = workspace.parts.retriever.cases(declaration, 5)
    first, _ = instance(tmp_path / "first", workspace, vector_url)
    second, counted = instance(tmp_path / "second", workspace, vector_url)
    cases = set(map(_passage, first.parts.knowledge.cases))
    for one in (first, second):
        found = one.parts.retriever.cases(declaration, 5)
        assert [hit.case.id for hit in found] == [hit.case.id for hit in expected]
        one.close()
    assert not cases & set(counted.passages)
    assert not (tmp_path / "second" / "index" / "cases.npy").exists()


def _passage(case: Case) -> str:
    return case_fields(case).passage
