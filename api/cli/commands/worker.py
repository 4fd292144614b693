"""`jixiao worker`: works on batches without serving requests."""

from __future__ import annotations

import signal
import threading

import click

from api.cli.help import Command, WholeNumber
from api.cli.output import say
from api.cli.session import open_workspace

HELP = """处理批次和回调，不接受请求。

服务较忙时，可将服务的 JIXIAO_JOB_WORKERS 设为 0，另行启动本命令；可以启动多个，
同一批次不会重复处理，中途停止的由其他进程接着处理。多台机器共用时须设 JIXIAO_REDIS_URL
和 JIXIAO_DATABASE_URL。

\b
例子：
  jixiao worker
  jixiao worker --threads 2
"""


@click.command(cls=Command, help=HELP)
@click.option(
    "--threads",
    default=1,
    show_default=True,
    type=WholeNumber(1, 64),
    metavar="个数",
    help="同时处理几个批次。",
)
def command(threads: int) -> None:
    """Work until told to stop; the record under way is finished first."""
    from api.jobs import Jobs
    from api.logs import start_logging

    workspace = open_workspace()
    start_logging(workspace.settings.log_level)
    workspace.warm_up()
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    jobs = Jobs(workspace)
    jobs.start(threads)
    say("开始处理批次，按 Ctrl-C 停止")
    told.wait()
    jobs.stop()
    workspace.close()
