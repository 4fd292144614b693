"""Cleaning of raw library and case lines; ids, indicator names and row order never change."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from corpus.privacy import scrub
from corpus.taxonomy import canonical_levels

_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202f\u2060\ufeff]")
_SPACES = re.compile(r"[\s\u00a0\u3000]+")
_CHINESE_BRACKETS = str.maketrans({"(": "（", ")": "）"})
_UNIT_SPELLINGS = (
    (re.compile(r"㎡|m2|m²"), "平方米"),
    (re.compile(r"m³|m3"), "立方米"),
    (re.compile(r"^mg/L$"), "毫克/升"),
    (re.compile(r"^百分点$"), "个百分点"),
    (re.compile(r"^月$"), "个月"),
    (re.compile(r"^1(?=/\d*万$)"), ""),  # ≤45 beside 1/10万 would read ≤451/10万
    (re.compile(r"^(?:—|系数|无量纲|比值)$"), ""),  # a ratio has no unit to print
    (re.compile(r"(?<=[台件])\s*(?:（套）|套)$"), "（套）"),
    (re.compile(r"(?<=/[人户生点个床])(?=[年月天日])"), "·"),
)
_SIGN = re.compile(r"(?<![\dA-Za-z])[-+]|[-+](?![\dA-Za-z])")
_SIGNS = {"-": "－", "+": "＋"}
_PROSE = ("definition", "formula", "basis", "evidence")


def tidy(text: str) -> str:
    """Return the text without invisible characters, with single spaces and none at the ends."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def _tidy_prose(text: str) -> str:
    """Tidy a sentence of the library: Chinese brackets, no closing full stop."""
    text = tidy(text).rstrip("。；;")
    return text.translate(_CHINESE_BRACKETS) if re.search("[\u4e00-\u9fa5]", text) else text


def clean_unit(unit: str) -> str:
    """Return a unit of the library in its one spelling."""
    unit = tidy(unit).translate(_CHINESE_BRACKETS)
    for pattern, spelling in _UNIT_SPELLINGS:
        unit = pattern.sub(spelling, unit)
    return unit


def corrections() -> list[dict[str, Any]]:
    """Read the table of corrected facts of the library.

    Each line names a type, an indicator (null for the type itself), what its fields were, what
    they are now, and why.
    """
    table = files("corpus").joinpath("data/corrections.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in table.splitlines()]


def _correct(entry: dict[str, Any], table: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Apply the corrections of one type; a fact that is neither old nor new is an error."""
    rows = [dict(row) for row in entry["indicators"]]
    entry = {**entry, "indicators": rows}
    for line in table:
        if line["type_id"] != entry["id"]:
            continue
        name = line["indicator"]
        record = entry if name is None else next(row for row in rows if row["name"] == name)
        for field, new in line["now"].items():
            if record[field] not in (line["was"][field], new):
                raise ValueError(
                    f"{entry['id']} {name} {field}: {record[field]!r} was not expected"
                )
            record[field] = new
    return entry


def _clean_library_row(row: Mapping[str, Any]) -> dict[str, Any]:
    level1, level2 = canonical_levels(row["level1"], row["level2"])
    prose = {field: _tidy_prose(row[field]) for field in _PROSE}
    prose["formula"] = _SIGN.sub(lambda sign: _SIGNS[sign.group()], prose["formula"])
    return {**row, **prose, "level1": level1, "level2": level2, "unit": clean_unit(row["unit"])}


def clean_type(raw: Mapping[str, Any], table: Iterable[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Return a library line cleaned and corrected; ids and indicator names stay as they are."""
    cleaned = {
        **raw,
        "scope": tidy(raw["scope"]),
        "indicators": [_clean_library_row(row) for row in raw["indicators"]],
    }
    return _correct(cleaned, table)


def _clean_text(value: Any) -> Any:
    return scrub(tidy(value)) if isinstance(value, str) else value


def clean_case(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return a case line tidied and without personal data.

    Levels, names and targets stay in the unit's own words, faults included; rows keep their place.
    """
    kept = ("id", "source_url")
    cleaned = {key: value if key in kept else _clean_text(value) for key, value in raw.items()}
    cleaned["indicators"] = [
        {key: _clean_text(value) for key, value in row.items()} for row in raw["indicators"]
    ]
    return cleaned
