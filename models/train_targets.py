"""Trains the target classifier and saves it as an artefact folder.

Seconds on one core, the same result every time. Probabilities and thresholds come from rows that
the model had not seen: cases are split by group (see `models.case_groups`), written examples are
only ever trained on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np

from corpus.bundle import bundled_cases, bundled_labels, bundled_library
from corpus.knowledge import Knowledge
from corpus.labels import TargetLabel
from corpus.records import Case, Declaration
from corpus.target import parse_target
from models.artefacts import Manifest, save
from models.case_groups import case_groups
from models.linear_model import LinearModel, Vectoriser
from models.peers import PeerIndex
from models.target_classifier import (
    DECISION_FILE,
    LABELS,
    LAYOUT,
    TRAINED_FROM,
    WORDS_FILE,
    Decision,
    Encoded,
    Label,
    TargetClassifier,
    encode,
)
from models.target_evidence import OtherProjects
from models.target_freshness import training_fingerprint
from models.target_text import vocabulary

WRITTEN_FILE = "written_targets.jsonl"


@dataclass(frozen=True)
class TrainingConfig:
    """Settings of the training; the defaults were chosen by grouped cross-validation."""

    regularisation: float = 0.3
    """C of the logistic regression."""
    hint_scale: float = 2.0
    """Factor of the rubric's hints."""
    feature_scale: float = 0.5
    """Factor of all other named features."""
    written_weight: float = 0.5
    """Weight of a written example; a real row counts 1."""
    folds: int = 5
    """Folds for calibration and thresholds."""
    words: bool = True
    """Whether jieba words are used beside character n-grams."""
    seed: int = 0


@dataclass(frozen=True)
class Rows:
    """Encoded rows with their labels and groups."""

    keys: tuple[str, ...]
    """Case id # row."""
    encoded: tuple[Encoded, ...]
    truth: np.ndarray
    """(n, labels) bool."""
    groups: np.ndarray
    """(n,) group number; -1 for written examples."""

    def __len__(self) -> int:
        return len(self.keys)

    def take(self, places: np.ndarray) -> Rows:
        """Return some of the rows."""
        return Rows(
            tuple(self.keys[place] for place in places),
            tuple(self.encoded[place] for place in places),
            self.truth[places],
            self.groups[places],
        )

    def __add__(self, other: Rows) -> Rows:
        return Rows(
            self.keys + other.keys,
            self.encoded + other.encoded,
            np.concatenate([self.truth, other.truth]),
            np.concatenate([self.groups, other.groups]),
        )


def _assemble(
    declarations: Sequence[Declaration],
    truths: Mapping[str, tuple[bool, ...]],
    groups: Sequence[int],
    words: frozenset[str],
    others: OtherProjects | None = None,
) -> Rows:
    """Encode the labelled rows of some declarations, with what other projects say of them."""
    keys: list[str] = []
    encoded: list[Encoded] = []
    numbers: list[int] = []
    for declaration, group in zip(declarations, groups, strict=True):
        parsed = [parse_target(row.target, row.name) for row in declaration.indicators]
        known = None
        if others is not None and isinstance(declaration, Case):
            known = others.assess(declaration, group, parsed)
        for place, row in enumerate(encode(declaration, parsed, words, known)):
            key = f"{declaration.id}#{place}"
            if key in truths:
                keys.append(key)
                encoded.append(row)
                numbers.append(group)
    truth = np.array([truths[key] for key in keys], dtype=bool).reshape(-1, len(LABELS))
    return Rows(tuple(keys), tuple(encoded), truth, np.array(numbers, dtype=int))


def known_peers(cases: Sequence[Case]) -> PeerIndex:
    """Return the bundled library and some cases as peers."""
    return PeerIndex(Knowledge(types=bundled_library(), cases=tuple(cases)))


