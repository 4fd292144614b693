"""A form is completed without touching what its unit wrote, and reads back as it should."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from docx import Document
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from corpus.importers import read_declarations
from corpus.importers.document_filler import fill_document
from corpus.importers.form_layout import declaration_form, evaluation_form, two_period_form
from corpus.importers.form_plan import NewRow
from corpus.importers.form_writer import form_document, form_workbook
from corpus.importers.suggested_form import suggested_form
from corpus.importers.workbook_filler import fill_workbook, loses_shapes
from corpus.records import Declaration, Indicator, SelfEvaluation

FILLERS = {"xlsx": fill_workbook, "docx": fill_document}
BLUE = "0000FF"


def indicator(level1, level2, name, target, weight=None):
    return Indicator(level1=level1, level2=level2, name=name, target=target, weight=weight)


OWN = Declaration(
    project_name="村内道路硬化",
    department="某县交通局",
    year=2024,
    budget_wan=120.0,
    goal="硬化村内道路12公里",
    indicators=(
        indicator("产出指标", "数量指标", "道路硬化里程", "≥12公里", 20),
        indicator("产出指标", "质量指标", "工程验收合格率", "100%", None),
        indicator("产出指标", "质量指标", "原材料检测合格率", "100%", 10),
        indicator("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", 10),
    ),
)
NEW = [
    NewRow("产出指标", "数量指标", "新建供水设施数量", "≥20座", 10, "依据甲"),
    NewRow("产出指标", "时效指标", "按期完工率", "=100%", 5, "依据乙"),
    NewRow("效益指标", "社会效益指标", "+受益人口", "-3%", 15, "依据丙"),
    NewRow("效益指标", "社会效益指标", "@出行时间缩短率", "", 15, "依据丁"),
    NewRow("满意度指标", "服务对象满意度指标", "企业满意度", "≥90%", 5, "依据戊"),
]
ORDER = [
    "道路硬化里程", "新建供水设施数量", "工程验收合格率", "原材料检测合格率", "按期完工率",
    "+受益人口", "@出行时间缩短率", "群众满意度", "企业满意度",
]  # fmt: skip
WEIGHTS = [None, 7, None, None]
ROW = ("level1", "level2", "name", "target")


def rows_of(record, fields=ROW):
    return [tuple(getattr(row, field) for field in fields) for row in record.indicators]


def read(kind, data):
    result = read_declarations((f"表.{kind}", data))
    assert not [p for p in result.problems if p.code != "uncalculated_formula"]
    (record,) = result.records
    return record


def assert_completed(record, own=OWN):
    assert rows_of(record)[0][0] == "产出指标"
    assert [row.name for row in record.indicators] == ORDER
    given = {row.name: (row.level1, row.level2, row.target) for row in own.indicators}
    given |= {row.name: (row.level1, row.level2, row.target) for row in NEW}
    assert {row.name: (row.level1, row.level2, row.target) for row in record.indicators} == given
    for name in ("project_name", "department", "year", "budget_wan", "goal"):
        assert getattr(record, name) == getattr(own, name)


@pytest.mark.parametrize("kind", FILLERS)
def test_own_form_gets_rows_in_its_blocks_and_new_blocks(kind, write_forms):
    name, data = write_forms(kind, [declaration_form(OWN)])
    record = read(kind, FILLERS[kind](name, data, NEW, WEIGHTS))
    assert_completed(record)
    weights = [row.weight for row in record.indicators]
    assert weights == [20, 10, 7, 10, 5, 15, 15, 10, 5]


@pytest.mark.parametrize("kind", FILLERS)
def test_two_period_form_is_completed_on_the_annual_side(kind, write_forms):
    name, data = write_forms(kind, [two_period_form(OWN, "三年目标")])
    assert_completed(read(kind, FILLERS[kind](name, data, NEW, WEIGHTS)))


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_standard_layout_reads_back(kind):
    cells = suggested_form(OWN, NEW, WEIGHTS)
    data = form_workbook({"申报表": cells}) if kind == "xlsx" else form_document([cells])
    record = read(kind, data)
    assert_completed(record)
    assert sum(row.weight for row in record.indicators) == 97


def test_documents_are_laid_out_for_print():
    form = evaluation_form(SelfEvaluation(**OWN.model_dump()))
    document = Document(io.BytesIO(form_document([form])))
    section, (title, year, *_) = document.sections[0], document.paragraphs
    assert section.page_width > section.page_height  # nine columns
    assert title.runs[0].bold
    assert title.runs[0].font.size > (year.runs[0].font.size or document.styles["Normal"].font.size)
    table = document.tables[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert sum(column.width for column in table.columns) == pytest.approx(room, rel=0.001)
    label, value = table.rows[0].cells[0], table.rows[0].cells[1]
    assert label.text == "项目名称"
    assert label.paragraphs[0].runs[0].bold
    assert not value.paragraphs[0].runs[0].bold


def template(*rows):
    """A workbook with a heading and rows of text, None for a blank cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["项目名称", "某项目"])
    sheet.append(["一级指标", "二级指标", "三级指标", "指标值", "分值"])
    for row in rows:
        sheet.append(list(row))
    return book, sheet


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_free_rows_of_a_template_are_used_first():
    book, sheet = template(
        ("产出指标（50分）", "数量指标", "指标1：", None, None),
        (None, None, "指标2：", None, None),
        (None, "时效指标", "……", None, None),
        ("满意度指标（10分）", "服务对象满意度", None, None, None),
        ("合计", None, None, None, 90),
    )
    for place in ("A3:A5", "B3:B4"):
        sheet.merge_cells(place)
    new = [*NEW[:2], NEW[4]]
    filled = fill_workbook("表.xlsx", saved(book), new, [])
    sheet = openpyxl.load_workbook(io.BytesIO(filled)).active
    assert [sheet.cell(row, 3).value for row in range(3, 7)] == [
        "指标1：新建供水设施数量", "指标2：", "按期完工率", "企业满意度",
    ]  # fmt: skip
    assert sheet["A7"].value == "合计"
    assert [row.name for row in read("xlsx", filled).indicators] == [row.name for row in new]
    assert read("xlsx", saved(book)).blank_rows[0].level1 == "产出指标（50分）"


