"""Office 97-2003 files, and what is said where LibreOffice is missing."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest

from corpus.errors import InputError, UnsupportedFileError
from corpus.importers import office, read_declarations
from corpus.importers.form_layout import declaration_form

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
needs_office = pytest.mark.skipif(
    office.find_libreoffice() is None, reason="LibreOffice is not installed"
)


def test_xls_number_formats_and_dates():
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("申报表")
    percent, date = xlwt.XFStyle(), xlwt.XFStyle()
    percent.num_format_str, date.num_format_str = "0%", "yyyy/m/d"
    for column, text in enumerate(("一级指标", "二级指标", "三级指标", "指标值")):
        sheet.write(1, column, text)
    sheet.write(0, 0, "项目名称")
    sheet.write(0, 1, "甲")
    sheet.write(2, 2, "合格率")
    sheet.write(2, 3, 0.95, percent)
    sheet.write(3, 2, "完成时间")
    sheet.write(3, 3, 45291, date)
    stream = io.BytesIO()
    book.save(stream)
    (record,) = read_declarations(("a.xls", stream.getvalue())).records
    assert [i.target for i in record.indicators] == ["95%", "2023年12月31日"]
    assert record.indicators[0].location == "申报表!C3"


def test_doc_without_libreoffice_says_what_to_do(monkeypatch):
    monkeypatch.setattr(office, "find_libreoffice", lambda: None)
    data = OLE + b"\x00" * 512 + "WordDocument".encode("utf-16-le") + b"\x00" * 600
    with pytest.raises(UnsupportedFileError) as caught:
        read_declarations(("旧表.doc", data))
    assert "LibreOffice" in str(caught.value)
    assert ".docx" in caught.value.hint
    assert "旧表.doc" in str(caught.value)


def test_broken_xls_without_libreoffice(monkeypatch):
    monkeypatch.setattr(office, "find_libreoffice", lambda: None)
    data = OLE + b"\x00" * 512 + "Workbook".encode("utf-16-le") + b"\x00" * 600
    with pytest.raises(UnsupportedFileError, match="无法直接读取"):
        read_declarations(("a.xls", data))


@needs_office
def test_doc_is_converted(tmp_path: Path, cases, write_forms):
    some = cases[10:12]
    _, data = write_forms("docx", [declaration_form(case) for case in some])
    (tmp_path / "a.docx").write_bytes(data)
    subprocess.run(
        [
            office.find_libreoffice(), "--headless", f"-env:UserInstallation={tmp_path.as_uri()}/p",
            "--convert-to", "doc", "--outdir", str(tmp_path), str(tmp_path / "a.docx"),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    result = read_declarations(tmp_path / "a.doc")
    assert [r.project_name for r in result.records] == [c.project_name for c in some]
    assert [len(r.indicators) for r in result.records] == [len(c.indicators) for c in some]


@needs_office
def test_conversion_that_fails_is_explained():
    with pytest.raises(InputError) as caught:
        office.convert(b"\x00" * 100, "doc", "docx")
    assert ".docx" in caught.value.hint
