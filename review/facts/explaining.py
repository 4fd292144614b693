"""Whether a reason for a deviation says anything."""

from __future__ import annotations

import re

from corpus.target.seasons import SEASON_DEADLINE
from corpus.text import normalise
from review.context import ReviewContext, Row
from review.facts.attainment import admits_missing, comparable_numbers
from review.facts.empty_words import what_is_said
from review.facts.library_words import pairs

_NOTHING = re.compile(
    r"^[\W_]*(?:无|暂无|没有|无偏差|无偏离|未偏离|不存在偏差|不适用|正常|正常完成|已?(?:按计划|按时|全部)?完成"
    r"|达标|已达标|无原因|无需改进|略|见附件)?[\W_]*$"
)
_CIRCUMSTANCE = re.compile(
    r"^[\W_]*(?:主要)?(?:是|因为?|由于|受)?(?:新冠|新冠肺炎)?"
    r"(?:工作(?:需要|安排)|实际(?:需要|情况)|条件(?:限制|所限)|统筹(?:考虑|安排)|历史遗留|疫情|天气|气候|客观|政策|历史|资金|财力|财政|不可抗力|外部|市场|人员)(?:的)?"
    r"(?:客观)?(?:原因|影响|因素|问题|变化|调整|紧张|有限)?(?:导致|所致|造成)?(?:未完成|扣分)?[\W_]*$"
)
_MEASURE = re.compile(
    r"加强|加大|强化|进一步|完善|继续|今后|下一步|下年|将|尽快|争取|抓紧|督促|整改|改进"
)
_CAUSE = re.compile(
    r"因为?|由于|受|导?致|原因|未|没有|不[足够齐全到高]|滞后|延[期误迟]|推迟|晚|较?少|困难|缺[乏少]?|"
    r"调整|变更|取消|疫情|有限|超出|动态|结转|增加|减少|降低|偏低|偏高|波动"
)
_SENTENCE = re.compile(r"[。;；!\n]")
_TABLE_LINE = re.compile(r"[|\t]")
_SHORTFALL = re.compile(
    r"扣(?!减的|款|除的)|未达|未完成|没有达到|没有完成|不足|偏离|偏差|低于|原因"
)
_ITEM = re.compile(
    r"^\W*(?:[一二三四五六七八九十]+(?:[、是)]|$)|第[一二三四五六七八九十]|\(|\d+[.、)])"
)
_LACKING = re.compile(r"缺|不[全够足到及]|未|没有|少|迟|延|滞后|偏低")
_OF_BUDGET = re.compile(r"^(?:部门|项目|财政)?(?:预算|资金)(?=执行率)")
"""What a text leaves out of the name that every form has."""
_TELLING = 5
_OF_NAME = 0.4
"""Share of a name's pairs of characters with which a sentence speaks of it."""
_LEAST_SAID = 2
_CLAUSE = re.compile(r"[,，。;；、]")
_PIECE = re.compile(r"[,，。;；、:：]")
_FIGURE = re.compile(r"[\d.%％]+|[^\w]+")
_RESTATED = re.compile(
    r"(?:实际|完成|情况|结果|数值|值|数|率|度|低于|小于|少于|高于|大于|超过|不足|未能?|没有?|尚未|达到?|达成|成"
    r"|年初|年度|全年|本年|预期|预定|预计|计划|既定|设定|目标|指标|任务|偏差|偏离|差距|差异|存在|出现|产生|一定"
    r"|因为?|由于|其他|其它|各种|多种|客观|原因|因素|导致|造成|所致|故|所以|扣分|减分|略|稍|较|有|与|和|的|了|该|此"
    r"|本|项|部分|按|时|期|是|相比|比|不|符|一致|需)+"
)
_WHEN = re.compile(
    r"20\d\d|\d{1,2}月|[一二三四]季度|[上下]半年|年[底末内中前]|[本下次明]年|月[底末]|个月|\d+日|天内|期限|时限"
    rf"|{SEASON_DEADLINE}"
)


def is_empty_reason(text: str | None) -> bool:
    """Tell whether a text gives no reason: blank, 无, 无偏差, dashes."""
    return bool(_NOTHING.match(normalise(text or "")))


def has_reason(row: Row) -> bool:
    """Tell whether a row gives a reason for its deviation."""
    return not is_empty_reason(row.indicator.reason)


def is_circumstance(text: str | None) -> bool:
    """Tell whether a reason only names a circumstance (疫情影响) and not what came of it."""
    return bool(_CIRCUMSTANCE.match(normalise(text or "")))


def is_measure_only(text: str | None) -> bool:
    """Tell whether every clause of a text says what will be done and none why it was not done."""
    plain = normalise(text or "")
    clauses = [clause for clause in _CLAUSE.split(plain) if clause.strip()]
    return bool(clauses) and all(map(_MEASURE.search, clauses)) and not _CAUSE.search(plain)


def is_restatement(text: str | None, name: str = "") -> bool:
    """Tell whether a reason only says again that there is a deviation (未完成年初目标).

    `name` is that of the indicator, which may be repeated.
    """
    plain = _FIGURE.sub("", normalise(text or "").replace(normalise(name) or "\n", ""))
    return bool(_RESTATED.fullmatch(plain)) if plain else False


def says_nothing_of(text: str | None, name: str) -> bool:
    """Tell whether a reason leaves nothing once empty words and the indicator's name are gone."""
    return len(what_is_said(text or "", pairs(normalise(name)))) < _LEAST_SAID


def promises(text: str | None) -> bool:
    """Tell whether a text promises a measure."""
    return bool(_MEASURE.search(normalise(text or "")))


def names_a_time(text: str | None) -> bool:
    """Tell whether a text says by when its measures will be taken; times of causes do not count."""
    plain = normalise(text or "")
    first = _MEASURE.search(plain)
    start = 0
    if first:
        start = max((mark.end() for mark in _CLAUSE.finditer(plain, 0, first.start())), default=0)
    return bool(_WHEN.search(plain, start))


def explains_elsewhere(context: ReviewContext, row: Row) -> bool:
    """Tell whether a shortfall is explained outside its own cell for reasons.

    In words in place of a result (缺少成本指标), or by the text of a report whose table has no
    reasons at all; a form with a column for them is to be filled in.
    """
    if _says_what_lacks(row):
        return True
    text = context.declaration.report_text
    own = pairs(_OF_BUDGET.sub("", row.name.text))
    if not text or not own or any(other.indicator.reason for other in context.rows):
        return False
    sentences = [part.strip() for part in _SENTENCE.split(normalise(text)) if part.strip()]
    for place, sentence in enumerate(sentences):
        if not _SHORTFALL.search(sentence) or _TABLE_LINE.search(sentence):
            continue
        if len(own & pairs(sentence)) < _OF_NAME * len(own):
            continue
        following = sentences[place + 1] if place + 1 < len(sentences) else ""
        if _tells_cause(sentence, own) or (following and not _ITEM.match(following)):
            return True
    return False


def _says_what_lacks(row: Row) -> bool:
    """Tell whether words stand for a result and say what is missing."""
    actual = normalise(row.indicator.actual or "")
    if comparable_numbers(row) is not None or len(actual) < _TELLING:
        return False
    return bool(_LACKING.search(actual)) and not admits_missing(row)


def _tells_cause(sentence: str, own: frozenset[str]) -> bool:
    """Tell whether a sentence has a clause that neither names the row nor counts its points."""
    return any(
        len(clause) >= _TELLING and not _SHORTFALL.search(clause) and not own & pairs(clause)
        for clause in _PIECE.split(sentence)
    )
