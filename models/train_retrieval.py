"""Fits the weights that rank library types and cases, on the shared cases.

    python -m models.train_retrieval ENCODER_FOLDER

Types: a case's labelled types should come first. Every case asks three times: as a unit would with
all fields but its indicators, without the function code, and with its name alone. Cases: those
that share a labelled type, from another page, should come first. The weights are few and
regularised; `models.evaluate_retrieval` measures them with each page's cases held out of the fit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from corpus.knowledge import Knowledge
from corpus.labels import TypeLabel
from corpus.records import Case, Declaration
from models.adapter import Adapter
from models.case_groups import case_groups
from models.encoder import Encoder
from models.fusion import Fusion, FusionSet, Views, fusion_path, standardise
from models.retrieval import Retriever

TYPE_VIEWS = ("lexical", "dense", "dense_name", "alias", "sector", "named")
CASE_VIEWS = ("lexical", "dense", "kinds")
_PENALTY = 2.0
_RANK_SHARES = (1.0, 0.5, 0.35)
"""What the first, second and third labelled type are worth."""
TYPE_CURVE: tuple[str, ...] = ()
CASE_CURVE = ("kinds",)
"""Plain views that, beside the fused score, tell how surely a record fits."""
_SHOWN = 5
"""Best records of each question that the probability curve is fitted on."""


@dataclass(frozen=True)
class Ranking:
    """One question: views of all records, what each record is worth, which records count."""

    views: Views
    worth: np.ndarray
    """Share of each record, summing to 1, or to 0 where nothing fits, (n,)."""
    allowed: np.ndarray
    """Records that may be ranked, bool (n,)."""


def asked_without_indicators(case: Case) -> Declaration:
    """Return what the unit knew before it set indicators."""
    kept = ("project_name", "department", "implementing_unit", "region", "year",
            "function_code", "budget_wan", "description", "goal")  # fmt: skip
    return Declaration(**{name: getattr(case, name) for name in kept})


def askings(case: Case) -> tuple[Declaration, ...]:
    """Return the three ways in which a case asks."""
    full = asked_without_indicators(case)
    bare = Declaration(project_name=case.project_name)
    return full, full.model_copy(update={"function_code": None}), bare


def type_rankings(
    retriever: Retriever, case: Case, labels: Mapping[str, Sequence[str]]
) -> list[Ranking]:
    """Return the questions of a case about library types."""
    wanted = labels[str(case.id)]
    worth = np.array([_worth(kind.id, wanted) for kind in retriever.knowledge.types])
    allowed = np.ones(len(worth), dtype=bool)
    return [
        Ranking(retriever.type_views(asked), worth / worth.sum(), allowed)
        for asked in askings(case)
    ]


def case_rankings(
    retriever: Retriever, row: int, groups: np.ndarray, labels: Mapping[str, Sequence[str]]
) -> list[Ranking]:
    """Return the questions of a case about other cases."""
    cases = retriever.knowledge.cases
    wanted = set(labels.get(str(cases[row].id), ()))
    allowed = groups != groups[row]
    alike = np.array([bool(wanted & set(labels.get(str(case.id), ()))) for case in cases])
    worth = (alike & allowed).astype(float)
    return [
        Ranking(retriever.case_views(asked), worth / max(worth.sum(), 1.0), allowed)
        for asked in askings(cases[row])
    ]


def fit(rankings: Sequence[Ranking], names: Sequence[str], curve: Sequence[str] = ()) -> Fusion:
    """Fit weights and, from the fused score and the views of `curve`, the probability curve."""
    bare = fit_weights(rankings, names)
    used = [name for name in curve if name in bare.weights]
    return Fusion(bare.weights, fit_curve(rankings, bare, used))


def fit_weights(rankings: Sequence[Ranking], names: Sequence[str]) -> Fusion:
    """Fit the weights of those views that the rankings have, without a probability curve."""
    used = [name for name in names if name in rankings[0].views]
    found = _weights([one for one in rankings if one.worth.any()], used)
    weights = {name: round(float(value), 4) for name, value in zip(used, found, strict=True)}
    return Fusion(weights, {})


def _weights(rankings: Sequence[Ranking], names: Sequence[str]) -> np.ndarray:
    """Minimise the cross-entropy of a softmax over the records of each question."""
    from scipy.optimize import minimize

    inputs = np.array([[standardise(name, one.views[name]) for name in names] for one in rankings])
    worth = np.array([one.worth for one in rankings])
    barred = np.where([one.allowed for one in rankings], 0.0, -np.inf)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = np.einsum("v,qvr->qr", weights, inputs) + barred
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        total = _PENALTY * float(weights @ weights)
        total -= float((worth * np.log(np.maximum(shares, 1e-30))).sum())
        slope = np.einsum("qvr,qr->v", inputs, shares - worth)
        return total, slope + 2 * _PENALTY * weights

    return np.asarray(minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x)


def fit_curve(
    rankings: Sequence[Ranking], fusion: Fusion, views: Sequence[str]
) -> dict[str, float]:
    """Fit how surely a record fits.

    Each question's best records count as they are labelled; then once more without the fitting
    ones, as if the library did not know such a project: what comes first then does not fit.
    """
    from sklearn.linear_model import LogisticRegression

    names = ["score", *views]
    rows, fits = [], []
    for one in rankings:
        scores = fusion.scores(one.views)
        known = {**one.views, "score": scores}
        for among in (one.allowed, one.allowed & (one.worth == 0)):
            for best in np.argsort(-np.where(among, scores, -np.inf), kind="stable")[:_SHOWN]:
                rows.append([known[name][best] for name in names])
                fits.append(one.worth[best] > 0)
    model = LogisticRegression(C=10.0, max_iter=5000).fit(rows, fits)
    values = [model.intercept_[0], *model.coef_[0]]
    return {
        name: round(float(value), 4)
        for name, value in zip(["intercept", *names], values, strict=True)
    }


def fit_all(
    knowledge: Knowledge,
    labels: Iterable[TypeLabel],
    encoder: Encoder | None,
    adapter: Adapter | None,
    train: Sequence[int],
    mode: str,
) -> FusionSet:
    """Fit the weights of one mode on the cases of the given rows."""
    wanted = {label.case_id: label.type_ids for label in labels if label.type_ids}
    rows = [row for row in train if str(knowledge.cases[row].id) in wanted]
    flat = Fusion({"lexical": 1.0}, {"intercept": 0.0})
    first = Retriever.index(knowledge, encoder, adapter, fusions=FusionSet(mode, flat, flat))
    about_types = [
        one for row in rows for one in type_rankings(first, knowledge.cases[row], wanted)
    ]
    types = fit(about_types, TYPE_VIEWS, TYPE_CURVE)
    second = Retriever.index(knowledge, encoder, adapter, fusions=FusionSet(mode, types, flat))
    groups = case_groups(knowledge.cases)
    about_cases = [one for row in rows for one in case_rankings(second, row, groups, wanted)]
    return FusionSet(mode, types, fit(about_cases, CASE_VIEWS, CASE_CURVE))


def _worth(key: str, wanted: Sequence[str]) -> float:
    return _RANK_SHARES[wanted.index(key)] if key in wanted else 0.0


def main(folder: str) -> None:
    """Fit the weights of every mode on all shared cases and save the bundled file."""
    from corpus.bundle import bundled_labels
    from models.embedding_cache import CachedEncoder
    from models.encoder import SentenceEncoder

    knowledge = Knowledge.bundled()
    rows = range(len(knowledge.cases))
    with TemporaryDirectory() as memory:
        encoder = CachedEncoder(SentenceEncoder(folder), Path(memory) / "embeddings.db")
        modes = {
            "lexical": (None, None),
            "dense": (encoder, None),
            "adapted": (encoder, Adapter.bundled()),
        }
        content = {
            mode: fit_all(knowledge, bundled_labels("types"), *basis, rows, mode).to_dict()
            for mode, basis in modes.items()
        }
    fusion_path().write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    import sys

    main(sys.argv[1])
