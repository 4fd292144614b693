"""Fixtures shared by all packages."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from api.settings import CHECKOUT, Settings
from api.workspace import Workspace


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of its own for this test run, with what `make install` has prepared copied in.

    Nothing that a test stores reaches the developer's home, nor do own imports reach a test.
    """
    prepared = Path(os.environ.get("JIXIAO_HOME") or CHECKOUT / "var")
    target = tmp_path_factory.mktemp("jixiao") / "home"
    if prepared.is_dir():
        shutil.copytree(prepared, target, ignore=shutil.ignore_patterns("*.db*"))
    return target


@pytest.fixture(scope="session")
def workspace(home: Path) -> Workspace:
    """A workspace that is set up."""
    workspace = Workspace(Settings(home=home, database_url="", encoder="default"))
    workspace.setup()
    return workspace
