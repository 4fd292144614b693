"""Files that a page hands out."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from fastapi import Response

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def download(name: str, data: bytes) -> Response:
    """Answer with a file to be kept under a name, which may be Chinese."""
    safe = "".join("_" if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in name)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(safe)}"}
    return Response(data, media_type=_TYPES[Path(name).suffix], headers=headers)
