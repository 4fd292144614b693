"""`jixiao review-report`: what a reviewer would say about self-evaluations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from api.cli.batch import output_options
from api.cli.help import Command
from api.cli.reviewing import review_options, run_reviews

HELP = """审核绩效自评表和自评报告：核对得分、执行率和完成情况，指出与事实不符、避重就轻之处。

记录中要有实际完成值，或有自评报告正文（report_text）；Word、PDF、文本格式的自评报告可以直接给出。
可以一次给出多个文件，或一个目录。
附有同年度申报（declaration 或 history）的，与批复的目标对照；监控表按时间进度审核。
几份自评一起审核时，最后按值得复核的程度排序，分为抽查复核、再评审、再评价三档。

\b
例子：
  jixiao review-report examples/临时救助自评表.json
  jixiao review-report 自评表1.xlsx 自评表2.docx --json
  jixiao review-report 绩效自评报告.docx
  jixiao review-report 全部自评.jsonl --jsonl --out 意见.jsonl
  jixiao review-report 自评表目录/ --letter 复核意见/
  jixiao review-report 自评表目录/ --top 20

\b
各条规则的说明见 jixiao rules。
退出状态：0 全部完成；1 有记录出错（其余照常完成）；2 什么也没能读到。
"""


@click.command(cls=Command, help=HELP)
@click.argument("paths", metavar="文件…|-", nargs=-1, required=True)
@output_options
@review_options
@click.option(
    "--top",
    type=click.IntRange(1),
    metavar="N",
    help="只列出最值得复核的 N 份，不逐份列出意见。",
)
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], form: str | None, out: Path | None, **extras: Any
) -> None:
    """Review every self-evaluation of the inputs."""
    ctx.exit(run_reviews(paths, "report", form, out, **extras))
