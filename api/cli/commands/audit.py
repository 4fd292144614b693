"""`jixiao audit`: checks and exports the audit log."""

from __future__ import annotations

import json
from pathlib import Path

import click

from api.cli.help import Command
from api.cli.output import open_output, say
from api.cli.session import open_workspace

HELP = """校验审计日志，或导出。

逐条核对日志是否被改动、删除或插入。末条校验值请另行保存：下次校验时用 --head 给出，
可查出末尾是否被截去、整本是否被改写。日志在设有 JIXIAO_SECRET_KEY 时以密钥校验。

\b
例子：
  jixiao audit
  jixiao audit --head 3f5a…
  jixiao audit --export 审计日志.jsonl
"""


@click.command(cls=Command, help=HELP)
@click.option("--head", metavar="校验值", help="以前记下的末条校验值。")
@click.option(
    "--export",
    metavar="文件",
    type=click.Path(dir_okay=False, path_type=Path),
    help="导出全部日志，每行一条。",
)
@click.pass_context
def command(ctx: click.Context, head: str | None, export: Path | None) -> None:
    """Check the log; exit status 1 if it does not fit."""
    from api.http.access import seal_of
    from corpus.workflow import audit

    workspace = open_workspace()
    with workspace.store.reading() as connection:
        found = audit.verify(connection, seal_of(workspace), head)
        if export is not None:
            with open_output(export) as sink:
                for entry in audit.entries(connection):
                    sink.write(json.dumps(entry, ensure_ascii=False) + "\n")
    workspace.close()
    if not found.intact:
        say(f"审计日志第 {found.broken_at} 条有问题：{found.reason}")
        ctx.exit(1)
    say(f"审计日志完整，共 {found.entries} 条，末条校验值 {found.head}")
    if found.unchecked:
        say(
            f"其中 {found.unchecked} 条不是用现有密钥校验的（另一密钥，或当时未设密钥），"
            "不能排除被能改动数据库的人改写"
        )
