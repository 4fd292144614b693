"""One project's candidates, found once, from which a set can be chosen again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from corpus.records import Declaration, Indicator
from corpus.schemes import Scheme
from corpus.taxonomy import LEVELS, canonical_levels
from recommender import form_scheme
from recommender.answers import Answers, choice_for, still_open
from recommender.choice import Choice
from recommender.dedupe import measures_same
from recommender.discrimination import discrimination
from recommender.form_scheme import FormScheme
from recommender.notes import compose
from recommender.results import KeptRow, Recommendation, Suggestion
from recommender.targets import direction_of
from recommender.weights import Weighed, assign, level_points

if TYPE_CHECKING:
    from recommender.candidates import Pool
    from recommender.drafts import Drafts
    from recommender.pipeline import Recommender
    from recommender.selection import Selection

_NO_ANSWERS = Answers()


@dataclass(frozen=True, eq=False)
class Session:
    """Candidates of one project, ranked; safe to share between threads.

    The unit's rows may change from call to call, the project's own text may not: it decides the
    candidates. What has been worked out about a candidate is kept.
    """

    recommender: Recommender
    pool: Pool
    ranked: tuple[Choice, ...]
    confidence: float
    drafts: Drafts
    _kept: dict[Indicator, Choice] = field(default_factory=dict)

    def recommend(
        self,
        top: int | None = None,
        *,
        answers: Answers = _NO_ANSWERS,
        scheme: Scheme | None = None,
        regional: Scheme | None = None,
        form: Declaration | None = None,
        alternatives: bool = False,
    ) -> Recommendation:
        """Return suggestions that complete the rows that stay; `top` is the size of the whole.

        Nothing repeats a row that stays or a rejected one, and parts of the form that are still
        empty come first. `scheme` is the one that the user chose; otherwise that of `form`, the
        declaration as it stands, then the region's, then the usual one.
        """
        declared = form or self.pool.project.declaration
        rows = tuple(self._with_known(row) for row in answers.accepted)
        kept = tuple(self._choice_for(row) for row in rows)
        same = self.recommender.config.same
        open_ = still_open(self.ranked, kept, answers, same)
        selection = self._selected(kept, open_, top, alternatives)
        chosen = [choice for choice in selection.chosen if not _is_in(choice, kept)]
        room = None if top is None else max(0, top - len(kept))
        chosen = chosen[:room]
        used = self._scheme(declared, [c.level1 for c in (*kept, *chosen)], scheme, regional)
        parts = _own_parts(declared, used.scheme)
        free = None if room is None else room - len(chosen)
        extra, gaps = self._completed(parts, [*kept, *chosen], open_, free)
        chosen += extra
        kept_rows, suggestions, notes = self._weighed(rows, kept, chosen, used.scheme)
        return Recommendation(
            id=declared.id,
            confidence=self.confidence,
            notes=(
                *compose(self.pool, self.confidence, selection, self.recommender.config, top),
                *([f"没有找到合适的{'、'.join(gaps)}，请自行补充"] if gaps else []),
                *notes,
            ),
            matched_types=tuple(self.pool.types),
            similar_projects=self.recommender.alike(self.pool),
            suggestions=suggestions,
            alternatives=self._alternatives(selection, len(chosen)),
            scheme=used.scheme.name,
            scheme_basis=used.basis,
            parts=tuple(self.pool.parts),
            accepted=kept_rows,
        )

    def _selected(
        self,
        kept: Sequence[Choice],
        open_: Sequence[Choice],
        top: int | None,
        alternatives: bool,
    ) -> Selection:
        """Choose around the rows that stay, `top` in all.

        Rows of the unit that repeat one another or crowd an aspect are not all counted by the
        choice, so its size is lowered until the new ones fit beside all of them.
        """
        size = None if top is None else max(top, len(kept))
        while True:
            selection = self.recommender.selected([*kept, *open_], self.drafts, size, alternatives)
            if size is None or top is None or top <= len(kept):
                return selection
            new = sum(not _is_in(choice, kept) for choice in selection.chosen)
            if new <= top - len(kept):
                return selection
            size -= 1

    def _with_known(self, row: Indicator) -> Indicator:
        """Return a row with what its suggestion says where only the name was given."""
        known = next((choice for choice in self.ranked if choice.name == row.name), None)
        if known is None or (row.level1 and row.target):
            return row
        target = self.drafts.of(known).target.suggested or ""
        levels = (row.level1, row.level2) if row.level1 else (known.level1, known.level2)
        return row.model_copy(
            update={"level1": levels[0], "level2": levels[1], "target": row.target or target}
        )

    def _basis(self, row: Indicator) -> str:
        """Return what the suggestion of a row's name rests on."""
        known = next((choice for choice in self.ranked if choice.name == row.name), None)
        if known is None:
            return ""
        made = self.drafts.suggestion(known, 0)
        return f"理由：{made.why}" + (f"\n取值：{made.target.basis}" if made.target.basis else "")

    def _choice_for(self, row: Indicator) -> Choice:
        """Return a row that stays as a choice, the same one each time, with its own target."""
        if row not in self._kept:
            self._kept[row] = self.drafts.keep(choice_for(row, self.ranked), row.target)
        return self._kept[row]

    def _scheme(
        self,
        declared: Declaration,
        levels: Sequence[str],
        chosen: Scheme | None,
        regional: Scheme | None,
    ) -> FormScheme:
        """Return the weight scheme and what it rests on."""
        if chosen is not None:
            return FormScheme(chosen, "按指定的方案", True)
        found = form_scheme.recognise(declared, () if regional is None else (regional,))
        if found is not None:
            return found
        if regional is not None:
            return FormScheme(regional, "按本地区配置的方案", True)
        return form_scheme.default(declared, levels)

    def _completed(
        self,
        parts: Sequence[tuple[str, str]],
        taken: Sequence[Choice],
        open_: Sequence[Choice],
        room: int | None,
    ) -> tuple[list[Choice], list[str]]:
        """Return choices for the parts in which nothing stands yet, and what stays empty."""
        found: list[Choice] = []
        gaps: list[str] = []
        for level1, level2 in parts:
            if any(_stands_in(choice, level1, level2) for choice in (*taken, *found)):
                continue
            if room is not None and len(found) >= room:
                break
            fitting = (c for c in open_ if _stands_in(c, level1, level2))
            best = next((c for c in fitting if self._may_join(c, [*taken, *found])), None)
            if best is not None:
                found.append(best)
            elif level2:
                gaps.append(level2)
        return found, gaps

    def _may_join(self, choice: Choice, others: Sequence[Choice]) -> bool:
        """Tell whether a choice is good enough, repeats nothing and passes the screen."""
        config = self.recommender.config
        return (
            choice.score >= config.weakest
            and not any(measures_same(choice, other, config.same) for other in others)
            and self.drafts.admits(choice)
        )

    def _weighed(
        self,
        own: Sequence[Indicator],
        kept: Sequence[Choice],
        chosen: Sequence[Choice],
        scheme: Scheme,
    ) -> tuple[tuple[KeptRow, ...], tuple[Suggestion, ...], list[str]]:
        """Return rows and suggestions with weights and places in the form, and what is amiss."""
        made = [self.drafts.suggestion(choice, rank) for rank, choice in enumerate(chosen, 1)]
        rows = [
            self._weighable(choice, self.drafts.suggestion(choice, 0), row.weight)
            for choice, row in zip(kept, own, strict=True)
        ]
        free = [self._weighable(c, s, None) for c, s in zip(chosen, made, strict=True)]
        weights = assign([*rows, *free], scheme)
        kept_rows = tuple(
            KeptRow(row, weight, row.weight is not None, self._basis(row))
            for row, weight in zip(own, weights, strict=False)
        )
        suggestions = []
        for suggestion, weight, weighable in zip(made, weights[len(kept) :], free, strict=True):
            level1, level2 = scheme.placed(suggestion.level1, suggestion.level2)
            suggestions.append(
                replace(
                    suggestion,
                    level1=level1,
                    level2=level2,
                    weight=weight,
                    discrimination=weighable.discrimination,
                )
            )
        return kept_rows, tuple(suggestions), _weight_notes([*rows, *free], weights, scheme)

    def _weighable(self, choice: Choice, suggestion: Suggestion, own: float | None) -> Weighed:
        apart = discrimination(
            self.drafts.of(choice).peers,
            choice.unit,
            direction_of(choice),
            choice.candidate.library if choice.candidate else None,
            self.recommender.config.enough_peers,
        )
        return Weighed(choice.level1, choice.level2, suggestion.assessment.importance, apart, own)

    def _alternatives(self, selection: Selection, chosen: int) -> tuple[Suggestion, ...]:
        """Return the alternatives, ranked after the chosen ones."""
        return tuple(
            self.drafts.suggestion(choice, rank)
            for rank, choice in enumerate(selection.alternatives, chosen + 1)
        )