def test_formulas_styles_and_rules_follow_the_inserted_rows():
    book, sheet = template(
        ("产出指标", "数量指标", "道路硬化里程", "≥12公里", 20),
        ("产出指标", "质量指标", "工程验收合格率", "100%", 30),
        ("合计", None, None, None, "=SUM(E3:E4)"),
    )
    sheet["F1"] = "=E4+$E$5"
    sheet["D3"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["D4"].comment = Comment("单位的批注", "单位")
    sheet.row_dimensions[4].height = 33
    choices = DataValidation(type="whole", formula1="0", formula2="100")
    choices.add("E3:E4")
    sheet.add_data_validation(choices)
    sheet.print_area = "A1:E5"
    other = book.create_sheet("汇总")
    other["A1"] = "='Sheet'!E5*2"
    new = [NEW[0], NEW[0].__class__("产出指标", "数量指标", "另一数量", "≥2个", 5, "依据")]
    filled = fill_workbook("表.xlsx", saved(book), new, [])
    book = openpyxl.load_workbook(io.BytesIO(filled))
    sheet = book["Sheet"]
    assert [sheet.cell(row, 3).value for row in (3, 4, 5, 6)] == [
        "道路硬化里程", "新建供水设施数量", "另一数量", "工程验收合格率",
    ]  # fmt: skip
    assert (sheet["A4"].value, sheet["B5"].value) == ("产出指标", "数量指标")
    assert sheet["E7"].value == "=SUM(E3:E6)"
    assert sheet["F1"].value == "=E6+$E$7"
    assert book["汇总"]["A1"].value == "='Sheet'!E7*2"
    assert sheet["D6"].comment.text == "单位的批注"
    assert sheet["D4"].fill.fgColor.rgb == "00FFFF00"
    assert sheet.row_dimensions[6].height == 33
    assert str(sheet.data_validations.dataValidation[0].sqref) == "E3:E6"
    assert sheet.print_area == "'Sheet'!$A$1:$E$7"


def test_results_of_formulas_above_the_table_are_kept():
    book, sheet = template(("产出指标", "数量指标", "道路硬化里程", "≥12公里", 20))
    sheet.insert_rows(2)
    sheet["A2"], sheet["B2"] = "年度资金总额（万元）", "=C2*2"
    sheet["C2"] = 60
    from corpus.importers.workbook_results import with_results

    data = with_results(saved(book), 0, {"B2": 120})
    assert read("xlsx", data).budget_wan == 120
    assert read("xlsx", fill_workbook("表.xlsx", data, NEW[:1], [])).budget_wan == 120


def test_texts_never_become_formulas_and_suggestions_are_marked():
    name, data = "表.xlsx", form_workbook({"表": declaration_form(OWN)})
    for made in (
        fill_workbook(name, data, NEW, WEIGHTS),
        form_workbook({"表": suggested_form(OWN, NEW, WEIGHTS)}),
    ):
        sheet = openpyxl.load_workbook(io.BytesIO(made)).active
        cells = {str(c.value): c for row in sheet.iter_rows() for c in row if c.value is not None}
        for new in NEW:
            cell = cells[new.name]
            assert cell.data_type == "s"
            assert cell.font.color.rgb == f"FF{BLUE}"
            assert new.note in cell.comment.text
        assert cells["=100%"].data_type == "s"
        assert cells["=100%"].quotePrefix
        assert cells["+受益人口"].quotePrefix
        assert cells["道路硬化里程"].font.color is None
        assert cells["道路硬化里程"].comment is None
        assert any(text.startswith("说明：蓝色内容为系统建议（新增5条") for text in cells)


def test_suggestions_in_word_are_marked_and_commented():
    data = form_document([declaration_form(OWN)])
    for made in (
        fill_document("表.docx", data, NEW, WEIGHTS),
        form_document([suggested_form(OWN, NEW, WEIGHTS)]),
    ):
        document = Document(io.BytesIO(made))
        assert {comment.text for comment in document.comments} == {row.note for row in NEW}
        colours = {}
        for row in document.tables[0].rows:
            for cell in row.cells:
                for run in cell.paragraphs[0].runs:
                    colours[run.text] = run.font.color.rgb
        assert all(str(colours[row.name]) == BLUE for row in NEW)
        assert colours["道路硬化里程"] is None
        assert colours["群众满意度"] is None


def test_sign_and_unit_go_into_their_own_columns():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["项目名称", "某项目"])
    sheet.append(["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"])
    sheet.append(["产出指标", "数量指标", "道路硬化里程", "≥", 12, "公里"])
    filled = fill_workbook("表.xlsx", saved(book), NEW[:1], [])
    sheet = openpyxl.load_workbook(io.BytesIO(filled)).active
    assert [sheet.cell(4, column).value for column in (4, 5, 6)] == ["≥", "20", "座"]
    assert read("xlsx", filled).indicators[1].target == "≥20座"


