"""Prints an evaluation: one table each for retrieval, suggestions and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli.show_review import LABELS
from api.cli.text import styled, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, RenderableType

    from api.evaluation import Report
    from models.evaluate_retrieval import Interval, RetrievalReport
    from models.evaluate_targets import TargetReport
    from recommender.metrics import Evaluation

_RIGHT = {"justify": "right", "no_wrap": True}


def show_evaluation(console: Console, report: Report) -> None:
    """Print what was measured."""
    if report.retrieval:
        console.print(styled(("检索：适用的项目类型", "bold"), _retrieval_note(report.retrieval)))
        console.print(_retrieval(report.retrieval), "")
    if report.suggestions:
        count = len(report.suggestions[0].cases)
        note = f"  {count} 个案例，每个案例不使用与它同一网页的案例，未评的推荐按不适用计"
        console.print(styled(("推荐：前十条的排序", "bold"), note))
        console.print(_suggestions(report.suggestions), "")
    if report.labels:
        found = report.labels
        note = f"  {found.rows} 行，{found.groups} 组；{found.split}"
        console.print(styled(("分类：模糊、定性、易完成", "bold"), note))
        console.print(_labels(found))


def _retrieval_note(report: RetrievalReport) -> str:
    return f"  {report.cases} 个案例，{report.groups} 组；{report.split}；括号内为 95% 区间"


def _retrieval(report: RetrievalReport) -> RenderableType:
    made = table("方法", ("排在第一", _RIGHT), ("前三之内", _RIGHT), ("倒数排名", _RIGHT))
    for method in report.methods:
        made.add_row(
            method.name,
            _interval(method.first),
            _interval(method.among_three),
            f"{method.reciprocal_rank.value:.3f}",
        )
    return made


def _interval(share: Interval) -> str:
    return f"{share.value:.1%}（{share.low:.0%}–{share.high:.0%}）"


def _suggestions(methods: Sequence[Evaluation]) -> RenderableType:
    own = any(method.with_own for method in methods)
    added = (("含自评 nDCG@10", _RIGHT), ("直接适用", _RIGHT), ("未评", _RIGHT)) if own else ()
    made = table("方法", ("nDCG@10", _RIGHT), ("前十中直接适用", _RIGHT), ("未评", _RIGHT), *added)
    for method in methods:
        found = [method, *([method.with_own or method] if own else [])]
        figures = [
            text
            for each in found
            for text in (f"{each.ndcg:.3f}", f"{each.fit_share:.1%}", f"{each.unjudged:.1%}")
        ]
        made.add_row(method.name, *figures)
    return made


def _labels(report: TargetReport) -> RenderableType:
    numbers = ("精确率", "召回率", "F1", "标准误", "校准误差")
    made = table("方法", "标签", *((name, _RIGHT) for name in numbers))
    for method in report.methods:
        for place, (label, figures) in enumerate(method.figures.items()):
            made.add_row(
                "" if place else method.name,
                LABELS[label],
                f"{figures.precision:.3f}",
                f"{figures.recall:.3f}",
                f"{figures.f1:.3f}",
                f"{figures.f1_error:.3f}",
                "" if figures.calibration_error is None else f"{figures.calibration_error:.3f}",
            )
    return made
