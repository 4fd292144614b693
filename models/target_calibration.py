"""Probabilities that mean what they say, thresholds, and how far off probabilities are."""

from __future__ import annotations

import numpy as np

from models.target_classifier import Decision

_GRID = np.round(np.arange(0.2, 0.81, 0.02), 2)
_SMOOTH = 2
"""Neighbouring thresholds on each side whose F1 is averaged, so that chance decides less."""
_FLAT = 0.01
"""Differences of F1 that are only chance."""
_MIDDLE = 0.46
_UNSURE = 0.15
"""A row this near to the threshold is left to a person."""
MIN_PRECISION = 0.85


def platt(scores: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Return slope and offset of sigmoid(slope · score + offset), fitted by maximum likelihood.

    Targets are smoothed as Platt (1999) proposes, which keeps rare labels from overconfidence.
    """
    positives = int(truth.sum())
    negatives = len(truth) - positives
    high, low = (positives + 1) / (positives + 2), 1 / (negatives + 2)
    target = np.where(truth, high, low)
    slope, offset = 1.0, 0.0
    for _ in range(100):
        chance = 1 / (1 + np.exp(-np.clip(slope * scores + offset, -30, 30)))
        spread = np.maximum(chance * (1 - chance), 1e-9)
        error = chance - target
        gradient = np.array([error @ scores, error.sum()])
        cross = spread @ scores
        hessian = np.array([[spread @ scores**2 + 1e-6, cross], [cross, spread.sum() + 1e-6]])
        step = np.linalg.solve(hessian, gradient)
        slope, offset = slope - step[0], offset - step[1]
        if np.abs(step).max() < 1e-8:
            break
    return float(slope), float(offset)


def f1_parts(truth: np.ndarray, given: np.ndarray) -> tuple[float, float, float]:
    """Return precision, recall and F1, each 0 where it is not defined."""
    hits = float((truth & given).sum())
    precision = hits / given.sum() if given.any() else 0.0
    recall = hits / truth.sum() if truth.any() else 0.0
    total = precision + recall
    return float(precision), float(recall), 2 * precision * recall / total if total else 0.0


def decide(probabilities: np.ndarray, truth: np.ndarray) -> Decision:
    """Choose a threshold with about the best F1 among those precise enough, where there are any.

    Most rows are clear, so F1 hardly changes over a wide range; the middle of it is the safest.
    """
    parts = np.array([f1_parts(truth, probabilities >= level) for level in _GRID])
    precise = parts[:, 0] >= MIN_PRECISION
    kernel = np.ones(2 * _SMOOTH + 1)
    weight = np.convolve(np.ones(len(_GRID)), kernel, "same")
    smooth = np.convolve(parts[:, 2], kernel, "same") / weight
    smooth = np.where(precise | ~precise.any(), smooth, -1)
    good = _GRID[smooth >= smooth.max() - _FLAT]
    threshold = float(good[np.argmin(np.abs(good - _MIDDLE))])
    low, high = max(0.0, threshold - _UNSURE), min(1.0, threshold + _UNSURE)
    return Decision(threshold, round(low, 2), round(high, 2))


def calibration_error(probabilities: np.ndarray, truth: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error: mean |share of yes - probability| over equal bins."""
    place = np.minimum((probabilities * bins).astype(int), bins - 1)
    error = 0.0
    for number in range(bins):
        inside = place == number
        if inside.any():
            error += inside.mean() * abs(truth[inside].mean() - probabilities[inside].mean())
    return float(error)
