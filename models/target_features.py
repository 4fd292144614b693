"""What the target classifier looks at in a row, besides its wording.

Every feature is named, so that a decision can be explained by those that carried it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from corpus.taxonomy import canonical_levels
from models.target_hints import Hint, is_effect, is_measured, is_observable
from models.target_hints_easy import EASY, is_planned_single
from models.target_hints_vague import VAGUE
from models.target_hints_worded import QUALITATIVE, is_decidable
from models.target_rows import NUMBER, Form, Row, shared, word_patterns

Features = dict[str, float]
Holding = dict[str, list[Hint]]
"""Hints that hold for a row, by label."""

HINTS: dict[str, tuple[Hint, ...]] = {"vague": VAGUE, "qualitative": QUALITATIVE, "easy": EASY}
"""Hints of the labelling rubric by label."""


BY_FORM = frozenset({"budget_as_target", "form_of_bare_numbers", "no_object", "only_one"})
"""Hints that look beyond the row's own cells, at the rest of the declaration."""
CELL_HINTS = {
    label: tuple(hint for hint in group if hint.name not in BY_FORM)
    for label, group in HINTS.items()
}
FORM_HINTS = {
    label: tuple(hint for hint in group if hint.name in BY_FORM) for label, group in HINTS.items()
}


def hints(row: Row, form: Form, names: Mapping[str, Sequence[Hint]] = HINTS) -> Holding:
    """Return the hints that hold for a row, by label; of all, or only of some."""
    return {
        label: [hint for hint in group if hint.holds(row, form)] for label, group in names.items()
    }


def row_features(row: Row, form: Form) -> Features:
    """Return the named features of a row; those that are 0 are left out."""
    holding = hints(row, form)
    return (
        cell_features(row, form)
        | form_features(row, form)
        | hint_features(holding)
        | common_features(holding)
    )


def cell_features(row: Row, form: Form) -> Features:
    """Return the features of a row's own cells, whatever the form."""
    return _gathered((_level, _value, _name, _words, _fit, _ease), row, form)


def form_features(row: Row, form: Form) -> Features:
    """Return the features that the rest of the declaration has a part in."""
    return _gathered((_money, _project, _form), row, form)


def hint_features(holding: Holding) -> Features:
    """Return a feature for every hint that holds."""
    return {f"hint.{label}.{hint.name}": 1.0 for label, found in holding.items() for hint in found}


def common_features(holding: Holding) -> Features:
    """Return what having any hint of a label adds, and having several."""
    any_ = {f"hint.{label}": 1.0 for label, found in holding.items() if found}
    return any_ | {f"hint.{label}.several": 1.0 for label, found in holding.items() if found[1:]}


def _gathered(parts: Iterable[Callable[[Row, Form], Features]], row: Row, form: Form) -> Features:
    """Return the features of several parts without those that are 0."""
    return {name: value for part in parts for name, value in part(row, form).items() if value}


def _level(row: Row, form: Form) -> Features:
    """Place in the form."""
    _, level2 = canonical_levels(row.indicator.level1, row.indicator.level2)
    return {f"level2={level2}": 1.0}


def _value(row: Row, form: Form) -> Features:
    """Kind, operator, unit and size of the value."""
    parsed = row.parsed
    found: Features = {
        f"kind={parsed.kind}": 1.0,
        f"operator={parsed.operator}": 1.0,
        f"unit={row.unit}": 1.0,
        "target_parts": float(len(parsed.parts) > 1),
        "target_placeholder": float(parsed.placeholder),
        "target_length": min(len(row.target), 40) / 20,
    }
    if parsed.value is not None:
        found["value_log"] = math.log10(1 + abs(parsed.value)) / 3
        found["value_one"] = float(parsed.value == 1)
        found["value_zero"] = float(parsed.value == 0)
        found["value_hundred"] = float(parsed.value == 100)
        found["value_small"] = float(parsed.value <= 3 and row.unit not in {"percent", "none"})
    return found


