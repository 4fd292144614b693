"""How well `ease` ranks rows labelled easy: `python -m models.attainment_report`.

Every row is judged without any case of its own group (same page, or the same project on another
page), in peers as in what is usual. The model has no parameter that was fitted on labels, so the
figures need no further split.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.bundle import bundled_labels
from corpus.knowledge import Knowledge
from corpus.records import Case, Declaration, Indicator
from corpus.target import parse_target
from models.attainment import Attainment, AttainmentModel
from models.attainment_evidence import Part
from models.attainment_usual import UsualValues, count_values
from models.case_groups import case_groups
from models.peers import Peer, PeerIndex
from models.target_hints_easy import EASY
from models.target_rows import read_form, read_rows

_FOLDS = 10
_PEERS = 60
_RESAMPLES = 1000
_NEUTRAL = 0.5
Score = Callable[[Attainment], float]


@dataclass(frozen=True)
class Judged:
    """One labelled row with its attainment."""

    group: int
    attainment: Attainment
    easy: bool
    by_name: bool
    """Whether its name already says that it restates an input or a procedure."""


def _of(part: Callable[[Attainment], Part]) -> Score:
    """Return the score that one part alone gives."""

    def score(found: Attainment) -> float:
        share = part(found).share
        return _NEUTRAL if share is None else share

    return score


SCORES: tuple[tuple[str, Score], ...] = (
    ("ease", lambda found: found.ease),
    ("区间下限", lambda found: found.low),
    ("只用同类目标", _of(lambda found: found.peers)),
    ("只用指标库", _of(lambda found: found.library)),
    ("只用一般水平", _of(lambda found: found.usual)),
)
SUBSETS: tuple[tuple[str, Callable[[Judged], bool]], ...] = (
    ("全部数值行", lambda row: True),
    ("可跨规模比较", lambda row: row.attainment.scale_free),
    ("其中比率和满意度", lambda row: row.attainment.unit == "%"),
    ("其中名称不复述投入或程序", lambda row: row.attainment.unit == "%" and not row.by_name),
    ("随规模变化的数量", lambda row: not row.attainment.scale_free),
)


def judge(knowledge: Knowledge) -> list[Judged]:
    """Assess every labelled row with a number, without its own group's cases."""
    labels = {(label.case_id, label.row): label.easy for label in bundled_labels("targets")}
    groups = case_groups(knowledge.cases).tolist()
    group_of = {case.source: group for case, group in zip(knowledge.cases, groups, strict=True)}
    index = PeerIndex(knowledge)
    judged: list[Judged] = []
    for fold in range(_FOLDS):
        rest = tuple(
            case
            for case, group in zip(knowledge.cases, groups, strict=True)
            if group % _FOLDS != fold
        )
        model = AttainmentModel(UsualValues(count_values(Knowledge(knowledge.types, rest))))
        for case, group in zip(knowledge.cases, groups, strict=True):
            if group % _FOLDS == fold:
                judged += _judge_case(case, group, labels, model, index, group_of)
    return judged


def _judge_case(
    case: Case,
    group: int,
    labels: dict[tuple[str, int], bool],
    model: AttainmentModel,
    index: PeerIndex,
    group_of: dict[str, int],
) -> Iterator[Judged]:
    """Assess the labelled rows of one case."""

    def peers(indicator: Indicator, declaration: Declaration) -> list[Peer]:
        found = index.peers(indicator, declaration, k=_PEERS, exclude_source=case.source)
        return [peer for peer in found if group_of[peer.source] != group]

    parsed = [parse_target(row.target, row.name) for row in case.indicators]
    rows = read_rows(case, parsed)
    form = read_form(case, rows)
    for place, row in enumerate(rows):
        easy = labels.get((str(case.id), place))
        found = model.assess(row.indicator, case, peers, index.library, parsed=row.parsed)
        if easy is None or found is None:
            continue
        by_name = any(hint.field == "name" and hint.holds(row, form) for hint in EASY)
        yield Judged(group, found, easy, by_name)


def auc(scores: np.ndarray, truth: np.ndarray) -> float:
    """Return the chance that a true row scores above a false one, ties half; nan if one-sided."""
    positive, negative = scores[truth], scores[~truth]
    if not len(positive) or not len(negative):
        return float("nan")
    above = (positive[:, None] > negative[None, :]).mean()
    return float(above + (positive[:, None] == negative[None, :]).mean() / 2)


def auc_interval(scores: np.ndarray, truth: np.ndarray, groups: np.ndarray) -> tuple[float, float]:
    """Return the 95% interval of the AUC by drawing groups of cases with replacement."""
    places = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    generator = np.random.default_rng(0)
    drawn = []
    for _ in range(_RESAMPLES):
        chosen = generator.integers(0, len(places), len(places))
        rows = np.concatenate([places[place] for place in chosen])
        drawn.append(auc(scores[rows], truth[rows]))
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def table(rows: Sequence[Judged]) -> str:
    """Return the figures as a Markdown table."""
    lines = [
        "| 范围 | 行数 | 易完成 | " + " | ".join(name for name, _ in SCORES) + " |",
        "|---|---|---|" + "---|" * len(SCORES),
    ]
    for name, belongs in SUBSETS:
        kept = [row for row in rows if belongs(row)]
        truth = np.array([row.easy for row in kept], dtype=bool)
        groups = np.array([row.group for row in kept])
        cells = []
        for place, (_, score) in enumerate(SCORES):
            values = np.array([score(row.attainment) for row in kept])
            cell = f"{auc(values, truth):.2f}"
            if place == 0:
                low, high = auc_interval(values, truth, groups)
                cell += f"（{low:.2f}–{high:.2f}）"
            cells.append(cell)
        lines.append(f"| {name} | {len(kept)} | {int(truth.sum())} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def coverage(rows: Sequence[Judged]) -> str:
    """Return how much evidence the rows had, in one sentence."""
    found = [row.attainment for row in rows]
    with_peers = sum(item.peer_count >= 5 for item in found)
    with_library = sum(item.position is not None for item in found)
    actuals = sum(item.informative for item in found)
    copied = sum(item.copied for item in found)
    share = copied / max(1, copied + actuals)
    return (
        f"{len(found)}行中{with_peers}行有5个以上可比来源，{with_library}行有指标库阈值；"
        f"所用实际值{copied + actuals}个，其中{copied}个（{share:.0%}）与自身目标相同，不单独作证。"
    )


def main() -> None:
    """Write table and coverage to standard output."""
    rows = judge(Knowledge.bundled())
    sys.stdout.write(f"{table(rows)}\n\n{coverage(rows)}\n")


if __name__ == "__main__":
    main()
