"""A region's own adapter on disk, in place of the bundled one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.errors import SetupError
from models import artefacts
from models.adapter import Adapter
from models.encoder import Encoder

LAYOUT = artefacts.Layout("region-adapter", 1)
_FILE = "adapter.npz"


def save_adapter(folder: Path, adapter: Adapter, report: Mapping[str, Any]) -> None:
    """Put an adapter in place of an older one, in one step."""
    meta = {"base": Adapter.bundled().fingerprint, "report": dict(report)}
    artefacts.save(folder, LAYOUT, lambda staging: adapter.save(staging / _FILE), meta)


def load_adapter(folder: Path, encoder: Encoder) -> Adapter | None:
    """Return the region's adapter, None where there is none; encodes one text.

    Raises `SetupError` for a damaged one or one that was trained for another encoder.
    """
    if not (folder / artefacts.MANIFEST).is_file():
        return None
    artefacts.read_manifest(folder, LAYOUT)
    adapter = Adapter.load(folder / _FILE)
    if not adapter.suits(encoder):
        raise SetupError(
            "本地训练的编码适配器不适用于当前编码器，暂不使用",
            hint="文件仍在原处；请运行 jixiao train --adapter 重新训练",
        )
    return adapter
