from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import SetupError
from models import artefacts

LAYOUT = artefacts.Layout("sample", 2)


def write(folder: Path) -> None:
    (folder / "text.json").write_text('{"词": 1}', encoding="utf-8")
    (folder / "part").mkdir()
    np.save(folder / "part" / "numbers.npy", np.arange(5))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    artefacts.save(tmp_path / "made", LAYOUT, write, {"origin": "test"})
    return tmp_path / "made"


def test_what_is_saved_can_be_read(folder: Path) -> None:
    manifest = artefacts.read_manifest(folder, LAYOUT)
    assert set(manifest.files) == {"text.json", "part/numbers.npy"}
    assert manifest.meta == {"origin": "test"}
    assert artefacts.load_json(folder / "text.json") == {"词": 1}
    assert artefacts.load_array(folder / "part" / "numbers.npy").tolist() == [0, 1, 2, 3, 4]


def test_the_fingerprint_follows_contents_and_settings(folder: Path, tmp_path: Path) -> None:
    first = artefacts.declared_fingerprint(folder)
    assert artefacts.save(tmp_path / "same", LAYOUT, write, {"origin": "test"}).fingerprint == first
    assert artefacts.save(tmp_path / "else", LAYOUT, write, {"origin": "x"}).fingerprint != first


@pytest.mark.parametrize("name", ["text.json", "part/numbers.npy"])
def test_a_changed_file_is_refused(folder: Path, name: str) -> None:
    path = folder / name
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(SetupError, match="清单不符"):
        artefacts.read_manifest(folder, LAYOUT)


def test_a_truncated_file_is_seen_without_reading_it(folder: Path) -> None:
    (folder / "text.json").write_bytes(b"{")
    with pytest.raises(SetupError, match="不完整"):
        artefacts.read_manifest(folder, LAYOUT, verify=False)


def test_a_missing_file_or_folder_is_named(folder: Path) -> None:
    (folder / "text.json").unlink()
    with pytest.raises(SetupError, match=r"text\.json"):
        artefacts.read_manifest(folder, LAYOUT)
    with pytest.raises(SetupError, match="缺少"):
        artefacts.read_manifest(folder / "nowhere", LAYOUT)


@pytest.mark.parametrize("other", [artefacts.Layout("sample", 3), artefacts.Layout("else", 2)])
def test_another_kind_or_version_is_refused(folder: Path, other: artefacts.Layout) -> None:
    with pytest.raises(SetupError, match="其他版本"):
        artefacts.read_manifest(folder, other)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"kind": 1', '{"unknown": 1}'])
def test_a_damaged_manifest_is_refused(folder: Path, content: str) -> None:
    (folder / artefacts.MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(SetupError, match="清单"):
        artefacts.read_manifest(folder, LAYOUT)


def test_a_manifest_cannot_point_outside(folder: Path) -> None:
    outside = folder.parent / "secret.txt"
    outside.write_text("x", encoding="utf-8")
    manifest = json.loads((folder / artefacts.MANIFEST).read_text(encoding="utf-8"))
    manifest["files"]["../secret.txt"] = {"bytes": 1, "sha256": ""}
    (folder / artefacts.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(SetupError, match=r"secret\.txt"):
        artefacts.read_manifest(folder, LAYOUT, verify=False)


def test_arrays_with_objects_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "objects.npy"
    np.save(path, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(SetupError, match="损坏"):
        artefacts.load_array(path)


def test_a_failed_save_leaves_the_old_folder_and_no_litter(folder: Path) -> None:
    def fail(staging: Path) -> None:
        write(staging)
        raise SetupError("停")

    before = artefacts.declared_fingerprint(folder)
    with pytest.raises(SetupError, match="停"):
        artefacts.save(folder, LAYOUT, fail, {})
    assert artefacts.declared_fingerprint(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_second_save_replaces_the_first(folder: Path) -> None:
    artefacts.save(folder, LAYOUT, lambda staging: None, {"origin": "new"})
    assert artefacts.read_manifest(folder, LAYOUT).files == {}
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_saving_at_the_same_time_leaves_one_whole_folder(tmp_path: Path) -> None:
    def save(number: int) -> None:
        artefacts.save(tmp_path / "made", LAYOUT, write, {"number": number})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(save, range(12)))
    assert artefacts.read_manifest(tmp_path / "made", LAYOUT).meta["number"] in range(12)
    assert [path.name for path in tmp_path.iterdir()] == ["made"]
