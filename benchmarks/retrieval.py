"""Speed and memory of retrieval, each beside the floor measured in the same run.

    python benchmarks/retrieval.py [HOME]

Floor of one search: encoding one query and one exact search over the same vectors, with the same
model and threads. Floor of a cold start: a new process that imports sentence-transformers and
loads the model. HOME is the folder that `jixiao setup` filled, var/ by default.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from timing import JIXIAO, ROOT, Run, median_ms, medians, milliseconds, run, setting

if TYPE_CHECKING:
    import numpy as np

    from models.encoder import Encoder

COLD_RUNS = 3
DECLARATION = {
    "project_name": "2024年农村公路日常养护工程",
    "goal": "养护农村公路120公里，保持路况良好，方便群众出行",
    "department": "交通运输局",
    "function_code": "214",
}


class Recalling:
    """An encoder that knows by heart what it was asked once, to time the rest of a search."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[tuple[str, ...], np.ndarray] = {}

    @property
    def fingerprint(self) -> str:
        """Identity of the encoder behind."""
        return self._encoder.fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._encoder.dimension

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row per text."""
        key = tuple(texts)
        if key not in self._known:
            self._known[key] = self._encoder.encode_queries(texts)
        return self._known[key]

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row per text."""
        return self._encoder.encode_passages(texts)


def main(home: Path) -> None:
    """Measure and print the tables."""
    print(f"环境：{setting()}")
    # Cold first: a child's peak memory counts from that of the process which forks it.
    print_cold(*cold(home))
    print_warm(*warm(home))


def warm(home: Path) -> tuple[dict[str, float], int, int]:
    """Return median milliseconds of each step in a running process, and the sizes searched."""
    from corpus.knowledge import Knowledge
    from models.dense import DenseIndex
    from models.encoder import open_encoder
    from models.retrieval import Retriever
    from models.retrieval_text import query_fields, type_fields
    from models.train_retrieval import asked_without_indicators

    knowledge = Knowledge.bundled()
    encoder = open_encoder(home / "encoder").behind  # each text is encoded anew
    forms = [asked_without_indicators(case) for case in knowledge.cases]
    texts = [query_fields(form).passage for form in forms]
    plain = DenseIndex(encoder.dimension)
    plain.add(
        [kind.id for kind in knowledge.types],
        encoder.encode_passages([type_fields(kind).passage for kind in knowledge.types]),
    )
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        Retriever.open(index, knowledge, encoder)
        opening = median_ms([lambda: Retriever.open(index, knowledge, encoder)] * 5)
        fresh = Retriever.open(index, knowledge, encoder)
        known = Retriever.open(index, knowledge, Recalling(encoder))
        words = Retriever.build(knowledge)

        def both(retriever: Retriever, row: int) -> None:
            retriever.types(forms[row], 5)
            retriever.cases(forms[row], 20)

        def floor(row: int) -> None:
            plain.search(encoder.encode_queries([texts[row]])[0], 5)

        for row in range(len(forms)):
            known.types(forms[row].model_copy(update={"function_code": None}))
        floor(0), both(fresh, 0), both(words, 0)
        rows = range(1, len(forms))
        figures = {"floor": [], "whole": []}  # type: dict[str, list[float]]
        for row in rows:  # in turns, so that both see the same load
            figures["floor"].append(milliseconds(lambda row=row: floor(row)))
            figures["whole"].append(milliseconds(lambda row=row: both(fresh, row)))
        steps = {name: statistics.median(values) for name, values in figures.items()}
        steps["without encoding"] = median_ms([lambda r=r: both(known, r) for r in rows])
        steps["words only"] = median_ms([lambda r=r: both(words, r) for r in rows])
        steps["opening"] = opening
    return steps, len(knowledge.types), len(knowledge.cases)


def cold(home: Path) -> tuple[list[Run], list[Run]]:
    """Return runs of the floor and of `jixiao recommend`, taken in turns."""
    load = (
        "import sys; from sentence_transformers import SentenceTransformer; "
        "SentenceTransformer(sys.argv[1], device='cpu', local_files_only=True).encode(['query: a'])"
    )
    floors, wholes = [], []
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(DECLARATION, file, ensure_ascii=False)
        file.flush()
        recommend = [*JIXIAO, "recommend", file.name, "--json"]
        run(recommend, home)
        for _ in range(COLD_RUNS):
            floors.append(run([sys.executable, "-c", load, str(home / "encoder")], home))
            wholes.append(run(recommend, home))
    return floors, wholes


def print_warm(figures: dict[str, float], types: int, cases: int) -> None:
    """Print the table of a running process."""
    print(f"\n进程内（{types} 个项目类型，{cases} 个案例，每个案例各问一次，中位数）")
    rows = [
        ("下限：编码一次并精确检索一次", figures["floor"]),
        ("完整检索：项目类型和相似案例", figures["whole"]),
        ("其中编码以外的部分", figures["without encoding"]),
        ("不用编码器的检索", figures["words only"]),
        ("打开已建好的索引", figures["opening"]),
    ]
    for name, value in rows:
        print(f"  {value:8.2f} ms  {value / figures['floor']:5.2f} × 下限  {name}")


def print_cold(floors: Sequence[Run], wholes: Sequence[Run]) -> None:
    """Print the table of a cold start."""
    print(f"\n冷启动（新进程，各 {COLD_RUNS} 次，中位数）")
    labels = ("下限：导入 sentence-transformers 并加载模型", "jixiao recommend")
    base, base_spent = medians(floors)
    for label, runs in zip(labels, (floors, wholes), strict=True):
        seconds, spent = medians(runs)
        memory = max(run.megabytes for run in runs)
        print(
            f"  {seconds:6.2f} s  {seconds / base:5.2f} × 下限  "
            f"处理器 {spent:5.2f} s  {spent / base_spent:5.2f} × 下限  "
            f"内存峰值 {memory:4.0f} MB  {label}"
        )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var")
