"""Says how likely each row of a declaration is vague, qualitative or easy (模糊, 定性, 易完成)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from corpus.errors import SetupError
from corpus.records import Declaration, Indicator, ParsedTarget
from corpus.target import parse_target
from models.artefacts import Layout, load_json, read_manifest
from models.attainment import Attainment
from models.linear_model import LinearModel
from models.target_evidence import evidence_features
from models.target_explanation import Explanation, Reason, reasons_for
from models.target_features import (
    CELL_HINTS,
    FORM_HINTS,
    HINTS,
    Features,
    Holding,
    cell_features,
    common_features,
    form_features,
    hint_features,
    hints,
    row_features,
)
from models.target_freshness import training_fingerprint
from models.target_rows import Form, Row, read_form, read_rows
from models.target_text import columns
from models.target_wording import Wording

Label = Literal["vague", "qualitative", "easy"]
LABELS: tuple[Label, ...] = get_args(Label)
LAYOUT = Layout("targets", 1)
DECISION_FILE = "decision.json"
WORDS_FILE = "words.json"
_REMEMBERED = 32_768
"""Rows whose judgement and wording are kept, about 1 kB each."""
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
class Judged:
    """A row as it was judged, from which a label is explained."""

    row: Row
    holding: Holding


@dataclass(frozen=True, slots=True)
class _Cells:
    """What the cells of a row say by themselves, whatever declaration they stand in."""

    sums: np.ndarray
    """What they add to the log-odds of each label, (labels,)."""
    holding: Holding
    """Hints that hold for them."""


@dataclass(frozen=True)
class LabelProbabilities:
    """Probability of each label of one row."""

    vague: float
    qualitative: float
    easy: float
    judged: Judged | None = field(default=None, repr=False, compare=False)
    """From which a label is explained."""

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
        Encoded(
            row,
            form,
            row_features(row, form) | evidence_features(found),
            columns(row.name, row.target, words),
        )
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
        self._deciding = tuple(decisions[label] for label in LABELS)
        self._wording = Wording(model, words)
        self._cells = lru_cache(maxsize=_REMEMBERED)(self._read_cells)
        self._reasons = lru_cache(maxsize=_REMEMBERED)(self._find_reasons)

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
        if parsed is None:
            parsed = [parse_target(row.target, row.name) for row in declaration.indicators]
        rows = read_rows(declaration, parsed)
        if not rows:
            return []
        form = read_form(declaration, rows)
        known = evidence or [None] * len(rows)
        sums, judged = [], []
        for row, found in zip(rows, known, strict=True):
            added, holding = self._judge(row, form, found)
            sums.append(added)
            judged.append(Judged(row, holding))
        chances = self.model.calibrate(np.stack(sums) + self.model.intercepts).tolist()
        return [
            LabelProbabilities(vague, qualitative, easy, row)
            for (vague, qualitative, easy), row in zip(chances, judged, strict=True)
        ]

    def _judge(
        self, row: Row, form: Form, evidence: Attainment | None
    ) -> tuple[np.ndarray, Holding]:
        """Return what a row adds to the log-odds of each label, (labels,), and its hints."""
        written = row.indicator
        cells = self._cells(
            written.level1, written.level2, written.name, written.target, row.parsed
        )
        others = hints(row, form, FORM_HINTS)
        holding = {label: [*found, *others[label]] for label, found in cells.holding.items()}
        features = (
            hint_features(others)
            | common_features(holding)
            | form_features(row, form)
            | evidence_features(evidence)
        )
        return cells.sums + self.model.sums(features), holding

    def _read_cells(
        self, level1: str, level2: str, name: str, target: str, parsed: ParsedTarget
    ) -> _Cells:
        """Judge the cells of a row as if they stood alone; rows of a batch repeat."""
        indicator = Indicator(level1=level1, level2=level2, name=name, target=target)
        row, alone = _alone(indicator, parsed)
        form = read_form(alone, [row])
        holding = hints(row, form, CELL_HINTS)
        features = cell_features(row, form) | hint_features(holding)
        worded = self._wording.weigh(row.name, row.target)
        places, values = self.model.vectoriser.encode(features, ())
        sums = self.model.weigh(
            np.concatenate((worded.places, np.array(places, dtype=np.int64))),
            np.concatenate((worded.values, values)),
        )
        return _Cells(sums, holding)

    def labels(self, probabilities: LabelProbabilities) -> tuple[Label, ...]:
        """Return the labels whose probability reaches its threshold."""
        return tuple(
            label
            for label, decision, chance in self._decided(probabilities)
            if chance >= decision.threshold
        )

    def unsure(self, probabilities: LabelProbabilities) -> tuple[Label, ...]:
        """Return the labels that a person should decide (请人工判断)."""
        return tuple(
            label
            for label, decision, chance in self._decided(probabilities)
            if decision.low <= chance < decision.high
        )

    def _decided(self, found: LabelProbabilities) -> Iterator[tuple[Label, Decision, float]]:
        """Iterate over the labels with their decisions and a row's probabilities."""
        chances = (found.vague, found.qualitative, found.easy)
        return zip(LABELS, self._deciding, chances, strict=True)

    def explain(self, predicted: LabelProbabilities, label: Label) -> Explanation:
        """Return what speaks for a label of a row, with the words and figures that carry it.

        `predicted` is what `predict` returned for the row; the row is not judged again.
        """
        judged = predicted.judged
        if judged is None:
            raise ValueError("only a row that predict() returned can be explained")
        row = judged.row
        holding = tuple(hint.name for hint in judged.holding[label])
        written = row.indicator
        reasons = self._reasons(label, written.name, written.target, row.parsed, holding)
        return Explanation(label, getattr(predicted, label), reasons)

    def _find_reasons(
        self, label: Label, name: str, target: str, parsed: ParsedTarget, holding: tuple[str, ...]
    ) -> tuple[Reason, ...]:
        """Return what speaks for a label of two cells of which some hints hold."""
        row, _ = _alone(Indicator(name=name, target=target), parsed)
        held = [hint for hint in HINTS[label] if hint.name in holding]
        features = hint_features({label: held}) | common_features({label: held})
        added = self.model.contributions(features, (), label)
        runs = self._wording.runs(label, row.name, row.target)
        return reasons_for(label, row, held, runs, added)


def _alone(indicator: Indicator, parsed: ParsedTarget) -> tuple[Row, Declaration]:
    """Return a row as if it were the only one of its declaration, and that declaration."""
    alone = Declaration(project_name="", indicators=(indicator,))
    (row,) = read_rows(alone, [parsed])
    return row, alone
