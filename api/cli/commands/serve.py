"""`jixiao serve`: the HTTP interface."""

from __future__ import annotations

import click

from api.cli.help import Command, WholeNumber
from api.cli.output import say
from api.cli.session import open_workspace

HELP = """启动 HTTP 接口，供申报系统调用。

推荐、审核、批次、指标库，以及项目的申报、审核和反馈；接口说明见 /api/v1/openapi.json，
用法见 docs/http-api.md。

默认只接受本机的请求，此时推荐、审核和批次无须登录。对外服务时一律须登录或使用接口密钥；
首次启动时显示一次性的设置链接，用于建立财政局和系统管理员。

\b
例子：
  jixiao serve
  jixiao serve --host 0.0.0.0 --port 8080 --workers 2
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
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=WholeNumber(1, 64),
    metavar="个数",
    help="服务进程的个数，各自占用内存；多于 1 个时建议设 JIXIAO_REDIS_URL。",
)
def command(host: str, port: int, workers: int) -> None:
    """Serve until interrupted."""
    from api.http.serving import serve, set_up_link

    workspace = open_workspace()
    workspace.setup()
    address = workspace.settings.public_url or f"http://{host}:{port}"
    say(f"接口地址 {address}/api/v1 ，按 Ctrl-C 停止")
    link = set_up_link(workspace, address)
    if link is not None:
        say(f"尚未设置单位和账号。系统管理员请在 24 小时内打开（只能使用一次）：{link}")
    serve(workspace, host, port, workers)
