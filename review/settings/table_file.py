"""Files that users write by hand for a review: TOML or JSON, read with the place of every key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import InputError, Location, UnsafeFileError, UnsupportedFileError
from corpus.importers.json_text import decode_utf8, parse_json

MAX_BYTES = 4 * 1024 * 1024

_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")
_HEADER = re.compile(r"^\s*\[\[?(?P<keys>[^\[\]]+)\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*(?P<key>\"[^\"]*\"|'[^']*'|[^\s=#\[]+)\s*=")
_BARE = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^\s.\"']+)")


@dataclass(frozen=True)
class TableFile:
    """The values of a file, and the text they were read from."""

    name: str
    values: Any
    text: str

    def place(self, *keys: str | int) -> Location:
        """Return where a key stands; a number counts the entries of an array, from 0.

        The line is known for TOML laid out in the usual way, one key a line.
        """
        shown = ""
        for key in keys:
            shown += f"[{key + 1}]" if isinstance(key, int) else f".{key}" if shown else key
        return Location(file=self.name, row=self._line(keys), field=shown or None)

    def _line(self, keys: Sequence[str | int]) -> int | None:
        """Return the line of a key, else of the table that it belongs to."""
        found: int | None = None
        path: list[str] = []
        count: dict[str, int] = {}
        wanted = list(keys)
        for number, line in enumerate(self.text.splitlines(), 1):
            header, key = _HEADER.match(line), _KEY.match(line)
            if header:
                path = _split(header["keys"])
                here: list[str | int] = list(path)
                if line.lstrip().startswith("[["):
                    name = ".".join(path)
                    count[name] = count.get(name, -1) + 1
                    here.append(count[name])
            elif key:
                here = [*path, *_entry(path, count), *_split(key["key"])]
            else:
                continue
            if here == wanted:
                return number
            if here == wanted[: len(here)]:
                found = number
        return found


def _entry(path: Sequence[str], count: dict[str, int]) -> tuple[int, ...]:
    """Return which entry of an array of tables the lines below its header belong to."""
    name = ".".join(path)
    return (count[name],) if name in count else ()


def _split(keys: str) -> list[str]:
    """Return the parts of a dotted key."""
    return ["".join(parts) for parts in _BARE.findall(keys)]


def read_table_file(path: Path) -> TableFile:
    """Read a .toml or .json file.

    Raises `InputError` where it cannot be read or is not well formed, with the line.
    """
    name, suffix = path.name, path.suffix.lower()
    where = Location(file=name)
    if suffix not in (".toml", ".json"):
        raise UnsupportedFileError(
            f"不支持“{suffix or '无后缀'}”文件", hint="请使用 .toml 或 .json 文件", where=where
        )
    text = decode_utf8(_read(path), where)
    values = parse_json(text, where=where) if suffix == ".json" else _parse_toml(text, name)
    return TableFile(name, values, text)


def _read(path: Path) -> bytes:
    """Return the bytes of a file of bearable size."""
    where = Location(file=str(path))
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = "文件不存在" if isinstance(error, FileNotFoundError) else "文件无法读取"
        raise InputError(
            reason, hint="请核对路径和读取权限", where=where, code="unreadable"
        ) from None
    if len(data) > MAX_BYTES:
        raise UnsafeFileError(f"文件超过 {MAX_BYTES // 2**20} MB", hint="请拆分文件", where=where)
    return data


def _parse_toml(text: str, name: str) -> dict[str, Any]:
    """Parse TOML, with line and column of a mistake."""
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _POSITION.search(str(error))
        row = int(found[1]) if found else len(text.splitlines())
        column = f"（第{found[2]}个字符处）" if found else ""
        raise InputError(
            f"不是有效的 TOML{column}",
            hint="每行写“键 = 值”，文字加双引号，列表用方括号，同一键只写一次",
            where=Location(file=name, row=row),
            code="bad_toml",
        ) from None
