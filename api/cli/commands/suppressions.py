"""`jixiao suppressions`: a list of suppressions, and what has become of each."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.help import Command
from api.cli.inputs import expand, read_records
from api.cli.output import console_for, rendered, say
from api.cli.session import open_workspace
from api.cli.text import one_line, styled, table
from api.reading import Failure

if TYPE_CHECKING:
    from rich.console import RenderableType

    from review.suppression import Status, Suppression, SuppressionList

HELP = """列出豁免清单；同时给出申报文件时，逐条查明豁免是否仍然有效。

豁免是对某一条审核意见“不再提出”的决定，写明规则、项目、理由、决定人和日期。
写法见 examples/豁免清单.toml。状态：生效；失效（问题已不存在，或指标内容已变化）；
未涉及（给出的文件中没有这个项目）。

\b
例子：
  jixiao suppressions examples/豁免清单.toml
  jixiao suppressions 豁免清单.toml 申报表目录/
"""
_STATES = {"applied": ("生效", "green"), "stale": ("失效", "yellow"), "unseen": ("未涉及", "dim")}
_LONGEST = 40


@click.command(cls=Command, help=HELP)
@click.argument("listing", metavar="豁免清单", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("paths", metavar="[文件…|-]", nargs=-1)
@click.pass_context
def command(ctx: click.Context, listing: Path, paths: tuple[str, ...]) -> None:
    """List suppressions, with their states where declarations are given."""
    from review.suppression import SuppressionList
    from review.suppression_file import read_suppressions

    suppressions = SuppressionList(read_suppressions(listing))
    failed = _review(suppressions, paths) if paths else False
    shown = _list(suppressions.statuses(), with_states=bool(paths))
    click.echo(rendered(console_for(sys.stdout), lambda console: console.print(shown)), nl=False)
    ctx.exit(int(failed))


def _review(suppressions: SuppressionList, paths: tuple[str, ...]) -> bool:
    """Review the inputs with both sets of rules and tell whether a record failed."""
    reviewer = open_workspace().parts.reviewer
    failed = False
    for record in read_records(expand(paths), lines=False, warn=lambda problem: None):
        if isinstance(record, Failure):
            failed = True
            say(f"错误：{record.error['message']}")
            continue
        for review in (reviewer.review, reviewer.review_report):
            suppressions.apply(review(record), reviewer.reconsider)
    return failed


def _list(statuses: tuple[Status, ...], with_states: bool) -> RenderableType:
    """Return the table of entries."""
    columns = ["条", "规则", "项目", "指标", "理由", "决定人", "日期"]
    made = table(
        *columns, *(["状态"] if with_states else []), title=f"豁免清单（{len(statuses)} 条）"
    )
    for place, status in enumerate(statuses, 1):
        entry = status.entry
        cells: list[RenderableType] = [
            str(place),
            entry.code,
            one_line(entry.project_name or entry.id, _LONGEST),
            _indicator(entry),
            one_line(entry.reason, _LONGEST),
            one_line(entry.by, _LONGEST),
            entry.date.isoformat(),
        ]
        if with_states:
            words, style = _STATES[status.state]
            note = f"：{one_line(status.note)}" if status.state == "stale" else ""
            cells.append(styled((f"{words}{note}", style)))
        made.add_row(*cells)
    return made


def _indicator(entry: Suppression) -> str:
    """Return which row an entry is about."""
    if entry.indicator is None and entry.row is None:
        return "全部"
    number = f"第{entry.row}项" if entry.row is not None else ""
    return number + one_line(entry.indicator, _LONGEST)
