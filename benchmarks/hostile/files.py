"""Hostile files: sound ones of every kind with bytes and parts changed, and made-up monsters."""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from functools import partial

from corpus.bundle import bundled_cases
from corpus.importers.form_layout import evaluation_form, two_period_form
from corpus.importers.form_writer import form_document, form_workbook
from corpus.importers.office import convert, find_libreoffice

MIB = 1024 * 1024
MARK = "机密标记甲乙丙"
"""Stands in the content of every sound file; no log may show it."""
SHEET, BODY = "xl/worksheets/sheet1.xml", "word/document.xml"
NAMES = (
    "a.{0}", "../../../../tmp/jixiao-escaped.{0}", "..\\..\\evil.{0}", "/etc/cron.d/evil.{0}",
    "C:\\windows\\evil.{0}", "a\x00b.{0}", "a\r\nX-Evil: 1.{0}", "\u202efdp.{0}", "甲" * 400 + ".{0}",  # noqa: E501
    ".{0}", "", "%2e%2e%2fevil.{0}", "a.{0}.exe", "$(touch evil).{0}", "-o.{0}", "a\ud800.{0}",
)  # fmt: skip
"""Names that a careless program would follow; {0} is the ending."""

_ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "0123456789">'
    + "".join(f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" if n else "&a;"}">' for n in range(3))
    + '<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;&a2;</a>'
)
_SHEET_START = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def sound_files(kinds: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Return a sound file of each kind (all that can be made here, or those wanted)."""
    cases = [
        case.model_copy(update={"project_name": case.project_name + MARK})
        for case in (bundled_cases()[3], bundled_cases()[8])
    ]
    forms = [two_period_form(cases[0]), evaluation_form(cases[1])]
    records = [case.model_dump(mode="json") for case in cases]
    workbook, document = form_workbook({"甲": forms[0], "乙": forms[1]}), form_document(forms)
    found = {
        "xlsx": workbook,
        "docx": document,
        "csv": f"项目名称,年度,预算（元）,三级指标,指标值\n{MARK},2024,5,里程,5公里\n乙,,,x,y\n".encode(),  # noqa: E501
        "json": json.dumps(records, ensure_ascii=False).encode(),
        "jsonl": "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode(),
        "txt": f"{MARK}自评报告。项目完成较好。\n一、基本情况\n支出100万元。".encode() * 20,
    }
    wanted = kinds or ("xlsx", "docx", "csv", "json", "jsonl", "txt", "pdf", "doc", "xls")
    made = {"pdf": ("docx", document), "doc": ("docx", document), "xls": ("xlsx", workbook)}
    for kind, (source, data) in made.items():
        if kind in wanted and find_libreoffice():
            found[kind] = convert(data, source, kind)
    return {kind: data for kind, data in found.items() if kind in wanted}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return the data with some bytes flipped, cut, doubled, filled, or with its end cut off."""
    changed = bytearray(data)
    if chance.random() < 0.15:
        del changed[chance.randrange(len(changed)) :]
    for _ in range(chance.randint(1, 12)):
        if not changed:
            break
        at, size = chance.randrange(len(changed)), chance.randint(1, 60)
        match chance.randrange(6):
            case 0:
                changed[at] ^= 1 << chance.randrange(8)
            case 1:
                del changed[at : at + size]
            case 2:
                changed[at:at] = changed[at : at + size] * chance.randint(1, 50)
            case 3:
                changed[at : at + size] = chance.randbytes(size)
            case 4:
                changed[at : at + 4] = chance.choice([b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff"])
            case 5:
                changed[at:at] = chance.choice(_SPLICED)
    return bytes(changed)


_SPLICED = (
    b"\x00", "\u202e".encode(), b"\xed\xa0\x80", b"1e309", b"9" * 400, b"-0", b"NaN",
    b"=HYPERLINK(\"http://x\")", b"=cmd|' /C calc'!A0", b"<!--", b"]]>", b"&x;", b"\\ud800", b"\"",
    "指标1：".encode() * 30, b"[" * 100, b"\xef\xbb\xbf", b"\r", b"\x1b[2J",
)  # fmt: skip


def part_mutated(data: bytes, chance: random.Random) -> bytes:
    """Return an archive that is sound itself, with one of its parts mutated."""
    names = [
        n for n in zipfile.ZipFile(io.BytesIO(data)).namelist() if n.endswith((".xml", "rels"))
    ]
    return repacked(data, {(name := chance.choice(names)): mutated(_part(data, name), chance)})


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """Return the archive with parts replaced or added."""
    source, stream = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name in source.namelist():
            target.writestr(name, changes.get(name) or source.read(name))
        for name in changes.keys() - set(source.namelist()):
            target.writestr(name, changes[name])
    return stream.getvalue()


def _part(data: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def monsters(sound: dict[str, bytes]) -> Iterator[tuple[str, str, bytes]]:
    """Yield kind, what it is, and content of files made to harm."""
    for what, make in _monsters(sound).items():
        kind, _, _ = what.partition(" ")
        yield kind, what, make()


def _monsters(sound: dict[str, bytes]) -> dict[str, Callable[[], bytes]]:
    book, text = partial(repacked, sound["xlsx"]), partial(repacked, sound["docx"])
    blank = b"<a>" + b" " * (30 * MIB) + b"</a>"
    deep = b"<a>" * 50_000 + b"</a>" * 50_000
    found: dict[str, Callable[[], bytes]] = {
        "xlsx bomb by ratio": lambda: book({SHEET: blank}),
        "docx bomb by ratio": lambda: text({BODY: blank}),
        "xlsx bomb that lies": lambda: _lying(book({SHEET: blank})),
        "xlsx bomb of many parts": lambda: book({f"xl/media/{n}.bin": bytes(6 * MIB) for n in range(60)}),  # noqa: E501
        "xlsx many entries": lambda: book({f"xl/media/{n}": b"x" for n in range(6_000)}),
        "xlsx nested zip": lambda: book({"xl/embeddings/a.xlsx": book({SHEET: blank})}),
        "zip nested zip": lambda: _zip({"a.zip": _zip({"b.zip": _zip({"c": blank})})}),
        "xlsx huge dimension": lambda: book({SHEET: _sheet('<c r="XFD1048576" t="str"><v>x</v></c>')}),  # noqa: E501
        "xlsx wrong references": lambda: book({SHEET: _sheet('<c r="ZZZZ99999999999"><v>1</v></c>')}),  # noqa: E501
        "xlsx many cells": lambda: book({SHEET: _sheet(_row(200) * 3_000)}),
        "xlsx many merges": lambda: book({SHEET: _merges(60_000)}),
        "xlsx one vast merge": lambda: book({SHEET: _merges(1, "A1:XFD1048576")}),
        "xlsx formulas": lambda: book({SHEET: _sheet('<c r="A1"><f>WEBSERVICE("http://x")</f></c>' * 99)}),  # noqa: E501
        "xlsx deep": lambda: book({SHEET: deep}),
        "docx deep": lambda: text({BODY: deep}),
        "docx nested tables": lambda: text({BODY: _nested_tables(400)}),
        "docx many cells": lambda: text({BODY: _wide_table(300, 400)}),
        "docx vast span": lambda: text({BODY: _span(2**31)}),
        "docx external target": lambda: text({"word/_rels/document.xml.rels": _EXTERNAL}),
        "csv wide": lambda: ("项目名称" + "," * 3 * MIB).encode(),
        "csv long": lambda: b"a,b,c\n" * 600_000,
        "csv one vast cell": lambda: b'a,b\n"' + "甲".encode() * 2 * MIB + b'"',
        "csv open quote": lambda: "项目名称,三级指标\n".encode() + b'"x,\n' * 200_000,
        "csv formulas": lambda: ("项目名称,三级指标,指标值\n" + "=1+1,@SUM(A1),+cmd|x\n" * 500).encode(),  # noqa: E501
        "csv nul": lambda: b"a,b\x00c\n" * 1000,
        "json deep": lambda: b"[" * MIB,
        "json deep objects": lambda: b'{"history":' * 100_000 + b"1" + b"}" * 100_000,
        "json many lists": lambda: b"[" + b"[]," * (2 * MIB) + b"[]]",
        "json many records": lambda: b"[" + b'{"project_name":"x"},' * 30_000 + b"{}]",
        "json huge number": lambda: b'{"project_name":"x","budget_wan":' + b"9" * MIB + b"}",
        "json huge exponent": lambda: b'{"project_name":"x","budget_wan":1e999999999}',
        "json many rows": lambda: _rows_record(40_000),
        "json many keys": lambda: json.dumps({f"k{n}": n for n in range(200_000)}).encode(),
        "json vast name": lambda: json.dumps({"project_name": "养护" * MIB}).encode(),
        "json utf-16 without mark": lambda: '{"project_name":"x"}'.encode("utf-16-le"),
        "jsonl one vast line": lambda: b'{"project_name":"' + b"x" * (9 * MIB) + b'"}\n',
        "jsonl empty lines": lambda: b"\n" * (8 * MIB) + b"{}",
        "jsonl wrong lines": lambda: b"{\n" * 50_000,
        "txt one vast paragraph": lambda: "完成了任务，效果良好。".encode() * 60_000,
        "txt vast without stop": lambda: "项目".encode() * MIB,
        "txt headings only": lambda: "一、\n（一）\n1.\n".encode() * 60_000,
        "pdf empty": lambda: b"%PDF-1.7\n" + bytes(MIB),
        "pdf loop": lambda: _PDF_LOOP,
        "xls zeros": lambda: _OLE + bytes(MIB) + "Workbook".encode("utf-16-le") + bytes(600),
        "doc zeros": lambda: _OLE + bytes(MIB) + "WordDocument".encode("utf-16-le") + bytes(600),
    }  # fmt: skip
    for encoding in ("utf-8", "utf-16", "utf-32", "utf-7"):
        for kind, parts in _DECLARED.items():
            for part in parts:
                changes = {part: _ENTITIES.encode(encoding)}
                what = f"{kind} entities in {part} ({encoding})"
                found[what] = partial(repacked, sound[kind], changes)
    for name in ("../evil", "/etc/passwd", "C:\\evil", "a/../../b", "xl/" + "a" * 60_000, "\u202e"):
        found[f"xlsx entry {name[:20]}"] = partial(_with_entry, sound["xlsx"], name)
    return found


_DECLARED = {
    "xlsx": (SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "docProps/core.xml"),
    "docx": (BODY, "word/styles.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_PDF_LOOP = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>endobj\n"
    b"trailer<</Root 1 0 R/Size 3/Prev 0>>\nstartxref\n0\n%%EOF"
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_EXTERNAL = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" TargetMode="External" Target="file:///etc/passwd" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
    b"</Relationships>"
)


def _sheet(rows: str) -> bytes:
    body = rows if rows.startswith("<row") else f"<row>{rows}</row>"
    return f"{_SHEET_START}<sheetData>{body}</sheetData></worksheet>".encode()


def _row(cells: int) -> str:
    return "<row>" + '<c t="str"><v>项目名称</v></c>' * cells + "</row>"


def _merges(count: int, reference: str = "") -> bytes:
    merges = "".join(f'<mergeCell ref="{reference or f"A{n}:Z{n}"}"/>' for n in range(1, count + 1))
    return (
        f"{_SHEET_START}<sheetData>{_row(20)}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"
    ).encode()


def _document(body: str) -> bytes:
    return f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'.encode()


def _nested_tables(depth: int) -> bytes:
    start = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>项目名称</w:t></w:r></w:p>"
    return _document(start * depth + "</w:tc></w:tr></w:tbl>" * depth)


def _wide_table(rows: int, columns: int) -> bytes:
    row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>" * columns + "</w:tr>"
    return _document("<w:tbl>" + row * rows + "</w:tbl>")


def _span(width: int) -> bytes:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{width}"/></w:tcPr><w:p/></w:tc>'
    return _document(f"<w:tbl><w:tr>{cell * 3}</w:tr></w:tbl>")


def _rows_record(count: int) -> bytes:
    levels = ("产出指标", "数量指标")
    rows = [
        {"level1": levels[0], "level2": levels[1], "name": f"里程{n}", "target": f"≥{n}公里"}
        for n in range(count)
    ]
    return json.dumps({"project_name": "养护", "indicators": rows}, ensure_ascii=False).encode()


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def _with_entry(data: bytes, name: str) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        archive.writestr(entry, b"<a/>")
    return stream.getvalue()


def _lying(data: bytes) -> bytes:
    """Return an archive whose directory says that the sheet is small."""
    changed = bytearray(data)
    at = changed.rfind(b"PK\x01\x02", 0, changed.rfind(SHEET.encode()))
    changed[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(changed)
