"""Points that a report's text says were lost: 演出9分（满分10分）, 效益指标（30分，得24分）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.report import Report

_NUMBER = r"(\d+(?:\.\d+)?)"
_SUBJECT = r"(?P<subject>[\u4e00-\u9fff]{2,16})"
_PATTERNS = (
    re.compile(
        rf"{_SUBJECT}(?:得分?|为|:)?(?P<got>{_NUMBER})分\((?:满分|分值)(?P<full>{_NUMBER})分"
    ),
    re.compile(rf"{_SUBJECT}\((?:满分|分值)?(?P<full>{_NUMBER})分,(?:自评)?得(?P<got>{_NUMBER})分"),
    re.compile(rf"{_SUBJECT}[^。;；\d]{{0,20}}(?P<full>{_NUMBER})分得(?P<got>{_NUMBER})分"),
)
_LEAD = re.compile(r"^(?:其中|其它|各项|分项|预算|一级指标)+")
_MIN = 0.25


@dataclass(frozen=True)
class Loss:
    """Points lost on something, with its place in the text as given."""

    subject: str
    points: float
    span: tuple[int, int]


def lost_points(report: Report) -> Iterator[Loss]:
    """Yield what lost points by full and own score side by side; the execution rate is left out."""
    for paragraph in report.paragraphs:
        if paragraph.is_table_row:
            continue
        for pattern in _PATTERNS:
            for match in pattern.finditer(paragraph.text):
                points = float(match["full"]) - float(match["got"])
                subject = _LEAD.sub("", match["subject"])
                if points >= _MIN and "执行" not in match["subject"]:
                    yield Loss(subject, points, paragraph.origin(*match.span()))
