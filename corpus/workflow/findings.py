"""Findings of a stored review, as the workflow handles them: keys, counts, what the unit sees."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any


def finding_key(finding: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """Return a key that stays while rule, place and content stay, from one version to the next."""
    row = finding.get("row")
    content = rows[row]["fingerprint"] if row is not None and 0 <= row < len(rows) else ""
    parts = (finding["code"], content, finding.get("field") or "", str(finding.get("span") or ""))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def keyed_findings(result: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the findings of a review under their keys, in order."""
    keyed: dict[str, Mapping[str, Any]] = {}
    for finding in result["findings"]:
        key = finding_key(finding, result["rows"])
        number = 2
        while key in keyed:
            key = hashlib.sha256(f"{key}-{number}".encode()).hexdigest()[:16]
            number += 1
        keyed[key] = finding
    return keyed


def label_counts(result: Mapping[str, Any]) -> dict[str, int]:
    """Return how many rows a review has, and how many carry each label."""
    counts = {"rows": len(result["rows"]), "vague": 0, "qualitative": 0, "easy": 0}
    for row in result["rows"]:
        for label in row["labels"]:
            counts[label] += 1
    return counts