def _is_in(choice: Choice, others: Sequence[Choice]) -> bool:
    """Tell whether a choice is one of others, not just equal to it."""
    return any(choice is other for other in others)


def _stands_in(choice: Choice, level1: str, level2: str) -> bool:
    return choice.level1 == level1 and level2 in ("", choice.level2)


def _own_parts(declared: Declaration, scheme: Scheme) -> list[tuple[str, str]]:
    """Return the parts that a form with its scheme wants filled: first and second levels."""
    wanted = [(level1, "") for level1, points in scheme.parts.items() if points > 0]
    wanted += [canonical_levels("", level2) for level2 in scheme.within]
    wanted += [canonical_levels(row.level1, row.level2) for row in declared.blank_rows]
    known = [(level1, level2) for level1, level2 in wanted if level1 in LEVELS]
    return list(dict.fromkeys(known))


def _weight_notes(rows: Sequence[Weighed], weights: Sequence[float], scheme: Scheme) -> list[str]:
    """Say where the unit's own weights and the scheme do not go together."""
    notes = []
    points = level_points(rows, scheme)
    if abs(sum(weights) - scheme.total) > 1e-6:
        own = sum(row.own or 0.0 for row in rows)
        notes.append(
            f"已填的分值合计{own:g}分，与分值方案“{scheme.name}”合不上，"
            f"全部指标合计为{sum(weights):g}分（应为{scheme.total:g}分），请核对各级分值"
        )
    short = [
        row.level1
        for row, weight in zip(rows, weights, strict=True)
        if row.own is None and weight < 1
    ]
    if short and points:
        names = "、".join(dict.fromkeys(level.removesuffix("指标") for level in short))
        notes.append(f"{names}类指标的分值已经用完，新增指标没有分值，请调整已填指标的分值")
    return notes
