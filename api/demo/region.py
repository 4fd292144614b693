"""Where the demonstration lives, when it is shown, and how it is made and removed."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from api.settings import Settings
from api.workspace import DEFAULT_ENCODER, Workspace
from corpus.workflow.demonstration import is_demonstration
from corpus.workflow.organisations import bureau
from models.artefacts import MANIFEST

_DERIVED = ("targets", "index", "words")
"""Parts of an installation that take long to make, and are the same for the bundled knowledge."""


class Mode(StrEnum):
    """When the demonstration is shown."""

    AUTO = "auto"
    """Until the installation has a bureau of its own, to this machine alone."""
    ON = "on"
    OFF = "off"


def folder(settings: Settings) -> Path:
    """Return the folder of the demonstration, an installation of its own."""
    return settings.home / "demo"


def is_removed(settings: Settings) -> bool:
    """Tell whether the demonstration was removed, and should not come back by itself."""
    return _marker(settings).exists()


def wanted(workspace: Workspace, mode: Mode, *, alone: bool) -> bool:
    """Tell whether the demonstration is to be shown; `alone`: only this machine can reach it."""
    if mode is not Mode.AUTO:
        return mode is Mode.ON
    if not alone or is_removed(workspace.settings):
        return False
    with workspace.store.reading() as connection:
        return bureau(connection) is None


def open_demonstration(workspace: Workspace, now: datetime | None = None) -> Workspace:
    """Return the demonstration beside an installation, made first where it is missing.

    Encoder and the parts that take long to make are taken from the installation.
    """
    from api.demo.building import build

    _marker(workspace.settings).unlink(missing_ok=True)
    shown = Workspace(_settings(workspace), workspace.progress)
    _copy_derived(workspace.settings.home, shown.settings.home)
    with shown.store.reading() as connection:
        complete = is_demonstration(connection)
    if not complete:
        build(shown, now or datetime.now(UTC))
    return shown


def remove(settings: Settings) -> bool:
    """Remove the demonstration for good; tells whether there was one."""
    there = folder(settings).exists()
    if there:
        shutil.rmtree(folder(settings))
    settings.home.mkdir(parents=True, exist_ok=True)
    _marker(settings).write_text("jixiao serve --demo on 可重新建立演示数据。\n", encoding="utf-8")
    return there


def _settings(workspace: Workspace) -> Settings:
    settings = workspace.settings
    encoder = settings.encoder
    if encoder == DEFAULT_ENCODER:
        _ = workspace.encoder  # builds the model where that was not done yet
        encoder = str(settings.home / "encoder")
    changes = {"home": folder(settings), "database_url": "", "encoder": encoder, "redis_url": None}
    return settings.model_copy(update=changes)


def _copy_derived(home: Path, target: Path) -> None:
    """Copy what the installation has made anew; what the demonstration changed is added later."""
    for name in _DERIVED:
        ours, theirs = home / name, target / name
        if ours.is_dir() and _manifest(ours) != _manifest(theirs):
            shutil.copytree(ours, theirs, dirs_exist_ok=True)


def _manifest(artefact: Path) -> bytes:
    file = artefact / MANIFEST
    return file.read_bytes() if file.is_file() else b""


def _marker(settings: Settings) -> Path:
    return settings.home / "demo.removed"
