"""Deadlines set by an event that everybody can date: 汛前, 封冻前, 春耕前, 开学前, 春节前."""

from __future__ import annotations

import re

_EVENTS = (
    "汛期?|梅雨季?|雨季|台风季|[入立]冬|[冬夏]季|封冻期?|上冻|结冰期?|冰冻期?|霜冻期?|解冻|越冬"
    "|春耕(?:生产)?|备耕|[春秋夏]播|[春秋夏]种|[夏秋]收|三夏|双抢|插秧|播种|[春冬]灌"
    "|开学|新学[期年]|[寒暑]假|[高中]考"
    "|春节|[两双]节|(?:元旦|元宵|清明|五一|十一|端午|中秋|国庆|重阳)(?:节|假期)?"
    "|防火期|供[暖热](?:期|季)?|采暖[期季]|禁渔期|旺季"
)
SEASON_DEADLINE = (
    rf"(?:{_EVENTS})(?:正式)?(?:来临|到来|开始|开启|结束)?(?:之前|以前|前(?!年|后|往|来|期|景|途))"
)
"""Pattern of an event with “before”; it dates a deadline without naming a day."""
_DEADLINE = re.compile(SEASON_DEADLINE)


def is_seasonal(text: str) -> bool:
    """Tell whether folded text names a deadline by an event: 汛前完成清淤."""
    return _DEADLINE.search(text) is not None
