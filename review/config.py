"""Settings of a review: thresholds, weight schemes, switched-off rules, and regional overrides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import InputError


class ReviewConfig(BaseModel):
    """Thresholds and switches; every value may be overridden per region without code."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    switched_off: tuple[str, ...] = ()
    """Codes, names or aliases of rules that do not run."""

    min_indicators: int = Field(4, ge=0)
    """Fewer indicators than this cannot reflect a project."""
    max_indicators: int = Field(25, ge=1)
    """More indicators than this are over-detailed."""

    weight_totals: tuple[float, ...] = (100.0, 90.0, 80.0)
    """What the weights of all indicators may add up to: 100, or less the weight of the
    execution rate where the form gives that its own row."""
    heavy_weight: float = Field(30.0, gt=0)
    """A single indicator above this share (percent of all weights) decides too much."""

    easy_satisfaction: float = 85.0
    """A satisfaction target at or below this takes no effort, percent."""
    easy_quality: float = 95.0
    """An acceptance, accuracy or payment-punctuality rate below this takes no effort, percent."""
    easy_completion: float = 90.0
    """A completion, start or coverage rate below this takes no effort, percent."""
    peer_minimum: int = Field(5, ge=1)
    """Fewer comparable peers than this prove nothing."""
    peer_similarity: float = 0.6
    """Peers less similar than this are not comparable; a like measure in another sector has 0.7."""
    peer_gap: float = 3.0
    """A target nearer to the peers' median than this is not low, percentage points."""
    peer_share: float = 0.8
    """Share of peers with a harder target from which a target counts as low."""

    same_measure: float = Field(0.9, gt=0, le=1)
    """Likeness of two names from which they count as measuring the same thing."""
    cost_tolerance: float = 1.05
    """Amounts up to this multiple of the budget pass as rounding."""

    overshoot: float = 0.3
    """An actual beyond the target by this share needs a reason."""
    low_execution: float = 60.0
    """An execution rate below this sits badly with everything achieved, percent."""
    score_tolerance: float = 0.5
    """Difference in points that passes as rounding."""
    rate_tolerance: float = 1.0
    """Difference of execution rates that passes as rounding, percentage points."""

    pass_warnings: int = Field(2, ge=0)
    """A declaration without errors passes with up to this many warnings."""
    reject_share: float = Field(0.5, gt=0, le=1)
    """Share of rows with an error from which the declaration is rejected."""

    regions: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Overrides by the beginning of the region's name, for example “湖南省”."""

    def for_region(self, region: str | None) -> ReviewConfig:
        """Return the settings of a region: the longest matching override wins."""
        matching = [name for name in self.regions if region and region.startswith(name)]
        if not matching:
            return self
        return self.overridden(self.regions[max(matching, key=len)])

    def overridden(self, values: Mapping[str, Any]) -> ReviewConfig:
        """Return a copy with some settings replaced, checked.

        Raises `InputError` where a setting is unknown or out of range.
        """
        return load_config({**self.model_dump(), **values})


def load_config(values: Mapping[str, Any]) -> ReviewConfig:
    """Read settings from a mapping, as TOML or JSON give it.

    Raises `InputError` where a setting is unknown or out of range, also within a region.
    """
    try:
        config = ReviewConfig.model_validate(values)
        for region in config.regions.values():
            ReviewConfig.model_validate(region)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"审核配置项“{field}”无效：{first['msg']}",
            hint="可用的配置项及其含义见 review/config.py 中 ReviewConfig 的说明。",
        ) from error
    return config
