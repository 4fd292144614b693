"""The form as a page or fragment shows it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from api.http.uploads import Upload
from api.web.filling.posted import LABELS, Posted
from api.web.filling.posting import posted_from_form
from api.web.filling.sheet import (
    Section,
    SheetRow,
    base_text,
    blank_row,
    rejected_text,
    sections_of,
)
from api.web.rendering import Page
from corpus.taxonomy import FUNCTIONS

_KINDS_OF_PROJECT = ("延续性项目", "新增项目", "一次性项目", "经常性项目")
"""项目属性 as most forms have them; others can be written in their place."""
_SCHEMES = (
    ("", "按申报表自动识别"),
    ("无成本", "产出50 效益30 满意度10 执行率10"),
    ("有成本", "成本20 产出40 效益20 满意度10 执行率10"),
)


_MOST_FIELDS = 5000
"""More than the largest form that is taken has."""


async def _posted(request: Request) -> AsyncIterator[Posted]:
    async with request.form(max_files=1, max_fields=_MOST_FIELDS) as form:
        yield posted_from_form(form)


async def _file(request: Request) -> Upload | None:
    form = await request.form(max_files=1, max_fields=_MOST_FIELDS)
    file = form.get("file")
    if not isinstance(file, UploadFile):
        return None
    return Upload((file.filename or "文件")[-120:], await file.read())


FormAsPosted = Annotated[Posted, Depends(_posted)]
"""The whole form that a request carries."""
FilePosted = Annotated[Upload | None, Depends(_file)]
"""The file that a request carries beside the form; name it after the form."""


@dataclass(frozen=True)
class Sheet:
    """All that the form's template shows."""

    posted: Posted
    sections: tuple[Section, ...]
    base: str
    rejected: str
    blank: SheetRow
    labels = LABELS
    functions = FUNCTIONS
    kinds_of_project = _KINDS_OF_PROJECT
    schemes = _SCHEMES

    @classmethod
    def of(cls, posted: Posted) -> Sheet:
        """Lay a form out."""
        return cls(
            posted, sections_of(posted), base_text(posted), rejected_text(posted), blank_row()
        )


@dataclass(frozen=True)
class SheetFragment(Page):
    """The form alone, put in the place of the one that is there."""

    template: ClassVar[str] = "fill/_sheet.html"
    sheet: Sheet
    notices: tuple[tuple[str, str, str], ...] = ()
    """Kind, message and hint of what is said above the form."""
