"""Texts are cut at findings as the rules count characters, whatever the characters are."""

from __future__ import annotations

import pytest

from api.web.desks.marking import Mark, cut


def pieces(text: str, *marks: Mark) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(piece.text, piece.severity, piece.keys) for piece in cut(text, marks)]


def test_a_text_without_findings_is_one_piece() -> None:
    assert pieces("效果明显") == [("效果明显", "", ())]
    assert pieces("") == []


@pytest.mark.parametrize(
    ("text", "span", "marked"),
    [
        ("面积≥３.５万㎡以上", (2, 8), "≥３.５万㎡"),
        ("😀满意度🎉明显提升", (5, 9), "明显提升"),
        ("績(jī)效明显", (6, 8), "明显"),
        ("一\r\n二明显", (4, 6), "明显"),
    ],
)
def test_places_are_counted_in_code_points(text: str, span: tuple[int, int], marked: str) -> None:
    found = pieces(text, Mark("a", "error", span))
    assert [piece for piece, _, keys in found if keys] == [marked]
    assert "".join(piece for piece, _, _ in found) == text


def test_findings_that_overlap_share_a_piece_of_the_gravest_severity() -> None:
    found = pieces(
        "明显改善人居环境",
        Mark("a", "info", (0, 4)),
        Mark("b", "error", (2, 6)),
        Mark("c", "warning"),
    )
    assert found == [
        ("明显", "warning", ("a", "c")),
        ("改善", "error", ("a", "b", "c")),
        ("人居", "error", ("b", "c")),
        ("环境", "warning", ("c",)),
    ]


def test_places_outside_of_the_text_mark_what_lies_inside() -> None:
    assert pieces("明显", Mark("a", "error", (1, 99))) == [("明", "", ()), ("显", "error", ("a",))]
    assert pieces("明显", Mark("a", "error", (7, 9)), Mark("b", "error", (1, 1))) == [
        ("明显", "", ())
    ]
