"""What python-docx has no call for: Chinese faces, indents by character, page numbers."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from review.feedback.letter_fonts import Face

_CHARACTER = 320
"""Width of a 16-point character in twentieths of a point."""


def set_face(properties: Any, face: Face) -> None:
    """Set the face of run properties, for Chinese and for Latin; no theme overrides it."""
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    fonts.set(qn("w:hint"), "eastAsia")  # quotation marks and dashes as wide as the characters
    fonts.set(qn("w:eastAsia"), face.name)
    for kind in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{kind}"), face.latin)


def set_language(styles: Any) -> None:
    """Say that the text is Chinese, so that lines break and spelling is checked accordingly."""
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")


def indent_characters(paragraph: Paragraph, first: int = 0, left: int = 0, right: int = 0) -> None:
    """Indent by whole characters, as Chinese typesetting does."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for name, count in (("firstLine", first), ("left", left), ("right", right)):
        if count:
            indent.set(qn(f"w:{name}Chars"), str(count * 100))
            indent.set(qn(f"w:{name}"), str(count * _CHARACTER))


def repeat_as_header(row: _Row) -> None:
    """Repeat a row at the top of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_row_whole(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def add_page_number(run: Run) -> None:
    """Add the field that shows the page's number."""
    for kind in ("begin", None, "separate", "end"):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = "PAGE"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def drop_thumbnail(document: Document) -> None:
    """Remove the picture of another document that the library's template carries."""
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package.rels.pop(key)
