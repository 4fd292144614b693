"""Exports the default encoder to ONNX in 8 bits, for a runtime that loads in a tenth of a second.

torch exports the graph; here its weight matrices become int8, one scale a column, and what is
multiplied with them is rounded to 8 bits when it comes, one scale a row, that is: a token. The
quantiser of onnxruntime takes one scale for a whole batch instead, so that a text's vector would
depend on the texts beside it; a scale a row costs a tenth of the speed, keeps a text's vector the
same in any company, and quarters the error. A few columns are far larger than all others and would
take the scale for themselves: every column is divided by a factor with which its weights are
multiplied, so that both are about as uneven (SmoothQuant, https://arxiv.org/abs/2211.10438, with
α = ½); that halves the error again. Word vectors are kept in half precision.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

INPUTS = ("input_ids", "attention_mask")
_OPSET = 17
_HIDDEN = "hidden"
_WORDS = "word_embeddings.weight"
_CONTRIB = "com.microsoft"
_LEVELS = 127
"""Largest number of a symmetric int8 scale."""
_TINY = 1e-5
_ZERO = 128
"""What an unsigned byte is for zero: processors multiply unsigned with signed bytes."""


def export(model: Any, path: Path) -> None:
    """Write the transformer of a sentence-transformers model as float32 ONNX.

    Inputs `INPUTS`, int64 (n, length); output: the last hidden state, (n, length, dimension).
    """
    import torch

    class LastHidden(torch.nn.Module):
        def __init__(self, inner: Any) -> None:
            super().__init__()
            self.inner = inner

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.inner(input_ids, attention_mask=attention_mask).last_hidden_state

    inner = model[0].auto_model
    inner.set_attn_implementation("eager")
    example = torch.ones((2, 9), dtype=torch.int64)
    axes = {name: {0: "texts", 1: "pieces"} for name in (*INPUTS, _HIDDEN)}
    with torch.no_grad(), warnings.catch_warnings():
        # The exporter that traces is enough for BERT; the newer one needs two more libraries.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            LastHidden(inner).eval(), (example, example), str(path), input_names=list(INPUTS),
            output_names=[_HIDDEN], dynamic_axes=axes, opset_version=_OPSET, dynamo=False,
        )  # fmt: skip


def quantise(source: Path, target: Path, examples: Iterable[Sequence[int]]) -> None:
    """Write a float32 model anew with 8-bit matrices and half-precision word vectors.

    `examples` are pieces of texts from which it is seen how large the columns become.
    """
    import onnx

    model = onnx.load(source)
    _Quantiser(model.graph, _peaks(model, examples)).run()
    model.opset_import.append(onnx.helper.make_opsetid(_CONTRIB, 1))
    onnx.save(model, target)


def optimise(source: Path, target: Path) -> None:
    """Write a model as onnxruntime would rearrange it on every load, for any processor."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(str(source), options, providers=["CPUExecutionProvider"])


def _peaks(model: Any, examples: Iterable[Sequence[int]]) -> dict[str, np.ndarray]:
    """Return the largest size of every column of what is multiplied with weights, by its name."""
    import onnxruntime
    from onnx import ModelProto, helper

    weights = {tensor.name for tensor in model.graph.initializer}
    products = [node for node in model.graph.node if _is_product(node, weights)]
    values = list(dict.fromkeys(node.input[0] for node in products))
    told = ModelProto()
    told.CopyFrom(model)
    told.graph.output.extend(helper.make_tensor_value_info(name, 1, None) for name in values)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        told.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    peaks: dict[str, np.ndarray] = {}
    for pieces in examples:
        ids = np.array([pieces], dtype=np.int64)
        feed = dict(zip(INPUTS, (ids, np.ones_like(ids)), strict=True))
        for name, found in zip(values, session.run(values, feed), strict=True):
            most = np.abs(found).reshape(-1, found.shape[-1]).max(axis=0)
            peaks[name] = np.maximum(peaks.get(name, most), most)
    return peaks


def _is_product(node: Any, weights: Iterable[str]) -> bool:
    """Tell whether a node multiplies a value with a weight matrix."""
    return node.op_type == "MatMul" and node.input[1] in weights


