"""The faces of an official letter, and what stands in where a machine lacks them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


@dataclass(frozen=True)
class Face:
    """A typeface for Chinese, with the one for Latin letters and digits."""

    name: str
    substitutes: tuple[str, ...]
    """Used in this order where the face is not installed."""
    latin: str = "Times New Roman"
    serif: bool = True


TITLE = Face(
    "方正小标宋简体", ("方正小标宋_GBK", "小标宋", "华文中宋", "宋体", "Noto Serif CJK SC")
)
BODY = Face("仿宋", ("仿宋_GB2312", "FangSong", "华文仿宋", "宋体", "Noto Serif CJK SC"))
HEADING = Face("黑体", ("SimHei", "华文黑体", "Noto Sans CJK SC"), serif=False)
KAITI = Face("楷体", ("楷体_GB2312", "KaiTi", "华文楷体", "宋体", "Noto Serif CJK SC"))
PAGE_NUMBER = Face("宋体", ("SimSun", "Noto Serif CJK SC"), latin="宋体")

FACES = (TITLE, BODY, HEADING, KAITI, PAGE_NUMBER)
_GB2312 = "86"
_PATH = "/word/fontTable.xml"


def declare_faces(document: Document) -> None:
    """Write the font table: a reader that lacks a face takes its substitute, not any font."""
    table = OxmlElement("w:fonts")
    for face in FACES:
        font = OxmlElement("w:font")
        font.set(qn("w:name"), face.name)
        _add(font, "w:altName", ";".join(face.substitutes))
        _add(font, "w:charset", _GB2312)
        _add(font, "w:family", "roman" if face.serif else "swiss")
        _add(font, "w:pitch", "variable")
        table.append(font)
    blob = serialize_part_xml(table)
    main = document.part
    for key, relation in list(main.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            main.rels.pop(key)
    part = Part(PackURI(_PATH), CONTENT_TYPE.WML_FONT_TABLE, blob, main.package)
    main.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _add(parent: Any, tag: str, value: str) -> None:
    """Add an element with one value."""
    child = OxmlElement(tag)
    child.set(qn("w:val"), value)
    parent.append(child)
