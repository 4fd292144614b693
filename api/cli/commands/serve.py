"""`jixiao serve`: the web pages and the HTTP interface."""

from __future__ import annotations

import click

from api.cli.help import Command, WholeNumber
from api.cli.output import say
from api.cli.session import open_workspace

HELP = """启动网页和 HTTP 接口。

网页供单位填报、财政审核，用浏览器打开显示的地址。接口供申报系统调用，说明见
/api/v1/openapi.json，用法见 docs/http-api.md。

默认只接受本机的请求，此时推荐、审核和批次无须登录。对外服务时一律须登录或使用接口密钥；
首次启动时显示一次性的设置链接，用于建立财政局和系统管理员。

演示数据（--demo）取自公开的申报表和自评表，单独存放，不进入正式数据库：on 使用演示数据；auto
只在本系统尚未设置、只监听本机、演示数据未被移除时使用；off 不使用。用 jixiao demo --remove 移除。

\b
例子：
  jixiao serve
  jixiao serve --demo on
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
@click.option(
    "--demo",
    type=click.Choice(["auto", "on", "off"]),
    default="off",
    show_default=True,
    help="是否使用演示数据。",
)
def command(host: str, port: int, workers: int, demo: str) -> None:
    """Serve until interrupted."""
    from api.demo import Mode, open_demonstration, wanted
    from api.http.serving import is_loopback, serve, set_up_link
    from api.logs import start_logging

    workspace = open_workspace()
    start_logging(workspace.settings.log_level)
    workspace.setup()
    address = workspace.settings.public_url or f"http://{host}:{port}"
    mode, alone = Mode(demo), is_loopback(host) and not workspace.settings.public_url
    if mode is Mode.ON and not alone:
        raise click.UsageError("演示数据不设口令，只能在本机使用，请去掉 --host 或 --demo")
    if wanted(workspace, mode, alone=alone):
        shown = open_demonstration(workspace)
        workspace.close()
        workspace = shown
        say(f"演示系统 {address} ，按 Ctrl-C 停止")
        say("项目取自公开资料，不进入正式数据库；移除演示数据：jixiao demo --remove")
    else:
        say(f"网页 {address} ，接口 {address}/api/v1 ，按 Ctrl-C 停止")
        link = set_up_link(workspace, address)
        if link is not None:
            say(f"尚未设置单位和账号。系统管理员请在 24 小时内打开（只能使用一次）：{link}")
    serve(workspace, host, port, workers)
