"""The letter is a sound Word document that says what the feedback says, and nothing hidden."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

import pytest
from defusedxml import ElementTree
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from review.feedback.content import compose_feedback
from review.feedback.letter import letter_name, write_letter
from review.feedback.text import Part, lay_out

DAY = datetime.date(2024, 3, 5)
HOSTILE = (
    '养护</w:t><w:r>\x00\x0b\u202e{ HYPERLINK "http://evil.example" }'
    "=cmd|'/c calc'!A1 http://evil.example \ud800&#x41;&amp;\ufffe"
)


@pytest.fixture
def make_feedback(make_reviewer, make_declaration):
    def make(name="2024年农村公路日常养护", rows=None, issuer="某县财政局", **project):
        given = rows or [
            {"at": "数量", "name": "养护里程", "target": "≥159公里"},
            {"at": "质量", "name": "路面完好率", "target": "≥120%"},
            {"at": "质量", "name": "桥梁完好率", "target": "≥130%"},
        ]
        declaration = make_declaration(rows=given, project={"project_name": name, **project})
        return compose_feedback(make_reviewer().review(declaration), issuer=issuer, date=DAY)

    return make


@pytest.fixture
def feedback(make_feedback):
    return make_feedback()


def opened(feedback):
    return Document(io.BytesIO(write_letter(feedback)))


def text_of(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def parts_of(feedback):
    with zipfile.ZipFile(io.BytesIO(write_letter(feedback))) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_every_paragraph_of_the_feedback_is_in_the_letter(feedback):
    document = opened(feedback)
    written = [p.text.replace("\n", "") for p in document.paragraphs]
    expected = [p.lead + p.text for p in lay_out(feedback) if p.part is not Part.FACTS]
    assert written[: len(expected)] == expected


def test_facts_and_changes_are_tables(feedback):
    facts, changes = opened(feedback).tables
    assert [(row.cells[0].text, row.cells[1].text) for row in facts.rows] == list(feedback.facts)
    assert [row.cells[0].text for row in changes.rows] == ["序号", "2", "3"]
    assert changes.rows[1].cells[2].text == "≥120%"
    assert "【必须修改】" in changes.rows[1].cells[3].text
    assert changes.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_without_changes_there_is_no_annex(make_feedback):
    rows = [
        {"at": "数量", "name": "养护里程", "target": "≥159公里"},
        {"at": "质量", "name": "路面养护验收合格率", "target": "≥98%"},
        {"at": "时效", "name": "完工时间", "target": "2024年11月底前"},
        {"at": "社会效益", "name": "受益群众", "target": "≥3000人"},
        {"at": "满意度", "name": "沿线群众满意度", "target": "≥92%"},
    ]
    assert len(opened(make_feedback(rows=rows)).tables) == 1


def test_the_signature_never_stands_alone_on_a_page(feedback):
    paragraphs = opened(feedback).paragraphs
    issuer = next(n for n, p in enumerate(paragraphs) if p.text == "某县财政局")
    together = paragraphs[issuer - 2 : issuer + 1]
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in together)


def test_page_and_type_follow_the_standard(feedback):
    document = opened(feedback)
    (section, _) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert round((section.left_margin + section.right_margin) / Mm(1)) == 210 - 156
    assert round((section.top_margin + section.bottom_margin) / Mm(1)) == 297 - 225
    assert document.styles["Normal"].font.size == Pt(16)

    def face(start):
        paragraph = next(p for p in document.paragraphs if p.text.startswith(start))
        return paragraph.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia"))

    faces = [face(start) for start in ("关于", "你单位", "一、", "（一）", "问题：")]
    assert faces == ["方正小标宋简体", "仿宋", "黑体", "楷体", "黑体"]


def test_a_missing_face_has_a_substitute(feedback):
    table = ElementTree.fromstring(parts_of(feedback)["word/fontTable.xml"])
    names = {font.get(qn("w:name")): font.find(qn("w:altName")) for font in table}
    assert {"方正小标宋简体", "仿宋", "黑体", "楷体"} <= set(names)
    assert all("宋" in alt.get(qn("w:val")) or "黑" in alt.get(qn("w:val"))
               or "Sun" in alt.get(qn("w:val")) for alt in names.values())  # fmt: skip


def test_a_long_title_breaks_where_its_sense_allows(make_feedback):
    title = opened(make_feedback("某某县二〇二四年农村公路日常养护补助资金")).paragraphs[0].text
    assert title.split("\n")[1] == "绩效目标的审核意见"
    assert "\n" not in opened(make_feedback("养护")).paragraphs[0].text


def test_nothing_of_the_template_or_of_the_machine_remains(feedback):
    parts = parts_of(feedback)
    assert "docProps/thumbnail.jpeg" not in parts
    core = parts["docProps/core.xml"].decode()
    assert "python-docx" not in core
    assert "某县财政局" in core
    assert "2024-03-05" in core


def test_the_declaration_can_only_add_text(make_feedback):
    rows = [{"at": "质量", "name": f"路面完好率{HOSTILE}", "target": f"≥120%{HOSTILE}"}]
    feedback = make_feedback(HOSTILE, rows, department=HOSTILE, issuer=HOSTILE)
    parts = parts_of(feedback)
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)
    body = parts["word/document.xml"].decode()
    assert not re.search(r"<w:(?:hyperlink|fldSimple|instrText|object|pict|altChunk)\b", body)
    footers = "".join(parts[n].decode() for n in parts if "footer" in n)
    assert re.findall(r"<w:instrText[^>]*>([^<]*)<", footers) == ["PAGE", "PAGE"]
    assert "External" not in "".join(parts[n].decode() for n in parts if n.endswith(".rels"))
    assert "evil.example" in text_of(opened(feedback))  # shown, as text


def test_a_very_long_declaration_still_makes_a_letter(make_feedback):
    rows = [{"at": "质量", "name": f"第{n}条路面完好率", "target": "≥120%"} for n in range(120)]
    document = opened(make_feedback(rows=rows))
    assert len(document.tables[1].rows) == 121
    assert max(len(paragraph.text) for paragraph in document.paragraphs) < 2000


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("农村公路养护", "农村公路养护审核意见"),
        ("../../etc/passwd", "etc_passwd审核意见"),
        ("a\\b:c*d?e\"f<g>h|i\nj", "a_b_c_d_e_f_g_h_i_j审核意见"),
        (".hidden", "hidden审核意见"),
        ("-rf", "rf审核意见"),
        ("  ", "（未填写项目名称）审核意见"),
        ("...", "未命名项目审核意见"),
        ("CON", "CON审核意见"),
    ],
)  # fmt: skip
def test_file_names_are_safe(make_feedback, name, expected):
    assert letter_name(make_feedback(name)) == expected


def test_file_names_fit_every_system(make_feedback):
    assert len(letter_name(make_feedback("😀项" * 200)).encode()) <= 200
