from __future__ import annotations

import dataclasses

import pytest

from corpus.bundle import bundled_cases
from corpus.knowledge import Knowledge, record_hash


def test_records_are_found_by_id() -> None:
    knowledge = Knowledge.bundled()
    case, entry = knowledge.cases[5], knowledge.types[7]
    assert knowledge.cases_by_id[str(case.id)] is case
    assert knowledge.types_by_id[entry.id] is entry


def test_it_cannot_be_changed() -> None:
    knowledge = Knowledge.bundled()
    with pytest.raises(dataclasses.FrozenInstanceError):
        knowledge.cases = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        knowledge.cases_by_id["x"] = knowledge.cases[0]  # type: ignore[index]


def test_a_case_without_a_page_is_its_own_source() -> None:
    case = bundled_cases()[0]
    assert case.model_copy(update={"source_url": "unknown"}).source == case.id
    assert case.model_copy(update={"source_url": None}).source == case.id


def test_the_fingerprint_ignores_order_and_origin_but_not_content() -> None:
    knowledge = Knowledge.bundled()
    turned = Knowledge(knowledge.types[::-1], knowledge.cases[::-1])
    assert turned.fingerprint == knowledge.fingerprint
    case = knowledge.cases[0]
    imported = case.model_copy(update={"origin": "user"})
    same = Knowledge(knowledge.types, (imported, *knowledge.cases[1:]))
    assert same.fingerprint == knowledge.fingerprint
    edited = Knowledge(
        knowledge.types, (case.model_copy(update={"goal": "改"}), *knowledge.cases[1:])
    )
    assert edited.fingerprint != knowledge.fingerprint
    assert Knowledge(knowledge.types, knowledge.cases[1:]).fingerprint != knowledge.fingerprint


def test_record_hashes_show_what_changed() -> None:
    knowledge = Knowledge.bundled()
    case = knowledge.cases[0]
    edited = Knowledge(
        knowledge.types, (case.model_copy(update={"goal": "改"}), *knowledge.cases[1:])
    )
    differing = {
        key
        for key, value in edited.record_hashes.items()
        if knowledge.record_hashes.get(key) != value
    }
    assert differing == {case.id}
    assert len(knowledge.record_hashes) == len(knowledge.types) + len(knowledge.cases)


def test_a_hash_does_not_depend_on_the_id() -> None:
    case = bundled_cases()[0]
    assert record_hash(case) == record_hash(case.model_copy(update={"id": "A-1"}))
