"""`jixiao train` on a small made-up region: bundled cases relabelled as a region's own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from api import region
from api.region_adapter import train_region_adapter
from api.settings import Settings
from api.workspace import Workspace
from corpus.bundle import bundled_cases
from corpus.decisions import ProjectDecisions, SuggestionDecision
from corpus.records import Case, Declaration, Indicator
from models import artefacts
from models.adapter import Adapter
from recommender import Recommender
from recommender import train_region as training
from recommender.evidence import Evidence
from recommender.ranking import LinearRanker

OWN = [
    Declaration.model_validate(
        case.model_dump(exclude={"id", "source_url", "origin"}) | {"region": "某市", "year": 2020}
    )
    for case in bundled_cases()
    if len(case.indicators) > 8
][:30]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace that holds a region's projects."""
    workspace = Workspace(Settings(home=tmp_path_factory.mktemp("region"), database_url=""))
    workspace.store.add_cases(OWN)
    yield workspace
    workspace.close()


@pytest.fixture
def shared(prepared: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """The same, searched by words only, which is quick, and without a ranking of its own."""
    monkeypatch.setattr(region, "MODES", {False: "lexical"})
    yield prepared
    shutil.rmtree(prepared.ranking_folder, ignore_errors=True)
    region.report_path(prepared.ranking_folder).unlink(missing_ok=True)


def ranking_in_use(workspace: Workspace) -> object:
    """Return the ranking that the next request is answered with, None for the bundled one."""
    return workspace.parts.own_ranking(workspace.parts.lexical_retriever)


@pytest.fixture
def anything_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every new ranking count as better."""
    monkeypatch.setattr(training, "MARGIN", -1.0)
    monkeypatch.setattr(training, "LEVEL", 1.0)
    monkeypatch.setattr(training, "LOSS", 1.0)


def test_without_own_projects_nothing_is_trained(tmp_path: Path) -> None:
    workspace = Workspace(Settings(home=tmp_path, database_url=""))
    report = region.train_region(workspace, workspace.ranking_folder)
    assert (report.cases, report.enough, report.kept) == (0, False, False)
    assert not workspace.ranking_folder.exists()
    workspace.close()


@pytest.mark.usefixtures("anything_goes")
def test_a_dry_run_reports_and_writes_nothing(shared: Workspace) -> None:
    report = region.train_region(shared, shared.ranking_folder, dry_run=True)
    assert report.cases == len(OWN)
    assert report.kept
    assert report.saved is None
    assert not shared.ranking_folder.exists()
    assert not region.report_path(shared.ranking_folder).exists()


@pytest.mark.usefixtures("anything_goes")
def test_a_kept_ranking_serves_the_next_request(shared: Workspace) -> None:
    before = shared.parts
    assert ranking_in_use(shared) is None
    report = region.train_region(shared, shared.ranking_folder)
    assert report.saved == shared.ranking_folder
    told = json.loads(region.report_path(shared.ranking_folder).read_text(encoding="utf-8"))
    assert told == report.to_dict()
    manifest = artefacts.read_manifest(shared.ranking_folder, artefacts.Layout("region-ranking", 1))
    assert manifest.meta["report"]["kept"] is True
    assert shared.parts is not before
    assert isinstance(ranking_in_use(shared), LinearRanker)


def test_a_ranking_that_is_no_better_leaves_all_as_it_was(
    shared: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "MARGIN", 1.0)
    report = region.train_region(shared, shared.ranking_folder)
    assert not report.kept
    assert not shared.ranking_folder.exists()
    assert region.report_path(shared.ranking_folder).is_file()


@pytest.mark.usefixtures("anything_goes")
def test_an_interrupted_training_leaves_the_old_ranking(
    shared: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    region.train_region(shared, shared.ranking_folder)
    held = artefacts.declared_fingerprint(shared.ranking_folder)

    def interrupted(self: LinearRanker, path: Path) -> None:
        path.write_text("{", encoding="utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(LinearRanker, "save", interrupted)
    with pytest.raises(KeyboardInterrupt):
        region.train_region(shared, shared.ranking_folder)
    assert artefacts.declared_fingerprint(shared.ranking_folder) == held
    assert ranking_in_use(shared) is not None
    leftovers = [path.name for path in shared.settings.home.glob(".ranking-*")]
    assert leftovers == []


@pytest.mark.usefixtures("anything_goes")
def test_after_an_update_the_old_ranking_rests_and_is_reported(
    shared: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    region.train_region(shared, shared.ranking_folder)
    monkeypatch.setattr("recommender.region_ranking.features_fingerprint", lambda: "another")
    assert ranking_in_use(shared) is None
    assert "请运行 jixiao train" in caplog.text
    assert (shared.ranking_folder / "lexical.json").is_file()


@pytest.mark.usefixtures("anything_goes")
def test_decisions_are_learned_from_as_well(shared: Workspace) -> None:
    case = OWN[0].model_copy(update={"project_name": "另一个项目", "region": "某市", "year": 2021})
    parts = shared.parts
    pool = Recommender(parts.knowledge, parts.lexical_retriever, parts.peers).pool(case)
    made = [
        SuggestionDecision(
            decision="accepted" if place % 2 else "rejected",
            source_key=candidate.source_key,
            rank=place + 1,
            suggested=Indicator(name=candidate.name),
        )
        for place, candidate in enumerate(pool.candidates[:8])
    ]
    shared.store.add_decisions([ProjectDecisions(declaration=case, decisions=tuple(made))])
    report = region.train_region(shared, shared.ranking_folder, dry_run=True)
    assert report.decided == 1
    assert report.modes["lexical"].training.kinds["decided"].cases == 1


def test_the_command_says_what_it_rests_on(
    invoke: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(region, "MODES", {False: "lexical"})
    url = {"JIXIAO_DATABASE_URL": f"sqlite:///{tmp_path / 'own.db'}"}
    nothing = invoke("train", "--dry-run", **url)
    assert nothing.exit_code == 0
    assert "没有本地资料" in nothing.stdout
    file = tmp_path / "往年.jsonl"
    file.write_text("\n".join(case.model_dump_json() for case in OWN), encoding="utf-8")
    assert invoke("import", file, **url).exit_code == 0
    result = invoke("train", "--dry-run", **url)
    assert result.exit_code == 0, result.stderr
    for words in ("本地历史项目 30 个", "词语检索", "通用标注"):
        assert words in result.stdout
    told = json.loads(invoke("train", "--dry-run", "--json", **url).stdout)
    assert ("新排序更好" if told["kept"] else "沿用原排序") in result.stdout
    assert told["modes"]["lexical"]["local"]["cases"] == told["learned_from"]


def test_an_adapter_needs_enough_projects(tmp_path: Path) -> None:
    workspace = Workspace(Settings(home=tmp_path, database_url=""))
    workspace.store.add_cases(OWN[:2])
    workspace.__dict__["encoder"] = None
    workspace.__dict__["caching_encoder"] = None
    report = train_region_adapter(workspace, workspace.adapter_folder)
    assert report.failed == ("few",)
    assert not workspace.adapter_folder.exists()
    workspace.close()


@pytest.mark.parametrize(("gain", "kept"), [(0.2, True), (0.0, False)])
def test_an_adapter_is_kept_only_if_unseen_projects_gain(
    prepared: Workspace, monkeypatch: pytest.MonkeyPatch, gain: float, kept: bool
) -> None:
    """The searches are stood in for: a real one needs the encoder."""
    learned: list[set[str]] = []

    def refined(_encoder: object, base: Adapter, _types: object, cases: list[Case]) -> Adapter:
        learned.append({str(case.id) for case in cases})
        return replace(base, centre=base.centre + 1)

    def measured(trial: object, adapter: Adapter, evidence: list[Evidence]) -> dict[str, float]:
        new = adapter is not Adapter.bundled() and float(adapter.centre[0]) > 0.5
        ids = {str(each.case.id) for each in evidence if each.kind == "used"}
        assert not new or not ids & learned[-1]
        return {str(each.case.id): 0.5 + gain * new for each in evidence}

    monkeypatch.setitem(prepared.__dict__, "caching_encoder", object())
    monkeypatch.setattr(Adapter, "suits", lambda *_: True)
    monkeypatch.setattr("models.train_adapter.refine_adapter", refined)
    monkeypatch.setattr("api.region_adapter._Trial._measured", measured)
    folder = prepared.settings.home / "tried"
    report = train_region_adapter(prepared, folder)
    assert (report.kept, folder.exists()) == (kept, kept)
    assert report.local is not None
    assert report.local.gain == pytest.approx(gain)
    assert len(learned) == (3 if kept else 2)
    shutil.rmtree(folder, ignore_errors=True)
