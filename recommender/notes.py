"""What a recommendation has to say about itself: doubts, gaps and guesses, in Chinese."""

from __future__ import annotations

from corpus.taxonomy import function_name
from recommender.candidates import Pool
from recommender.category import CALLED, category_of
from recommender.config import RecommenderConfig
from recommender.selection import REQUIRED, Selection


def compose(
    pool: Pool,
    confidence: float,
    selection: Selection,
    config: RecommenderConfig,
    top: int | None = None,
) -> tuple[str, ...]:
    """Return the notes of a recommendation, most important first.

    A set that is full at `top` suggestions was cut short on request, which is no gap.
    """
    full = top is not None and len(selection.chosen) >= top
    notes = [
        *_doubt(pool, confidence, config),
        *_sector(pool),
        *_scope(pool, config),
        *(() if full else _gaps(selection)),
    ]
    return tuple(notes)


def _doubt(pool: Pool, confidence: float, config: RecommenderConfig) -> list[str]:
    """Say when the project is unlike anything known."""
    if confidence >= config.low_confidence:
        return []
    category = CALLED.get(category_of(pool.project.name))
    sector = function_name(pool.project.function_code)
    where = f"“{category or sector}”类" if category or sector else "各类"
    text = f"指标库和历史项目中没有与本项目十分接近的类型，已补充{where}项目的通用指标"
    return [f"{text}，把握程度低，请结合项目实际逐条核对"]


def _sector(pool: Pool) -> list[str]:
    """Say when the sector was guessed."""
    if not pool.project.guessed_sector:
        return []
    name = function_name(pool.project.function_code)
    return [f"未填支出功能分类，按项目名称和部门推断为“{name}”"]


def _scope(pool: Pool, config: RecommenderConfig) -> list[str]:
    """Say what was not there to read, or too long to read."""
    declaration = pool.project.declaration
    texts = (declaration.description, declaration.goal)
    if any(len(text) > config.text_limit for text in texts):
        return [f"项目内容较长，只采用前{config.text_limit}字"]
    if not any(text.strip() for text in texts):
        return ["只有项目名称，补充项目内容和年度目标后推荐更准确"]
    return []


def _gaps(selection: Selection) -> list[str]:
    """Say which required parts of the form found no suggestion."""
    missing = [
        level2 or level1
        for level1, level2 in REQUIRED
        if not any(
            choice.level1 == level1 and level2 in ("", choice.level2) for choice in selection.chosen
        )
    ]
    return [f"没有找到合适的{'、'.join(missing)}，请自行补充"] if missing else []
