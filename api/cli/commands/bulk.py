"""`jixiao bulk`: reviews or recommendations for Parquet files, by many processes or machines."""

from __future__ import annotations

import time
from pathlib import Path

import click

from api.cli.batch import ALL_WELL, NOTHING_READ, SOME_FAILED
from api.cli.help import Command, WholeNumber
from api.cli.output import say
from api.cli.parallel import usual_jobs
from api.cli.session import open_workspace
from corpus.errors import SetupError

HELP = """对 Parquet 文件中的大批项目作审核或推荐，由多个进程或多台机器分担（Dask）。

输入每行一份申报表，各栏为接口文档所列字段，indicators 为列表；也可以是存放若干文件的目录。
结果写入 --out 目录，每个分区一个文件，次序与输入相同：id、error、结论各栏，以及 result
（与 --jsonl 输出的一行相同）。中途停止的，用同样的命令再运行一次即接着做。

默认在本机启动若干进程；--scheduler 给出 Dask 调度程序的地址时，由该集群完成。集群各台机器须
安装同一版本，连接同一数据库，并能读写输入和 --out 所在的共享存储；调度程序应只对内网开放，
或使用 tls:// 地址。

\b
例子：
  jixiao bulk review 全省申报.parquet --out 审核结果/
  jixiao bulk recommend 项目/ --out 推荐结果/ --workers 8
  jixiao bulk review 全省申报.parquet --out /共享/结果/ --scheduler tcp://10.0.0.5:8786

\b
退出状态：0 全部完成；1 有记录出错（其余照常完成）；2 什么也没能读到。
"""
_KINDS = {
    "review": "review",
    "review-report": "report-review",
    "recommend": "recommendation",
}
_SAY_EVERY = 10.0


@click.command(cls=Command, help=HELP)
@click.argument("work", metavar="review|review-report|recommend", type=click.Choice(list(_KINDS)))
@click.argument("source", metavar="文件|目录", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="目录",
    help="存放结果的目录。",
)
@click.option("--scheduler", default="", metavar="地址", help="Dask 调度程序的地址；默认用本机。")
@click.option(
    "--workers",
    type=WholeNumber(1, 256),
    metavar="N",
    help="本机启动的进程数；默认按处理器核数，最多 4 个。",
)
@click.pass_context
def command(
    ctx: click.Context, work: str, source: Path, out: Path, scheduler: str, workers: int | None
) -> None:
    """Answer every record of the source."""
    if scheduler and workers is not None:
        raise click.UsageError("--workers 只用于本机，不能与 --scheduler 同用")
    try:
        from api.bulk.run import Cluster, run_bulk
        from corpus.workflow.jobs import JobKind

        cluster = Cluster(scheduler, workers or usual_jobs())
        begun = time.monotonic()
        done = run_bulk(
            open_workspace(), JobKind(_KINDS[work]), source, out.absolute(), cluster, _Progress()
        )
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in {"dask", "distributed", "pyarrow"}:
            raise
        raise SetupError("未安装 Dask", hint='请运行 pip install "jixiao[dask]"') from error
    say(f"共 {done.records} 条，出错 {done.failed} 条，用时 {time.monotonic() - begun:.0f} 秒")
    if done.records == 0:
        ctx.exit(NOTHING_READ)
    ctx.exit(SOME_FAILED if done.failed else ALL_WELL)


class _Progress:
    """Says now and then how far the run has come."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _SAY_EVERY

    def __call__(self, done: int, total: int, tally: object) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _SAY_EVERY
            say(f"已完成 {done}/{total} 个分区，{getattr(tally, 'records', 0)} 条")
