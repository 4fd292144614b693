from __future__ import annotations

from pathlib import Path

import pytest

from api.settings import CHECKOUT, PREFIX, Settings, load_settings, settings_reference
from api.workspace import Workspace
from corpus.errors import JixiaoError
from corpus.records import Declaration, Indicator


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)


def test_home_is_var_of_the_checkout_and_holds_the_database() -> None:
    settings = load_settings()
    assert settings.home == CHECKOUT / "var"
    assert settings.store_url == f"sqlite:///{CHECKOUT / 'var' / 'jixiao.db'}"


def test_environment_overrides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JIXIAO_HOME", "here")
    monkeypatch.setenv("JIXIAO_DATABASE_URL", "postgresql+psycopg://u@h/d")
    settings = load_settings()
    assert settings.home == tmp_path / "here"
    assert settings.store_url == "postgresql+psycopg://u@h/d"


def test_empty_variable_means_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIXIAO_HOME", "")
    assert load_settings().home == CHECKOUT / "var"


@pytest.mark.parametrize(
    ("name", "value"), [("THREADS", "两"), ("THREADS", "-1"), ("LOG_LEVEL", "loud")]
)
def test_bad_value_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"JIXIAO_{name}", value)
    with pytest.raises(JixiaoError) as caught:
        load_settings()
    assert f"JIXIAO_{name}" in caught.value.message
    assert value in caught.value.message
    assert caught.value.hint


def test_every_setting_is_explained() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_reference_is_current() -> None:
    stored = (CHECKOUT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert stored == settings_reference(), "run: python -m api.settings"


def test_review_config_changes_what_is_found_in_its_region(
    monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "配置.toml"
    path.write_text('[regions."湖南省"]\nswitched_off = ["FM03"]\n', encoding="utf-8")
    monkeypatch.setenv("JIXIAO_HOME", str(home))
    monkeypatch.setenv("JIXIAO_REVIEW_CONFIG", str(path))
    workspace = Workspace(load_settings())
    rows = (Indicator(level1="产出指标", level2="数量指标", name="养护里程", target="≥159公里"),)

    def codes(region: str) -> set[str]:
        declaration = Declaration(project_name="农村公路养护", region=region, indicators=rows)
        return {finding.code for finding in workspace.review(declaration).findings}

    assert "FM03" in codes("湖北省")
    assert "FM03" not in codes("湖南省岳阳县")


def test_a_mistake_in_the_review_config_names_the_file_and_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "配置.toml"
    path.write_text("# 本县\npass_warning = 0\n", encoding="utf-8")
    monkeypatch.setenv("JIXIAO_REVIEW_CONFIG", str(path))
    with pytest.raises(JixiaoError, match=r"配置\.toml 第2行：.*pass_warnings"):
        _ = Workspace(load_settings()).review_config
