"""NR08 narrative.measures_undated — 改进措施没有完成时限

反例：
    “进一步加强资金管理，切实提高使用效益。”
正例：
    “由农建股会同县交通运输局于2024年6月底前建立选址联审制度。”
理由：
    没有时限和责任单位的措施无法跟踪，下一年还会重复同样的问题。
已知局限：
    整节都没有时限时提示一次；部分措施有时限的，只提示既无时限又无责任单位的口号。
依据：
    财预〔2020〕10号：未完成绩效目标的应研究提出改进措施；中发〔2018〕34号：硬化责任约束。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report.sentences import Sentence
from corpus.target.seasons import SEASON_DEADLINE
from review.context import ReviewContext
from review.facts.denials import says_nothing
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report
from review.rule import Hit, Rule
from review.wording import shorten

_WHEN = re.compile(
    r"20\d\d年?(?:\d{1,2}月|[上下]半年|[一二三四]季度|年?[底末初]|年?内|起|春节|汛期|秋季|春季|暑假)|\d{1,2}月|(?<!上)[年月季][底末]|年内"
    r"|[日底末]前|期限|时限|(?:天|日|工作日|个月)内|20\d\d年[^,。;未]{0,10}[前后内]|(?<!每)半年|次年|[一二三四]季度(?:前|内|末|底|起|完成|组织|开展)"
    rf"|{SEASON_DEADLINE}"
)
_FREQUENCY = re.compile(r"每(?:年(?!度)|个?月|季度?|周|天|日|半年)")
"""How often something is done, which is no date; a routine of its own needs none."""
_ROUTINE = re.compile(
    rf"(?:{_FREQUENCY.pattern}|按[月季周])[^,。;]{{0,10}}(?:巡|检|抽|查|调度|通报|核对|监测|回访|例会|公示|报|会商|考核)"
)
"""A check that is made again and again."""
_SYSTEM = re.compile(r"建立|实行|执行|健全|落实|推行|制度|机制|台账|^由")
"""What a routine is a part of."""
_WHO = re.compile(
    r"由[\u4e00-\u9fff]{2,24}(?:负责|牵头|组织|会同|在|于|实施|承担|落实|每|完成|明确|约谈)"
    r"|责任(?:单位|人|科室|股室|部门)|牵头|[股科处室局委办院校所站中心镇乡村]{1}(?:负责|牵头|会同|承担)|专人"
)
_SLOGAN = re.compile(
    r"进一步(?:加强|完善|强化|规范|提高|提升|健全|加大|优化|做好)|不断|切实|持续|继续(?:加强|做好|完善|加大)|(?:加强|强化|完善|提高)"
)
_MEASURE = re.compile(
    r"^\W*(?:[一二三四五]是|\(?[一二三四五\d]\)?[、.]?)?(?:\W*(?:改进|整改)?措施|下一?步|今后|将|拟|由|要|应|争取|进一步|加强|完善|抓紧)"
    r"|措施:|^\W*(?:整改|改进|打算|建议|下步)[^,。]{0,6}:|(?:将|要|拟|应)[^,。]{0,20}(?:完善|加强|加大|补|改|建立|落实|开展|组织|争取)"
)
_LED = re.compile(r"^\W*(?:改进|整改|打算|建议|下步|下一步)[^,。:]{0,8}:")
_ITEM = re.compile(
    r"^\W*(?:[一二三四五六七八九十]+是|第[一二三四五]|\(?[一二三四五六七八九十\d]+\)?[、.)]?)?"
)
_CONCRETE = re.compile(r"\d")
_CLOSING = re.compile(
    r"(?:自评|评价)(?:结果|报告|表)[^。]*(?:公开|报送|应用|依据|参考|审核|报[县市区省]|挂钩)|^\W*附件?[:：]|附后|备查"
)
"""What is done with the report itself; its dates are not those of a measure."""
_OPEN = re.compile(r"(?:持续|长期|常年|尽快|适时|及时|立即|近期|逐步|全年)[\u4e00-\u9fff]{0,6}")
"""A cell for the time that leaves it open."""
_MIN_CHARS = 8


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    found: dict[tuple[int, int], Sentence] = {}
    for section in report.sections_of("measures"):
        if "problems" in section.kinds and "experience" in section.kinds:
            continue
        mixed = bool(section.kinds & {"problems", "deviation"})
        led = -1
        for sentence in report.sentences_of(section):
            is_open = sentence.in_table and _OPEN.fullmatch(sentence.text.strip())
            if (len(sentence.text) < _MIN_CHARS and not is_open) or says_nothing(sentence.text):
                continue
            if _CLOSING.search(sentence.text):
                continue
            paragraph = report.text.count("\n", 0, sentence.start)
            if mixed and _LED.search(sentence.text):
                led = paragraph  # what follows in the paragraph are measures, too
            if not mixed or led == paragraph or _MEASURE.search(sentence.text):
                found[sentence.span] = sentence
    items = list(found.values())
    if not items:
        return
    if not any(_WHEN.search(item.text) or _is_routine(item.text) for item in items):
        open_cells = (one for one in items if one.in_table and _OPEN.fullmatch(one.text.strip()))
        yield _hit(next(open_cells, items[0]), whole=True)
        return
    for item in items:
        if _is_slogan(item.text):
            yield _hit(item, whole=False)


def _hit(item: Sentence, *, whole: bool) -> Hit:
    return hit_text(
        item.span,
        advice="请为每项措施写明做什么、谁负责、何时完成。",
        measure=shorten(item.text),
        scope="各项改进措施都" if whole else "这项措施",
    )


def _is_routine(text: str) -> bool:
    """Tell whether a measure is itself a check made again and again, not only followed by one."""
    first = re.split(r"[,，:]", _ITEM.sub("", text))[0]
    return bool(_ROUTINE.search(first) or (_SYSTEM.search(first) and _ROUTINE.search(text)))


def _is_slogan(text: str) -> bool:
    """Tell whether a measure is a slogan: no time, no one in charge, nothing countable."""
    if (
        _WHEN.search(text)
        or _FREQUENCY.search(text)
        or _WHO.search(text)
        or _CONCRETE.search(_ITEM.sub("", text))
    ):
        return False
    return bool(_SLOGAN.match(_ITEM.sub("", text)))


RULE = Rule(
    code="NR08",
    name="narrative.measures_undated",
    severity=Severity.WARNING,
    message="{scope}没有完成时限（“{measure}”），无法跟踪落实，请写明时限和责任单位。",
    question="“{measure}”由谁负责、何时完成、怎样算整改到位？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.87,
)
