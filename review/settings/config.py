"""Settings of a review: thresholds, weight schemes, switched-off rules, and regional overrides.

Descriptions are Chinese because `docs/review-config.md` shows them as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from corpus.errors import InputError
from corpus.schemes import scheme_named
from review.settings.errors import config_error

Percent = Annotated[float, Field(ge=0, le=100)]
Share = Annotated[float, Field(gt=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
Amount = Annotated[float, Field(ge=0)]


def _scheme(text: str) -> str:
    """Refuse a weight scheme that cannot be read."""
    try:
        if text:
            scheme_named(text)
    except InputError as error:
        raise PydanticCustomError("said", "{message}", {"message": error.message}) from None
    return text


class ReviewConfig(BaseModel):
    """Thresholds and switches; every value may be overridden per region without code."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    switched_off: tuple[str, ...] = Field((), description="停用的规则：代码、名称或旧名称。")

    min_indicators: int = Field(4, ge=0, description="指标少于这个数，视为不能反映项目的主要内容。")
    max_indicators: int = Field(25, ge=1, description="指标多于这个数，视为重点不突出。")
    max_per_aspect: int = Field(10, ge=1, description="同一二级指标下多于这个数，视为设置过细。")
    management_from_wan: Amount = Field(
        200.0, description="预算（万元）达到这个数的项目，应在项目内容中说明管理措施。"
    )

    weight_totals: tuple[Positive, ...] = Field(
        (100.0, 90.0, 80.0),
        description="全部指标的分值可以合计为多少：100，或预算执行率单列时扣除其分值后的数。",
    )
    scheme: Annotated[str, AfterValidator(_scheme)] = Field(
        "",
        description="推荐指标时采用的分值方案，例如“成本20+产出40+效益20+满意度10+执行率10”；"
        "申报表上另有分值的以申报表为准。",
    )
    heavy_weight: Positive = Field(
        30.0, description="单项指标占全部分值的比例（%）超过这个数，视为权重过于集中。"
    )

    easy_satisfaction: Percent = Field(
        85.0, description="满意度目标（%）不高于这个数，视为容易完成。"
    )
    easy_quality: Percent = Field(
        95.0, description="合格率、准确率、支付及时率的目标（%）低于这个数，视为容易完成。"
    )
    easy_completion: Percent = Field(
        90.0, description="完成率、开工率、覆盖率的目标（%）低于这个数，视为容易完成。"
    )
    peer_minimum: int = Field(5, ge=1, description="可比的同类指标少于这个数，不作比较。")
    peer_similarity: Share = Field(
        0.6, description="相似度低于这个数的指标不可比；其他领域的同一指标约为 0.7。"
    )
    peer_gap: Amount = Field(
        3.0, description="目标与同类中位数相差不到这么多（百分点），不算偏低。"
    )
    peer_share: Share = Field(0.8, description="同类中目标定得更高的比例达到这个数，视为目标偏低。")

    same_measure: Share = Field(
        0.9, description="两个指标名称的相似度达到这个数，视为考核同一内容。"
    )
    cost_tolerance: Annotated[float, Field(ge=1)] = Field(
        1.05, description="金额不超过预算的这个倍数，视为四舍五入。"
    )

    overshoot: Positive = Field(
        0.3, description="实际值超过目标的幅度达到这个数（0.3 即 30%），须说明原因。"
    )
    low_execution: Percent = Field(
        60.0, description="预算执行率（%）低于这个数而产出全部完成，须说明原因。"
    )
    monitoring_lag: Share = Field(
        0.25, description="监控时任务、支付与时间进度相差达到这个比例，须说明原因。"
    )
    triage_review: Share = Field(
        0.25, description="分类排序得分达到这个数的自评，列为再评审；以下的列为抽查复核。"
    )
    triage_evaluation: Share = Field(0.45, description="分类排序得分达到这个数的自评，列为再评价。")
    score_tolerance: Amount = Field(0.5, description="得分相差不超过这个数，视为四舍五入。")
    rate_tolerance: Amount = Field(
        1.0, description="执行率相差不超过这个数（百分点），视为四舍五入。"
    )

    pass_warnings: int = Field(
        2,
        ge=0,
        description="没有“必须修改”的问题、“建议修改”的问题也不超过这个数的，整体意见为通过，意见中写明另有几处建议修改。",
    )
    reject_share: Share = Field(
        0.5, description="有“必须修改”问题的指标占全部指标的比例达到这个数，整体意见为不予通过。"
    )

    regions: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="按地区改写的配置项，键为地区名称的开头，例如“湖南省”。"
    )

    def for_region(self, region: str | None) -> ReviewConfig:
        """Return the settings of a region: overrides apply from the widest to the narrowest."""
        matching = [name for name in self.regions if region and region.startswith(name)]
        values: dict[str, Any] = {}
        for name in sorted(matching, key=len):
            values.update(self.regions[name])
        return _checked({**self.model_dump(), **values}, ()) if values else self

    def overridden(self, values: Mapping[str, Any]) -> ReviewConfig:
        """Return a copy with some settings replaced, checked.

        Raises `ConfigError` where a setting is unknown or out of range.
        """
        return load_config({**self.model_dump(), **values})


def load_config(values: Mapping[str, Any]) -> ReviewConfig:
    """Read settings from a mapping, as TOML or JSON give it.

    Raises `ConfigError` where a setting is unknown or out of range, also within a region.
    """
    config = _checked(values, ())
    for region, overrides in config.regions.items():
        _checked(overrides, ("regions", region))
    return config


def _checked(values: Mapping[str, Any], above: tuple[str, ...]) -> ReviewConfig:
    """Check one table of settings; `above` says where in the file it stands."""
    known = set(ReviewConfig.model_fields) - ({"regions"} if above else set())
    try:
        config = ReviewConfig.model_validate(values)
    except ValidationError as error:
        raise config_error(error.errors()[0], above, known) from None
    if above and "regions" in values:
        raise config_error({"type": "extra_forbidden", "loc": ("regions",)}, above, known)
    return config