class _Quantiser:
    """Rewrites the nodes of one graph."""

    def __init__(self, graph: Any, peaks: Mapping[str, np.ndarray]) -> None:
        from onnx import TensorProto, helper, numpy_helper

        self._node, self._tensors, self._types = helper.make_node, numpy_helper, TensorProto
        self._graph = graph
        self._weights = {tensor.name: tensor for tensor in graph.initializer}
        self._factors = self._smoothing(peaks)
        """Factor of every column of a value, by the value's name."""
        self._made: dict[str, Any] = {}
        self._rounded: dict[str, str] = {}
        """Prefix of the rounded rows of a value: query, key and value share theirs."""

    def run(self) -> None:
        """Rewrite every product with a weight matrix, and the look-up of words."""
        nodes: list[Any] = []
        for node in self._graph.node:
            if _is_product(node, self._weights):
                nodes += self._product(node)
            elif node.op_type == "Gather" and node.input[0].endswith(_WORDS):
                nodes += self._look_up(node)
            else:
                nodes.append(node)
        used = {name for node in nodes for name in node.input}
        kept = [tensor for name, tensor in self._weights.items() if name in used]
        del self._graph.node[:], self._graph.initializer[:]
        self._graph.node.extend(nodes)
        self._graph.initializer.extend([*kept, *self._made.values()])

    def _smoothing(self, peaks: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Return the geometric mean of size of column and of its weights, (columns,), mean 1."""
        largest: dict[str, np.ndarray] = {}
        for node in self._graph.node:
            if _is_product(node, self._weights):
                value, matrix = node.input
                weights = self._tensors.to_array(self._weights[matrix])
                most = np.abs(weights).max(axis=1)
                largest[value] = np.maximum(largest.get(value, most), most)
        logarithms = {
            value: (np.log(np.maximum(peaks[value], _TINY)) - np.log(np.maximum(most, _TINY))) / 2
            for value, most in largest.items()
        }
        return {
            value: np.exp(each - each.mean()).astype(np.float32)
            for value, each in logarithms.items()
        }

    def _product(self, node: Any) -> list[Any]:
        """Return the nodes for value x matrix: whole numbers, then both scales."""
        value, matrix = node.input
        weights = self._tensors.to_array(self._weights[matrix]) * self._factors[value][:, None]
        scales = np.maximum(np.abs(weights).max(axis=0) / _LEVELS, 1e-12).astype(np.float32)
        levels = np.clip(np.round(weights / scales), -_LEVELS, _LEVELS).astype(np.int8)
        nodes = [] if value in self._rounded else self._round(value, len(weights))
        rows, own = self._rounded[value], node.output[0]
        end = self._constant("end", np.array([-1], dtype=np.int64))
        start = self._constant("start", np.array([0], dtype=np.int64))
        width = self._constant(f"{own}/width", np.array([weights.shape[1]], dtype=np.int64))
        return [
            *nodes,
            self._node(
                "MatMulIntegerToFloat",
                [
                    f"{rows}/levels",
                    self._constant(f"{own}/levels", levels),
                    self._constant("one", np.float32(1)),
                    self._constant(f"{own}/scales", scales),
                    self._constant("zero", np.uint8(_ZERO)),
                ],
                [f"{own}/product"],
                domain=_CONTRIB,
            ),
            self._node("Mul", [f"{own}/product", f"{rows}/scales"], [f"{own}/rows"]),
            self._node("Slice", [f"{rows}/shape", start, end], [f"{own}/leading"]),
            self._node("Concat", [f"{own}/leading", width], [f"{own}/shape"], axis=0),
            self._node("Reshape", [f"{own}/rows", f"{own}/shape"], [own]),
        ]

    def _round(self, value: str, width: int) -> list[Any]:
        """Return the nodes that round a value to bytes, one scale a row."""
        own = f"{value}/rounded"
        self._rounded[value] = own
        shares = self._constant(f"{own}/shares", 1 / self._factors[value])
        flat = self._constant(f"{own}/flat", np.array([-1, width], dtype=np.int64))
        axis = self._constant("axis", np.array([1], dtype=np.int64))
        level = self._constant("level", np.float32(1 / _LEVELS))
        tiny = self._constant("tiny", np.float32(1e-12))
        nothing = self._constant("nothing", np.float32(0))
        middle = self._constant("middle", np.float32(_ZERO))
        return [
            self._node("Shape", [value], [f"{own}/shape"]),
            self._node("Mul", [value, shares], [f"{own}/smooth"]),
            self._node("Reshape", [f"{own}/smooth", flat], [f"{own}/rows"]),
            self._node("Abs", [f"{own}/rows"], [f"{own}/sizes"]),
            self._node("ReduceMax", [f"{own}/sizes"], [f"{own}/most"], axes=[-1], keepdims=1),
            self._node("Mul", [f"{own}/most", level], [f"{own}/steps"]),
            self._node("Max", [f"{own}/steps", tiny], [f"{own}/scales"]),
            # QuantizeLinear wants a list of scales and one of zero points, as long.
            self._node("Squeeze", [f"{own}/scales", axis], [f"{own}/scale"]),
            self._node("Mul", [f"{own}/scale", nothing], [f"{own}/nothings"]),
            self._node("Add", [f"{own}/nothings", middle], [f"{own}/middles"]),
            self._node("Cast", [f"{own}/middles"], [f"{own}/zeros"], to=self._types.UINT8),
            self._node(
                "QuantizeLinear",
                [f"{own}/rows", f"{own}/scale", f"{own}/zeros"],
                [f"{own}/levels"],
                axis=0,
            ),
        ]

    def _look_up(self, node: Any) -> list[Any]:
        """Return the nodes that look words up in half precision."""
        table, words = node.input
        halves = self._tensors.to_array(self._weights[table]).astype(np.float16)
        (own,) = node.output
        half = self._constant(f"{own}/halves", halves)
        return [
            self._node("Gather", [half, words], [f"{own}/half"]),
            self._node("Cast", [f"{own}/half"], [own], to=self._types.FLOAT),
        ]

    def _constant(self, name: str, value: Any) -> str:
        """Keep an array in the graph and return its name."""
        name = f"rows/{name}"
        if name not in self._made:
            self._made[name] = self._tensors.from_array(np.asarray(value), name)
        return name