def labelled_rows(
    cases: Sequence[Case],
    labels: Sequence[TargetLabel],
    words: frozenset[str],
    peers: PeerIndex | None = None,
) -> Rows:
    """Return the labelled rows of cases; `words` is the vocabulary of `models.target_text`.

    Among `peers`, those of a case's own group are left out.
    """
    truths = {
        f"{label.case_id}#{label.row}": (label.vague, label.qualitative, label.easy)
        for label in labels
    }
    groups = case_groups(cases).tolist()
    others = OtherProjects(peers, cases, groups) if peers else None
    return _assemble(cases, truths, groups, words, others)


def _written() -> Iterator[tuple[Declaration, list[tuple[bool, ...]]]]:
    """Yield the written declarations with the labels of their rows."""
    text = files("models").joinpath("data", WRITTEN_FILE).read_text(encoding="utf-8")
    for record in map(json.loads, text.splitlines()):
        labels = [row["labels"] for row in record["indicators"]]
        yield (
            Declaration.model_validate(record),
            [tuple(row[label] for label in LABELS) for row in labels],
        )


def written_rows(words: frozenset[str]) -> Rows:
    """Return the examples written by the rubric, which are no real cases."""
    declarations: list[Declaration] = []
    truths: dict[str, tuple[bool, ...]] = {}
    for declaration, labels in _written():
        declarations.append(declaration)
        truths |= {f"{declaration.id}#{place}": row for place, row in enumerate(labels)}
    return _assemble(declarations, truths, [-1] * len(declarations), words)


def training_words(cases: Sequence[Declaration], config: TrainingConfig) -> frozenset[str]:
    """Return the vocabulary of cases and written examples; no label is looked at."""
    if not config.words:
        return frozenset()
    rows = [row for case in cases for row in case.indicators]
    rows += [row for declaration, _ in _written() for row in declaration.indicators]
    return vocabulary(text for row in rows for text in (row.name, row.target))


def group_folds(groups: np.ndarray, folds: int, seed: int) -> np.ndarray:
    """Deal groups to folds at random and return the fold of every row, (n,)."""
    unique = np.unique(groups)
    order = np.random.default_rng(seed).permutation(len(unique))
    return (order % folds)[np.searchsorted(unique, groups)]


def fit_linear(rows: Rows, config: TrainingConfig) -> LinearModel:
    """Fit weights on all rows, without calibration."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    scale = {"hint.": config.hint_scale, "": config.feature_scale}
    vectoriser = Vectoriser.fit(
        [row.features for row in rows.encoded], [row.columns for row in rows.encoded], scale
    )
    matrix = csr_matrix(to_sparse(rows, vectoriser), shape=(len(rows), len(vectoriser.columns)))
    weight = np.where(rows.groups < 0, config.written_weight, 1.0)
    weights, intercepts = [], []
    for number in range(len(LABELS)):
        regression = LogisticRegression(C=config.regularisation, max_iter=1000)
        regression.fit(matrix, rows.truth[:, number], sample_weight=weight)
        weights.append(regression.coef_[0])
        intercepts.append(regression.intercept_[0])
    return LinearModel(
        labels=LABELS,
        vectoriser=vectoriser,
        weights=np.array(weights, dtype=np.float32).T.copy(),
        intercepts=np.array(intercepts, dtype=np.float32),
        slopes=np.ones(len(LABELS), dtype=np.float32),
        offsets=np.zeros(len(LABELS), dtype=np.float32),
    )


def to_sparse(rows: Rows, vectoriser: Vectoriser) -> tuple[list[float], list[int], list[int]]:
    """Return (data, indices, indptr) of the rows' sparse matrix."""
    data: list[float] = []
    indices: list[int] = []
    starts = [0]
    for row in rows.encoded:
        places, values = vectoriser.encode(row.features, row.columns)
        indices += places
        data += values
        starts.append(len(indices))
    return data, indices, starts


