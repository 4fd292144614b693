"""Stretches of a cell whose digits are no quantity: standards, document numbers, ordinals, names.

They are replaced by as many filler characters, so that positions stay what they were.
"""

from __future__ import annotations

import re
from functools import cache

from corpus.target.lexicon import alternatives, read_words

FILLER = "\ue000"
"""A private-use character that no pattern of the grammar matches."""

_CHINESE = "[一二两三四五六七八九十百]"
_STANDARD = "GB|DB|HJ|CJJ?|JGJ?|ISO|NY|SL|TD|LY|WS"
_SQUARE_OR_CUBIC = "(?:[hk]?m|[cdm]m)[23](?![0-9])"
_CLOCK = "[0-9]{1,2}:[0-9]{2}"
_MASKED = re.compile(
    rf"""
    《[^《》]{{0,60}}》
  | [〔\[(](?:19|20)[0-9]{{2}}[〕\])][0-9]{{1,5}}号?                        # 财预〔2021〕101号
  | (?<![A-Za-z0-9])(?:(?:{_STANDARD})(?:[0-9]{{2}})?(?:/T)?|[A-Z]{{1,4}}[0-9]{{0,2}}/[TZ])
      [ ]?[0-9]+(?:[.:—-][0-9]+)*                                            # GB 3838-2002
  | [大中小]\(?[12一二ⅠI]{{1,2}}\)?型                                          # 小(1)型水库
  | (?<![A-Za-z0-9])(?!{_SQUARE_OR_CUBIC})[A-Za-z][A-Za-z/]{{0,12}}
      -?[0-9]{{1,6}}(?:[.-][0-9]+)*                                          # PM2.5
  | (?<![0-9.])[0-9][GKD](?![A-Za-z])                                        # 5G
  | (?<![A-Za-z0-9])[1-5]?A{{1,5}}级?(?![A-Za-z])                            # 5A级
  | 第(?:[0-9]{{1,4}}|{_CHINESE}{{1,3}})(?!季度|[名位](?!次))
  | (?:(?<=[;。,\n])|^)[ ]?(?:\(?[0-9]{{1,2}}\)|[0-9]{{1,2}}[、.])(?=[ ]?[^0-9 {FILLER}])
  | [0-9]{{1,3}}[ ]?号(?!前)
  | (?<![0-9])(?:11[0-9]|12[0-2])(?=指挥|报警|急救|接处警)
  | (?<![0-9])12[0-9]{{3}}(?=热线|电话|平台|举报|政务|安全|消费)            # 12345热线
  | [0-9]{{1,3}}(?:[-~至][0-9]{{1,3}})?[ ]?周?岁(?:及?以[上下])?
  | (?:近|前|过去|未来)(?:[0-9]{{1,2}}|{_CHINESE}{{1,2}})年                  # 近3年
  | [0-9]{{1,3}}周年
  | (?:较|比|相比|对比)[ ]?(?:19|20)[0-9]{{2}}年(?:度|同期)?                 # 比2020年
  | (?<![0-9:]){_CLOCK}(?::[0-9]{{2}})?(?=[ ]?[-~—至到前]) | (?<=[-~—至到]){_CLOCK}
    """,
    re.VERBOSE,
)
_NEEDS_MASK = re.compile(r"[A-Za-z《第号岁周:〔\[(近前去来较比热电指平报举急型]|[0-9][、.]")
_NUMERAL = re.compile("[一二两三四五六七八九十百千万]")


def mask(text: str) -> str:
    """Return folded text with everything that only looks like a quantity filled in."""
    if _NEEDS_MASK.search(text):
        text = _MASKED.sub(_fill, text)
    if _NUMERAL.search(text):
        text = _phrases().sub(_fill, text)
    return text


def blot(text: str, start: int, end: int) -> str:
    """Return the text with one stretch filled in."""
    return f"{text[:start]}{FILLER * (end - start)}{text[end:]}"


def _fill(match: re.Match[str]) -> str:
    """Return as many filler characters as were matched."""
    return FILLER * len(match.group())


@cache
def _phrases() -> re.Pattern[str]:
    """Read the fixed phrases, longest first."""
    return re.compile(f"(?<!十)(?:{alternatives(read_words('fixed_phrases.txt'))})")
