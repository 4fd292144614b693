"""`jixiao decisions`: what units did with suggestions comes in and goes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.batch import ALL_WELL, NOTHING_READ, SOME_FAILED
from api.cli.help import Command
from api.cli.inputs import expand
from api.cli.output import open_output, say
from api.cli.session import open_workspace
from api.cli.writers import to_json
from corpus.errors import InputError, JixiaoError, Location

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus.decisions import ProjectDecisions

HELP = """导入或导出单位对推荐指标的取舍（采纳、修改后采用、不采纳）。

取舍存入数据库，只增不改，不含个人信息；jixiao train 据此改进以后的排序。
给出文件即导入：.jsonl，每行一个项目及其取舍，写法见 docs/decisions.md；重复导入不会重复计算。
业务系统也可以通过 POST /api/v1/recommendations/decisions 逐次报送。

\b
例子：
  jixiao decisions 取舍.jsonl                  导入
  jixiao decisions --export                    导出到标准输出
  jixiao decisions --export --out 取舍.jsonl   导出到文件

\b
退出状态：0 全部完成；1 有内容未能导入（其余照常导入）；2 什么也没能读到。
"""


@click.command(cls=Command, help=HELP)
@click.argument("paths", metavar="[文件…]", nargs=-1)
@click.option("--export", "exporting", is_flag=True, help="导出全部取舍，每行一个项目。")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="导出到文件；默认为标准输出。",
)
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], exporting: bool, out: Path | None) -> None:
    """Import the files, or export everything."""
    if exporting == bool(paths) or (out and not exporting):
        raise click.UsageError("请给出要导入的文件，或用 --export 导出（--out 只用于导出）")
    if exporting:
        _export(open_workspace().store.decisions(), out)
    else:
        ctx.exit(_import(paths))


def _export(records: Iterable[ProjectDecisions], out: Path | None) -> None:
    """Write one project a line, in the format that is imported."""
    try:
        with open_output(out) as sink:
            for record in records:
                fields = record.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
                sink.write(f"{to_json(fields)}\n")
    except OSError as error:
        where = Location(file=str(out))
        raise click.ClickException(str(InputError("无法写入文件", where=where))) from error


def _import(paths: tuple[str, ...]) -> int:
    """Store the decisions of every file and return the exit status."""
    from corpus.importers.decisions import read_decisions

    store = open_workspace().store
    stored = problems = 0
    for name in expand(paths):
        try:
            result = read_decisions(Path(name))
        except JixiaoError as error:
            problems += 1
            say(f"错误：{error}")
            continue
        for problem in result.problems:
            say(f"提醒：{problem}")
        problems += len(result.problems)
        counts = store.add_decisions(result.records)
        stored += counts.added + counts.known
        click.echo(f"{name}：新增取舍 {counts.added} 条，已有 {counts.known} 条")
    return NOTHING_READ if not stored else SOME_FAILED if problems else ALL_WELL
