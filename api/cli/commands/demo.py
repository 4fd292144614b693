"""`jixiao demo`: the whole job once, on a real declaration."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from api.cli.help import Command
from api.cli.output import console_for, rendered, say
from api.cli.session import open_workspace
from api.cli.show_recommendation import show_recommendation
from api.cli.show_review import show_review
from api.cli.text import styled
from api.settings import CHECKOUT
from corpus.errors import SetupError

if TYPE_CHECKING:
    from rich.console import Console

HELP = """用一份真实的申报表演示：哪些项目与它相似，推荐哪些指标、依据是什么，审核会退回什么。

网页上的演示系统用 jixiao serve --demo on 打开，--remove 移除它的全部数据。

\b
例子：
  jixiao demo
  jixiao demo --remove
"""
EXAMPLE = CHECKOUT / "examples" / "博物馆免费开放.json"
NEXT = f"""
  jixiao recommend {EXAMPLE.relative_to(CHECKOUT)} --json   同样的推荐，供程序读取
  jixiao review 申报表.xlsx      审核自己的申报表，也可以给出一个目录
  jixiao import 往年申报表/      把本地的历史项目计算在内
  jixiao rules                   查看全部审核规则
  jixiao serve --demo on         在网页上填报、审核，使用演示数据"""
_TOP = 10


@click.command(cls=Command, help=HELP)
@click.option("--remove", "removing", is_flag=True, help="移除网页上的演示数据。")
def command(removing: bool) -> None:
    """Show the example, or remove what the pages were shown with."""
    if removing:
        _remove()
    else:
        _show()


def _remove() -> None:
    """Remove the demonstration for good."""
    from api.demo import remove
    from api.settings import load_settings

    there = remove(load_settings())
    say("演示数据已移除。" if there else "没有演示数据。")


def _show() -> None:
    """Recommend for the example, review it, and say what to do next."""
    from corpus.importers import read_declarations

    if not EXAMPLE.is_file():
        raise SetupError("安装包中不含示例", hint="请在源码目录中运行 jixiao demo")
    workspace = open_workspace()
    record = read_declarations(EXAMPLE).records[0]
    recommendation = workspace.recommend(record, _TOP)
    review = workspace.review(record)

    def paint(console: Console) -> None:
        console.print(styled(("一、为这个项目推荐指标", "bold")))
        show_recommendation(console, record, recommendation)
        console.print(styled(("二、审核这份申报表", "bold")))
        show_review(console, record, review)
        console.print(styled(("三、接下来", "bold"), NEXT))

    click.echo(rendered(console_for(sys.stdout), paint), nl=False)
