"""Errors that reach a user: what is wrong, where, and what to do about it.

Messages and hints are Simplified Chinese because they are shown as they are; codes are stable
identifiers that the command line and the REST API both carry.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Location:
    """A place in a user's input; every part is optional."""

    file: str | None = None
    sheet: str | None = None
    """Sheet name of a workbook, or 表1, 表2 … for the tables of a document."""
    row: int | None = None
    """1-based row (or line of a text file)."""
    cell: str | None = None
    """Cell address such as D12."""
    field: str | None = None
    """Field of the record, such as indicators[3].weight."""

    def __str__(self) -> str:
        """Return the place as a reader would say it: a.xlsx 工作表“申报表” 第12行."""
        parts = [self.file] if self.file else []
        if self.sheet:
            parts.append(f"工作表“{self.sheet}”")
        if self.row is not None:
            parts.append(f"第{self.row}行")
        if self.cell:
            parts.append(f"单元格{self.cell}")
        if self.field:
            parts.append(f"字段 {self.field}")
        return " ".join(parts)


class JixiaoError(Exception):
    """Base of every error meant for a user."""

    code = "internal"

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        where: Location | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        """Return place, message and hint in one line."""
        place = f"{self.where}：" if self.where and str(self.where) else ""
        hint = f"（{self.hint}）" if self.hint else ""
        return f"{place}{self.message}{hint}"

    def to_dict(self) -> dict[str, str]:
        """Return the shape of contract.md: code, message (with its place) and hint."""
        place = f"{self.where}：" if self.where and str(self.where) else ""
        return {"code": self.code, "message": f"{place}{self.message}", "hint": self.hint}


class InputError(JixiaoError):
    """The user's input is at fault: a bad line, a missing field, an unreadable cell."""

    code = "bad_input"


class UnsupportedFileError(InputError):
    """A file of a kind that cannot be read here."""

    code = "unsupported_file"


class UnsafeFileError(InputError):
    """A file that is refused because reading it would not be safe or bounded."""

    code = "unsafe_file"


class SetupError(JixiaoError):
    """The installation is incomplete or an artefact is missing or damaged."""

    code = "setup"
