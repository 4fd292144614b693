"""Settings that are changed one at a time, as a page changes them, over those of a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_origin

from corpus.errors import InputError
from review.settings.config import ReviewConfig
from review.settings.errors import ConfigError

SWITCHES = "switched_off"
"""The setting that holds the rules switched off; it is changed rule by rule."""
EDITABLE: tuple[str, ...] = tuple(
    name for name in ReviewConfig.model_fields if name not in (SWITCHES, "regions")
)
"""Settings with one value or a list of numbers, in the order of the reference."""
SETTINGS_OF: Mapping[str, tuple[str, ...]] = {
    "CO04": ("same_measure",),
    "CO05": ("cost_tolerance",),
    "CO10": ("peer_minimum", "peer_similarity"),
    "CP16": ("management_from_wan",),
    "EZ01": ("peer_gap", "peer_minimum", "peer_share", "peer_similarity"),
    "EZ05": ("easy_completion", "easy_quality", "easy_satisfaction"),
    "FM03": ("min_indicators",),
    "FM04": ("max_indicators",),
    "FM08": ("max_per_aspect",),
    "MN01": ("monitoring_lag",),
    "MN04": ("monitoring_lag",),
    "MN08": ("monitoring_lag",),
    "MN09": ("monitoring_lag",),
    "NR18": ("overshoot",),
    "NR19": ("low_execution",),
    "SC01": ("rate_tolerance",),
    "SC04": ("score_tolerance",),
    "SC07": ("rate_tolerance",),
    "TR03": ("overshoot",),
    "TR05": ("low_execution",),
    "TR14": ("overshoot",),
    "WT01": ("weight_totals",),
    "WT03": ("heavy_weight", "weight_totals"),
}
"""The settings that a rule reads, by its code."""


def overlaid(base: ReviewConfig, values: Mapping[str, Any]) -> tuple[ReviewConfig, dict[str, str]]:
    """Return the settings of a file with changed values over them.

    A value that the program no longer takes is left out; the second part names it with the reason.
    Regions of the file still apply over the changed values, for they are narrower.
    """
    config, refused = base, {}
    for name, value in values.items():
        try:
            config = config.overridden({name: value})
        except ConfigError as error:
            refused[name] = error.message
    return config, refused


def read_value(base: ReviewConfig, name: str, text: str) -> Any:
    """Return the value that was typed for a setting, as it is kept.

    Raises `InputError` where the setting is unknown, or the value is none or out of range.
    """
    if name not in EDITABLE:
        raise InputError("没有这项门槛", hint="请从规则门槛页面修改")
    value = _read(name, text.strip())
    try:
        checked = getattr(base.overridden({name: value}), name)
    except ConfigError as error:
        raise InputError(
            f"所填的值{error.problem.removeprefix('的值')}", hint=meaning(name)
        ) from None
    return list(checked) if isinstance(checked, tuple) else checked


def meaning(name: str) -> str:
    """Return what a setting means."""
    return ReviewConfig.model_fields[name].description or ""


def written(value: Any) -> str:
    """Return a value as it is typed."""
    if isinstance(value, tuple | list):
        return "、".join(map(written, value))
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _read(name: str, text: str) -> Any:
    kind = ReviewConfig.model_fields[name].annotation
    if kind is str:
        return text
    if get_origin(kind) is tuple:
        return [_number(part) for part in re.split(r"[、，,\s]+", text) if part]
    return _number(text)


def _number(text: str) -> float | int:
    try:
        number = float(text)
    except ValueError:
        raise InputError("应为数字", hint="只写数字，不写单位；几个数用顿号分开") from None
    return int(number) if number.is_integer() else number
