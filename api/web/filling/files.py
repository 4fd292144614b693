"""Files of the form: one read into it, one written from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from api.filling import NOT_IN_PLACE, complete_own_file, form_file, kind_of
from api.web.filling.posted import Posted, posted_from_record
from corpus.errors import InputError, JixiaoError
from corpus.importers.form_layout import declaration_form, evaluation_form
from corpus.importers.form_plan import NewRow
from corpus.records import SelfEvaluation

if TYPE_CHECKING:
    from api.http.uploads import Upload
    from corpus.importers import ImportProblem
    from corpus.records import Declaration
    from corpus.workflow.status import SubmissionKind

_MOST = 50
"""Records of one file that can be chosen from."""
_NAMES = {True: "自评表", False: "申报表"}


@dataclass(frozen=True)
class FileRead:
    """What a file holds."""

    records: tuple[Declaration, ...]
    problems: tuple[ImportProblem, ...]


@dataclass(frozen=True)
class FileMade:
    """A file to be downloaded."""

    name: str
    data: bytes
    note: str = ""


def read_file(upload: Upload) -> FileRead:
    """Read all records of a file; raises `InputError` where it holds none."""
    from corpus.importers import read_declarations

    result = read_declarations((upload.name, upload.content))
    if not result.records:
        first = result.problems[0] if result.problems else None
        raise InputError(
            f"“{upload.name}”中没有读到申报表或自评表" + (f"：{first}" if first else ""),
            hint="请上传标准格式的申报表或自评表；扫描件和图片不能读取",
        )
    return FileRead(result.records[:_MOST], result.problems)


def form_from(record: Declaration, before: Posted) -> tuple[Posted, str]:
    """Return the form with a record in it, and what of the record has no place there.

    What the form is, a declaration or a self-evaluation, stays, and so does its submission.
    """
    whole = SelfEvaluation.model_validate({**record.model_dump(), "blank_rows": record.blank_rows})
    reports = isinstance(record, SelfEvaluation)
    note = ""
    if reports and not before.is_evaluation:
        note = "文件是自评表，已按申报表带入，实际完成值和得分没有带入"
        whole = _as_declared(whole)
    elif before.is_evaluation and not reports:
        note = "文件是申报表，请补填实际完成值和得分"
    filled = posted_from_record(
        whole,
        before.kind,
        scheme=before.scheme,
        submission=before.submission,
        revision=before.revision,
        version=before.version,
    )
    return filled, note


def write_file(posted: Posted, record: SelfEvaluation, kind: str, own: Upload | None) -> FileMade:
    """Write the form as .xlsx or .docx, into the unit's own file where that is given."""
    title = _NAMES[posted.is_evaluation]
    name = f"{record.project_name.strip() or '未命名项目'}{title}{kind}"
    if own is not None and kind_of(own.name) == kind and not posted.is_evaluation:
        made = _own_file(record, kind, own)
        if made is not None:
            return replace(made, name=name)
        return FileMade(name, standard_file(record, posted.kind, kind), NOT_IN_PLACE)
    return FileMade(name, standard_file(record, posted.kind, kind))


def standard_file(record: SelfEvaluation, what: SubmissionKind, kind: str) -> bytes:
    """Return a record in the standard layout."""
    evaluation = what.value == "evaluation"
    cells = evaluation_form(record) if evaluation else declaration_form(record)
    return form_file(cells, kind, _NAMES[evaluation])


def _own_file(record: SelfEvaluation, kind: str, own: Upload) -> FileMade | None:
    """Return the unit's own file with the rows it lacks; None where rows of it were changed."""
    try:
        records = read_file(own).records
    except JixiaoError:
        return None
    if len(records) != 1:
        return None
    there = [(row.name, row.target) for row in records[0].indicators]
    kept = [row for row in record.indicators if (row.name, row.target) in there]
    if sorted((row.name, row.target) for row in kept) != sorted(there):
        return None
    note = "填报时增加，请核对"
    new = [
        NewRow(row.level1, row.level2, row.name, row.target, row.weight, note)
        for row in record.indicators
        if (row.name, row.target) not in there and row.name.strip()
    ]
    weights = {(row.name, row.target): row.weight for row in kept}
    missing = [
        weights[row.name, row.target] if row.weight is None else None
        for row in records[0].indicators
    ]
    done = complete_own_file(own.name, own.content, kind, records[0], new, missing)
    return None if done is None else FileMade("", done.data, "；".join(done.notes))


def _as_declared(record: SelfEvaluation) -> SelfEvaluation:
    gone: dict[str, Any] = {"actual": None, "score": None, "reason": None}
    rows = tuple(row.model_copy(update=gone) for row in record.indicators)
    return record.model_copy(update={"indicators": rows})
