"""Files beside the form: an existing one read into it, the form downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response

from api.http.access import Desk, allowed
from api.http.gate import in_turn
from api.web.downloads import download
from api.web.filling.files import FileMade, FileRead, form_from, read_file, write_file
from api.web.filling.page import FilePosted, FormAsPosted, Sheet, SheetFragment
from api.web.filling.weighing import weighing_of
from api.web.rendering import Page, render
from corpus.errors import InputError
from corpus.workflow.actors import Action

router = APIRouter(prefix="/fill")
Adviser = Annotated[Desk, allowed(Action.ADVISE)]
FileKind = Annotated[Literal["xlsx", "docx"], Query(alias="form")]

_MOST_PROBLEMS = 12


@dataclass(frozen=True)
class ChoiceDialog(Page):
    """Which of several projects of a file is meant."""

    template: ClassVar[str] = "fill/_choice.html"
    file: str
    records: tuple[tuple[str, str, int], ...]
    """Project, unit and number of indicators."""


@router.post("/read")
async def read(
    request: Request,
    found: Adviser,
    posted: FormAsPosted,
    file: FilePosted,
    record: Annotated[str, Query(pattern=r"^\d{0,3}$")] = "",
) -> Response:
    """Read a file into the form; `record` chooses one of several projects."""
    if file is None:
        raise InputError("没有收到文件", hint="请重新选择文件")

    def work() -> FileRead:
        return read_file(file)

    content = await in_turn(request, work)
    if len(content.records) > 1 and not record:
        shown = render(request, _choice(file.name, content))
        shown.headers["HX-Retarget"] = "#dialog"
        return shown
    place = int(record or 0)
    if place >= len(content.records):
        raise InputError("文件中没有这个项目", hint="请重新选择")
    filled, note = form_from(content.records[place], posted)
    notices = [("ok", f"已导入“{file.name}”，{len(filled.filled)}条指标", note)]
    problems = [str(problem) for problem in content.problems]
    notices += [("warning", f"未能读出：{text}", "") for text in problems[:_MOST_PROBLEMS]]
    if len(problems) > _MOST_PROBLEMS:
        notices.append(("warning", f"另有{len(problems) - _MOST_PROBLEMS}处未能读出", "请对照原表"))
    return render(request, SheetFragment(Sheet.of(filled), tuple(notices)))


@router.post("/export")
async def export(
    request: Request, found: Adviser, posted: FormAsPosted, file: FilePosted, form: FileKind
) -> Response:
    """Download the form as it stands, saved or not."""

    def work() -> FileMade:
        record = posted.weighed(weighing_of(found.workspace, posted).shared_out)
        return write_file(posted, record, f".{form}", file)

    made = await in_turn(request, work)
    answer = download(made.name, made.data)
    answer.headers["X-File-Name"] = quote(made.name)
    if made.note:
        answer.headers["X-File-Note"] = quote(made.note)
    return answer


def _choice(name: str, content: FileRead) -> ChoiceDialog:
    return ChoiceDialog(
        name,
        tuple(
            (
                record.project_name or "未写项目名称",
                record.implementing_unit or record.department or "",
                len(record.indicators),
            )
            for record in content.records
        ),
    )
