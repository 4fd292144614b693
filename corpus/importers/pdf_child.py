"""The child process that parses a PDF: bytes on standard input, JSON on standard output.

The parent limits its time and memory; whatever a hostile file does here stays here.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

_MAX_TABLE_CELLS = 20_000
"""Cells of one page; more is a drawing, not a form."""


def main(max_pages: int) -> None:
    """Parse standard input and write what was found."""
    json.dump(parse(sys.stdin.buffer.read(), max_pages), sys.stdout)


def parse(data: bytes, max_pages: int) -> dict[str, Any]:
    """Return pages, number of characters, pages that are only an image, and the blocks.

    Blocks are lines of text, with their left and right edge, and tables of cells.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            pages = len(pdf.pages)
            if pages > max_pages:
                return {"pages": pages}
            blocks: list[dict[str, Any]] = []
            chars = 0
            blank: list[int] = []
            for number, page in enumerate(pdf.pages, 1):
                chars += len(page.chars)
                if not page.chars and page.images:
                    blank.append(number)
                blocks.extend(_page_blocks(page, number))
                page.close()
            return {"pages": pages, "chars": chars, "blank": blank, "blocks": blocks}
    except PdfminerException as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
            return {"encrypted": True}
        return {}
    except Exception:  # noqa: BLE001 - pdfminer raises anything on broken input
        return {}


def _page_blocks(page: Any, number: int) -> list[dict[str, Any]]:
    """Return the tables of a page and the lines outside them, from top to bottom."""
    tables = [table for table in page.find_tables() if len(table.cells) > 1]
    placed: list[tuple[float, dict[str, Any]]] = []
    for table in tables:
        if len(table.cells) > _MAX_TABLE_CELLS:
            continue
        cells = _table_cells(table)
        placed.append((table.bbox[1], {"kind": "table", "page": number, "cells": cells}))
    for line in _lines_outside(page, [table.bbox for table in tables]):
        edges = [round(float(line[side]), 1) for side in ("x0", "x1")]
        text = {"kind": "line", "page": number, "text": line["text"], "edges": edges}
        placed.append((line["top"], text))
    return [block for _, block in sorted(placed, key=lambda item: item[0])]


def _table_cells(table: Any) -> list[tuple[float, float, float, float, str]]:
    """Return left, top, right, bottom and text of each cell of a table."""
    found = []
    texts = table.extract()
    for row, row_texts in zip(table.rows, texts, strict=True):
        for box, text in zip(row.cells, row_texts, strict=True):
            if box is not None:
                left, top, right, bottom = (round(float(x), 1) for x in box)
                found.append((left, top, right, bottom, text or ""))
    return found


def _lines_outside(page: Any, boxes: list[tuple[float, ...]]) -> list[dict[str, Any]]:
    def is_outside(item: dict[str, Any]) -> bool:
        if item.get("object_type") != "char":
            return False
        x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
        return not any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in boxes)

    lines: list[dict[str, Any]] = page.filter(is_outside).extract_text_lines(return_chars=False)
    return lines
