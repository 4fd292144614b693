"""The rules: what each looks for and why, how often it speaks here, and whether it is on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Form, Query, Request, Response

from api.http.access import Desk, allowed
from api.web.rendering import Page, is_partial, redirect, render
from api.web.rule_words import TOPIC_OF, TOPICS
from api.web.wording import SEVERITIES
from corpus.workflow import review_settings
from corpus.workflow.actors import Action
from corpus.workflow.errors import NotFoundError
from corpus.workflow.statistics import listed, spoken
from corpus.workflow.statistics.scope import Scope
from corpus.workflow.statistics.spoken import Spoken
from review.manual import plain_question
from review.rule import Rule
from review.rules import ALL_RULES, GROUPS
from review.settings.editing import SETTINGS_OF, SWITCHES, meaning, written

router = APIRouter(prefix="/rules")
Reader = Annotated[Desk, allowed(Action.ADVISE)]
Text = Annotated[str, Query(max_length=100)]
STATES = (("on", "使用中"), ("off", "已停用"), ("spoke", "在本地发现过问题"))


@dataclass(frozen=True)
class Line:
    """One rule of the list."""

    rule: Rule
    topic: str
    on: bool
    spoke: Spoken | None


@dataclass(frozen=True)
class RulesPage(Page):
    """All rules by topic, searched and filtered."""

    template: ClassVar[str] = "rules/rules.html"
    title: ClassVar[str] = "规则"
    section: ClassVar[str] = "rules"
    groups: Sequence[tuple[str, Sequence[Line]]]
    shown: int
    total: int
    text: str
    topic: str
    severity: str
    state: str
    topics: Sequence[tuple[str, str]]
    severities: Sequence[tuple[str, str]]
    states: Sequence[tuple[str, str]]
    counted: int | None
    """Submissions among which rules were counted; None for who may not see figures."""
    may_change: bool


@dataclass(frozen=True)
class RuleList(RulesPage):
    """The list alone, while somebody types."""

    template: ClassVar[str] = "rules/_list.html"


@dataclass(frozen=True)
class Setting:
    """A threshold that a rule reads, as it is now."""

    name: str
    meaning: str
    value: str


@dataclass(frozen=True)
class RulePage(Page):
    """The manual page of a rule."""

    template: ClassVar[str] = "rules/rule.html"
    title: ClassVar[str] = "规则说明"
    section: ClassVar[str] = "rules"
    rule: Rule
    topic: str
    kinds: Sequence[str]
    """The forms it is applied to."""
    question: str
    on: bool
    settings: Sequence[Setting]
    spoke: Spoken | None
    counted: int | None
    previous: str
    next: str
    may_change: bool


@router.get("", name="rules")
def rules(
    request: Request,
    found: Reader,
    q: Text = "",
    topic: Text = "",
    severity: Text = "",
    state: Text = "",
) -> Response:
    """Show the rules that are asked for."""
    counts, counted = _counts(found)
    off = _switched_off(found)
    lines = [
        Line(rule, TOPIC_OF[rule.code], not _is_off(rule, off), counts.get(rule.code))
        for rule in ALL_RULES
        if _speaks_of(rule, q)
        and topic in ("", TOPIC_OF[rule.code])
        and severity in ("", rule.severity.value)
    ]
    lines = [line for line in lines if _in_state(line, state)]
    groups = [
        (words, [line for line in lines if line.topic == key]) for key, words in TOPICS.items()
    ]
    kind = RuleList if is_partial(request) else RulesPage
    page = kind(
        [(words, members) for words, members in groups if members],
        len(lines),
        len(ALL_RULES),
        q,
        topic,
        severity,
        state,
        tuple(TOPICS.items()),
        tuple(SEVERITIES.items()),
        STATES if counted is not None else STATES[:2],
        counted,
        review_settings.may_change(found.actor),
    )
    return render(request, page)


@router.get("/{code}", name="rule")
def rule_page(request: Request, code: str, found: Reader) -> Response:
    """Show one rule; former codes and names lead to it, too."""
    rule = _rule(code)
    if rule.code != code:
        return redirect(request, f"/rules/{rule.code}")
    counts, counted = _counts(found)
    config = found.workspace.parts.review_config
    place = ALL_RULES.index(rule)
    page = RulePage(
        rule,
        TOPICS[TOPIC_OF[rule.code]],
        [title for title, members in GROUPS if rule in members],
        plain_question(rule.question) if rule.question else "",
        not _is_off(rule, config.switched_off),
        [
            Setting(name, meaning(name), written(getattr(config, name)))
            for name in SETTINGS_OF.get(rule.code, ())
        ],
        counts.get(rule.code),
        counted,
        ALL_RULES[place - 1].code if place else "",
        ALL_RULES[place + 1].code if place + 1 < len(ALL_RULES) else "",
        review_settings.may_change(found.actor),
    )
    return render(request, page)


@router.post("/{code}/switch")
def switch(
    request: Request,
    code: str,
    found: Annotated[Desk, allowed(Action.RULES)],
    on: Annotated[bool, Form()],
) -> Response:
    """Switch a rule on or off for the whole region."""
    rule = _rule(code)
    off = _switched_off(found)
    wanted = [name for name in off if not rule.answers_to(name)]
    if not on:
        wanted.append(rule.code)
    with found.writing() as scribe:
        if sorted(wanted) == sorted(found.workspace.file_config.switched_off):
            review_settings.reset(scribe, SWITCHES)
        else:
            review_settings.change(scribe, SWITCHES, wanted)
    told = f"已启用规则 {rule.code}" if on else f"已停用规则 {rule.code}，之后的审核不再提示"
    return redirect(request, f"/rules/{rule.code}", told)


def _rule(code: str) -> Rule:
    """Return the rule of a code or name, present or former."""
    for rule in ALL_RULES:
        if rule.answers_to(code) or rule.answers_to(code.upper()):
            return rule
    raise NotFoundError("没有这条规则", hint="请从规则列表中选择")


def _switched_off(found: Desk) -> tuple[str, ...]:
    return found.workspace.parts.review_config.switched_off


def _is_off(rule: Rule, off: Sequence[str]) -> bool:
    return any(rule.answers_to(name) for name in off)


def _counts(found: Desk) -> tuple[Mapping[str, Spoken], int | None]:
    """Return how often each rule spoke, among how many; nothing for who may not see figures."""
    if not found.actor.may(Action.STATISTICS):
        return {}, None
    with found.reading() as connection:
        counts = spoken.by_rule(connection, found.actor, Scope())
        total, _ = listed.count(connection, found.actor, Scope())
    return {each.code: each for each in counts}, total


def _speaks_of(rule: Rule, text: str) -> bool:
    """Tell whether a rule's code, name or manual page holds all words that were typed."""
    page: list[Any] = [rule.code, rule.name, rule.manual.summary, *rule.aliases]
    page += [part for section in rule.manual.sections for part in section]
    whole = " ".join(page).casefold()
    return all(word in whole for word in text.casefold().split())


def _in_state(line: Line, state: str) -> bool:
    return {
        "on": line.on,
        "off": not line.on,
        "spoke": line.spoke is not None,
    }.get(state, True)
