"""RC02 content.empty_section — 报告章节只有标题没有内容

反例：
    “五、存在的问题及原因”下面直接是“六、有关建议”。
正例：
    每一节标题下写明具体情况。
理由：
    有标题而无内容说明照抄提纲、没有认真自评。
已知局限：
    内容以图片形式粘贴的读不到；“无”“暂无问题”另由有关规则判断。
依据：
    财预〔2020〕10号：绩效自评应内容完整、数据真实、结论客观。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Report, Section
from review.context import ReviewContext
from review.facts.denials import says_nothing
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.narrative.places import FIELD, own_report, section_text
from review.rule import Hit, Rule
from review.wording import shorten

_HOLLOW = re.compile(
    r"[\s\W]*(?:(?:内容|此处|具体|本[节段部]分?|后续)*(?:从|省)?略(?:去|过|述)?|空(?:白|缺|着)?|暂?缺|未填|另(?:附|行报送|册|文)|[\-—－–]+|待(?:补充|完善|定|填|核实)|同上|同前|同[上去]年|如[前上]所述|[前上]文已述|(?:此处|这里|在此)?(?:不再?|恕不)(?:赘述|重复|详述|展开)|X{2,}|×+"
    r"|(?:此处)?(?:请)?填写[^。]{0,16}|(?:按|按照|根据)[^,。]{0,8}(?:要求|规定|填表说明)(?:填写|执行|办理|落实)?"
    r"|(?:具体|相关|有关|详细)*(?:内容|情况|数据|说明|措施)*(?:请|可)?(?:[详参另附具]?(?:体)?见|参照|参阅|以[^,。;]{0,8}为准)[^,。;]{0,30})?[\s\W]*"
)
_LEFT_OUT = re.compile(r"略|赘述")
_OWN_TABLE = re.compile(r"[上下附]表|自评表|评分表")
_CLOSING = re.compile(
    r"^\W*(?:自评(?:结果|报告|表)|评价(?:结果|报告)|附[件表]?:|附件|特此|本报告|以上)|附后|备查"
)
_PLAIN_TITLE = re.compile(r".{0,8}(?:措施|方面|情况|原因|问题|建议|分析|指标)")
_STATEMENT = re.compile(
    r"不|未|偏|缺|少|慢|低|薄弱|滞后|加强|加大|强化|完善|提高|建立|健全|优化|推进|规范"
)
_SENTENCE = re.compile(r"[,，].{4,}|\d(?:%|分|年|月|万|个|项|台|套|家|户|处)|扣分")
"""A heading that tells something by itself: 3.预算完成率扣1分。"""
_EXEMPT = frozenset({"attachments", "other"})
_ON_RESULTS = frozenset({"results_use", "conclusion", "organisation", "completion"})
"""Sections that may begin like the closing words of a report."""
_CALLED_FOR = frozenset({"problems", "measures", "organisation"})
_STUB = 10
_COUNTS = re.compile(r"\d|[一二三四五六七八九十]是")
_MAIN = 2
"""Headings below this level may be items of a list."""


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    told = 0
    has_reasons = any(row.indicator.reason for row in context.rows)
    for section in report.sections:
        if section.start < told or not section.kinds or section.kinds & _EXEMPT:
            continue
        lack = _lack(report, section, has_reasons=has_reasons)
        if lack is not None:
            told = section.whole_end
            yield Hit(
                field=FIELD,
                span=section.heading_span,
                values={"title": shorten(section.title), "lack": lack},
                suggestion=Suggestion("请按标题补写具体情况，确无内容的说明理由。"),
            )


def _lack(report: Report, section: Section, *, has_reasons: bool) -> str | None:
    """Return what a section has in place of content, None where it has some."""
    sentences = report.sentences_of(section)
    if any(sentence.in_table for sentence in sentences):
        return None
    may_close = not section.kinds & _ON_RESULTS
    own = [one.text for one in sentences if not (may_close and _CLOSING.search(one.text))]
    text = "".join(own)
    if not text:
        inside = [s for s in report.sections if section.start < s.start < section.whole_end]
        is_list = any(not _PLAIN_TITLE.fullmatch(s.title) for s in inside)
        is_item = section.level > _MAIN and _is_statement(section)
        is_list = is_list or (not inside and (is_item or bool(_SENTENCE.search(section.title))))
        return None if is_list else "只有标题，没有内容"
    if has_reasons and _OWN_TABLE.search(text) and not _LEFT_OUT.search(text):
        return None
    is_hollow = all(_HOLLOW.fullmatch(clause) for clause in re.split(r"[,，。;；]", text))
    is_hollow = is_hollow or _is_stub(report, section, text)
    if is_hollow or (_is_only(section, "measures") and says_nothing(text) and _troubled(report)):
        return f"只写“{shorten(text)}”，没有实际内容"
    return None


def _is_stub(report: Report, section: Section, text: str) -> bool:
    """Tell whether a few characters that neither count nor deny anything stand for a part."""
    is_main = section.level <= min(one.level for one in report.sections)
    if not section.kinds & _CALLED_FOR or not is_main or says_nothing(text):
        return False
    return len(text) <= _STUB and not _COUNTS.search(text)


def _is_statement(section: Section) -> bool:
    """Tell whether a heading is itself the content: a problem or a measure in a list of them."""
    return bool(_STATEMENT.search(section.title))


def _is_only(section: Section, kind: str) -> bool:
    return section.kinds == {kind}


def _troubled(report: Report) -> bool:
    """Tell whether the report admits a problem, which calls for a measure."""
    texts = [section_text(report, section) for section in report.sections_of("problems")]
    return any(text and not says_nothing(text) for text in texts)


RULE = Rule(
    code="RC02",
    name="content.empty_section",
    severity=Severity.WARNING,
    message="“{title}”一节{lack}，请补充。",
    question="“{title}”一节为什么没有写具体内容？实际情况如何？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.93,
)
