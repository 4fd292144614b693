"""What an installation consists of, for those who look after it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from models import artefacts

if TYPE_CHECKING:
    from api.workspace import Workspace
    from corpus.store.store import StoreCounts

MODES = {"semantic": "语义检索", "lexical": "词语检索"}
SAMPLES = {"local": "本地历史项目", "graded": "通用标注"}


@dataclass(frozen=True)
class Compared:
    """A figure of one training, before and after, on projects it did not see."""

    mode: str
    sample: str
    cases: int
    groups: int
    before: float
    after: float
    kept: bool


@dataclass(frozen=True)
class Installation:
    """Program, storage, knowledge and models."""

    version: str
    storage: str
    queue: str
    encoder: str
    counts: StoreCounts
    classifier: Mapping[str, Any]
    """What the target classifier was trained on: rows, groups."""
    ranking: str
    """Which ranking is in use."""
    trained_at: str
    """When the region's own ranking was last trained; empty where never."""
    compared: tuple[Compared, ...]


def installation(workspace: Workspace) -> Installation:
    """Look at what there is; nothing is made or loaded that is not needed anyway."""
    settings = workspace.settings
    postgres = settings.store_url.startswith("postgres")
    own = (workspace.ranking_folder / artefacts.MANIFEST).is_file()
    report = _report(workspace)
    return Installation(
        version=version("jixiao"),
        storage="PostgreSQL" if postgres else "SQLite（单机）",
        queue="本机文件" if settings.redis_url is None else "Redis（多进程共用）",
        encoder="自带的 multilingual-e5-small"
        if settings.encoder == "default"
        else settings.encoder,
        counts=workspace.store.counts(),
        classifier=_training_data(workspace),
        ranking="按本地历史项目训练的排序" if own else "随程序附带的排序",
        trained_at=str(report.get("trained_at", "")),
        compared=tuple(_compared(report)),
    )


def _training_data(workspace: Workspace) -> Mapping[str, Any]:
    """Return what the target classifier was trained on."""
    from models.target_classifier import LAYOUT

    folder = workspace.settings.home / "targets"
    data: Mapping[str, Any] = artefacts.read_manifest(folder, LAYOUT, verify=False).meta["data"]
    return data


def _report(workspace: Workspace) -> Mapping[str, Any]:
    """Return the report of the last training, empty where there was none."""
    from api.region import report_path

    path = report_path(workspace.ranking_folder)
    try:
        found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found


def _compared(report: Mapping[str, Any]) -> list[Compared]:
    rows = []
    for mode, found in report.get("modes", {}).items():
        for sample, label in SAMPLES.items():
            figures = found[sample]
            rows.append(
                Compared(
                    MODES[mode],
                    label,
                    figures["cases"],
                    figures["groups"],
                    figures["before"],
                    figures["after"],
                    bool(found["kept"]),
                )
            )
    return rows
