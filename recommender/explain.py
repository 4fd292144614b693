"""Why an indicator is suggested, and the three scores 关联性, 重要性, 合理性.

Their definitions are in docs/recommendation.md; each is a weighted sum of observable parts.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.target import parse_target
from recommender.candidates import Pool
from recommender.choice import Choice
from recommender.features import FeatureMaker
from recommender.results import Assessment, TargetSuggestion
from recommender.selection import REQUIRED
from recommender.usage import Usage

_RELEVANCE = {"fit": 0.5, "object": 0.3, "name": 0.2}
_IMPORTANCE = {"core": 0.4, "usage": 0.25, "slot": 0.15, "score": 0.2}
_REASONABLENESS = {"numeric": 0.3, "founded": 0.3, "computable": 0.2, "provable": 0.2}
_ENOUGH = 5
_MENTIONED = 0.5


def assess(
    choice: Choice,
    pool: Pool,
    features: FeatureMaker,
    usage: Usage,
    target: TargetSuggestion,
    peers: int,
) -> Assessment:
    """Return the three scores of a suggestion."""
    return Assessment(
        relevance=_relevance(choice, pool, features),
        importance=_importance(choice, usage),
        reasonableness=_reasonableness(choice, target, peers),
    )


def _relevance(choice: Choice, pool: Pool, features: FeatureMaker) -> float:
    """Return how far type and own words call for it; what the project itself states is certain."""
    if choice.deliverable or choice.deadline or choice.stated:
        return 1.0
    text = pool.project.text_pairs
    thing = choice.candidate.object if choice.candidate else choice.name
    parts = {
        "fit": choice.candidate.affinity if choice.candidate else 0.0,
        "object": features.rarity.covered(thing, text),
        "name": features.rarity.covered(choice.name, text),
    }
    return _weighted(parts, _RELEVANCE)


def _importance(choice: Choice, usage: Usage) -> float:
    """Return how much a form would miss without it."""
    own = choice.deliverable or choice.deadline or choice.stated
    parts = {
        "core": float(choice.core or own is not None),
        "usage": min(1.0, usage.similar_with / _ENOUGH),
        "slot": float(_slot(choice) in REQUIRED),
        "score": choice.score,
    }
    return _weighted(parts, _IMPORTANCE)


def _slot(choice: Choice) -> tuple[str, str]:
    """Return the required slot a choice could fill."""
    exact = (choice.level1, choice.level2)
    return exact if exact in REQUIRED else (choice.level1, "")


def _reasonableness(choice: Choice, target: TargetSuggestion, peers: int) -> float:
    """Return how well it can be measured and its target founded."""
    parsed = parse_target(target.suggested, choice.name)
    library = choice.candidate.library if choice.candidate else None
    own = bool(choice.deliverable or choice.deadline or choice.stated)
    founded = own or target.typical is not None or peers >= _ENOUGH
    parts = {
        "numeric": float(parsed.kind in {"number", "range", "date"} or bool(choice.unit)),
        "founded": 1.0 if founded else min(1.0, peers / _ENOUGH),
        "computable": float(own or (library is not None and bool(library.formula))),
        "provable": float(library is not None and bool(library.evidence)),
    }
    return _weighted(parts, _REASONABLENESS)


def _weighted(parts: dict[str, float], weights: dict[str, float]) -> float:
    """Return the weighted sum of parts."""
    return sum(weights[name] * value for name, value in parts.items())


def why(choice: Choice, pool: Pool, features: FeatureMaker, usage: Usage) -> str:
    """Return in one or two Chinese sentences why an indicator is suggested."""
    reasons = [_origin(choice), *_support(choice, pool, features), _used(usage)]
    return "；".join(reason for reason in reasons if reason) + "。"


def _origin(choice: Choice) -> str:
    """Say where the indicator comes from."""
    if choice.deliverable is not None:
        stated = f"项目自身描述写明“{choice.deliverable.stated}”"
        return (
            f"{stated}，据此设置"
            if choice.candidate is None
            else f"{stated}，对应{_source(choice)}"
        )
    if choice.deadline is not None:
        return f"项目自身描述写明“{choice.deadline.clause}”，据此设置完成时限"
    if choice.stated is not None:
        kept = f"，对应{_source(choice)}" if choice.candidate else ""
        return f"项目自身描述写明“{choice.stated.clause}”{kept or '，据此设置'}"
    if choice.candidate is None:
        return "按项目自身的建设、购置或培训内容设置"
    if choice.origin == "description":
        return f"按项目自身对象改写，参照{_source(choice)}"
    if choice.core:
        return f"{_source(choice)}，属该类项目的核心指标"
    return f"取自{_source(choice)}"


def _source(choice: Choice) -> str:
    """Name the library type or case and, if it was adapted, the indicator."""
    candidate = choice.candidate
    if candidate is None:
        return ""
    adapted = f"的“{candidate.name}”" if candidate.name != choice.name else ""
    if candidate.type is not None:
        return f"指标库“{candidate.type.project_type}”类项目{adapted or '的指标'}"
    project = candidate.case.project_name if candidate.case else ""
    return f"相似项目“{project}”{adapted or '的指标'}"


def _support(choice: Choice, pool: Pool, features: FeatureMaker) -> Sequence[str]:
    """Say which of the project's own words speak for the indicator."""
    thing = choice.candidate.object if choice.candidate else ""
    if not thing or choice.deliverable is not None:
        return ()
    if features.rarity.covered(thing, pool.project.name_pairs) >= _MENTIONED:
        return (f"衡量对象“{thing}”与项目名称一致",)
    if features.rarity.covered(thing, pool.project.text_pairs) >= _MENTIONED:
        return (f"衡量对象“{thing}”见于项目描述",)
    return ()


def _used(usage: Usage) -> str:
    """Say how often the measure is used, if at all."""
    if usage.similar_with:
        return f"{usage.similar_total}个相似项目中有{usage.similar_with}个设有同类指标"
    if usage.corpus_with:
        return f"全部历史项目中有{usage.corpus_with}个设有同类指标"
    return ""
