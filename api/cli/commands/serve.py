"""`jixiao serve`: the HTTP interface."""

from __future__ import annotations

import click

from api.cli.help import Command, WholeNumber
from api.cli.output import say
from api.cli.session import open_workspace

HELP = """启动 HTTP 接口，供申报系统调用。

\b
  POST /api/v1/recommendations   推荐指标
  POST /api/v1/reviews           审核申报
  POST /api/v1/report-reviews    审核自评
  GET  /api/v1/health            运行状态
  GET  /api/v1/openapi.json      接口说明

默认只接受本机的请求；对外服务时请置于有身份认证的网关之后。

\b
例子：
  jixiao serve
  jixiao serve --host 0.0.0.0 --port 8080
"""


@click.command(cls=Command, help=HELP)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="地址", help="监听的地址。")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=WholeNumber(1, 65535),
    metavar="端口",
    help="监听的端口。",
)
def command(host: str, port: int) -> None:
    """Serve until interrupted."""
    import uvicorn

    from api.app import create_app

    workspace = open_workspace()
    workspace.setup()
    say(f"接口地址 http://{host}:{port}/api/v1 ，按 Ctrl-C 停止")
    uvicorn.run(
        create_app(workspace.settings, workspace),
        host=host,
        port=port,
        log_level=workspace.settings.log_level,
        access_log=False,
    )