@pytest.mark.parametrize("kind", FILLERS)
def test_several_forms_or_none_are_left_to_the_standard_layout(kind, write_forms):
    several = write_forms(kind, [declaration_form(OWN), declaration_form(OWN)])
    assert FILLERS[kind](*several, NEW, []) is None


def test_shapes_that_cannot_be_kept_are_noticed():
    plain = form_workbook({"表": declaration_form(OWN)})
    assert not loses_shapes(plain)
    stream = io.BytesIO(plain)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/drawings/drawing9.xml", "<xdr:wsDr><xdr:sp/></xdr:wsDr>")
    assert loses_shapes(stream.getvalue())


def test_characters_that_no_file_can_hold_are_left_out(write_forms):
    bad = NewRow("产出指标", "数量指标", "坏\x00字\ud800符", "≥1\x1f个", 5, "依据\x0b甲")
    for kind, fill in FILLERS.items():
        name, data = write_forms(kind, [declaration_form(OWN)])
        assert ("坏字符", "≥1个") in rows_of(read(kind, fill(name, data, [bad], [])), ROW[2:])
    goal = OWN.model_copy(update={"goal": "目\x00标"})
    cells = suggested_form(goal, [bad])
    for kind, data in (("xlsx", form_workbook({"表": cells})), ("docx", form_document([cells]))):
        assert read(kind, data).goal == "目标"
