"""`jixiao import`: a user's own cases and library entries become part of the knowledge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.batch import ALL_WELL, NOTHING_READ, SOME_FAILED
from api.cli.help import Command
from api.cli.inputs import expand
from api.cli.output import say
from api.cli.session import open_workspace
from corpus.errors import JixiaoError

if TYPE_CHECKING:
    from api.workspace import Workspace
    from corpus.importers import ImportProblem
    from corpus.store import ImportCounts

    Imported = tuple[ImportCounts, tuple[ImportProblem, ...]]

HELP = """导入本地的历史项目（申报表、自评表）或指标库，从下一次推荐和审核起就计算在内。

重复导入同样的内容不会产生重复；内容有变的记录会更新。个人姓名、电话等不入库。

\b
例子：
  jixiao import 往年申报表/ 自评表.xlsx
  jixiao import 本市指标库.xlsx --kind library

\b
退出状态：0 全部导入；1 有内容未能导入（其余照常导入）；2 什么也没能读到。
"""


@click.command(cls=Command, help=HELP)
@click.argument("paths", metavar="文件…", nargs=-1, required=True)
@click.option(
    "--kind",
    type=click.Choice(["cases", "library"]),
    default="cases",
    show_default=True,
    help="cases 为历史项目，library 为指标库。",
)
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], kind: str) -> None:
    """Import every file, then say what changed."""
    workspace = open_workspace()
    stored = problems = 0
    load = _import_library if kind == "library" else _import_cases
    for name in expand(paths):
        try:
            counts, found = load(workspace, Path(name))
        except JixiaoError as error:
            problems += 1
            say(f"错误：{error}")
            continue
        for problem in found:
            say(f"提醒：{problem}")
        problems += len(found)
        stored += counts.total
        click.echo(f"{name}：新增 {counts.added}，更新 {counts.updated}，未变 {counts.unchanged}")
    if stored:
        _report(workspace)
    ctx.exit(NOTHING_READ if not stored else SOME_FAILED if problems else ALL_WELL)


def _import_cases(workspace: Workspace, path: Path) -> Imported:
    """Store the declarations and self-evaluations of a file."""
    from corpus.importers import read_declarations

    result = read_declarations(path)
    return workspace.store.add_cases(result.records), result.problems


def _import_library(workspace: Workspace, path: Path) -> Imported:
    """Store the project types of a file."""
    from corpus.importers import read_library

    result = read_library(path)
    return workspace.store.add_library(result.records), result.problems


def _report(workspace: Workspace) -> None:
    """Say what the knowledge holds now."""
    counts = workspace.store.counts()
    click.echo(
        f"现有历史项目 {counts.cases} 个（其中自行导入 {counts.user_cases} 个），"
        f"项目类型 {counts.types} 种（其中自行导入 {counts.user_types} 种）"
    )
