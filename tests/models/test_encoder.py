"""One contract for every encoder, then what is particular to each."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.bundle import bundled_cases, bundled_library
from corpus.errors import SetupError
from models.adapter import AdaptedEncoder, Adapter
from models.artefacts import MANIFEST
from models.default_encoder import MINIMUM_COSINE_EXPORTED, ensure_default_encoder
from models.embedding_cache import CachedEncoder
from models.encoder import Encoder, SentenceEncoder, open_encoder
from models.onnx_encoder import MODEL, OnnxEncoder, runs_of
from models.query_memory import QueryMemory
from models.retrieval_text import query_fields, type_fields

TEXTS = [
    "农村公路日常养护",
    "控制在预算５％以内",
    "",
    "农村公路日常养护",
    "A级景区GPS",
    "保障困难群众基本生活" * 80,
]


@pytest.fixture(scope="session")
def sentence_encoder(home: Path) -> SentenceEncoder:
    ensure_default_encoder(home / "encoder")
    return SentenceEncoder(home / "encoder", threads=1)


@pytest.fixture(scope="session")
def onnx_encoder(sentence_encoder: SentenceEncoder, home: Path) -> OnnxEncoder:
    return OnnxEncoder(home / "encoder", threads=1)


@pytest.fixture(params=["hashing", "sentence", "onnx", "cached", "adapted", "memory"])
def encoder(
    request: pytest.FixtureRequest,
    hashing_encoder: Encoder,
    sentence_encoder: SentenceEncoder,
    onnx_encoder: OnnxEncoder,
    tmp_path: Path,
) -> Encoder:
    if request.param == "sentence":
        return sentence_encoder
    if request.param == "onnx":
        return onnx_encoder
    if request.param == "memory":
        return QueryMemory(onnx_encoder)
    if request.param == "adapted":
        return AdaptedEncoder(sentence_encoder, Adapter.bundled())
    if request.param == "cached":
        return CachedEncoder(hashing_encoder, tmp_path / "cache.sqlite")
    return hashing_encoder


class TestContract:
    def test_one_unit_row_per_text(self, encoder: Encoder) -> None:
        for made in (encoder.encode_queries(TEXTS), encoder.encode_passages(TEXTS)):
            assert made.shape == (len(TEXTS), encoder.dimension)
            assert made.dtype == np.float32
            assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)

    def test_no_text_gives_no_row(self, encoder: Encoder) -> None:
        assert encoder.encode_queries([]).shape == (0, encoder.dimension)

    def test_company_does_not_matter(self, encoder: Encoder) -> None:
        together = encoder.encode_passages(TEXTS)
        alone = np.vstack([encoder.encode_passages([text]) for text in TEXTS])
        assert np.allclose(together, alone, atol=1e-4)

    def test_rows_keep_the_order_of_the_texts(self, encoder: Encoder) -> None:
        forward = encoder.encode_queries(TEXTS)
        assert np.allclose(forward, encoder.encode_queries(TEXTS[::-1])[::-1], atol=1e-4)
        assert np.allclose(forward[0], forward[3], atol=1e-6)

    def test_the_fingerprint_stays(self, encoder: Encoder) -> None:
        assert encoder.fingerprint == encoder.fingerprint
        assert encoder.fingerprint

    def test_threads_get_what_one_thread_gets(self, encoder: Encoder) -> None:
        names = [case.project_name for case in bundled_cases()[:12]]
        expected = [encoder.encode_queries([name])[0] for name in names]
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda name: encoder.encode_queries([name])[0], names))
        assert np.allclose(found, expected, atol=1e-4)


def test_the_exported_model_says_what_the_original_says(
    sentence_encoder: SentenceEncoder, onnx_encoder: OnnxEncoder
) -> None:
    cases, library = bundled_cases(), bundled_library()
    asked = [query_fields(case).passage for case in cases[::3]]
    held = [type_fields(kind).passage for kind in library[::15]]
    held += [row.name + row.target for case in cases[::10] for row in case.indicators]
    for kind, texts in (("encode_queries", asked), ("encode_passages", held)):
        first, second = (getattr(one, kind)(texts) for one in (sentence_encoder, onnx_encoder))
        assert np.min(np.sum(first * second, axis=1)) >= MINIMUM_COSINE_EXPORTED


def test_a_text_has_the_same_vector_in_any_company(onnx_encoder: OnnxEncoder) -> None:
    texts = [case.project_name for case in bundled_cases()[:40]] + TEXTS
    together = onnx_encoder.encode_passages(texts)
    alone = np.vstack([onnx_encoder.encode_passages([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-6)


def test_the_exported_model_and_the_original_never_pass_for_one_another(
    sentence_encoder: SentenceEncoder, onnx_encoder: OnnxEncoder
) -> None:
    assert sentence_encoder.fingerprint != onnx_encoder.fingerprint


def test_our_folder_opens_with_the_light_runtime_and_any_other_with_the_library(
    sentence_encoder: SentenceEncoder, home: Path, tmp_path: Path
) -> None:
    assert isinstance(open_encoder(home / "encoder").behind, OnnxEncoder)
    other = copy_without_prompts(home / "encoder", tmp_path / "other")
    assert isinstance(open_encoder(other).behind, SentenceEncoder)


def test_an_exported_model_that_is_no_model_is_a_setup_error(tmp_path: Path, home: Path) -> None:
    folder = copy_without_prompts(home / "encoder", tmp_path / "encoder")
    (folder / MODEL).write_bytes(b"no model")
    with pytest.raises(SetupError, match="无法加载"):
        OnnxEncoder(folder).encode_queries(["造林"])


def test_the_default_encoder_runs_without_torch(onnx_encoder: OnnxEncoder, home: Path) -> None:
    code = (
        "import sys\n"
        "from models.encoder import open_encoder\n"
        f"made = open_encoder({str(home / 'encoder')!r}).encode_queries(['造林'])\n"
        "assert made.shape == (1, 384)\n"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert done.stderr == ""


def test_a_forked_process_encodes_what_its_parent_does(onnx_encoder: OnnxEncoder) -> None:
    memory = QueryMemory(onnx_encoder)
    expected = memory.encode_queries(["造林绿化"])
    context = multiprocessing.get_context("fork")
    answer = context.SimpleQueue()
    child = context.Process(target=lambda: answer.put(onnx_encoder.encode_queries(["造林绿化"])))
    child.start()
    child.join(120)
    assert child.exitcode == 0
    assert np.array_equal(answer.get(), expected)


def test_what_is_foreseen_is_not_encoded_again(hashing_encoder: Encoder) -> None:
    asked: list[list[str]] = []

    class Counting:
        fingerprint, dimension = hashing_encoder.fingerprint, hashing_encoder.dimension
        encode_passages = staticmethod(hashing_encoder.encode_passages)

        def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
            asked.append(list(texts))
            return hashing_encoder.encode_queries(texts)

    memory = QueryMemory(Counting())
    memory.foresee(["甲", "乙", "甲"])
    found = memory.encode_queries(["乙", "丙", "甲"])
    assert asked == [["甲", "乙"], ["丙"]]
    assert np.array_equal(found, hashing_encoder.encode_queries(["乙", "丙", "甲"]))


def test_meaning_counts(sentence_encoder: SentenceEncoder) -> None:
    query = sentence_encoder.encode_queries(["村道保养经费"])[0]
    near, far = sentence_encoder.encode_passages(["农村公路日常养护", "儿童福利院运行"])
    assert query @ near > query @ far + 0.03


def test_queries_and_passages_have_prefixes_of_their_own(sentence_encoder: SentenceEncoder) -> None:
    query, passage = (
        sentence_encoder.encode_queries(["造林绿化"]),
        sentence_encoder.encode_passages(["造林绿化"]),
    )
    assert float(query[0] @ passage[0]) < 0.999


def test_a_model_without_prompts_or_e5_name_gets_no_prefix(
    sentence_encoder: SentenceEncoder, home: Path, tmp_path: Path
) -> None:
    plain = copy_without_prompts(home / "encoder", tmp_path / "plain-model")
    made = SentenceEncoder(plain, threads=1)
    assert np.allclose(made.encode_queries(["造林"]), made.encode_passages(["造林"]), atol=1e-6)


def test_an_e5_model_without_prompts_gets_them_by_name(
    sentence_encoder: SentenceEncoder, home: Path, tmp_path: Path
) -> None:
    plain = copy_without_prompts(home / "encoder", tmp_path / "multilingual-e5-tiny")
    made = SentenceEncoder(plain, threads=1).encode_queries(["造林绿化"])
    assert np.allclose(made, sentence_encoder.encode_queries(["造林绿化"]), atol=1e-5)


def copy_without_prompts(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    for name in ("config_sentence_transformers.json", MANIFEST):
        (target / name).unlink()
    return target


def test_the_fingerprint_needs_no_model_and_follows_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text("{}", encoding="utf-8")
    first = SentenceEncoder(folder).fingerprint
    assert SentenceEncoder(folder).fingerprint == first
    (folder / "config.json").write_text("{ }", encoding="utf-8")
    assert SentenceEncoder(folder).fingerprint != first


@pytest.mark.parametrize("model", ["nowhere", "no-such/model", "../x/y/z", Path("/nowhere")])
def test_a_missing_model_is_a_setup_error(model: str | Path) -> None:
    with pytest.raises(SetupError) as caught:
        SentenceEncoder(model)
    assert caught.value.hint


def test_a_folder_that_holds_no_model_is_a_setup_error(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="无法加载"):
        SentenceEncoder(tmp_path).encode_queries(["造林"])


def test_making_an_encoder_imports_no_heavy_library(home: Path) -> None:
    code = (
        "import sys\n"
        "from models.encoder import SentenceEncoder\n"
        f"SentenceEncoder({str(home / 'encoder')!r}).fingerprint\n"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_loading_reaches_for_no_network_and_says_nothing(
    sentence_encoder: SentenceEncoder, home: Path
) -> None:
    code = (
        "import socket\n"
        "def refuse(*args, **kwargs): raise AssertionError('network')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from models.encoder import SentenceEncoder\n"
        f"print(SentenceEncoder({str(home / 'encoder')!r}).encode_queries(['造林']).shape)"
    )
    environment = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.strip() == "(1, 384)"
    assert done.stderr == ""


def _runs(lengths: list[int], most: int = 32) -> list[list[int]]:
    return [sorted(lengths[row] for row in run) for run in runs_of(lengths, most)]


def test_every_text_is_in_one_run_and_no_run_is_too_large():
    lengths = [(7 * number) % 61 + 3 for number in range(150)]
    runs = runs_of(lengths, 32)
    assert sorted(row for run in runs for row in run) == list(range(150))
    assert max(map(len, runs)) <= 32
    assert max(len(run) * max(lengths[row] for row in run) for run in runs) <= 400
    assert runs_of([], 32) == []
    assert runs_of([512] * 3, 32) == [[0], [1], [2]]


def test_texts_share_a_run_where_that_takes_least():
    assert _runs([12, 30]) == [[12, 30]]
    assert _runs([120, 12]) == [[12], [120]]
    assert _runs([12, 40, 11, 41, 12, 42]) == [[11, 12, 12], [40, 41, 42]]
    assert _runs([10] * 5, most=2) == [[10], [10, 10], [10, 10]]


def test_a_text_has_the_same_vector_whatever_it_shares_a_run_with(onnx_encoder):
    texts = ["农村公路养护", "保障困难群众基本生活，按月足额发放低保金" * 4, "博物馆免费开放"]
    alone = np.concatenate([onnx_encoder.encode_queries([text]) for text in texts])
    np.testing.assert_allclose(onnx_encoder.encode_queries(texts), alone, atol=1e-6)
