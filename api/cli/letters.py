"""Letters of feedback, one .docx a project, in a folder where nothing is ever overwritten."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import JixiaoError, Location

if TYPE_CHECKING:
    from review.feedback.content import Kind
    from review.result import ReviewResult

_MOST_COPIES = 10_000


@dataclass
class LetterFolder:
    """Writes letters and counts them."""

    folder: Path
    kind: Kind
    issuer: str = ""
    due: datetime.date | None = None
    written: int = 0

    def prepare(self) -> None:
        """Make the folder, or say why it cannot be made."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self.folder, error) from None

    def write(self, result: ReviewResult) -> Path:
        """Write the letter on a review and return its path."""
        from review.feedback.content import compose_feedback
        from review.feedback.letter import letter_name, write_letter

        feedback = compose_feedback(result, self.kind, issuer=self.issuer, due=self.due)
        name, content = letter_name(feedback), write_letter(feedback)
        for copy in range(1, _MOST_COPIES):
            numbered = f"{name}（{copy}）.docx" if copy > 1 else f"{name}.docx"
            path = self.folder / os.fsdecode(numbered.encode())  # UTF-8 whatever the locale
            try:
                with path.open("xb") as sink:
                    sink.write(content)
            except FileExistsError:
                continue
            except OSError as error:
                raise _unwritable(path, error) from None
            self.written += 1
            return path
        raise JixiaoError(
            f"同名的审核意见超过 {_MOST_COPIES} 份",
            hint="请换一个空目录",
            where=Location(file=as_typed(self.folder)),
            code="unwritable",
        )


def _unwritable(path: Path, error: OSError) -> JixiaoError:
    reason = "没有写入权限" if isinstance(error, PermissionError) else error.strerror or "写入失败"
    return JixiaoError(
        f"无法写入审核意见：{reason}",
        hint="请核对目录、权限和磁盘空间",
        where=Location(file=as_typed(path)),
        code="unwritable",
    )


def as_typed(argument: str | Path) -> str:
    """Return a word of the command line as it was typed, whatever the locale."""
    return os.fsencode(argument).decode(errors="replace")
