"""Numbers that a narrow cell or a page broke over two lines: ≥1⏎59公里 is 159 公里."""

from __future__ import annotations

import re

from corpus.target.units import match_unit
from corpus.text import Folded

_BREAK = re.compile(
    r"(?<![0-9.,])(?P<head>[0-9][0-9,]*\.?[0-9]*) *\n *(?P<tail>[0-9][0-9,]*+(?:\.[0-9]+)?+)"
    r"(?! *\n *[0-9])"
)
_LIST = re.compile(r"[0-9] *\n *$")
_OF_DATE = re.compile(" ?[年月日号]")
_YEAR = re.compile("(?:19|20)[0-9]{2}$")
_FULL = 100


def rejoin(folded: Folded) -> Folded:
    """Return a folded cell without the line breaks that stand inside a number.

    A number ends one line without a unit and goes on in the next with one. Numbers below each
    other (10⏎20⏎30), each of its own, and rates that would pass 100 % are left as they are.
    """
    if "\n" not in folded.text:
        return folded
    return folded.without(
        [
            (match.end("head"), match.start("tail"))
            for match in _BREAK.finditer(folded.text)
            if _is_one_number(folded.text, match)
        ]
    )


def _is_one_number(text: str, match: re.Match[str]) -> bool:
    """Tell whether the digits before and after a line break are those of one number."""
    if _LIST.search(text, 0, match.start()) or _YEAR.match(match["head"]):
        return False
    unit = match_unit(text, match.end() + text.startswith(" ", match.end()))
    if unit is None:
        return _OF_DATE.match(text, match.end()) is not None
    digits = f"{match['head']}{match['tail']}".replace(",", "")
    return digits.count(".") <= 1 and (unit.name != "%" or float(digits) <= _FULL)
