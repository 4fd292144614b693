"""`jixiao setup`: prepares everything ahead of the first use."""

from __future__ import annotations

import click

from api.cli.help import Command
from api.cli.output import say
from api.cli.session import open_workspace

HELP = """准备编码器、数据库、索引和分类模型。已经准备好的部分直接跳过，可以反复运行。

其他命令在缺少所需部分时会自动准备，事先运行这个命令只是为了不在使用时等待。
存放位置由环境变量 JIXIAO_HOME 决定，见 docs/settings.md。

\b
例子：
  jixiao setup
"""


@click.command(cls=Command, help=HELP)
def command() -> None:
    """Prepare what is missing."""
    workspace = open_workspace()
    workspace.setup()
    say(f"准备就绪：{workspace.settings.home}")
