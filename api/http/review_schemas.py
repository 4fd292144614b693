"""Shapes of a review, for the interface description and for programs that read it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from api.http.schemas import Evidence, Shape
from corpus import records


class Parsed(Shape):
    """How a target value was read."""

    kind: records.TargetKind
    operator: str | None
    value: float | None
    value_high: float | None
    unit: str | None
    date: str | None


class Probabilities(Shape):
    """What the classifier says about a target value."""

    vague: float
    qualitative: float
    easy: float


class Row(Shape):
    """An indicator as read, with its reading and labels."""

    index: int
    level1: str
    level2: str
    name: str
    target: str
    actual: str | None
    weight: float | None
    score: float | None
    location: str | None
    fingerprint: str = Field(description="指标内容的摘要，指标改动后随之改变；豁免可据此失效")
    parsed: Parsed
    probabilities: Probabilities | None
    labels: list[Literal["vague", "qualitative", "easy"]]
    unsure: list[Literal["vague", "qualitative", "easy"]] = Field(
        description="模型把握不足、需要人工判断的类别，可能在也可能不在 labels 中"
    )


class Remedy(Shape):
    """A way out of a finding."""

    text: str
    indicator: dict[str, Any]


class Place(Shape):
    """Characters of a cell that carry a remark."""

    field: Literal["name", "target"]
    span: list[int] = Field(description="字段原文中的字符位置")
    quote: str


class Ground(Shape):
    """One reason of the classifier for its remark."""

    text: str
    places: list[Place]


class Finding(Shape):
    """One remark of a review."""

    code: str
    name: str
    severity: Literal["error", "warning", "info"]
    row: int | None = Field(description="指标的序号，从 0 起；空表示整份申报")
    field: str | None
    span: list[int] | None = Field(description="字段原文中的字符位置")
    message: str
    why: str
    source: str = Field(description="制度依据")
    confidence: float
    evidence: list[Evidence]
    suggestion: Remedy | None
    question: str | None = Field(description="建议向单位核实的问题")
    grounds: list[Ground] = Field(description="分类模型的依据：起作用的词语和数字")


class Decision(Shape):
    """Why a finding was set aside."""

    reason: str
    by: str
    date: str


class SuppressedFinding(Finding):
    """A finding set aside with a reason."""

    suppression: Decision


class Echo(Shape):
    """What was read of the project itself."""

    project_name: str
    department: str | None
    year: int | None
    function_code: str | None
    budget_wan: float | None
    executed_wan: float | None
    goal: str


class Notice(Shape):
    """Something about the review itself."""

    code: str
    message: str


class Block(Shape):
    """The rows under one first level of a form."""

    level: str
    weight: float = Field(description="各项分值之和")
    rows: int
    stated: float | None = Field(description="一级指标标明的分值")


class Scheme(Shape):
    """How a form shares out its points."""

    name: str
    recognised: bool
    blocks: list[Block]
    execution: float | None = Field(description="预算执行率的分值")
    total: float | None = Field(description="全部分值合计，含执行率")
    note: str = Field(description="没有识别的原因，或特别之处")


class ScoredRow(Shape):
    """The points of one row counted again."""

    index: int | None = Field(description="指标的序号，从 0 起；空表示预算执行率")
    weight: float | None
    own: float | None = Field(description="自评得分")
    recomputed: float | None = Field(description="复算得分；空表示不能复算，原因见 rule")
    band: list[float] | None = Field(description="定性指标按其用语可得的分数范围")
    rule: str = Field(description="所用的计分规则")
    difference: float | None = Field(description="自评得分减复算得分")


class Scoring(Shape):
    """A self-evaluation's points counted again."""

    scheme: Scheme
    rows: list[ScoredRow]
    total_own: float | None
    total_recomputed: float | None
    grade_own: str | None
    grade_recomputed: str | None
    notes: list[str]


class Triage(Shape):
    """How much a self-evaluation is worth a second look."""

    score: float = Field(description="0 到 1，用于排序")
    tier: Literal["抽查复核", "再评审", "再评价"] | None
    parts: dict[str, float] = Field(
        description="构成：findings 问题、inflation 得分虚高、money 资金、history 以前年度"
    )
    reasons: list[str]


class Review(Shape):
    """The review of a declaration or a self-evaluation."""

    id: str | None
    risk: float = Field(description="风险，0 到 1，用于排序")
    risk_parts: dict[str, float] = Field(
        description="风险的构成：findings 问题、money 资金、history 以前年度"
    )
    opinion: Literal["pass", "revise", "reject"]
    declaration: Echo
    rows: list[Row]
    findings: list[Finding]
    suppressed: list[SuppressedFinding] = Field(description="豁免的意见，不计入整体意见和风险")
    notices: list[Notice]
    scoring: Scoring | None = Field(description="自评得分复算；申报和监控为空")
    triage: Triage | None = Field(description="复核排序；申报为空")
