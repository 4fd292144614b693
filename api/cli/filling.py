"""A completed form: a unit's own file with suggestions added, else the standard layout."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

import click

from api.cli.inputs import STDIN, expand, read_records
from api.cli.letters import as_typed
from api.cli.output import new_file_mode, say
from api.filling import NOT_IN_PLACE, SUFFIXES, complete_own_file, form_file, kind_of
from api.reading import Failure, unheard
from corpus.errors import InputError, Location

if TYPE_CHECKING:
    from corpus.importers.form_plan import NewRow
    from corpus.records import Declaration
    from recommender import Recommendation, Suggestion
    from recommender.results import KeptRow

_EVIDENCE = 2


def check_fill(source: str, target: Path) -> None:
    """Refuse what cannot come to a good end before anything is worked out."""
    if target.suffix.lower() not in SUFFIXES:
        raise _bad(f"“{as_typed(target.name)}”的扩展名应为 .xlsx 或 .docx")
    if not target.parent.is_dir():
        raise _bad(f"目录“{as_typed(target.parent)}”不存在")
    if target.is_dir():
        raise _bad(f"“{as_typed(target)}”是目录，请写明文件名")
    if source == STDIN:
        return
    if Path(source).exists() and target.exists() and target.samefile(source):
        raise _bad("不能写回原文件，请另起一个文件名，原申报表保持不变")
    count = 0
    for item in read_records(expand((source,)), False, unheard):
        count += not isinstance(item, Failure)
        if count > 1:
            raise one_project_only()


def one_project_only() -> click.BadParameter:
    """Return the error for an input with several projects or none."""
    return _bad("一次只能补全一个项目的申报表，请只给出一个项目的文件")


def write_form(source: str, target: Path, declaration: Declaration, found: Recommendation) -> None:
    """Write the completed form and say on standard error what was done.

    The unit's own file is completed where it is of the same kind and its layout is understood, and
    only if what comes out reads back as it should.
    """
    own = {row.name: row for row in declaration.indicators}
    rows = [_new_row(suggestion) for suggestion in found.suggestions]
    rows += [_accepted_row(kept) for kept in found.accepted if kept.row.name not in own]
    kept_weights = {kept.row.name: None if kept.is_own else kept.weight for kept in found.accepted}
    weights = [kept_weights.get(row.name) for row in declaration.indicators]
    data = _own_file(source, target, declaration, rows, weights)
    if data is None:
        data = _standard_form(target, declaration, rows, weights)
    _write(target, data)
    say(f"已写入 {as_typed(target)}：新增{len(rows)}条建议（蓝色，依据见批注），原填内容未改动")


def _accepted_row(kept: KeptRow) -> NewRow:
    from corpus.importers.form_plan import NewRow

    row = kept.row
    note = f"单位已采纳的建议。{kept.basis}" if kept.basis else "单位修改或自拟的指标。"
    return NewRow(row.level1, row.level2, row.name, row.target, kept.weight, note)


def _new_row(suggestion: Suggestion) -> NewRow:
    from corpus.importers.form_plan import NewRow

    lines = [f"系统建议，请核对。理由：{suggestion.why}"]
    if suggestion.target.basis:
        lines.append(f"取值：{suggestion.target.basis}")
    if suggestion.formula:
        lines.append(f"计算：{suggestion.formula}")
    if suggestion.evidence_material:
        lines.append(f"佐证：{suggestion.evidence_material}")
    for peer in suggestion.evidence[:_EVIDENCE]:
        reached = f"，实际 {peer.actual}" if peer.actual else ""
        lines.append(f"同类：{peer.project_name} {peer.name} {peer.target}{reached}")
    return NewRow(
        suggestion.level1,
        suggestion.level2,
        suggestion.name,
        suggestion.target.suggested or "",
        suggestion.weight,
        "\n".join(lines),
    )


def _own_file(
    source: str,
    target: Path,
    declaration: Declaration,
    rows: list[NewRow],
    weights: list[float | None],
) -> bytes | None:
    """Return the unit's own file completed, None where it is of another kind or layout."""
    from corpus.importers.reading import load

    kind = kind_of(target.name)
    if source == STDIN or kind_of(source) != kind:
        return None
    completed = complete_own_file(*load(source), kind, declaration, rows, weights)
    for note in (NOT_IN_PLACE,) if completed is None else completed.notes:
        say(f"提醒：{note}")
    return None if completed is None else completed.data


def _standard_form(
    target: Path, declaration: Declaration, rows: list[NewRow], weights: list[float | None]
) -> bytes:
    from corpus.importers.suggested_form import suggested_form

    return form_file(suggested_form(declaration, rows, weights), kind_of(target.name))


def _write(target: Path, data: bytes) -> None:
    """Write a file in one piece: it replaces an older one only when it is complete."""
    try:
        with NamedTemporaryFile(
            "wb", dir=target.parent, prefix=f".{target.name}.", delete=False
        ) as sink:
            part = Path(sink.name)
            try:
                sink.write(data)
                sink.flush()
                part.chmod(new_file_mode(target))
                part.replace(target)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
    except OSError as error:
        reason = "没有写入权限" if isinstance(error, PermissionError) else error.strerror
        raise InputError(
            f"无法写入申报表：{reason}",
            hint="请核对目录、权限和磁盘空间",
            where=Location(file=as_typed(target)),
            code="unwritable",
        ) from None


def _bad(message: str) -> click.BadParameter:
    return click.BadParameter(message, param_hint="--fill")
