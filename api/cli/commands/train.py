"""`jixiao train`: fits the target classifier anew."""

from __future__ import annotations

import click

from api.cli.help import Command
from api.cli.session import open_workspace

HELP = """用随程序附带的标注数据重新训练指标值分类模型（模糊、定性、易完成）。

一般不需要运行：jixiao setup 已经训练过。升级程序或想核对训练过程时使用。

\b
例子：
  jixiao train
"""


@click.command(cls=Command, help=HELP)
def command() -> None:
    """Train and say where the model is."""
    folder = open_workspace().train()
    click.echo(f"模型已保存：{folder}")
