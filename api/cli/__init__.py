"""The command line: `jixiao`."""

from __future__ import annotations

import os
import sys

import click

from api.cli.language import speak_chinese
from api.cli.lazy import Entry, LazyGroup

speak_chinese()  # before the decorators below look their words up

MAIN, KNOWLEDGE, SERVICE = "主要功能", "知识与模型", "安装与服务"

COMMANDS = (
    Entry("demo", "用一份真实的申报表演示推荐与审核", MAIN),
    Entry("recommend", "为项目推荐绩效指标、指标值和权重，说明依据", MAIN),
    Entry("review", "审核绩效目标申报表，逐条指出问题", MAIN),
    Entry("review-report", "审核绩效自评表和自评报告", MAIN),
    Entry("bulk", "审核或推荐 Parquet 文件中的大批项目，多进程或多台机器分担", MAIN),
    Entry("suppressions", "列出豁免清单，查出已失效的豁免", MAIN),
    Entry("rules", "列出审核规则，查看一条规则的说明", MAIN),
    Entry("import", "导入本地的历史项目或指标库", KNOWLEDGE),
    Entry("decisions", "导入或导出单位对推荐指标的取舍", KNOWLEDGE),
    Entry("train", "重新训练模型，用本地资料改进推荐排序", KNOWLEDGE),
    Entry("evaluate", "在带标注的案例上评测检索、推荐和分类", KNOWLEDGE),
    Entry("bench", "测量速度", KNOWLEDGE),
    Entry("setup", "准备编码器、数据库、索引和模型", SERVICE),
    Entry("serve", "启动网页和 HTTP 接口", SERVICE),
    Entry("worker", "处理批次，不接受请求", SERVICE),
    Entry("backup", "备份数据库，或从备份恢复", SERVICE),
    Entry("audit", "校验或导出审计日志", SERVICE),
)

HELP = """绩效指标推荐与审核：为预算项目推荐绩效指标，为财政审核找出薄弱的指标。
全部在本机运行，不联网。

\b
第一次使用：
  jixiao demo                         看一遍完整的演示
  jixiao recommend 项目.json          推荐指标
  jixiao review 申报表.xlsx           审核申报表

输入可以是 .json、.jsonl、.csv、.xlsx、.xls、.docx、.pdf 或 .txt；“-”表示标准输入。
各命令的用法和例子见 jixiao 命令 --help。设置见 docs/settings.md。
"""


CRASHED = 70
"""Exit status of a fault in the program itself (EX_SOFTWARE)."""
CONTEXT = {"help_option_names": ["-h", "--help"]}


@click.group(cls=LazyGroup, entries=COMMANDS, help=HELP, context_settings=CONTEXT)
@click.version_option(package_name="jixiao", prog_name="jixiao")
def cli() -> None:
    """Hold the commands; each does its own work."""


def main() -> None:
    """Run the command line: UTF-8 whatever the locale, no traceback unless one is asked for."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # a lone surrogate from hostile JSON comes out as the escape that it came in as
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # Before numpy is loaded. Products here are small: on a busy machine a second thread is waited
    # for many times longer than it helps.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        cli(prog_name="jixiao")
    except Exception as error:
        if os.environ.get("JIXIAO_LOG_LEVEL") == "debug":
            raise
        click.echo(f"错误：程序出错（{type(error).__name__}：{error}）", err=True)
        click.echo("请设 JIXIAO_LOG_LEVEL=debug 重试，把显示的内容反馈给维护者", err=True)
        sys.exit(CRASHED)
