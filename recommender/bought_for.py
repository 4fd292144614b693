"""Reads the places that a bought service is for: 购买14个乡镇186个行政村生活垃圾收运服务.

A place is never bought, delivered or accepted; the service behind the places is.
"""

from __future__ import annotations

import re

from corpus.target.numerals import to_number
from recommender.deliverable import COVERS, Deliverable

_PLACE = r"乡镇街道|乡镇|行政村|自然村|社区|老旧小区|小区|街道|学校|中小学校?|村"
_PLACES = re.compile(rf"(?P<number>\d+)[个所](?P<place>{_PLACE})[和及、与]?")
_BOUGHT = re.compile(
    rf"^(?:购买|采购|租赁|租用|购置)(?P<places>(?:\d+[个所](?:{_PLACE})[和及、与]?)+)的?(?=[^\d]{{2,}}服务$)"
)


def places_served(clause: str) -> list[Deliverable]:
    """Return the places that a clause buys a service for, none where it buys anything else."""
    found = _BOUGHT.match(clause)
    return [] if found is None else [_place(each) for each in _PLACES.finditer(found["places"])]


def _place(found: re.Match[str]) -> Deliverable:
    place = "行政村" if found["place"] == "村" else found["place"]
    number = found["number"]
    return Deliverable(COVERS, place, number, to_number(number) or 0.0, "个")
