"""What the cells of a suggested row say, and how suggestions are marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.target import parse_target

if TYPE_CHECKING:
    from corpus.importers.form_places import FormPlaces
    from corpus.importers.form_plan import NewRow

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Characters with which a text would become a formula; Chinese Excel reads full-width ones too."""
MARK = "建议"
"""Author of the comments on suggestions."""
_NUMBERING = re.compile(r"^\s*(?:指标\s*\d{1,2}|\d{1,2})\s*[:：.、．]\s*$")
_PARTS = re.compile(r"^\s*([≥≤><=]?)\s*(\d[\d,.]*)\s*(\S*)\s*$")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold."""
_SIGNED = frozenset({"sign", "unit"})


def writable(text: str) -> str:
    """Return a text without the characters that no Excel or Word file can hold."""
    return _UNWRITABLE.sub("", text)


def legend(count: int) -> str:
    """Return the line that explains the marks; “说明” ends the table for whoever reads it back."""
    return (
        f"说明：蓝色内容为系统建议（新增{count}条指标），每条的依据见指标名称上的批注，"
        "请结合实际核对后采用；其余为单位原填内容，未作改动。"
    )


def cell_texts(new: NewRow, places: FormPlaces, row: int) -> dict[str, str]:
    """Return field → text of a suggestion on 0-based row `row` of a form.

    A numbering that waits in a free row (指标1：) stays; a form with columns of its own for sign
    and unit gets the parts of the target there.
    """
    texts = {"name": new.name, "target": new.target}
    column = places.columns["name"]
    waiting = places.grid.at(row, column.start)
    if waiting is not None and waiting.row == row and _NUMBERING.match(waiting.text):
        texts["name"] = waiting.text.strip() + new.name
    apart = _SIGNED & places.columns.keys()
    parts = _PARTS.match(new.target) if apart else None
    if parts and parse_target(new.target, new.name).kind == "number":
        sign, value, unit = parts.groups()
        texts["target"] = (
            ("" if "sign" in apart else sign) + value + ("" if "unit" in apart else unit)
        )
        texts |= {field: text for field, text in (("sign", sign or "="), ("unit", unit))
                  if field in apart and text}  # fmt: skip
    return {field: writable(text) for field, text in texts.items() if text}
