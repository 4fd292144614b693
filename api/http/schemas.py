"""Shapes of what goes in and out over HTTP, for the interface description.

Answers are not built from these models; a test holds real answers to them.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus import records

DECLARATION = records.SelfEvaluation.model_json_schema(mode="validation")
"""What a body may hold; unknown fields are ignored, the national platform's records do as well."""


class AskedRow(records.Indicator):
    """A row that stays."""

    original: str | None = Field(None, description="此行由哪条推荐修改而来；该推荐不再出现")


class RecommendationRequest(records.Declaration):
    """A declaration with what its unit has decided so far."""

    scheme: str = Field(
        "auto",
        description="分值方案：auto 按申报表识别；无成本、有成本；"
        "或写明各部分，例如“产出50+效益30+满意度10+执行率10”",
    )
    accepted: list[AskedRow | str] = Field(
        [], description="保留的指标（采纳的、修改的、单位自己的），可只写名称；写了分值的分值不变"
    )
    rejected: list[str] = Field([], description="不要的指标名称，与之相近的也不再推荐")
    keep: bool = Field(False, description="申报中已填的 indicators 也保留，只推荐还缺的")


RECOMMENDATION_REQUEST = RecommendationRequest.model_json_schema(mode="validation")
"""What the body of a request for a recommendation may hold."""


class Shape(BaseModel):
    """Refuses undocumented fields."""

    model_config = ConfigDict(extra="forbid")


class Problem(Shape):
    """An RFC 9457 problem document."""

    type: str
    title: str
    status: int
    detail: str
    code: str = Field(description="稳定的错误代码，与命令行一致")
    message: str
    hint: str = Field(description="怎样改正")


class Health(Shape):
    """State of the service."""

    status: Literal["ok"]
    version: str
    types: int = Field(description="指标库的项目类型数")
    cases: int = Field(description="历史项目数")


class Evidence(Shape):
    """A comparable indicator that a statement rests on."""

    project_id: str
    project_name: str | None = None
    name: str
    target: str | None
    actual: str | None


class MatchedType(Shape):
    """A project type of the library."""

    id: str
    project_type: str
    function_code: str
    score: float = Field(description="贴合程度，0 到 1")


class SimilarProject(Shape):
    """A published project."""

    id: str
    project_name: str
    department: str | None
    region: str | None
    year: int | None
    similarity: float = Field(description="相似度，0 到 1")
    source: str | None = Field(description="出处")


class Distribution(Shape):
    """Percentiles of peers' values in direction of difficulty."""

    n: int = Field(description="可比的同类项目数")
    p25: float = Field(description="四分之一的同类项目比这更容易")
    median: float
    p90: float = Field(description="只有十分之一的同类项目比这更难")
    unit: str


class LastYear(Shape):
    """The same indicator of the same project in the latest earlier year."""

    year: int | None
    target: str
    actual: str | None


class SuggestedTarget(Shape):
    """A proposed target value with its range."""

    suggested: str | None = Field(description="空表示应按项目的实施计划填写")
    low: float | None
    typical: float | None
    high: float | None
    basis: str = Field(description="取值的依据")
    peers: Distribution | None = Field(description="同类项目的指标值；随项目规模变化的数量为空")
    actuals: Distribution | None = Field(description="同类项目的实际完成值")
    last: LastYear | None = Field(description="本项目以前年度的指标值和完成值")
    question: str | None = Field(description="指标值空缺时须由单位回答的问题")


class Usage(Shape):
    """How often an indicator occurs."""

    similar_with: int = Field(description="相似项目中采用同类指标的个数")
    similar_total: int
    corpus_with: int = Field(description="全部历史项目中采用同类指标的个数")


class Suggestion(Shape):
    """A suggested indicator."""

    rank: int
    level1: str
    level2: str
    name: str
    unit: str
    direction: records.Direction
    target: SuggestedTarget
    weight: float
    score: float
    relevance: float = Field(description="关联性")
    importance: float = Field(description="重要性")
    reasonableness: float = Field(description="合理性")
    origin: Literal["case", "library", "description"]
    source_key: str | None
    why: str
    usage: Usage
    evidence: list[Evidence]
    definition: str
    formula: str
    evidence_material: str = Field(description="佐证材料")
    part: str | None = Field(description="所属子项目；属于整个项目的为空")
    discrimination: float | None = Field(
        description="区分度：任取两个同类项目，取值明显不同的概率；同类太少时为空"
    )


class Part(Shape):
    """A sub-project."""

    title: str
    text: str = Field(description="项目内容或年度目标中的原文")


class AcceptedRow(Shape):
    """A row of the unit's that stays."""

    level1: str
    level2: str
    name: str
    target: str
    weight: float
    own_weight: bool = Field(description="分值是否由单位自己填写；否则为按方案分配")


class Recommendation(Shape):
    """What is suggested for a project, and what that rests on."""

    id: str | None
    confidence: float = Field(description="把握程度，0 到 1")
    notes: list[str]
    matched_types: list[MatchedType]
    similar_projects: list[SimilarProject]
    suggestions: list[Suggestion]
    alternatives: list[Suggestion] = Field(description="可以替换的指标，不占分值")
    scheme: str = Field(description="分值方案")
    scheme_basis: str = Field(description="分值方案怎样得来：识别、指定、地区配置或默认")
    parts: list[Part] = Field(description="子项目；只有一项内容的项目为空")
    accepted: list[AcceptedRow] = Field(description="保留的指标，其余推荐与之互补")
