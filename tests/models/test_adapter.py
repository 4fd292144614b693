from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import SetupError
from corpus.records import Case, LibraryType
from models.adapter import PROBE, AdaptedEncoder, Adapter
from models.encoder import Encoder
from models.region_adapter import load_adapter, save_adapter
from models.train_adapter import examples, refine_adapter, train_adapter


@pytest.fixture
def adapter(hashing_encoder: Encoder) -> Adapter:
    size = hashing_encoder.dimension
    flat = np.zeros((size, size), dtype=np.float32)
    probe = hashing_encoder.encode_queries([PROBE])[0]
    return Adapter(np.zeros(size, dtype=np.float32), flat, flat, probe)


@pytest.fixture
def types() -> list[LibraryType]:
    names = ["造林绿化", "农村公路养护", "孤儿基本生活保障", "文物保护", "人工影响天气"]
    aliases = ["国土增绿", "村道保养", "困境儿童补贴", "古建修缮", "增雨作业"]
    return [
        LibraryType(id=f"lib-{number}", function_code="213", project_type=name, scope=name * 2,
                    aliases=(alias, f"{alias}费", f"{alias}补"), activities=(f"{alias}检查",))
        for number, (name, alias) in enumerate(zip(names, aliases, strict=True))
    ]  # fmt: skip


def test_flat_maps_change_nothing(adapter: Adapter, hashing_encoder: Encoder) -> None:
    adapted = AdaptedEncoder(hashing_encoder, adapter)
    plain = hashing_encoder.encode_queries(["造林", "公路"])
    assert np.allclose(adapted.encode_queries(["造林", "公路"]), plain, atol=1e-6)


def test_what_is_saved_can_be_read(adapter: Adapter, tmp_path: Path) -> None:
    adapter.save(tmp_path / "adapter.npz")
    loaded = Adapter.load(tmp_path / "adapter.npz")
    assert loaded.fingerprint == adapter.fingerprint
    assert np.allclose(loaded.probe, adapter.probe, atol=1e-3)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "adapter.npz"
    for content in (b"", b"PK\x03\x04 not a zip"):
        path.write_bytes(content)
        with pytest.raises(SetupError, match="损坏"):
            Adapter.load(path)
    np.savez(path, centre=np.zeros(3))
    with pytest.raises(SetupError, match="损坏"):
        Adapter.load(path)


def test_an_adapter_suits_only_its_encoder(
    adapter: Adapter, hashing_encoder: Encoder, other_encoder: Encoder
) -> None:
    assert adapter.suits(hashing_encoder)
    assert not adapter.suits(other_encoder)
    assert not Adapter.bundled().suits(hashing_encoder)


def test_training_examples_are_the_same_for_a_seed(types: list[LibraryType]) -> None:
    assert examples(types) == examples(types)
    assert {example.target for example in examples(types)} == set(range(len(types)))


def test_one_alias_of_each_type_is_held_back(types: list[LibraryType]) -> None:
    held = [example for example in examples(types) if example.held_back]
    assert {example.target for example in held} == set(range(len(types)))
    assert all(types[one.target].aliases[-1] in one.text for one in held)


def test_training_brings_aliases_to_their_types(
    types: list[LibraryType], hashing_encoder: Encoder
) -> None:
    adapter, figures = train_adapter(hashing_encoder, types, hold_back=True)
    assert figures["after"] >= figures["before"]
    asked = [example for example in examples(types) if not example.held_back]
    queries = hashing_encoder.encode_queries([example.text for example in asked])
    passages = hashing_encoder.encode_passages(
        [f"{kind.project_type}。{kind.scope}" for kind in types]
    )

    def own(left: np.ndarray, right: np.ndarray) -> float:
        similar = left @ right.T
        rows = np.arange(len(asked))
        mine = similar[rows, [example.target for example in asked]]
        return float(np.mean(mine - similar.mean(axis=1)))

    adapted = own(adapter.adapt_queries(queries), adapter.adapt_passages(passages))
    assert adapted > own(queries, passages)


def test_a_region_moves_the_adapter_towards_its_own_words(
    adapter: Adapter, types: list[LibraryType], hashing_encoder: Encoder
) -> None:
    cases = [
        Case(id=f"R-{number}", project_name=name, goal=goal)
        for number, (name, goal) in enumerate(
            [("美丽庭院创建", "农户房前屋后整治"), ("河长制", "巡查河道清理垃圾"), ("无文字", "")]
        )
    ]
    refined = refine_adapter(hashing_encoder, adapter, types, cases)
    assert not np.allclose(refined.queries, adapter.queries)
    assert np.array_equal(refined.centre, adapter.centre)
    names = hashing_encoder.encode_queries([case.project_name for case in cases[:2]])
    goals = hashing_encoder.encode_passages([case.goal for case in cases[:2]])

    def agreement(each: Adapter) -> float:
        return float(np.trace(each.adapt_queries(names) @ each.adapt_passages(goals).T))

    assert agreement(refined) > agreement(adapter)


def test_a_regions_adapter_is_used_with_its_encoder_only(
    adapter: Adapter, hashing_encoder: Encoder, other_encoder: Encoder, tmp_path: Path
) -> None:
    folder = tmp_path / "adapter"
    assert load_adapter(folder, hashing_encoder) is None
    save_adapter(folder, adapter, {"kept": True})
    loaded = load_adapter(folder, hashing_encoder)
    assert loaded is not None
    assert loaded.fingerprint == adapter.fingerprint
    with pytest.raises(SetupError, match="jixiao train --adapter"):
        load_adapter(folder, other_encoder)