def score(model: LinearModel, rows: Rows) -> np.ndarray:
    """Return the uncalibrated log-odds of rows, (n, labels)."""
    return np.array([model.scores(row.features, row.columns) for row in rows.encoded])


def held_out_scores(rows: Rows, extra: Rows, config: TrainingConfig) -> np.ndarray:
    """Return log-odds of rows by models that saw neither them nor their group, (n, labels)."""
    fold = group_folds(rows.groups, config.folds, config.seed)
    scores = np.zeros(rows.truth.shape)
    for number in range(config.folds):
        inside, outside = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        model = fit_linear(rows.take(inside) + extra, config)
        scores[outside] = score(model, rows.take(outside))
    return scores


def fit(rows: Rows, extra: Rows, config: TrainingConfig, words: frozenset[str]) -> TargetClassifier:
    """Fit weights on everything, calibration and thresholds on held-out rows."""
    from models.target_calibration import decide, platt

    scores = held_out_scores(rows, extra, config)
    curves = [platt(scores[:, number], rows.truth[:, number]) for number in range(len(LABELS))]
    plain = fit_linear(rows + extra, config)
    model = LinearModel(
        plain.labels,
        plain.vectoriser,
        plain.weights,
        plain.intercepts,
        np.array([slope for slope, _ in curves], dtype=np.float32),
        np.array([offset for _, offset in curves], dtype=np.float32),
    )
    probabilities = model.calibrate(scores)
    decisions: dict[Label, Decision] = {
        label: decide(probabilities[:, number], rows.truth[:, number])
        for number, label in enumerate(LABELS)
    }
    return TargetClassifier(model, decisions, words)


def train(
    folder: Path,
    cases: Sequence[Case] | None = None,
    labels: Sequence[TargetLabel] | None = None,
    config: TrainingConfig | None = None,
) -> Manifest:
    """Train on labelled cases (the bundled ones unless given) and save into a folder."""
    from threadpoolctl import threadpool_limits

    config = config or TrainingConfig()
    default = cases is None and labels is None and config == TrainingConfig()
    cases = bundled_cases() if cases is None else cases
    labels = bundled_labels("targets") if labels is None else labels
    words = training_words(cases, config)
    rows, extra = labelled_rows(cases, labels, words, known_peers(cases)), written_rows(words)
    # So small a problem gains nothing from more threads; where they have to wait for a busy
    # machine it takes minutes instead of seconds.
    with threadpool_limits(1):
        classifier = fit(rows, extra, config, words)
    return save(
        folder,
        LAYOUT,
        lambda staging: _write(staging, classifier),
        {
            TRAINED_FROM: training_fingerprint() if default else None,
            "config": asdict(config),
            "data": {
                "rows": len(rows),
                "groups": len(np.unique(rows.groups)),
                "written_rows": len(extra),
                "rows_sha256": _hash(rows),
                "written_sha256": _hash(extra),
            },
            "scikit_learn": _sklearn_version(),
        },
    )


def _write(folder: Path, classifier: TargetClassifier) -> None:
    """Write the model, its decisions and its vocabulary."""
    classifier.model.write(folder)
    decisions = {label: asdict(decision) for label, decision in classifier.decisions.items()}
    for name, content in ((DECISION_FILE, decisions), (WORDS_FILE, sorted(classifier.words))):
        text = json.dumps(content, ensure_ascii=False)
        (folder / name).write_text(text, encoding="utf-8")


def _hash(rows: Rows) -> str:
    """Return a hash of what was trained on: keys, names, targets and labels."""
    digest = hashlib.sha256()
    for key, row, truth in zip(rows.keys, rows.encoded, rows.truth.tolist(), strict=True):
        line = [key, row.row.indicator.name, row.row.indicator.target, truth]
        digest.update(json.dumps(line, ensure_ascii=False).encode())
    return digest.hexdigest()


def _sklearn_version() -> str:
    import sklearn

    return str(sklearn.__version__)
