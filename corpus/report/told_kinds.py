"""What a section is about by what it tells, where its heading has words of its own.

A few marks tell the parts of a self-evaluation apart whatever they are called: dates by which
somebody does something, points taken off, a row of scores, amounts of money, results beside
their targets, and who evaluated.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.report.section_names import Kind
from corpus.target.seasons import SEASON_DEADLINE

_LOST = re.compile(
    r"[扣失丢减掉罚](?:了|掉|去|除)?\d+(?:\.\d+)?分|[差少缺欠短晚](?:了|于|做|建|办)?\d"
)
_DUE = re.compile(
    r"(?:20\d\d年|明年|次年|本?年)?\d{1,2}月(?:份|\d{1,2}日|[上中下]旬)?(?:[底末]|之?以?前|内|起|完成|开工|开始|[至到]\d{1,2}月)"
    r"|20\d\d年(?:[^,。;]{0,6}(?:前|内|底|末|季度|上半年|下半年|春|汛期))"
    rf"|{SEASON_DEADLINE}"
)
_DOES = re.compile(r"负责|牵头|承担|落实|完成|整改|建立|补|改|修订|督促|协调|开展|组织")
_POINTS = re.compile(r"\d+(?:\.\d+)?分(?!钟|部|别)")
_MONEY = re.compile(r"\d[\d,.]*[万亿]?元(?!/)")
_PER = re.compile(r"每|[人户亩均]均|单价|标准")
_WANTED = re.compile(r"目标|计划|应[达有为]?|要求|指标值?|任务|不[低少高超]于?过?|预期")
_SIDE_BY_SIDE = re.compile(
    r"\d(?P<unit>[%\u4e00-\u9fff](?<![元分])[\u4e00-\u9fff]?)[^,。;\d]{0,3}[,，][\u4e00-\u9fff]{1,4}\d[\d,.]*(?P=unit)"
)
"""Two figures of one unit, the second led by a verb only: 约定40个，办成33个."""
_DIGIT = re.compile(r"\d")
_EVALUATED = re.compile(r"自评|评价|自查")
_WORK = re.compile(
    r"核对|抽查|查阅|成立|工作组|小组|现场|走访|布置|组织|翻|汇总|复核|报送|公示|公开"
)
_SENTENCE = re.compile(r"[。;；\n]")
_MIN_CHARS = 24
_FEW, _SEVERAL = 2, 3


@lru_cache(maxsize=4096)
def kinds_told(text: str) -> frozenset[Kind]:
    """Return what the folded text of a section is about; empty where no mark tells."""
    if len(text) < _MIN_CHARS:
        return frozenset()
    kind = _kind([one for one in _SENTENCE.split(text) if one.strip()])
    return frozenset({kind}) if kind is not None else frozenset()


def _kind(sentences: list[str]) -> Kind | None:
    """Return the part whose marks most sentences bear, rarer marks first."""
    lost = sum(bool(_LOST.search(one)) for one in sentences)
    due = sum(bool(_DUE.search(one) and _DOES.search(one)) for one in sentences)
    scored = sum(len(_POINTS.findall(one)) for one in sentences)
    paid = sum(len(_MONEY.findall(one)) for one in sentences if not _PER.search(one))
    results = sum(
        bool(_DIGIT.search(clause) and _WANTED.search(clause))
        for one in sentences
        for clause in re.split("[,，]", one)
    )
    results = max(results, sum(len(_SIDE_BY_SIDE.findall(one)) for one in sentences))
    evaluated = any(_EVALUATED.search(one) and _WORK.search(one) for one in sentences)
    half = len(sentences) / 2
    if results >= _SEVERAL and results > lost + due:
        return "completion"
    if scored >= _SEVERAL and lost < half and not due:
        return "conclusion"
    if lost >= half and lost >= due:
        return "problems"
    if due >= half and not evaluated:
        return "measures"
    if paid >= _FEW and paid >= results:
        return "funds"
    return "organisation" if evaluated else None
