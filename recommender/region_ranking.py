"""A region's own ranking on disk: weights for search with the encoder and without.

The folder belongs to the installation, so a new version of the program finds it as it was left. It
is used only while features are computed as they were when it was trained, and with the encoder it
was trained with: weights of other numbers would order at random.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.errors import SetupError
from models import artefacts
from models.fusion import fusion_fingerprint
from recommender.features import FEATURES
from recommender.ranking import LinearRanker

LAYOUT = artefacts.Layout("region-ranking", 1)
_MODULES = (
    "candidates.py",
    "features.py",
    "foreign.py",
    "generality.py",
    "project.py",
    "rarity.py",
    "type_parts.py",
    "data/generality.csv",
    "data/groups.csv",
    "data/type_parts.csv",
)
"""Files that decide what a feature is."""
_NAMES = {True: "dense.json", False: "lexical.json"}


class OutdatedRankingError(SetupError):
    """A region's ranking was trained for other features or another encoder."""

    code = "ranking_outdated"

    def __init__(self) -> None:
        super().__init__(
            "本地训练的推荐排序与当前程序或编码器不一致，暂用随程序附带的排序",
            hint="文件仍在原处；请运行 jixiao train 用本地资料重新训练",
        )


@cache
def features_fingerprint() -> str:
    """Return a hash of how features are computed; sources that are left out count as empty."""
    digest = hashlib.sha256(json.dumps([FEATURES, fusion_fingerprint()]).encode())
    for name in _MODULES:
        source = files("recommender").joinpath(name)
        digest.update(source.read_bytes() if source.is_file() else b"")
        digest.update(b"\0")
    return digest.hexdigest()[:16]


def save_ranking(
    folder: Path, rankers: Mapping[bool, LinearRanker], encoder: str, report: Mapping[str, Any]
) -> None:
    """Put the weights in place of older ones, in one step.

    `rankers` are by whether they are for search with an encoder, whose fingerprint is `encoder`.
    """

    def write(staging: Path) -> None:
        for dense, ranker in rankers.items():
            ranker.save(staging / _NAMES[dense])

    meta = {"features": features_fingerprint(), "encoder": encoder, "report": dict(report)}
    artefacts.save(folder, LAYOUT, write, meta)


def load_ranking(folder: Path, encoder: str | None) -> LinearRanker | None:
    """Return a region's weights for search with an encoder (its fingerprint) or without (None).

    None where nothing was trained for that way of searching. Raises `OutdatedRankingError` for
    weights of other features or another encoder, `SetupError` for damaged ones.
    """
    if not (folder / artefacts.MANIFEST).is_file():
        return None
    manifest = artefacts.read_manifest(folder, LAYOUT)
    name = _NAMES[encoder is not None]
    if name not in manifest.files:
        return None
    if manifest.meta.get("features") != features_fingerprint():
        raise OutdatedRankingError
    if encoder is not None and manifest.meta.get("encoder") != encoder:
        raise OutdatedRankingError
    return LinearRanker.load(folder / name)
