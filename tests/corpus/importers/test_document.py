"""Word documents: merged and nested cells, content controls, tracked changes."""

from __future__ import annotations

import io
import zipfile

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.importers import read_declarations
from corpus.importers.document import read_document
from corpus.importers.form_layout import declaration_form

W = nsdecls("w")


def table_xml(*rows: str) -> str:
    return f"<w:tbl {W}>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def document_of(*blocks: str) -> bytes:
    document = Document()
    body = document.element.body
    for block in blocks:
        body.insert(len(body) - 1, parse_xml(block))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


HEAD = "".join(map(cell, ("一级指标", "二级指标", "三级指标", "指标值")))
NAME = cell("项目名称") + cell("甲", '<w:gridSpan w:val="3"/>')


def rows_of(data: bytes):
    result = read_declarations(("a.docx", data))
    (record,) = result.records
    return [(i.level1, i.level2, i.name, i.target) for i in record.indicators]


def test_vertical_merges_and_spans():
    data = document_of(
        table_xml(
            NAME,
            HEAD,
            cell("产出指标", '<w:vMerge w:val="restart"/>')
            + "".join(map(cell, ("数量指标", "里程", "5公里"))),
            cell("", "<w:vMerge/>") + "".join(map(cell, ("质量指标", "合格率", "95%"))),
        )
    )
    assert rows_of(data) == [
        ("产出指标", "数量指标", "里程", "5公里"),
        ("产出指标", "质量指标", "合格率", "95%"),
    ]


def test_content_controls_around_cells_and_tables():
    wrapped = f"<w:sdt><w:sdtContent>{cell('5公里')}</w:sdtContent></w:sdt>"
    table = table_xml(NAME, HEAD, "".join(map(cell, ("产出指标", "数量指标", "里程"))) + wrapped)
    data = document_of(f"<w:sdt {W}><w:sdtContent>{table}</w:sdtContent></w:sdt>")
    assert rows_of(data) == [("产出指标", "数量指标", "里程", "5公里")]


def test_tracked_changes_read_as_accepted():
    target = (
        "<w:tc><w:p><w:del><w:r><w:delText>3</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>5</w:t></w:r></w:ins><w:r><w:t>公里</w:t></w:r></w:p></w:tc>"
    )
    data = document_of(
        table_xml(NAME, HEAD, "".join(map(cell, ("产出指标", "数量指标", "里程"))) + target)
    )
    assert rows_of(data) == [("产出指标", "数量指标", "里程", "5公里")]


def test_form_nested_in_a_layout_table():
    inner = table_xml(NAME, HEAD, "".join(map(cell, ("产出指标", "数量指标", "里程", "5公里"))))
    data = document_of(f"<w:tbl {W}><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>")
    assert rows_of(data) == [("产出指标", "数量指标", "里程", "5公里")]


def test_tick_symbols():
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    new, old = ("<w:r><w:t>□新增项目 </w:t></w:r>", "<w:r><w:t>延续项目</w:t></w:r>")
    tick = f"<w:tc><w:p>{new}{symbol}{old}</w:p></w:tc>"
    data = document_of(table_xml(cell("项目名称") + cell("甲"), cell("项目属性") + tick))
    (record,) = read_declarations(("a.docx", data)).records
    assert record.project_type == "延续项目"


def test_labels_in_paragraphs_above_the_table():
    document = Document()
    document.add_paragraph("2024年度项目支出绩效目标申报表")
    document.add_paragraph("项目名称：村道硬化")
    document.add_paragraph("主管部门：交通局")
    table = document.add_table(2, 4)
    for index, text in enumerate(("一级指标", "二级指标", "三级指标", "指标值")):
        table.rows[0].cells[index].text = text
    for index, text in enumerate(("产出指标", "数量指标", "里程", "5公里")):
        table.rows[1].cells[index].text = text
    stream = io.BytesIO()
    document.save(stream)
    (record,) = read_declarations(("a.docx", stream.getvalue())).records
    assert (record.project_name, record.department, record.year) == ("村道硬化", "交通局", 2024)
    assert record.indicators[0].location == "表1!C2"


def test_absurd_spans_are_clipped():
    wide = cell("甲", '<w:gridSpan w:val="999999999"/>')
    (grid,) = read_document("a.docx", document_of(table_xml(cell("项目名称") + wide)))
    assert max(c.end for c in grid.cells(0)) <= 256


def test_document_with_macros(write_forms, cases):
    """A .docm differs in its content type; macros are never looked at."""
    _, data = write_forms("docx", [declaration_form(cases[5])])
    source = zipfile.ZipFile(io.BytesIO(data))
    stream = io.BytesIO()
    plain = b"wordprocessingml.document.main+xml"
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    with zipfile.ZipFile(stream, "w") as target:
        for entry in source.namelist():
            part = source.read(entry)
            if entry == "[Content_Types].xml":
                kind = b"application/vnd.openxmlformats-officedocument." + plain
                assert kind in part
                part = part.replace(kind, macros)
            target.writestr(entry, part)
    (record,) = read_declarations(("a.docm", stream.getvalue())).records
    assert record.project_name == cases[5].project_name
