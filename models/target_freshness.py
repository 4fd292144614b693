"""Whether a trained classifier was made from the code, word lists and labels that are here now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_CODE = {
    "models": {
        "attainment.py",
        "attainment_evidence.py",
        "attainment_history.py",
        "attainment_reading.py",
        "attainment_usual.py",
        "case_groups.py",
        "linear_model.py",
        "measure.py",
        "measure_index.py",
        "peers.py",
        "target_calibration.py",
        "target_classifier.py",
        "target_evidence.py",
        "target_features.py",
        "target_hints.py",
        "target_hints_easy.py",
        "target_hints_effect.py",
        "target_hints_vague.py",
        "target_hints_value.py",
        "target_hints_worded.py",
        "target_rows.py",
        "target_text.py",
        "target_wording.py",
        "train_targets.py",
    },
    "corpus": {"records.py", "taxonomy.py", "text.py"},
}
"""Modules that decide what a row looks like to the model and how the model is fitted."""
_LISTS = (
    "models/data/facets.csv",
    "models/data/object_words.csv",
    "models/data/target_words.csv",
    "models/data/usual_values.csv",
    "models/data/written_targets.jsonl",
    "corpus/data/cases.jsonl",
    "corpus/data/library.jsonl",
    "corpus/data/labels/targets.jsonl",
)


@cache
def training_fingerprint() -> str:
    """Return a hash of all that a training on the bundled cases depends on.

    Source files that an installation leaves out (compiled only) count as empty.
    """
    digest = hashlib.sha256()
    for name, source in _inputs():
        content = source.read_bytes() if source.is_file() else b""
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _inputs() -> Iterator[tuple[str, Traversable]]:
    """Yield name and place of every file that a training reads or runs."""
    for package, modules in _CODE.items():
        for module in sorted(modules):
            yield f"{package}/{module}", files(package).joinpath(module)
    for folder in ("target", "lexicon"):
        found = files("corpus").joinpath(folder).iterdir()
        for source in sorted(found, key=lambda source: source.name):
            if source.is_file():
                yield f"corpus/{folder}/{source.name}", source
    for path in _LISTS:
        package, _, name = path.partition("/")
        yield path, files(package).joinpath(name)
