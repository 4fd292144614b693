"""Files made to harm: refused clearly, in bounded time and memory."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from corpus.errors import InputError, UnsafeFileError, UnsupportedFileError
from corpus.importers import Limits, read_declarations
from corpus.importers.form_layout import declaration_form

pytestmark = pytest.mark.timeout(120)  # a file that hangs us must not hang the tests
MIB = 1024 * 1024
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def workbook(cases, write_forms) -> bytes:
    return write_forms("xlsx", [declaration_form(cases[5])])[1]


@pytest.fixture(scope="module")
def document(cases, write_forms) -> bytes:
    return write_forms("docx", [declaration_form(cases[5])])[1]


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """Return the archive with parts replaced or added."""
    source = zipfile.ZipFile(io.BytesIO(data))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in changes:
                target.writestr(name, source.read(name))
        for name, part in changes.items():
            target.writestr(name, part)
    return stream.getvalue()


def refusal(name: str, data: bytes, **limits) -> InputError:
    with pytest.raises(InputError) as caught:
        read_declarations((name, data), Limits(**limits))
    assert name in str(caught.value)
    assert caught.value.message
    return caught.value


SHEET = "xl/worksheets/sheet1.xml"
BODY = "word/document.xml"


def test_bomb_by_ratio(workbook):
    error = refusal("a.xlsx", repacked(workbook, {SHEET: b"<a>" + b" " * (30 * MIB) + b"</a>"}))
    assert isinstance(error, UnsafeFileError)


def test_bomb_by_total_size(workbook):
    parts = {f"xl/media/{index}.bin": b"\x00" * (6 * MIB) for index in range(4)}
    error = refusal("a.xlsx", repacked(workbook, parts), max_zip_bytes=20 * MIB)
    assert isinstance(error, UnsafeFileError)


def test_bomb_by_number_of_entries(workbook):
    parts = {f"xl/media/{index}": b"" for index in range(300)}
    error = refusal("a.xlsx", repacked(workbook, parts), max_zip_entries=200)
    assert "300" not in error.message
    assert isinstance(error, UnsafeFileError)


def test_bomb_that_lies_about_its_size(workbook):
    """The directory says 1,000 bytes, the part unpacks to 30 MiB."""
    data = bytearray(repacked(workbook, {SHEET: b"<a>" + b" " * (30 * MIB) + b"</a>"}))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(SHEET.encode()))
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    refusal("a.xlsx", bytes(data))


ENTITIES = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("xlsx", SHEET),
        ("xlsx", "xl/workbook.xml"),
        ("xlsx", "xl/sharedStrings.xml"),
        ("xlsx", "docProps/core.xml"),
        ("docx", BODY),
        ("docx", "word/styles.xml"),
        ("docx", "[Content_Types].xml"),
    ],
)
def test_document_type_declarations(kind, part, encoding, workbook, document):
    text = (ENTITIES + b"<a>&x;&b;</a>").decode()
    original = workbook if kind == "xlsx" else document
    error = refusal(f"a.{kind}", repacked(original, {part: text.encode(encoding)}))
    assert "外部实体" in error.message


@pytest.mark.parametrize(
    ("kind", "part", "pointers"),
    [
        ("docx", BODY, ["_rels/.rels", "[Content_Types].xml"]),
        ("xlsx", SHEET, ["xl/_rels/workbook.xml.rels", "[Content_Types].xml"]),
    ],
)
def test_vast_part_under_a_name_that_is_none_of_xml(kind, part, pointers, workbook, document):
    """Libraries follow the relations that a file declares, whatever a part is called."""
    original = workbook if kind == "xlsx" else document
    archive = zipfile.ZipFile(io.BytesIO(original))
    stem = part.removesuffix(".xml")
    content = archive.read(part)
    end = content.rindex(b"</")
    vast = b"\xef\xbb\xbf" + content[:end] + b"<a/>" * 40_000 + content[end:]
    changes = {part: b"<decoy/>", f"{stem}.png": vast}
    for name in pointers:
        short = Path(stem).name.encode()
        changes[name] = archive.read(name).replace(short + b".xml", short + b".png")
    data = repacked(original, changes)
    assert read_declarations((f"a.{kind}", data)).records  # it is what the library reads
    error = refusal(f"a.{kind}", data, max_part_elements=40_000)
    assert isinstance(error, UnsafeFileError)


def test_large_pictures_are_no_xml(document):
    picture = b"\x89PNG\r\n" + b"<a/>" * 30_000
    data = repacked(document, {"word/media/image1.png": picture})
    assert read_declarations(("a.docx", data), Limits(max_part_elements=20_000))


def test_declaration_across_two_chunks(workbook):
    part = b"<?xml version='1.0'?>" + b" " * (MIB - 25) + ENTITIES[22:] + b"<a/>"
    error = refusal("a.xlsx", repacked(workbook, {"xl/x.xml": part}))
    assert "外部实体" in error.message


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "C:\\evil.xml", "a/../../b"])
def test_names_that_leave_the_archive(workbook, name):
    stream = io.BytesIO(workbook)
    with zipfile.ZipFile(stream, "a") as archive:
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        archive.writestr(entry, b"<a/>")
    assert "包外的路径" in refusal("a.xlsx", stream.getvalue()).message


def test_sheet_with_too_many_cells(workbook):
    row = b'<row r="%d">' + b"".join(
        b'<c r="%s%%d" t="str"><v>x</v></c>' % bytes([65 + c]) for c in range(20)
    ) + b"</row>"  # fmt: skip
    rows = b"".join(row % ((r,) * 21) for r in range(1, 6001))
    namespace = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (namespace, rows)
    error = refusal("a.xlsx", repacked(workbook, {SHEET: sheet}), max_cells=50_000)
    assert "单元格超过" in error.message


def test_document_with_too_many_elements(document):
    body = b"<w:document xmlns:w='x'>" + b"<w:p/>" * 300_000 + b"</w:document>"
    error = refusal("a.docx", repacked(document, {BODY: body}), max_part_elements=100_000)
    assert isinstance(error, UnsafeFileError)


def test_deeply_nested_xml(workbook, document):
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    refusal("a.docx", repacked(document, {BODY: deep}))
    refusal("a.xlsx", repacked(workbook, {SHEET: deep}))


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.csv", "a.json", "a"])
def test_workbook_under_another_name_is_read_as_what_it_is(workbook, name):
    assert len(read_declarations((name, workbook)).records) == 1


def test_document_under_another_name(document):
    assert len(read_declarations(("a.xlsx", document)).records) == 1


def zip_of(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.xlsx", zip_of("a.txt", "b.txt"), "压缩包"),
        ("a.zip", zip_of("a.xlsx"), "压缩包"),
        ("a.xlsb", zip_of("xl/workbook.bin"), "二进制工作簿"),
        ("a.pptx", zip_of("ppt/presentation.xml"), "演示文稿"),
        ("a.ods", zip_of("mimetype", "content.xml"), "OpenDocument"),
        ("a.ofd", zip_of("OFD.xml"), "OFD"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("a.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "网页"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "图片"),
        ("a.docx", b"\xff\xd8\xff\xe0" + b"\x00" * 50, "图片"),
        ("a.rar", b"Rar!\x1a\x07\x00" + b"\x00" * 50, "压缩包"),
        ("a.exe", b"MZ" + b"\x00" * 50, "程序"),
        ("a.rtf", b"{\\rtf1 x}", "RTF"),
        ("a.ppt", OLE + b"x" * 100, "无法识别"),
        ("a.bin", bytes(range(1, 200)), "不支持"),
    ],
)
def test_other_kinds_are_named(name, data, message):
    error = refusal(name, data)
    assert isinstance(error, UnsupportedFileError)
    assert message in error.message
    assert error.hint


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx"])
def test_office_file_with_a_password(name):
    data = OLE + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 100
    error = refusal(name, data)
    assert error.code == "encrypted_file"
    assert "密码" in error.message


def test_zip_with_a_password(workbook):
    data = bytearray(workbook)
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal("a.xlsx", bytes(data)).code == "encrypted_file"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.99])
def test_truncated_files(workbook, document, share):
    for name, data in (("a.xlsx", workbook), ("a.docx", document)):
        assert refusal(name, data[: int(len(data) * share)]).code == "damaged_file"


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a.pdf", "a.xls", "a.doc"])
def test_text_under_an_office_name_is_called_damaged(name):
    assert refusal(name, b"hello").code == "damaged_file"


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.xlsx", "a.pdf"])
@pytest.mark.parametrize("data", [b"", b" \n\t"])
def test_empty_files(name, data):
    assert refusal(name, data).code == "empty_file"


def test_file_beyond_the_size_limit_is_not_read_whole(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as stream:
        stream.truncate(200 * MIB)
    with pytest.raises(UnsafeFileError):
        read_declarations(path)


def test_missing_file_and_folder(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InputError) as caught:
            read_declarations(path)
        assert caught.value.code == "cannot_open"


def test_uploaded_names_lose_their_folders(workbook):
    result = read_declarations(("..\\..\\secret/../a.xlsx", workbook))
    assert result.records
    error = refusal("a.xlsx", b"x")
    with pytest.raises(InputError) as caught:
        read_declarations(("/etc/../a.xlsx", b"x"))
    assert str(caught.value) == str(error)


MEASURE = """
import resource, sys
sys.path.insert(0, {root!r})
from corpus.errors import InputError
from corpus.importers import read_declarations
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_declarations(sys.argv[1])
except InputError:
    pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in KiB on Linux only")
def test_memory_stays_bounded_for_the_largest_sheet_accepted(workbook, tmp_path):
    """A sheet just under the part limit, packed well: refused or read within 500 MiB."""
    cell = b'<c r="A1" t="str"><v>x</v></c>'
    namespace = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    row = b"<row>" + cell * 200 + b"</row>"
    rows = row * (20 * MIB // len(row))
    sheet = b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (namespace, rows)
    path = tmp_path / "a.xlsx"
    path.write_bytes(repacked(workbook, {SHEET: sheet}))
    done = subprocess.run(
        [sys.executable, "-c", MEASURE.format(root=str(ROOT)), str(path)],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert int(done.stdout) < 500
