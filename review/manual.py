"""Rule docstrings read as manual pages.

A page is a line “CODE topic.name — 一句话”, then the headings of `HEADINGS` in that order, each
followed by its text. The same page gives a finding its reason and authority and makes
`docs/rules.md`: `python -m review.manual docs/rules.md`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from review.rule import Rule

HEADINGS = ("反例", "正例", "理由", "已知局限", "依据")

_TITLE = re.compile(r"^(?P<code>[A-Z]{2}\d{2}) (?P<name>[a-z_]+\.[a-z_]+) — (?P<summary>.+)$")
_BLANK = re.compile(r"\{\w+\}")
_HEADING = re.compile(rf"^({'|'.join(HEADINGS)})：(.*)$")


@dataclass(frozen=True)
class Manual:
    """The parts of one manual page; texts keep their line breaks."""

    code: str = ""
    name: str = ""
    summary: str = ""
    sections: tuple[tuple[str, str], ...] = ()
    """Headings in the order they stand, with their texts."""

    def section(self, heading: str) -> str:
        """Return the text under a heading, or an empty string."""
        return next((text for found, text in self.sections if found == heading), "")

    @cached_property
    def why(self) -> str:
        """Return the reason as one line."""
        return self.section("理由").replace("\n", "")

    @cached_property
    def source(self) -> str:
        """Return the authority as one line."""
        return self.section("依据").replace("\n", "")


def parse_manual(docstring: str | None) -> Manual:
    """Read a rule's docstring; an absent one (python -OO) gives an empty page."""
    lines = [line.strip() for line in (docstring or "").strip().splitlines()]
    if not lines:
        return Manual()
    title = _TITLE.match(lines[0])
    if title is None:
        raise ValueError(f"not a manual title: {lines[0]!r}")
    sections: list[tuple[str, list[str]]] = []
    for line in lines[1:]:
        heading = _HEADING.match(line)
        if heading:
            sections.append((heading[1], [heading[2].strip()]))
        elif sections:
            sections[-1][1].append(line)
    return Manual(
        code=title["code"],
        name=title["name"],
        summary=title["summary"],
        sections=tuple((name, "\n".join(filter(None, text))) for name, text in sections),
    )


def render_page(rule: Rule) -> str:
    """Return one rule's page as Markdown."""
    manual = rule.manual
    parts = [
        f"### {rule.code} {manual.summary}",
        f"`{rule.name}` · {rule.severity.words}",
    ]
    parts += [f"**{heading}**  \n{_hard_breaks(text)}" for heading, text in manual.sections]
    if rule.question:
        parts.append(f"**复核时可问**  \n{plain_question(rule.question)}")
    return "\n\n".join(parts)


def plain_question(template: str) -> str:
    """Return the question of a rule with dots for what a finding fills in."""
    return _BLANK.sub("……", template)


def render_rules(groups: Iterable[tuple[str, Iterable[Rule]]]) -> str:
    """Return the whole manual as Markdown: a table of all rules, then the pages."""
    kept = [(title, tuple(rules)) for title, rules in groups]
    lines = [
        "# 审核规则手册",
        "",
        "本文件由 `python -m review.manual docs/rules.md` 根据各规则文件的说明生成，请勿手工修改。",
        "严重程度：必须修改＝仅凭此项即应退回；建议修改＝应改进或说明理由；提示＝供参考。",
    ]
    for title, rules in kept:
        lines += [
            "",
            f"## {title}",
            "",
            "| 代码 | 名称 | 程度 | 内容 |",
            "| --- | --- | --- | --- |",
        ]
        lines += [
            f"| {rule.code} | `{rule.name}` | {rule.severity.words} | {rule.manual.summary} |"
            for rule in rules
        ]
        for rule in rules:
            lines += ["", render_page(rule)]
    return "\n".join(lines) + "\n"


def _hard_breaks(text: str) -> str:
    """Keep a section's line breaks in Markdown."""
    return text.replace("\n", "  \n")


def _write(path: Path) -> None:
    """Write the manual of all rules to a file."""
    from review.rules import GROUPS

    path.write_text(render_rules(GROUPS), encoding="utf-8")


if __name__ == "__main__":
    _write(Path(sys.argv[1]))
