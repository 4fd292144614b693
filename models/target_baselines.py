"""What the target classifier has to beat."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

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
    """Give labels by logistic regression on character TF-IDF and a few parsed features."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    names, targets = (
        TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
        for _ in range(2)
    )
    parsed = DictVectorizer()
    inside = hstack(
        [
            names.fit_transform(_masked(train, "name")),
            targets.fit_transform(_masked(train, "target")),
            parsed.fit_transform(_parsed(train)),
        ]
    ).tocsr()
    outside = hstack(
        [
            names.transform(_masked(test, "name")),
            targets.transform(_masked(test, "target")),
            parsed.transform(_parsed(test)),
        ]
    ).tocsr()
    columns = []
    for number in range(len(LABELS)):
        regression = LogisticRegression(C=3, max_iter=1000)
        regression.fit(inside, train.truth[:, number])
        columns.append(regression.predict_proba(outside)[:, 1])
    probabilities = np.stack(columns, axis=1)
    return Prediction("基线：字符TF-IDF+解析结果", probabilities >= 0.5, probabilities)


def _masked(rows: Rows, field: Literal["name", "target"]) -> list[str]:
    """Return a cell of each row, numbers masked."""
    texts = [getattr(row.row, field) for row in rows.encoded]
    return [re.sub(r"\d+(?:\.\d+)?", "0", text) for text in texts]


def _parsed(rows: Rows) -> list[dict[str, float | str]]:
    """Return kind, operator, unit and level of each row."""
    return [
        {
            "kind": row.row.parsed.kind,
            "operator": row.row.parsed.operator or "",
            "unit": row.row.unit,
            "level2": row.row.indicator.level2,
            "hundred": float(row.row.parsed.value == 100),
        }
        for row in rows.encoded
    ]


BASELINES: tuple[Callable[[Rows, Rows], Prediction], ...] = (majority, characters, rubric_only)
