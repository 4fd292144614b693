"""`jixiao recommend --interactive`: a unit decides row by row, the rest is chosen anew at once."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.batch import ALL_WELL
from api.cli.filling import one_project_only, write_form
from api.cli.inputs import STDIN, expand, read_records
from api.cli.output import console_for, open_output, rendered, say
from api.cli.session import open_workspace
from api.cli.show_recommendation import in_form_order, scheme_line, suggestion_table
from api.cli.text import safe
from api.cli.writers import to_json
from api.reading import Failure, unheard
from corpus.errors import InputError
from corpus.records import Indicator

if TYPE_CHECKING:
    from api.parts import Parts
    from api.wishes import Wishes
    from corpus.records import Declaration
    from recommender import Recommendation

_NUMBERS = re.compile(r"\d+")
_COMMANDS = {
    "采纳": "accept", "a": "accept", "拒绝": "reject", "r": "reject", "修改": "edit", "e": "edit",
    "理由": "why", "w": "why", "撤销": "undo", "u": "undo", "完成": "done", "d": "done",
    "放弃": "quit", "q": "quit",
}  # fmt: skip
_HELP = (
    "采纳(a) 序号…　拒绝(r) 序号…　修改(e) 序号　理由(w) 序号　撤销(u)　完成(d)　放弃(q)；"
    "例如：采纳 1 3 4"
)


@dataclass
class _Talk:
    """The state of one conversation: every decision can be undone."""

    parts: Parts
    record: Declaration
    wishes: Wishes
    past: list[Wishes]
    found: Recommendation

    @classmethod
    def begin(cls, parts: Parts, record: Declaration, wishes: Wishes) -> _Talk:
        """Begin with a first recommendation."""
        return cls(parts, record, wishes, [], parts.recommend(record, wishes=wishes))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return the suggestions in the order in which they are numbered."""
        return [dict(row) for row in in_form_order(self.found.to_dict()["suggestions"])]

    def turn(self, wishes: Wishes) -> None:
        """Take a decision in and choose anew."""
        found = self.parts.recommend(self.record, wishes=wishes)
        self.past.append(self.wishes)
        self.wishes, self.found = wishes, found

    def undo(self) -> None:
        """Take the last decision back."""
        if not self.past:
            say("没有可以撤销的操作")
            return
        self.wishes = self.past.pop()
        self.found = self.parts.recommend(self.record, wishes=self.wishes)


def decide(path: str, wishes: Wishes, fill: Path | None, form: str | None, out: Path | None) -> int:
    """Hold the conversation and return the exit status."""
    if path == STDIN:
        raise click.UsageError("--interactive 要在终端中作答，请给出文件而不是“-”")
    record = _only_record(path)
    workspace = open_workspace()
    workspace.load_ahead()
    talk = _Talk.begin(workspace.parts, record, wishes)
    if not _converse(talk):
        say("已放弃，没有写出任何文件")
        return ALL_WELL
    if form is not None or out is not None:
        with open_output(out) as sink:
            sink.write(to_json(talk.found.to_dict(), indent=2 if form != "jsonl" else None) + "\n")
    if fill is not None:
        write_form(path, fill, record, talk.found)
    return ALL_WELL


def _only_record(path: str) -> Declaration:
    """Return the only record of an input."""
    items = list(read_records(expand((path,)), False, unheard))
    records = [item for item in items if not isinstance(item, Failure)]
    if len(items) == 1 and isinstance(items[0], Failure):
        error = items[0].error
        raise InputError(error["message"], hint=error["hint"], code=error["code"])
    if len(records) != 1:
        raise one_project_only()
    return records[0]


def _converse(talk: _Talk) -> bool:
    """Ask until the unit is done; returns whether it is, or gave up."""
    _show(talk)
    while True:
        try:
            answer = click.prompt(
                "请选择", default="", show_default=False, prompt_suffix="：", err=True
            )
        except click.Abort:
            return False
        command = _command(answer)
        if command in ("done", "quit"):
            return command == "done"
        if command is None:
            say(_HELP)
        elif _obey(talk, command, answer):
            _show(talk)


def _command(answer: str) -> str | None:
    """Return what an answer asks for: 采纳 1 3, a1 3, 完成."""
    word = _NUMBERS.split(answer.strip().lower(), maxsplit=1)[0].strip()
    return _COMMANDS.get(word)


def _obey(talk: _Talk, command: str, answer: str) -> bool:
    """Do what was asked; returns whether the table has changed."""
    if command == "undo":
        talk.undo()
        return True
    rows = _chosen(talk.rows, answer)
    if not rows:
        return False
    if command == "why":
        for row in rows:
            say(safe(f"{row['name']}：{row['why']}取值：{row['target']['basis']}"))
        return False
    wishes = talk.wishes
    for row in rows:
        if command == "reject":
            wishes = replace(wishes, rejected=(*wishes.rejected, row["name"]))
        else:
            wishes = _accepted(wishes, row, _edited(row) if command == "edit" else _row(row))
    talk.turn(wishes)
    return True


def _chosen(rows: Sequence[dict[str, Any]], answer: str) -> list[dict[str, Any]]:
    """Return the rows whose numbers an answer names, none and a word where one is wrong."""
    numbers = [int(digits) for digits in _NUMBERS.findall(answer) if len(digits) < 4]
    if not numbers or not all(1 <= number <= len(rows) for number in numbers):
        say(f"请写明序号，1 到 {len(rows)}")
        return []
    return [rows[number - 1] for number in dict.fromkeys(numbers)]


def _row(row: dict[str, Any]) -> Indicator:
    """Return a suggestion as a row of the form; its weight is still shared out."""
    return Indicator(
        level1=row["level1"],
        level2=row["level2"],
        name=row["name"],
        target=row["target"]["suggested"] or "",
    )


def _edited(row: dict[str, Any]) -> Indicator:
    """Ask for what is to be changed; an empty answer keeps what is there."""
    before = _row(row)
    name = click.prompt("三级指标", default=before.name, prompt_suffix="：", err=True)
    target = click.prompt("指标值", default=before.target, prompt_suffix="：", err=True)
    weight = click.prompt(
        "分值（不填则自动分配）", default="", show_default=False, prompt_suffix="：", err=True
    )
    given = float(weight) if re.fullmatch(r"\d{1,3}(?:\.\d+)?", weight.strip()) else None
    if weight.strip() and given is None:
        say(f"“{weight.strip()}”不是数字，分值改为自动分配")
    return before.model_copy(
        update={"name": name.strip() or before.name, "target": target.strip(), "weight": given}
    )


def _accepted(wishes: Wishes, row: dict[str, Any], kept: Indicator) -> Wishes:
    """Return the wishes with a row that stays; what it replaces is not suggested again."""
    gone = (row["name"],) if kept.name != row["name"] else ()
    return replace(wishes, accepted=(*wishes.accepted, kept), rejected=(*wishes.rejected, *gone))


def _show(talk: _Talk) -> None:
    """Print the rows that stay and the numbered suggestions on standard error."""
    found = talk.found.to_dict()
    console = console_for(sys.stderr)

    def paint(console: Any) -> None:
        console.print(suggestion_table(talk.rows, found["accepted"]))
        console.print(scheme_line(found))
        for note in found["notes"]:
            console.print(f"说明：{safe(note)}")

    click.echo("\n" + rendered(console, paint) + _HELP, err=True)
