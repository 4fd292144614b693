"""What kind of file some bytes are, told by their content; the name only breaks ties."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from pathlib import PurePath
from typing import Literal

from corpus.errors import UnsupportedFileError
from corpus.importers.safety import damaged, encrypted, foreign_parser

FileKind = Literal["json", "jsonl", "csv", "xlsx", "xls", "docx", "doc", "pdf", "text"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ACCEPTED = "可导入 .json、.jsonl、.csv、.xlsx、.xls、.docx、.doc、.pdf、.txt、.md"
_MARKUP = re.compile(rb"\s*<(?:!doctype html|html|table|head|meta|style|body)", re.IGNORECASE)
_SPREADSHEET_XML = re.compile(
    rb"urn:schemas-microsoft-com:office:spreadsheet|progid=.Excel", re.IGNORECASE
)
_DOCUMENT = re.compile(r"word/document\d*\.xml")
_LABELLED = re.compile(r"^[^,，\t;|。:：]{2,20}[:：][^\n]{2}", re.MULTILINE)
_FOREIGN = (
    (b"\x89PNG", "图片"), (b"\xff\xd8\xff", "图片"), (b"GIF8", "图片"), (b"BM", "图片"),
    (b"II*\x00", "图片"), (b"MM\x00*", "图片"), (b"Rar!", "压缩包"), (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"), (b"MZ", "程序文件"), (b"{\\rtf", "RTF 文档"), (b"%OFD", "OFD 文档"),
)  # fmt: skip


def require_kind(name: str, data: bytes) -> FileKind:
    """Return a file's kind; raises `UnsupportedFileError` for all that cannot be read."""
    suffix = PurePath(name).suffix.lower()
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _ooxml_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for magic, what in _FOREIGN:
        if data.startswith(magic) and not (magic == b"BM" and suffix in (".csv", ".json")):
            raise _unsupported(f"这是{what}，不能导入")
    return _text_kind(suffix, data)


def _text_kind(suffix: str, data: bytes) -> FileKind:
    head = data[:65_536].lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix in (".jsonl", ".ndjson"):
        return "jsonl"
    if suffix == ".json":
        return "json"
    if _MARKUP.match(head) or _SPREADSHEET_XML.search(head):
        raise _unsupported(
            "这是网页格式的表格，不能直接导入",
            "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入",
        )
    if head[:1] in (b"{", b"["):
        return "jsonl" if _has_record_lines(data) else "json"
    if suffix == ".md" or (suffix in (".txt", "", ".dat") and _is_prose(data)):
        return "text"
    if suffix in (".csv", ".tsv", ".txt"):
        return "csv"
    if suffix in (".xlsx", ".xls", ".docx", ".doc", ".pdf", ".xlsm"):
        raise damaged()
    if suffix in ("", ".dat") and b"\x00" not in head and b"," in head:
        return "csv"
    raise _unsupported("不支持这种文件")


def _is_prose(data: bytes) -> bool:
    """Return whether a text is sentences or labelled lines rather than a table with a heading."""
    text = decode_head(data)
    if text is None or "\x00" in text:
        return False
    first = text.strip().split("\n", 1)[0]
    is_row = "。" not in first and max(first.count(mark) for mark in ",\t;|") >= 2
    return not is_row and (text.count("。") >= 2 or len(_LABELLED.findall(text)) >= 2)


def decode_head(data: bytes) -> str | None:
    """Return the beginning of a text in UTF-8, UTF-16 or GB 18030, None where it is none."""
    head = data[:65_536]
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else None
    for name in (encoding,) if encoding else ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(name)()
        try:
            return decoder.decode(head)  # a character cut in two at the end is left out
        except UnicodeDecodeError:
            continue
    return None


def _ooxml_kind(data: bytes) -> FileKind:
    """Return whether an archive is a workbook or a document."""
    with foreign_parser():
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    if any(_DOCUMENT.match(name) for name in names):
        return "docx"
    if "xl/workbook.bin" in names:
        raise _unsupported("这是二进制工作簿（.xlsb），不能导入", "请另存为 .xlsx 后再导入")
    if any(name.startswith("ppt/") for name in names):
        raise _unsupported("这是演示文稿，不能导入")
    if "mimetype" in names and "content.xml" in names:
        raise _unsupported("这是 OpenDocument 文件，不能导入", "请另存为 .xlsx 或 .docx 后再导入")
    if "OFD.xml" in names:
        raise _unsupported("这是 OFD 版式文件，不能导入", "请导入原始的 Word 或 Excel 文件")
    raise _unsupported("这是压缩包，不能导入", "请解压后逐个导入其中的申报表")


def _ole_kind(data: bytes) -> FileKind:
    """Return whether a compound file is .xls or .doc, told by the streams in its directory."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\x00\x00" in data

    if holds("EncryptedPackage"):
        raise encrypted()
    if holds("WordDocument"):
        return "doc"
    if holds("Workbook") or holds("Book"):
        return "xls"
    raise _unsupported("无法识别这个 Office 97-2003 文件")


def _has_record_lines(data: bytes) -> bool:
    """Return whether the first line looks like an object of its own, and the second begins one."""
    lines = [line.strip() for line in data[:1_000_000].split(b"\n") if line.strip()]
    return len(lines) > 1 and lines[0].endswith(b"}") and lines[1].startswith(b"{")


def _unsupported(message: str, hint: str = _ACCEPTED) -> UnsupportedFileError:
    return UnsupportedFileError(message, hint=hint)
