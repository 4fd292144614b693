"""Says how likely each row of a declaration is vague, qualitative or easy (模糊, 定性, 易完成)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from corpus.errors import SetupError
from corpus.records import Declaration, ParsedTarget
from corpus.target import parse_target
from models.artefacts import Layout, load_json, read_manifest
from models.attainment import Attainment
from models.linear_model import LinearModel
from models.target_evidence import evidence_features
from models.target_explanation import Explanation, explain
from models.target_features import Features, row_features
from models.target_freshness import training_fingerprint
from models.target_rows import Form, Row, read_form, read_rows
from models.target_text import columns

Label = Literal["vague", "qualitative", "easy"]
LABELS: tuple[Label, ...] = get_args(Label)
LAYOUT = Layout("targets", 1)
DECISION_FILE = "decision.json"
WORDS_FILE = "words.json"
TRAINED_FROM = "trained_from"
"""Key of the manifest for `training_fingerprint`."""


@dataclass(frozen=True)
class Encoded:
    """A row as the linear model takes it."""

    row: Row
    form: Form
    features: Features
    columns: frozenset[str]
    """Columns of the row's pieces of wording."""


@dataclass(frozen=True)
class LabelProbabilities:
    """Probability of each label of one row."""

    vague: float
    qualitative: float
    easy: float
    encoded: Encoded | None = field(default=None, repr=False, compare=False)
    """The row as the model saw it, from which a label is explained."""

    def to_dict(self) -> dict[str, float]:
        """Return label → probability."""
        return {label: getattr(self, label) for label in LABELS}


@dataclass(frozen=True)
class Decision:
    """From which probability on a label is given, and where the model is unsure."""

    threshold: float
    low: float
    high: float
    """Between `low` and `high` a person should decide."""


def encode(
    declaration: Declaration,
    parsed: Sequence[ParsedTarget] | None,
    words: frozenset[str],
    evidence: Sequence[Attainment | None] | None = None,
) -> list[Encoded]:
    """Prepare the rows of a declaration; targets are parsed here unless given.

    `words` is the vocabulary of `models.target_text`, `evidence` what peers say of every row.
    """
    if parsed is None:
        parsed = [parse_target(row.target, row.name) for row in declaration.indicators]
    rows = read_rows(declaration, parsed)
    form = read_form(declaration, rows)
    known = evidence or [None] * len(rows)
    return [
        Encoded(row, form, row_features(row, form) | evidence_features(found), columns(row, words))
        for row, found in zip(rows, known, strict=True)
    ]


class TargetClassifier:
    """A trained classifier of target rows; needs numpy only."""

    def __init__(
        self, model: LinearModel, decisions: dict[Label, Decision], words: frozenset[str]
    ) -> None:
        self.model = model
        self.decisions = decisions
        self.words = words

    @staticmethod
    def is_current(folder: Path) -> bool:
        """Tell whether a folder holds what this program would train on its bundled cases.

        False where it is missing or damaged, where code, word lists or labels have changed since,
        or where it was trained on other cases.
        """
        try:
            meta = read_manifest(folder, LAYOUT, verify=False).meta
        except SetupError:
            return False
        return bool(meta.get(TRAINED_FROM) == training_fingerprint())

    @classmethod
    def load(cls, folder: Path) -> TargetClassifier:
        """Load a classifier that `models.train_targets.train` saved; raises SetupError."""
        read_manifest(folder, LAYOUT)
        saved = load_json(folder / DECISION_FILE)
        decisions = {label: Decision(**saved[label]) for label in LABELS}
        words = frozenset(load_json(folder / WORDS_FILE))
        return cls(LinearModel.read(folder), decisions, words)

    def predict(
        self,
        declaration: Declaration,
        parsed: Sequence[ParsedTarget] | None = None,
        evidence: Sequence[Attainment | None] | None = None,
    ) -> list[LabelProbabilities]:
        """Return the probabilities of every row, in the order of the declaration.

        `evidence` is what `models.target_evidence.assess_rows` gives; None without peers.
        """
        rows = encode(declaration, parsed, self.words, evidence)
        if not rows:
            return []
        scores = np.stack([self.model.scores(row.features, row.columns) for row in rows])
        chances = self.model.calibrate(scores).tolist()
        return [
            LabelProbabilities(vague, qualitative, easy, row)
            for (vague, qualitative, easy), row in zip(chances, rows, strict=True)
        ]

    def labels(self, probabilities: LabelProbabilities) -> tuple[Label, ...]:
        """Return the labels whose probability reaches its threshold."""
        return tuple(
            label
            for label in LABELS
            if getattr(probabilities, label) >= self.decisions[label].threshold
        )

    def unsure(self, probabilities: LabelProbabilities) -> tuple[Label, ...]:
        """Return the labels that a person should decide (请人工判断)."""
        return tuple(
            label
            for label in LABELS
            if self.decisions[label].low
            <= getattr(probabilities, label)
            < self.decisions[label].high
        )

    def explain(self, predicted: LabelProbabilities, label: Label) -> Explanation:
        """Return what speaks for a label of a row, with the words and figures that carry it.

        `predicted` is what `predict` returned for the row; the row is not encoded again.
        """
        row = predicted.encoded
        if row is None:
            raise ValueError("only a row that predict() returned can be explained")
        added = self.model.contributions(row.features, row.columns, label)
        return explain(label, getattr(predicted, label), row.row, self.words, added)
