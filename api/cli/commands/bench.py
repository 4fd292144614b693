"""`jixiao bench`: the benchmarks of the checkout."""

from __future__ import annotations

import subprocess
import sys

import click

from api.cli.help import Command
from api.settings import CHECKOUT, load_settings
from corpus.errors import SetupError

HELP = """测量速度：每条推荐、每行审核的用时，以及同机测得的下限（一次编码加一次检索）。

\b
例子：
  jixiao bench
"""


@click.command(cls=Command, help=HELP)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Run benchmarks/ of the checkout."""
    script = CHECKOUT / "benchmarks" / "run.py"
    if not script.is_file():
        raise SetupError("安装包中不含测速程序", hint="请在源码目录中运行 jixiao bench")
    home = str(load_settings().home)
    done = subprocess.run([sys.executable, str(script), home], check=False)  # noqa: S603
    ctx.exit(done.returncode)
