"""Time of one recommendation and of one reviewed row in a running process.

    python benchmarks/recommending.py [HOME]

The floor of a recommendation is measured in turns with it: encoding one query and one exact search
over the vectors of the library types, with the same model and threads. No text is encoded twice,
so no cache helps. HOME is the folder that `jixiao setup` filled, var/ by default.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from timing import ROOT, milliseconds, setting

if TYPE_CHECKING:
    from corpus.records import Declaration


def main(home: Path) -> None:
    """Measure and print both tables."""
    sys.path.insert(0, str(ROOT))
    from api.settings import Settings
    from api.workspace import Workspace

    workspace = Workspace(Settings(home=home))
    workspace.warm_up()
    print(f"环境：{setting()}")
    _recommendations(workspace)
    _reviews(workspace)


def _recommendations(workspace: object) -> None:
    """Time recommendations for every bundled case, each in turn with the floor."""
    from models.dense import DenseIndex
    from models.retrieval_text import query_fields, type_fields
    from models.train_retrieval import asked_without_indicators

    parts = workspace.parts
    encoder = workspace.encoder.behind  # without its memory: each text is encoded anew
    plain = DenseIndex(encoder.dimension)
    types = parts.knowledge.types
    passages = [type_fields(kind).passage for kind in types]
    plain.add([kind.id for kind in types], encoder.encode_passages(passages))
    forms = [asked_without_indicators(case) for case in parts.knowledge.cases]
    floors, wholes = [], []
    for form in forms[1:]:
        text = query_fields(form).passage
        floors.append(
            milliseconds(lambda text=text: plain.search(encoder.encode_queries([text])[0], 5))
        )
        wholes.append(milliseconds(lambda form=form: workspace.recommend(form)))
    floor, whole = statistics.median(floors), statistics.median(wholes)
    tail = statistics.quantiles(wholes, n=20)[-1]
    print(f"\n推荐（{len(wholes)} 个案例各一次）")
    print(f"  {floor:8.2f} ms   1.00 × 下限  下限：编码一次并精确检索一次，中位数")
    print(f"  {whole:8.2f} ms  {whole / floor:5.2f} × 下限  一次推荐，中位数")
    print(f"  {tail:8.2f} ms  {tail / floor:5.2f} × 下限  一次推荐，第 95 百分位")


def _reviews(workspace: object) -> None:
    """Time the review of every bundled case, whole and without its output indicators."""
    from corpus.target import parse_target

    cases = [case for case in workspace.parts.knowledge.cases if case.indicators]
    workspace.review(cases[0])
    print("\n审核")
    reading = [
        milliseconds(lambda case=case: [parse_target(row.target) for row in case.indicators])
        / len(case.indicators)
        for case in cases[1:]
    ]
    print(f"  {statistics.median(reading):8.3f} ms/行  下限：只解析指标值，中位数")
    _reviewed(workspace, "全部案例", cases[1:])
    _reviewed(workspace, "去掉产出指标的案例", [_without_outputs(case) for case in cases[1:]])


def _without_outputs(case: Declaration) -> Declaration:
    """Return a case in which a first level is missing, for which a review suggests indicators."""
    left = tuple(row for row in case.indicators if "产出" not in row.level1)
    return case.model_copy(update={"indicators": left})


def _reviewed(workspace: object, title: str, cases: Sequence[Declaration]) -> None:
    """Time reviews and print what a row takes."""
    cases = [case for case in cases if case.indicators]
    counts = [len(case.indicators) for case in cases]
    spent = [milliseconds(lambda case=case: workspace.review(case)) for case in cases]
    each = statistics.median(time / count for time, count in zip(spent, counts, strict=True))
    print(f"  {each:8.3f} ms/行  {title}（{len(cases)} 个，{sum(counts)} 行），中位数")
    print(f"  {1000 * sum(counts) / sum(spent):8.0f} 行/秒  {title}，单线程")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var")
