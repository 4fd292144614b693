"""What the rules on narrative reports share: which report, its places, its problems and scores."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.report import Figure, Report, Section, read_report
from corpus.report.leads import PAID
from corpus.report.principal import Quantity, Statement, statements
from corpus.report.sentences import Sentence
from corpus.text import normalise
from review.context import ReviewContext
from review.finding import Suggestion
from review.rule import Hit

FIELD = "report_text"
EXECUTION = re.compile(
    rf"{PAID}(?:率|进度|比例|比重)|"
    r"预算(?:资金)?(?:完成率|执行)|资金(?:执行|支付|支出|兑付)"
)
"""Names under which forms have points for the execution rate."""
_MIN_CHARS = 150
"""A shorter text is an excerpt; what is absent from it says nothing."""
_MARKS = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？"}
_HALF = re.compile(r"(?<!\d),|,(?!\d)|(?<!\d):|:(?!\d)|[;()!?]")
_PLAIN = re.compile(
    r"[\s\W\d]|目标|完成|原因|指标|主要|项目|实际|情况|全年|资金|工作|没有|问题|存在|不足|年度|绩效|得分|影响|进一步"
)


def any_report(context: ReviewContext) -> Report | None:
    """Return the report of a record, whatever it is; None where there is no text to speak of."""
    text = context.declaration.report_text
    if not text or len(text) < _MIN_CHARS:
        return None
    return read_report(text, len(context.rows))


def own_report(context: ReviewContext) -> Report | None:
    """Return the report if it is a self-evaluation or evaluation of a project or department."""
    report = any_report(context)
    return report if report is not None and report.type.is_reviewable else None


def hit_text(
    span: tuple[int, int],
    values: Mapping[str, object] | None = None,
    advice: str = "",
    confidence: float | None = None,
    **more: object,
) -> Hit:
    """Make a hit on a place of the report."""
    return Hit(
        field=FIELD,
        span=span,
        values={key: _as_written(value) for key, value in {**(values or {}), **more}.items()},
        suggestion=Suggestion(advice) if advice else None,
        confidence=confidence,
    )


def _as_written(value: object) -> object:
    """Return a folded quotation with the full-width marks of Chinese writing."""
    if not isinstance(value, str):
        return value
    return _HALF.sub(lambda match: _MARKS[match.group()], value.rstrip("。；;"))


def project_statements(context: ReviewContext, report: Report) -> tuple[Statement, ...]:
    """Return the report's figures of the whole project in the evaluated year."""
    return statements(report, context.declaration.year)


def values_of(found: tuple[Statement, ...], *quantities: Quantity) -> list[Statement]:
    """Return the statements of some quantities."""
    return [item for item in found if item.quantity in quantities]


def section_text(report: Report, section: Section) -> str:
    """Return the folded text of a section with its subsections, its heading left out."""
    return normalise(report.text[section.heading_end : section.whole_end]).strip()


def problem_sentences(report: Report) -> list[Sentence]:
    """Return the sentences of the sections on problems and deviation."""
    found: dict[tuple[int, int], Sentence] = {}
    for section in report.sections_of("problems", "deviation"):
        for sentence in report.sentences_of(section):
            found[sentence.span] = sentence
    return list(found.values())


def telling_pairs(text: str) -> set[str]:
    """Return the character pairs of a folded text that say what it is about."""
    kept = _PLAIN.sub("#", text)
    pairs = {kept[place : place + 2] for place in range(len(kept) - 1)}
    return {pair for pair in pairs if "#" not in pair}


def amount(figure: Figure) -> str:
    """Return a figure as the report writes it."""
    return figure.text.strip()
