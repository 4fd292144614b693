"""What a request carries: a file, or records in its body."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from corpus.errors import InputError

_SUFFIXES = {"application/x-ndjson": ".jsonl", "application/jsonl": ".jsonl", "text/csv": ".csv"}


@dataclass(frozen=True)
class Upload:
    """A file's name, as far as it tells the kind, and its content."""

    name: str
    content: bytes


async def uploaded(request: Request, data: bytes) -> Upload:
    """Return what was sent: the part `file` of a form, else the body itself."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "multipart/form-data":
        return Upload("请求体" + _SUFFIXES.get(kind, ".json"), data)

    async def stream() -> Any:
        yield data

    try:
        parser = MultiPartParser(request.headers, stream(), max_files=1, max_fields=10)
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError, AssertionError) as error:
        raise InputError("上传的表单无法解析", hint="请以 file 字段上传一个文件") from error
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise InputError("没有上传文件", hint="请以 file 字段上传一个文件")
        return Upload((file.filename or "文件")[-120:], await file.read())
    finally:
        await form.close()


def records_in(upload: Upload) -> list[dict[str, Any]]:
    """Return the records of an upload in order, `{"id", "error"}` for one that cannot be read."""
    from api.reading import Failure, records_of

    found: list[dict[str, Any]] = []
    for item in records_of(upload.name, io.BufferedReader(io.BytesIO(upload.content))):
        if isinstance(item, Failure):
            found.append(item.to_dict())
        else:
            found.append(item.model_dump(mode="json", exclude_defaults=True))
    return found
