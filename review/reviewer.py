"""The facade: a declaration or self-evaluation in, a review result out."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Protocol

from corpus.records import Case, Declaration, Indicator, ParsedTarget
from models.target_evidence import assess_rows
from models.target_explanation import Explanation
from review.context import (
    Probabilities,
    ReviewContext,
    Row,
    build_rows,
    parse_rows,
    reports_midyear,
)
from review.engine import active_rules, run_rules, speaks
from review.facts.library_words import LibraryWords
from review.facts.past import past_trouble
from review.facts.published import PublishedRows
from review.facts.shared_reports import SharedReports
from review.finding import Finding, Severity
from review.lookup import Lookup, Peers
from review.opinion import Risk, assess_risk, form_opinion
from review.result import ReviewResult
from review.rule import Rule
from review.rules import ALL_RULES, MONITORING_RULES, REPORT_RULES, ROW_RULES, RULES
from review.scoring.rescoring import Scoring, rescore
from review.scoring.triage import Triage, triage
from review.screen import Screen
from review.settings.config import ReviewConfig

_FATAL = frozenset(rule.code for rule in ALL_RULES if rule.fatal)
_SERIOUS = tuple(rule for rule in ROW_RULES if rule.severity is not Severity.INFO)
"""Row rules whose remark keeps an indicator from being proposed; they yield to none below them."""
_TOGETHER = tuple(
    rule for rule in RULES if rule not in ROW_RULES and rule.severity is not Severity.INFO
)
"""Rules that see more than one row and may still speak of a single one."""

Suggest = Callable[[Declaration, str], Mapping[str, Any] | None]


class Classifier(Protocol):
    """What the reviewer needs of `models.target_classifier.TargetClassifier`."""

    def predict(
        self, declaration: Declaration, parsed: Sequence[ParsedTarget], evidence: Any = None
    ) -> Sequence[Probabilities]:
        """Return the probabilities of the three labels for every indicator.

        `evidence` is what `models.target_evidence.assess_rows` says of the rows.
        """
        ...

    def labels(self, probabilities: Any) -> tuple[str, ...]:
        """Return the labels whose probability reaches its threshold."""
        ...

    def unsure(self, probabilities: Any) -> tuple[str, ...]:
        """Return the labels that a person should decide."""
        ...

    def explain(self, predicted: Any, label: Any) -> Explanation | None:
        """Return what speaks for a label of a row that `predict` returned."""
        ...


class Reviewer:
    """Reviews declarations and self-evaluations by rules, a classifier and peers."""

    def __init__(
        self,
        classifier: Classifier | None = None,
        peers: Peers | None = None,
        config: ReviewConfig | None = None,
        suggest: Suggest | None = None,
        today: datetime.date | None = None,
    ) -> None:
        self._classifier = classifier
        self._peers = peers
        self._config = config or ReviewConfig()
        self._suggest = suggest
        self._today = today
        self._screen = Screen(_SERIOUS)

    def review(self, declaration: Declaration) -> ReviewResult:
        """Return the review of a declaration as submitted; actual results are not looked at."""
        return self._run(RULES, declaration)[0]

    def review_report(self, evaluation: Declaration) -> ReviewResult:
        """Return the review of a self-evaluation: its arithmetic and its truthfulness.

        A monitoring table is held against the day of the year instead; it has no points to count.
        """
        monitoring = reports_midyear(evaluation)
        result, context = self._run(MONITORING_RULES if monitoring else REPORT_RULES, evaluation)
        scoring = None if monitoring else rescore(context)
        return replace(
            result, scoring=scoring, triage=self._triage(evaluation, result.findings, scoring)
        )

    def reconsider(self, result: ReviewResult, findings: Sequence[Finding]) -> ReviewResult:
        """Return a review with only some of its findings; opinion, risk and triage follow."""
        declaration = result.declaration
        config = self._config.for_region(declaration.region)
        ranked = None
        if result.triage is not None:
            ranked = self._triage(declaration, findings, result.scoring)
        return replace(
            result,
            findings=tuple(findings),
            opinion=form_opinion(findings, len(result.rows), _FATAL, config),
            risk=_risk(declaration, findings),
            triage=ranked,
        )

    def _triage(
        self, declaration: Declaration, findings: Sequence[Finding], scoring: Scoring | None
    ) -> Triage:
        """Rank a self-evaluation with these findings."""
        initial = getattr(declaration, "initial_budget_wan", None)
        return triage(
            findings,
            len(declaration.indicators),
            initial if declaration.budget_wan is None else declaration.budget_wan,
            scoring,
            past_trouble(declaration.history),
            self._config.for_region(declaration.region),
        )

    def acceptable(self, declaration: Declaration, indicator: Indicator) -> bool:
        """Tell whether an indicator would pass within a declaration without error or warning.

        Only what concerns the indicator itself counts, not what the declaration lacks, nor how
        peers set their targets: many candidates are asked about at once.
        """
        known = self._screen.verdict(indicator)
        switched_off = self._config.for_region(declaration.region).switched_off
        if active_rules(known.against, switched_off):
            return False
        alone = declaration.model_copy(update={"indicators": (indicator,)})
        return not speaks(known.open, self._context(alone, peers=None))

    def objections(self, declaration: Declaration) -> tuple[tuple[int, str], ...]:
        """Return place and field of the indicators that a set proposed for a project must not hold.

        What `acceptable` cannot see, as it looks at one indicator: what the rows say together and
        whether they belong to the project. The classifier is not asked again.
        """
        context = self._context(declaration, self._peers, judged=False)
        findings, _ = run_rules(_TOGETHER, context)
        return tuple((found.row, found.field or "") for found in findings if found.row is not None)

    def _run(
        self, rules: Sequence[Rule], declaration: Declaration
    ) -> tuple[ReviewResult, ReviewContext]:
        """Apply rules to a declaration; returns also what the rules saw of it."""
        context = self._context(declaration, self._peers)
        findings, notices = run_rules(rules, context)
        result = ReviewResult(
            declaration=declaration,
            rows=context.rows,
            findings=findings,
            opinion=form_opinion(findings, len(context.rows), _FATAL, context.config),
            risk=_risk(declaration, findings),
            notices=notices,
        )
        return result, context

    def _context(
        self, declaration: Declaration, peers: Peers | None, judged: bool = True
    ) -> ReviewContext:
        """Read a declaration for the rules.

        `judged` asks the classifier about its rows, and the recommender about what is missing.
        """
        source = declaration.source if isinstance(declaration, Case) else None
        lookup = None if peers is None else Lookup(peers, source)
        return ReviewContext(
            declaration=declaration,
            rows=self._rows(declaration, self._classifier if judged else None, lookup),
            config=self._config.for_region(declaration.region),
            today=self._today or datetime.date.today(),
            suggest=self._suggest if judged else None,
            explainer=self._classifier.explain if self._classifier else None,
            peer_source=None if lookup is None else lookup.peers,
            library_source=None if lookup is None else lookup.library,
            library_words=None if peers is None else self._library_words,
            published_rows=None if peers is None else self._published_rows,
            shared_reports=None if peers is None else self._shared_reports,
            case_source=None if peers is None else peers.knowledge.cases_by_id.get,
        )

    @cached_property
    def _published_rows(self) -> PublishedRows | None:
        """Return the rows of the known cases, read at first use."""
        return PublishedRows(self._peers.knowledge.cases) if self._peers else None

    @cached_property
    def _shared_reports(self) -> SharedReports | None:
        """Return the reports among the known cases, read at first use."""
        return SharedReports(self._peers.knowledge.cases) if self._peers else None

    @cached_property
    def _library_words(self) -> LibraryWords | None:
        """Return what words tell the library's types apart, read at first use."""
        return LibraryWords(self._peers.knowledge.types) if self._peers else None

    @staticmethod
    def _rows(
        declaration: Declaration, classifier: Classifier | None, lookup: Lookup | None
    ) -> tuple[Row, ...]:
        """Parse and classify every indicator, by its wording and by what is known of its peers."""
        parsed = parse_rows(declaration)
        if classifier is None or not parsed:
            nothing = [None] * len(parsed)
            none: list[tuple[str, ...]] = [()] * len(parsed)
            return build_rows(declaration, parsed, nothing, none, none)
        evidence = None
        if lookup is not None:
            evidence = assess_rows(declaration, parsed, lookup.peers, lookup.library)
        probabilities = classifier.predict(declaration, parsed, evidence)
        labels = [classifier.labels(row) for row in probabilities]
        unsure = [classifier.unsure(row) for row in probabilities]
        return build_rows(declaration, parsed, probabilities, labels, unsure, evidence)


def _risk(declaration: Declaration, findings: Sequence[Finding]) -> Risk:
    """Return the risk of a declaration with these findings."""
    past = past_trouble(declaration.history)
    return assess_risk(findings, len(declaration.indicators), declaration.budget_wan, past)
