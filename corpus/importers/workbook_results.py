"""Keeps the results of formulas that openpyxl drops, where added rows cannot change them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW = re.compile(r"\$?[A-Z]{1,3}\$?(\d{1,7})")


def results_above(book: Any, values: Any, heading: int) -> dict[str, float | str]:
    """Return cell → stored result of a sheet's formulas above 1-based row `heading`.

    Only of those that refer to nothing on another sheet or from the heading down. `book` and
    `values` are the sheet as loaded with formulas and with results.
    """
    found: dict[str, float | str] = {}
    for row in book.iter_rows(max_row=heading - 1):
        for cell in row:
            if cell.data_type != "f" or not isinstance(cell.value, str) or "!" in cell.value:
                continue
            result = values[cell.coordinate].value
            above = all(int(number) < heading for number in _ROW.findall(cell.value))
            if above and isinstance(result, int | float | str) and not isinstance(result, bool):
                found[cell.coordinate] = result
    return found


def with_results(data: bytes, index: int, results: Mapping[str, float | str]) -> bytes:
    """Return a workbook written by openpyxl with results put into its sheet number `index`."""
    path = f"xl/worksheets/sheet{index + 1}.xml"
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(
                entry, _patched(content, results) if entry.filename == path else content
            )
    return stream.getvalue()


def _patched(content: bytes, results: Mapping[str, float | str]) -> bytes:
    from lxml import etree

    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    for cell in root.iter(f"{_MAIN}c"):
        result = results.get(cell.get("r"))
        value = cell.find(f"{_MAIN}v")
        if result is None or value is None or cell.find(f"{_MAIN}f") is None:
            continue
        value.text = str(result)
        if isinstance(result, str):
            cell.set("t", "str")
        elif "t" in cell.attrib:
            del cell.attrib["t"]
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
