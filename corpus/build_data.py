"""Builds corpus/data and the domain dictionary from the raw library, cases and labels.

Run as `python -m corpus.build_data --source DIR`. The result depends on the source alone, and
building from the bundled data itself changes nothing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from corpus.build_userdict import userdict
from corpus.cleaning import clean_case, clean_type, corrections
from corpus.labels import SuggestionLabel, TargetLabel, TypeLabel
from corpus.records import Case, LibraryType, Record

_PACKAGE = Path(__file__).parent
_LABELS: dict[str, type[Record]] = {
    "targets": TargetLabel,
    "types": TypeLabel,
    "suggestions": SuggestionLabel,
}


def _source_file(source: Path, folder: str, name: str) -> Path:
    """Find a file in the raw layout (library/library.jsonl) or in the bundled one."""
    raw = source / folder / name
    return raw if raw.exists() else source / name


def _read_lines(path: Path) -> list[dict[str, Any]]:
    text = path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def _write_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8", newline="\n")


def build(source: Path, data: Path, lexicon: Path) -> None:
    """Clean the raw files into the data folder and write the dictionary into the lexicon folder.

    Raises when a line breaks the rules of its record; nothing is written then.
    """
    table = corrections()
    library = [
        clean_type(line, table)
        for line in _read_lines(_source_file(source, "library", "library.jsonl"))
    ]
    cases = [clean_case(line) for line in _read_lines(_source_file(source, "cases", "cases.jsonl"))]
    for line in library:
        LibraryType.model_validate(line)
    for line in cases:
        Case.model_validate(line)
    labels = {kind: _read_lines(source / "labels" / f"{kind}.jsonl") for kind in _LABELS}
    for kind, record in _LABELS.items():
        for line in labels[kind]:
            record.model_validate(line)
    _write_lines(data / "library.jsonl", library)
    _write_lines(data / "cases.jsonl", cases)
    for kind, lines in labels.items():
        _write_lines(data / "labels" / f"{kind}.jsonl", lines)
    lexicon.mkdir(parents=True, exist_ok=True)
    (lexicon / "userdict.txt").write_text(userdict(library), encoding="utf-8", newline="\n")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="folder with the raw data")
    parser.add_argument("--out", type=Path, default=_PACKAGE, help="folder of data/ and lexicon/")
    arguments = parser.parse_args()
    build(arguments.source, arguments.out / "data", arguments.out / "lexicon")


if __name__ == "__main__":
    main()
