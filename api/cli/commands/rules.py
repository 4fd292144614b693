"""`jixiao rules`: the list of review rules, or the manual page of one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from api.cli.help import Command
from api.cli.output import console_for, rendered
from api.cli.show_review import SEVERITIES
from api.cli.text import styled, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from review.rule import Rule

HELP = """列出审核规则；给出代码时，显示这条规则的说明：反例、正例、理由、局限和依据。

\b
例子：
  jixiao rules
  jixiao rules EZ01
"""


@click.command(cls=Command, help=HELP)
@click.argument("code", metavar="[代码]", required=False)
def command(code: str | None) -> None:
    """List all rules or explain one."""
    from review.rules import ALL_RULES, GROUPS

    if code is None:
        parts = [part for title, rules in GROUPS for part in (_list(title, rules), "")][:-1]
    else:
        parts = [_explain(_find(ALL_RULES, code))]
    click.echo(
        rendered(console_for(sys.stdout), lambda console: console.print(*parts, sep="\n")), nl=False
    )


def _find(rules: Sequence[Rule], code: str) -> Rule:
    """Return the rule with this code, name or alias."""
    for rule in rules:
        if rule.answers_to(code) or rule.answers_to(code.upper()):
            return rule
    raise click.BadParameter("没有这条规则，运行 jixiao rules 查看全部", param_hint=code)


def _list(title: str, rules: Sequence[Rule]) -> RenderableType:
    """Return one table of rules."""
    made = table(
        ("代码", {"no_wrap": True}),
        ("程度", {"no_wrap": True}),
        "内容",
        title=f"{title}（{len(rules)} 条）",
    )
    for rule in rules:
        words, style = SEVERITIES[str(rule.severity)]
        made.add_row(rule.code, styled((words, style)), rule.manual.summary)
    return made


def _explain(rule: Rule) -> RenderableType:
    """Return one manual page."""
    from review.manual import plain_question

    words, style = SEVERITIES[str(rule.severity)]
    pieces: list[str | tuple[str, str]] = [
        (f"{rule.code} {rule.manual.summary}", "bold"),
        "  ",
        (words, style),
        (f"\n{rule.name}", "dim"),
    ]
    for heading, text in rule.manual.sections:
        pieces += ["\n\n", (heading, "bold"), f"\n{text}"]
    if rule.question:
        pieces += ["\n\n", ("复核时可问", "bold"), f"\n{plain_question(rule.question)}"]
    return styled(*pieces)
