"""`jixiao evaluate`: how good retrieval, suggestions and labels are."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from api.cli.help import Command
from api.cli.output import console_for, rendered
from api.cli.session import open_workspace
from api.cli.writers import to_json

HELP = """在带标注的案例上评测检索、推荐和分类，与基线方法对照。

默认用随程序附带的案例和标注；每个案例都不使用与它同一网页的数据，模型按来源分组交叉验证。
标注的类别由内容识别：指标值标注有 vague，项目类型标注有 types，推荐标注有 grade；
缺哪一类就不测哪一项。

\b
例子：
  jixiao evaluate
  jixiao evaluate --cases 案例.jsonl --labels 标注目录/ --json
"""


def _existing(folders: bool) -> click.Path:
    return click.Path(exists=True, dir_okay=folders, path_type=Path)


@click.command(cls=Command, help=HELP)
@click.option("--cases", type=_existing(False), metavar="文件", help="案例，JSONL。")
@click.option(
    "--labels",
    type=_existing(True),
    metavar="文件|目录",
    help="标注，JSONL 文件或含多个文件的目录。",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def command(cases: Path | None, labels: Path | None, as_json: bool) -> None:
    """Measure and print three tables."""
    from api.cli.show_evaluation import show_evaluation
    from api.evaluation import evaluate, read_material

    if cases is not None and labels is None:
        raise click.UsageError("给出 --cases 时还须给出 --labels")
    material = read_material(cases, labels)
    report = evaluate(open_workspace(), material)
    if as_json:
        click.echo(to_json(report.to_dict(), indent=2))
    else:
        shown = rendered(console_for(sys.stdout), lambda console: show_evaluation(console, report))
        click.echo(shown, nl=False)
