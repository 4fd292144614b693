"""Artefact folders: a declared set of files, a manifest with their hashes, saved in one step.

A folder is written beside its final place and renamed, so a reader never sees half of one. Only
plain formats go in (JSON, .npy without objects, safetensors, text): nothing that runs on loading.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import SetupError

MANIFEST = "manifest.json"
_OCCUPIED = (errno.ENOTEMPTY, errno.EEXIST)
_ATTEMPTS = 100
_REBUILD = "请运行 jixiao setup 重新生成"


@dataclass(frozen=True)
class Layout:
    """What a kind of artefact folder is called and which version of it this program reads."""

    kind: str
    version: int


@dataclass(frozen=True)
class Manifest:
    """What a folder declares about itself."""

    kind: str
    version: int
    files: dict[str, dict[str, Any]]
    """Size and SHA-256 of every file by its path within the folder."""
    meta: dict[str, Any]
    """What the maker wrote down: origin, settings, fingerprints."""

    @property
    def fingerprint(self) -> str:
        """Hash of the declared contents."""
        text = json.dumps([self.kind, self.version, self.files, self.meta], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def save(
    folder: Path, layout: Layout, write: Callable[[Path], None], meta: dict[str, Any]
) -> Manifest:
    """Let `write` fill a new folder, add the manifest, and put it in place of any older one."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        write(staging)
        manifest = Manifest(layout.kind, layout.version, _describe(staging), meta)
        _write_json(staging / MANIFEST, manifest.__dict__)
        staging.chmod(0o755)
        _replace(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return manifest


def read_manifest(folder: Path, layout: Layout, *, verify: bool = True) -> Manifest:
    """Return a folder's manifest after checking kind, version and files.

    With `verify` the files' hashes are compared, else only their sizes. Raises SetupError.
    """
    manifest = _read(folder)
    if (manifest.kind, manifest.version) != (layout.kind, layout.version):
        raise SetupError(f"{folder} 由其他版本的程序生成，不能使用", hint=_REBUILD)
    _check_files(folder, manifest, verify)
    return manifest


def check_complete(folder: Path) -> None:
    """Refuse a folder with a manifest but with files missing or cut short."""
    _check_files(folder, _read(folder), verify=False)


def declared_fingerprint(folder: Path) -> str:
    """Return the fingerprint of any artefact folder without looking at its files."""
    return _read(folder).fingerprint


def declared_files(folder: Path) -> dict[str, dict[str, Any]]:
    """Return size and hash of every file as the manifest declares them."""
    return _read(folder).files


def load_array(path: Path) -> np.ndarray:
    """Return the array of a .npy file; one that holds Python objects is refused."""
    try:
        return np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise SetupError(f"数据文件已损坏：{path}", hint=_REBUILD) from error


def load_json(path: Path) -> Any:
    """Return the contents of a JSON file."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SetupError(f"数据文件已损坏：{path}", hint=_REBUILD) from error


def _read(folder: Path) -> Manifest:
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise SetupError(f"缺少目录或其清单：{folder}", hint=_REBUILD) from error
    except (ValueError, TypeError) as error:
        raise SetupError(f"清单已损坏：{folder / MANIFEST}", hint=_REBUILD) from error


def _describe(folder: Path) -> dict[str, dict[str, Any]]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": _hash(path)}
        for path in paths
    }


def _check_files(folder: Path, manifest: Manifest, verify: bool) -> None:
    for name, facts in manifest.files.items():
        path = folder / name
        inside = path.resolve().is_relative_to(folder.resolve())
        if not inside or not path.is_file() or path.stat().st_size != facts.get("bytes"):
            raise SetupError(f"文件缺失或不完整：{path}", hint=_REBUILD)
        if verify and _hash(path) != facts.get("sha256"):
            raise SetupError(f"文件内容与清单不符：{path}", hint=_REBUILD)


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_json(path: Path, content: Any) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _replace(staging: Path, folder: Path) -> None:
    """Put a finished folder in its place, moving aside what is there."""
    for _ in range(_ATTEMPTS):
        try:
            staging.replace(folder)
            return
        except OSError as error:
            # Not `folder.exists()`: another writer may have moved it since.
            if error.errno not in _OCCUPIED:
                raise
        retired = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        with contextlib.suppress(FileNotFoundError):  # another process moved it first
            folder.replace(retired / "old")
        shutil.rmtree(retired, ignore_errors=True)
    raise SetupError(f"无法写入：{folder}", hint="请确认没有其他程序正在使用该目录后重试")


def version(folder: Path) -> str:
    """Return what changes when an artefact does, "" without one; cheap enough for each request."""
    try:
        facts = (folder / MANIFEST).stat()
    except FileNotFoundError:
        return ""
    return f"{facts.st_mtime_ns}-{facts.st_ino}"
