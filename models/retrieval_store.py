"""Keeps an index on disk: its parts, and what they were made with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from corpus.errors import SetupError
from models import artefacts
from models.hybrid_index import HybridIndex
from models.kind_profiles import KindProfiles
from models.local_vectors import LocalVectors
from models.vector_index import VectorEngine

LAYOUT = artefacts.Layout("index", 2)


@dataclass(frozen=True)
class Basis:
    """What an index rests on besides the records; with another basis it is of no use."""

    encoder: str
    """Fingerprint of the encoder."""
    adapter: str
    """Fingerprint of the adapter that was tried."""
    fusion: str
    """Fingerprint of the fusion weights, on which the kind profiles rest."""
    vectors: str = LocalVectors.name
    """Where the vectors of the cases are kept."""

    @property
    def meta(self) -> dict[str, str]:
        """Return what the manifest says."""
        return {**self.__dict__, "segmenter": _segmenter()}


@dataclass(frozen=True)
class IndexParts:
    """The parts of an index."""

    types: HybridIndex
    names: HybridIndex
    cases: HybridIndex
    profiles: KindProfiles
    adapted: bool
    """Whether the vectors passed through the adapter."""

    def save(self, folder: Path, basis: Basis) -> None:
        """Write the parts in place of any older ones."""

        def write(staging: Path) -> None:
            self.types.save(staging, "types")
            self.names.save(staging, "names")
            self.cases.save(staging, "cases")
            self.profiles.save(staging)

        artefacts.save(folder, LAYOUT, write, {**basis.meta, "adapted": self.adapted})

    @classmethod
    def load(
        cls, folder: Path, basis: Basis, engine: VectorEngine | None = None
    ) -> IndexParts | None:
        """Read the parts; None where they are missing, damaged or made on another basis."""
        try:
            # Folders written before there was a choice do not say where vectors are.
            meta = {"vectors": LocalVectors.name, **artefacts.read_manifest(folder, LAYOUT).meta}
            adapted = bool(meta.pop("adapted", False))
            if meta != basis.meta:
                return None
            dense = bool(basis.encoder)
            return cls(
                HybridIndex.load(folder, "types", dense),
                HybridIndex.load(folder, "names", dense),
                HybridIndex.load(folder, "cases", dense, engine),
                KindProfiles.load(folder),
                adapted,
            )
        except SetupError:
            return None


def _segmenter() -> str:
    """Return the hash of the domain dictionary, on which the indexed words rest."""
    dictionary = files("corpus.lexicon").joinpath("userdict.txt").read_bytes()
    return hashlib.sha256(dictionary).hexdigest()[:16]
