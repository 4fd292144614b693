"""Shapes of the HTTP answers, for the interface description; a test holds real answers to them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    """Nothing undocumented."""

    model_config = ConfigDict(extra="forbid")


class Problem(_Shape):
    """错误：RFC 9457 问题文档。"""

    type: str
    title: str
    status: int
    detail: str
    code: str = Field(description="稳定的错误代码，与命令行一致")
    message: str
    hint: str = Field(description="怎样改正")


class Health(_Shape):
    """运行状态。"""

    status: Literal["ok"]
    version: str
    types: int = Field(description="指标库的项目类型数")
    cases: int = Field(description="历史项目数")


class Evidence(_Shape):
    """作为依据的同类指标。"""

    project_id: str
    project_name: str | None = None
    name: str
    target: str | None
    actual: str | None
