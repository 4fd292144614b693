"""What the target classifier has to beat."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from models.target_classifier import LABELS
from models.target_features import hints
from models.train_targets import Rows


@dataclass(frozen=True)
class Prediction:
    """What a method says about some rows."""

    name: str
    given: np.ndarray
    """(n, labels) bool."""
    probabilities: np.ndarray | None = None
    """(n, labels), where the method has any."""

    @classmethod
    def join(cls, parts: Sequence[Prediction]) -> Prediction:
        """Put a method's predictions of several parts behind one another."""
        probabilities = [part.probabilities for part in parts if part.probabilities is not None]
        return cls(
            parts[0].name,
            np.concatenate([part.given for part in parts]),
            np.concatenate(probabilities) if probabilities else None,
        )


def majority(train: Rows, test: Rows) -> Prediction:
    """Give each row the more frequent answer of every label."""
    frequent = train.truth.mean(axis=0) > 0.5
    return Prediction("基线：多数类", np.tile(frequent, (len(test), 1)))


def rubric_only(train: Rows, test: Rows) -> Prediction:
    """Give a label wherever a hint of the rubric holds."""
    found = [hints(row.row, row.form) for row in test.encoded]
    return Prediction(
        "基线：仅用标注规则", np.array([[bool(row[label]) for label in LABELS] for row in found])
    )


def characters(train: Rows, test: Rows) -> Prediction:
    """Give labels by logistic regression on character TF-IDF of name and target."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    vectoriser = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
    inside = vectoriser.fit_transform(_texts(train))
    outside = vectoriser.transform(_texts(test))
    columns = []
    for number in range(len(LABELS)):
        regression = LogisticRegression(C=10, max_iter=1000, class_weight="balanced")
        regression.fit(inside, train.truth[:, number])
        columns.append(regression.predict_proba(outside)[:, 1])
    probabilities = np.stack(columns, axis=1)
    return Prediction("基线：字符TF-IDF逻辑回归", probabilities >= 0.5, probabilities)


def _texts(rows: Rows) -> list[str]:
    """Return each row's name and target as one text, numbers masked."""
    joined = [f"{row.row.name}｜{row.row.target}" for row in rows.encoded]
    return [re.sub(r"\d+(?:\.\d+)?", "0", text) for text in joined]


BASELINES: tuple[Callable[[Rows, Rows], Prediction], ...] = (majority, characters, rubric_only)
