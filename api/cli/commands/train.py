"""`jixiao train`: fits the target classifier, and the ranking to the region's own projects."""

from __future__ import annotations

import shutil
import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from api.cli.help import Command
from api.cli.output import console_for, rendered
from api.cli.session import open_workspace
from api.cli.writers import to_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

HELP = """重新训练模型，用本地资料改进推荐排序。

先用随程序附带的标注数据训练指标值分类模型（模糊、定性、易完成）；再用本地导入的历史项目
（jixiao import）和单位对推荐指标的取舍（jixiao decisions）重新拟合推荐排序。
新的排序在未参与训练的项目上明显更好才采用，否则沿用原来的；结果另存为 ranking-report.json。
中途停止不影响正在使用的模型。两核机器上一般几分钟。

\b
例子：
  jixiao import 往年申报表/ && jixiao train
  jixiao train --dry-run          只比较，不保存
  jixiao train --adapter          同时训练编码适配器，语义检索更合本地用语
  jixiao train --reset            停用本地训练的排序和适配器，恢复随程序附带的
"""


@click.command(cls=Command, help=HELP)
@click.option("--dry-run", is_flag=True, help="只做比较并报告，不保存任何模型。")
@click.option("--adapter", is_flag=True, help="先训练编码适配器，同样确有改进才采用。")
@click.option("--reset", is_flag=True, help="删除本地训练的排序和适配器，恢复随程序附带的。")
@click.option("--json", "as_json", is_flag=True, help="推荐排序的训练报告以 JSON 输出。")
def command(dry_run: bool, adapter: bool, reset: bool, as_json: bool) -> None:
    """Train and say what changed."""
    from api.cli.show_training import show_adapter, show_training
    from api.region import train_region
    from api.region_adapter import train_region_adapter

    workspace = open_workspace()
    if reset:
        if dry_run:
            raise click.UsageError("--reset 不能与 --dry-run 同时使用")
        for folder in (workspace.ranking_folder, workspace.adapter_folder):
            shutil.rmtree(folder, ignore_errors=True)
        click.echo("已恢复随程序附带的推荐排序和适配器", err=as_json)
        return
    if not dry_run:
        click.echo(f"指标值分类模型已保存：{workspace.train()}", err=as_json)
    told = {}
    if adapter:
        found = train_region_adapter(workspace, workspace.adapter_folder, dry_run=dry_run)
        told["adapter"] = found.to_dict()
        _print(partial(show_adapter, report=found, dry_run=dry_run), err=as_json)
    report = train_region(workspace, workspace.ranking_folder, dry_run=dry_run)
    _print(partial(show_training, report=report, dry_run=dry_run), err=as_json)
    if as_json:
        click.echo(to_json({**report.to_dict(), **told}, indent=2))


def _print(paint: Callable[[Console], None], err: bool) -> None:
    click.echo(rendered(console_for(sys.stderr if err else sys.stdout), paint), nl=False, err=err)
