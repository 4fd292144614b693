"""`jixiao review`: what a reviewer would say about declarations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from api.cli.batch import output_options
from api.cli.help import Command
from api.cli.reviewing import review_options, run_reviews

HELP = """审核绩效目标申报表：逐条指出问题、理由、依据和修改建议，给出整体意见。

可以一次给出多个文件，或一个目录（审核其中所有可读的文件）。

\b
例子：
  jixiao review examples/设施农业技术培训.xlsx
  jixiao review 申报表目录/ --json --out 意见.json
  jixiao review - --jsonl < 全部申报.jsonl > 意见.jsonl
  jixiao review 申报表目录/ --letter 审核意见/ --issuer 某县财政局 --due 2024-03-15
  jixiao review 申报表.xlsx --suppressions 豁免清单.toml

\b
各条规则的说明见 jixiao rules。
退出状态：0 全部完成；1 有记录出错（其余照常完成）；2 什么也没能读到。
"""


@click.command(cls=Command, help=HELP)
@click.argument("paths", metavar="文件…|-", nargs=-1, required=True)
@output_options
@review_options
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], form: str | None, out: Path | None, **extras: Any
) -> None:
    """Review every declaration of the inputs."""
    ctx.exit(run_reviews(paths, "declaration", form, out, **extras))
