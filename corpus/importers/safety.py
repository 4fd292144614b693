"""Limits that keep reading an untrusted file bounded, and the checks that hold them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from corpus.errors import InputError, JixiaoError, UnsafeFileError

_MIB = 1024 * 1024
_RATIO_FROM = 8 * _MIB
_XML = (".xml", ".rels", ".vml")
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CHUNK = _MIB
_BEFORE_XML = b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"
_SHORTEST_ELEMENT = len("<a/>")


@dataclass(frozen=True)
class Limits:
    """Bounds on what one input may hold; the defaults fit any real form many times over."""

    max_file_bytes: int = 100 * _MIB
    max_xls_bytes: int = 32 * _MIB
    max_line_bytes: int = 8 * _MIB
    """One line of JSONL."""
    max_json_depth: int = 64
    max_json_number: float = 1e20
    max_records: int = 200_000
    """Records read from one file."""
    max_zip_entries: int = 5_000
    max_zip_bytes: int = 300 * _MIB
    """All entries of an archive, unpacked."""
    max_zip_ratio: int = 200
    """Unpacked over packed size of one entry, looked at from 8 MiB on."""
    max_part_bytes: int = 48 * _MIB
    """One XML part of a workbook or document, unpacked."""
    max_part_elements: int = 2_000_000
    """Elements of an XML part that a library holds in memory as a whole."""
    max_sheets: int = 200
    max_rows: int = 20_000
    """Rows of one sheet or table."""
    max_csv_rows: int = 500_000
    max_columns: int = 256
    max_cells: int = 500_000
    """Cells with content of one file."""
    max_cell_chars: int = 32_767
    max_pages: int = 300
    """Pages of a PDF."""
    child_seconds: float = 60.0
    """Time a child process (PDF reader, LibreOffice) may take."""
    child_bytes: int = 2048 * _MIB
    """Address space of the PDF reader."""


DEFAULT_LIMITS = Limits()


def open_archive(data: bytes, limits: Limits = DEFAULT_LIMITS) -> zipfile.ZipFile:
    """Return an OOXML archive once its size, names and XML parts have been found safe.

    Every XML part is unpacked in bounded chunks, because declared sizes may lie; document type
    declarations (external entities, entity bombs) are refused since OOXML never has one. Raises
    `UnsafeFileError`, or `InputError` for a damaged archive.
    """
    with foreign_parser():
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    _check_entries(entries, limits)
    total = 0
    for entry in entries:
        if entry.filename.lower().endswith(_XML):
            total += _check_part(archive, entry, limits, limits.max_zip_bytes - total)
        elif entry.file_size > _SHORTEST_ELEMENT * limits.max_part_elements:
            _check_no_xml(archive, entry)
    return archive


def read_part(archive: zipfile.ZipFile, name: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return one part of a checked archive, never more than allowed."""
    with foreign_parser(), archive.open(name) as stream:
        return stream.read(limits.max_part_bytes)


def check_elements(data: bytes, limits: Limits = DEFAULT_LIMITS) -> None:
    """Refuse an XML part with more elements than a tree in memory should have."""
    if data.count(b"<") > 2 * limits.max_part_elements:
        raise UnsafeFileError("文件内部结构过于庞大，拒绝读取", hint="请只保留申报表后重新保存")


def _check_entries(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.max_zip_entries:
        raise UnsafeFileError(f"压缩包内文件超过 {limits.max_zip_entries} 个，拒绝读取")
    if sum(entry.file_size for entry in entries) > limits.max_zip_bytes:
        raise _bomb()
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise encrypted()
        packed = max(entry.compress_size, 1)
        if entry.file_size > _RATIO_FROM and entry.file_size / packed > limits.max_zip_ratio:
            raise _bomb()
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or ":" in parts[0]:
            raise UnsafeFileError("压缩包内有指向包外的路径，拒绝读取", hint="请确认文件来源")


def _check_part(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, allowed: int
) -> int:
    """Unpack an XML part in chunks, looking for declarations; returns its true size."""
    size = 0
    tail = b""
    with foreign_parser(), archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > min(limits.max_part_bytes, allowed):
                raise _bomb()
            if b"\x00" in chunk:  # UTF-16 or UTF-32, in which a declaration could hide
                chunk = chunk.replace(b"\x00", b"")
            if _DTD.search(tail + chunk):
                raise UnsafeFileError(
                    "文件内部含有外部实体或文档类型声明，拒绝读取",
                    hint="正常保存的 Office 文件不含这种内容，请确认文件来源",
                )
            tail = chunk[-32:]
    return size


def _check_no_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse a part that is XML by content but not by name, and larger than any picture in XML.

    Libraries follow the relations that a file declares, whatever its parts are called.
    """
    with foreign_parser(), archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            if beginning := chunk.lstrip(_BEFORE_XML):
                if beginning.startswith(b"<"):
                    raise _bomb()
                return


@contextmanager
def foreign_parser() -> Iterator[None]:
    """Turn whatever a library's parser raises on a damaged file into one refusal."""
    try:
        yield
    except JixiaoError:
        raise
    except Exception as error:
        raise damaged() from error


def encrypted() -> UnsafeFileError:
    """Return the refusal of a password-protected file."""
    return UnsafeFileError(
        "文件设有打开密码，无法读取", hint="请取消密码保护后重新保存", code="encrypted_file"
    )


def _bomb() -> UnsafeFileError:
    return UnsafeFileError(
        "文件解压后的体积异常大，拒绝读取", hint="请在 Office 中只保留申报表后重新保存"
    )


def damaged() -> InputError:
    """Return the refusal of a corrupt or truncated file."""
    return InputError(
        "文件已损坏或不完整，无法读取",
        hint="请用 Office 打开并重新保存，或重新下载后再试",
        code="damaged_file",
    )
