"""`jixiao recommend`: indicators, targets and weights for projects."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from api.cli.batch import Job, Work, output_options, run
from api.cli.help import Command, WholeNumber
from api.cli.session import open_workspace
from api.cli.show_recommendation import show_recommendation
from api.cli.writers import Format

HELP = """为项目推荐绩效指标、指标值和权重，并说明每一条的依据。

只需要项目名称；写明部门、项目概况、年度目标和预算，推荐会更贴切。已填的指标不影响推荐。
文件中有多个项目时逐个推荐。

\b
例子：
  jixiao recommend examples/博物馆免费开放.json
  jixiao recommend 申报表.xlsx --top 8
  echo '{"project_name": "农村公路日常养护"}' | jixiao recommend - --json
  jixiao recommend 全部项目.jsonl --jsonl --out 推荐.jsonl

\b
退出状态：0 全部完成；1 有记录出错（其余照常完成）；2 什么也没能读到。
"""


@click.command(cls=Command, help=HELP)
@click.argument("path", metavar="文件|-")
@click.option(
    "--top", type=WholeNumber(1, 100), metavar="N", help="最多推荐几条；默认按项目情况决定。"
)
@output_options
@click.pass_context
def command(
    ctx: click.Context, path: str, top: int | None, form: str | None, out: Path | None
) -> None:
    """Recommend for every project of the input."""
    workspace = open_workspace()

    def prepare() -> Work:
        workspace.load_ahead()
        return partial(workspace.parts.recommend, top=top)

    job = Job(
        prepare=prepare,
        show=show_recommendation,
        form=Format(form or Format.TEXT),
        out=out,
    )
    ctx.exit(run((path,), job))
