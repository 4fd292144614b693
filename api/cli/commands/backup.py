"""`jixiao backup` and, with --restore, back again."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.help import Command
from api.cli.output import say
from api.cli.session import open_workspace

HELP = """备份数据库，或从备份恢复。

备份包含指标库、历史项目、单位与账号、全部项目及其审核记录和审计日志，可在服务运行时进行。
恢复须在空数据库中进行（用 JIXIAO_HOME 或 JIXIAO_DATABASE_URL 指定），SQLite 的备份可以恢复到
PostgreSQL，反之亦可；较早版本的备份在恢复时自动升级。

\b
例子：
  jixiao backup 备份-20261127.zip
  JIXIAO_HOME=/srv/jixiao-new jixiao backup --restore 备份-20261127.zip
"""


@click.command(cls=Command, help=HELP)
@click.argument("path", metavar="备份文件", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--restore", "restoring", is_flag=True, help="从备份文件恢复。")
def command(path: Path, restoring: bool) -> None:
    """Back up or restore."""
    from corpus.store import Store
    from corpus.store.backup import back_up, restore

    settings = open_workspace().settings
    with Store(settings.store_url) as store:
        if not restoring:
            store.migrate()
        contents = restore(store, path) if restoring else back_up(store, path)
    total = sum(contents.rows.values())
    done = "已恢复" if restoring else "已备份到"
    say(f"{done} {path}：{len(contents.rows)} 张表，共 {total} 行")