def _name(row: Row, form: Form) -> Features:
    """Shape of the name, whatever its object."""
    measure, bare = row.measure, row.bare_name
    return {
        f"family={measure.family or 'none'}": 1.0,
        "name_level": float(row.name_level),
        "name_placeholder": float(row.name_placeholder),
        "name_time_only": float(row.name_time_only),
        "name_generic": float(not measure.core),
        "name_generic_no_aspect": float(not measure.core and not measure.aspect),
        "name_core_length": min(len(measure.core), 20) / 10,
        "name_core_short": float(0 < len(measure.core) <= 2),
        "name_clauses": float(any(mark in bare for mark in ",，。;；、")),
        "name_number": float(bool(NUMBER.search(bare))),
        "name_long": float(len(bare) > 18),
        "name_says_done": float(row.says_done),
    }


def _words(row: Row, form: Form) -> Features:
    """Categories of words in name and target."""
    found: Features = {}
    kind = row.parsed.kind
    for category, (field, pattern) in word_patterns().items():
        match = pattern.search(row.name if field == "name" else row.target)
        if match is None:
            continue
        found[f"{field}~{category}"] = 1.0
        found[f"{field}~{category}&{kind}"] = 1.0
        if field == "name":
            found[f"{field}^{category}"] = float(match.start() == 0)
        else:
            found[f"{field}={category}"] = float(match.group() == row.target)
    return found


def _fit(row: Row, form: Form) -> Features:
    """Whether value and name can belong together."""
    family = row.measure.family or "none"
    value = row.unit if is_measured(row) else row.parsed.kind
    same = row.parsed.value is not None and row.parsed.value in {
        float(text) for text in NUMBER.findall(row.name)
    }
    return {
        f"{family}*{value}": 1.0,
        f"effect*{value}": float(is_effect(row)),
        f"generic*{value}": float(not row.measure.core),
        f"done*{value}": float(row.says_done),
        "target_repeats_name": float(
            row.parsed.kind == "words" and shared(row.name, row.target) > 0.6
        ),
        "value_in_name": float(same),
        "observable_in_words": float(row.parsed.kind == "words" and is_observable(row)),
        "decidable_in_words": float(is_decidable(row)),
    }


def _ease(row: Row, form: Form) -> Features:
    """Where a percentage lies."""
    value = row.parsed.value
    if value is None or not is_measured(row) or row.unit not in {"percent", "none"}:
        return {}
    family = row.measure.family
    if family not in {"rate", "satisfaction"} or value <= 1:
        return {}
    return {
        f"{family}<80": float(value < 80),
        f"{family}<90": float(value < 90),
        f"{family}<95": float(value < 95),
        f"{family}=100": float(value == 100),
    }


def _money(row: Row, form: Form) -> Features:
    """How an amount relates to the budget."""
    amount, budget = row.amount_wan, row.declaration.budget_wan
    cost = row.measure.family in {"cost", "money"} or "成本" in row.indicator.level2
    if amount is None:
        return {"cost_in_words": float(cost and row.parsed.kind == "words")}
    found: Features = {"amount_in_count_row": float("数量" in row.indicator.level2)}
    if budget:
        ratio = amount / budget
        found["amount_is_budget"] = float(abs(ratio - 1) <= 0.02)
        found["amount_below_budget"] = float(ratio < 0.98)
        found["amount_above_budget"] = float(ratio > 1.02)
    return found


def _project(row: Row, form: Form) -> Features:
    """How the name's object relates to what the project is."""
    core, parsed = row.measure.core, row.parsed
    found: Features = {}
    if core:
        title, project = shared(form.title, core), shared(form.project, core)
        single = parsed.value == 1 and row.unit not in {"percent", "money"}
        found["object_in_title"] = title
        found["object_in_project"] = project
        single = single and not is_planned_single(row, form)
        found["one_of_the_title"] = float(single and title > 0.6)
        found["one_of_something"] = float(single and title <= 0.6)
    stated = parsed.value is not None and f"{parsed.value:g}" in form.numbers
    found["value_in_project"] = float(stated)
    found["planned_single"] = float(is_planned_single(row, form))
    return found


def _form(row: Row, form: Form) -> Features:
    """How the rest of the form is filled in."""
    others = max(1, sum(form.targets.values()) - 1)
    return {
        "form_blank": form.blank,
        "form_bare": form.bare,
        "form_same_target": (form.targets[row.target] - 1) / others,
        "form_same_name": float(form.names[row.name] > 1),
    }
