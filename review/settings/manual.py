"""The manual page of the review settings.

`python -m review.settings.manual docs/review-config.md` writes it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from review.settings.config import ReviewConfig

_BOUNDS = {"gt": "大于{}", "ge": "不小于{}", "lt": "小于{}", "le": "不大于{}"}

_HEAD = """# 审核配置

各地的分值方案、门槛和停用的规则用一个 TOML（或 JSON）文件设定，不必改程序。\
环境变量 `JIXIAO_REVIEW_CONFIG` 给出文件的路径，命令行和 HTTP 接口都按它审核。\
例子见 `examples/审核配置.toml`。没有写的项用默认值；写错的项会指出所在的行和键。

`[regions."地区"]` 下可以改写除 `regions` 以外的任何一项，对“地区”以此开头的项目生效。\
几个地区都符合时，先用范围大的，再用范围小的：省里的规定，县里没有改写的仍然有效。

财政局的审核负责人和系统管理员还可以在网页“规则”中修改单项门槛、停用和启用规则。网页上的修改\
存于数据库，盖过配置文件中的同名项，对命令行、接口和所有服务进程立即生效；\
`[regions]` 针对具体地区，仍然优先。每次修改记入审计日志，可以恢复为配置文件的值\
（没有配置文件时为默认值）。\
已有的审核结果不重新计算。

<!-- 由 python -m review.settings.manual docs/review-config.md 生成，请勿手改 -->

| 配置项 | 默认值 | 取值 | 含义 |
| --- | --- | --- | --- |
"""


def config_reference() -> str:
    """Return the text of `docs/review-config.md`."""
    return _HEAD + "".join(
        f"| `{name}` | {_default(field.get_default(call_default_factory=True))} "
        f"| {_allowed(field.metadata)} | {field.description} |\n"
        for name, field in ReviewConfig.model_fields.items()
    )


def _default(value: Any) -> str:
    """Return a default as TOML writes it."""
    empty = isinstance(value, tuple | dict | str) and not value
    return "无" if empty else f"`{json.dumps(value, ensure_ascii=False)}`"


def _allowed(bounds: Sequence[Any]) -> str:
    """Return the bounds of a setting in words."""
    parts = [
        words.format(f"{getattr(bound, key):g}")
        for bound in bounds
        for key, words in _BOUNDS.items()
        if hasattr(bound, key)
    ]
    return "，".join(parts) or "—"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(config_reference(), encoding="utf-8")
