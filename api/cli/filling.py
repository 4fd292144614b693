"""A completed form: a unit's own file with suggestions added, else the standard layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

import click

from api.cli.inputs import STDIN, expand, read_records
from api.cli.letters import as_typed
from api.cli.output import new_file_mode, say
from api.reading import Failure, unheard
from corpus.errors import InputError, JixiaoError, Location

if TYPE_CHECKING:
    from corpus.importers.form_plan import NewRow
    from corpus.records import Declaration
    from recommender import Recommendation, Suggestion
    from recommender.results import KeptRow

SUFFIXES = (".xlsx", ".docx")
_EVIDENCE = 2

Fill = Callable[[str, bytes, list["NewRow"], list[float | None]], bytes | None]


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

    kind = target.suffix.lower()
    if source == STDIN or Path(source).suffix.lower() != kind:
        return None
    name, data = load(source)
    filled = _filler(kind)(name, data, rows, weights)
    if filled is None or not _reads_back((name, filled), declaration, rows):
        say("提醒：这份申报表的版式不能直接补填，改按标准表样另写一份")
        return None
    if kind == ".xlsx":
        from corpus.importers.workbook_filler import loses_shapes

        if loses_shapes(data):
            say("提醒：原文件中的文本框或勾选控件没有保留下来，请对照原表补上")
    return filled


def _filler(kind: str) -> Fill:
    if kind == ".xlsx":
        from corpus.importers.workbook_filler import fill_workbook

        return fill_workbook
    from corpus.importers.document_filler import fill_document

    return fill_document


def _reads_back(
    source: tuple[str, bytes], declaration: Declaration, rows: Sequence[NewRow]
) -> bool:
    """Tell whether a completed file holds the unit's rows unchanged and the new ones."""
    from corpus.importers import read_declarations

    try:
        records = read_declarations(source).records
    except JixiaoError:
        return False
    if len(records) != 1:
        return False
    found = [(row.name, row.target) for row in records[0].indicators]
    new = [(row.name, row.target) for row in rows]
    own = [(row.name, row.target) for row in declaration.indicators]
    return sorted(found) == sorted(own + new) and _in_order(own, found)


def _in_order(some: Sequence[tuple[str, str]], found: Sequence[tuple[str, str]]) -> bool:
    """Tell whether pairs occur in others in the same order."""
    rest = iter(found)
    return all(pair in rest for pair in some)


def _standard_form(
    target: Path, declaration: Declaration, rows: list[NewRow], weights: list[float | None]
) -> bytes:
    from corpus.importers.form_writer import form_document, form_workbook
    from corpus.importers.suggested_form import suggested_form

    cells = suggested_form(declaration, rows, weights)
    if target.suffix.lower() == ".xlsx":
        return form_workbook({"申报表": cells})
    return form_document([cells])


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
