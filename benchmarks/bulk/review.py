"""Reviews and recommendations by the hundred thousand: speed, memory, what repetition saves."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.bulk.declarations import declarations, repetition, write_lines
from benchmarks.bulk.table import Section
from benchmarks.timing import JIXIAO, ROOT

_LOOK = 0.5
_WARM_SHARE = 0.1
"""The first tenth of a run fills memories and starts processes; speed is that of the rest."""
_SAMPLED = 20_000


@dataclass
class _Watched:
    """How many results were there, and how much memory was held, at each look."""

    seconds: list[float]
    lines: list[int]
    megabytes: list[float]

    def rate(self) -> float:
        """Return results a second after warm-up."""
        warm = next(i for i, n in enumerate(self.lines) if n >= _WARM_SHARE * self.lines[-1])
        spent = self.seconds[-1] - self.seconds[warm]
        return (self.lines[-1] - self.lines[warm]) / spent if spent else float("nan")

    def growth(self) -> float:
        """Return by how much the second half of the results held more than its beginning, in MB."""
        half = next(i for i, n in enumerate(self.lines) if n >= 0.5 * self.lines[-1])
        return max(self.megabytes[half:]) - self.megabytes[half]


def reviews(home: Path, folder: Path, count: int) -> Section:
    """Measure the review of many declarations from JSONL by the processes that a user gets."""
    given = folder / "declarations.jsonl"
    write_lines(given, count)
    shares = repetition(min(count, _SAMPLED))
    seen = _watch(["review", str(given), "--jsonl", "--resume"], home, folder / "reviews.jsonl")
    each = shares["rows_each"]
    alone = _alone(home, folder, min(count, 2_000))
    section = Section(
        f"批量审核：{count} 份申报表，约 {count * each:.0f} 行；前 {min(count, _SAMPLED)} 份中"
        f"不重复的项目占 {shares['projects']:.0%}、指标名称占 {shares['names']:.0%}、"
        f"名称与指标值占 {shares['rows']:.0%}"
    )
    section.add("一个进程，每份之后忘记见过的行（不靠重复）", [alone * each], "行/秒")
    section.add("jixiao review --jsonl，预热之后", [seen.rate() * each], "行/秒")
    whole = seen.lines[-1] * each / seen.seconds[-1]
    section.add("同上，含启动", [whole], "行/秒")
    section.add("全部进程的内存", [max(seen.megabytes)], "MB", f"后半程增长 {seen.growth():.0f} MB")
    return section


def recommendations(home: Path, folder: Path, count: int) -> Section:
    """Measure recommendations for many projects beside encoding their texts in batches."""
    given = folder / "projects.jsonl"
    write_lines(given, count)
    seen = _watch(
        ["recommend", str(given), "--jsonl", "--resume"], home, folder / "recommendations.jsonl"
    )
    section = Section(f"批量推荐：{count} 个项目")
    section.add("下限：只把各项目的文字成批编码", [_encoded(home, min(count, 2_000))], "个/秒")
    section.add("jixiao recommend --jsonl，预热之后", [seen.rate()], "个/秒")
    section.add("全部进程的内存", [max(seen.megabytes)], "MB", f"后半程增长 {seen.growth():.0f} MB")
    return section


def _watch(arguments: list[str], home: Path, out: Path) -> _Watched:
    """Run a command to its end, looking at its results and its memory meanwhile."""
    partial = out.with_name(f"{out.name}.partial")
    seen = _Watched([], [], [])
    began = time.perf_counter()
    child = subprocess.Popen(
        [*JIXIAO, *arguments, "--out", str(out)],
        cwd=ROOT,
        env={**os.environ, "JIXIAO_HOME": str(home)},
        stderr=subprocess.DEVNULL,
    )
    ended = threading.Event()
    threading.Thread(target=lambda: (child.wait(), ended.set()), daemon=True).start()
    counted, lines = 0, 0
    while True:
        over = ended.wait(_LOOK)
        path = out if over else partial
        if path.exists():
            with path.open("rb") as results:
                results.seek(counted)
                new = results.read()
            counted, lines = counted + len(new), lines + new.count(b"\n")
        seen.seconds.append(time.perf_counter() - began)
        seen.lines.append(lines)
        seen.megabytes.append(_held(child.pid))
        if over:
            break
    if child.returncode:
        raise SystemExit(f"{arguments[0]} 以状态 {child.returncode} 结束")
    return seen


def _held(pid: int) -> float:
    """Return the memory of a process and its children, shared pages counted once, in MB."""
    import psutil

    try:
        first = psutil.Process(pid)
        every = [first, *first.children(recursive=True)]
        return sum(each.memory_full_info().pss for each in every) / 1024**2
    except psutil.Error:
        return 0.0


def _alone(home: Path, folder: Path, count: int) -> float:
    """Return declarations a second that one process reviews with a new reviewer's memories.

    What repeats between declarations is forgotten after each: this is what memory does not save.
    """
    from api.cli.writers import to_json
    from api.settings import Settings
    from api.workspace import Workspace
    from corpus.importers.json_records import declaration_from_dict

    parts = Workspace(Settings(home=home)).parts
    records = [declaration_from_dict(each) for each in declarations(count)]
    for record in records[: count // 10]:
        to_json(parts.review(record).to_dict())
    began = time.perf_counter()
    for record in records[count // 10 :]:
        _forget(parts)
        to_json(parts.review(record).to_dict())
    return (count - count // 10) / (time.perf_counter() - began)


def _forget(parts: Any) -> None:
    """Empty what a review remembers of rows seen before."""
    from corpus.target import parser
    from models import attainment_reading, measure
    from review import context
    from review.facts import published

    peers, classifier = parts.peers, parts.reviewer._classifier
    wording, words = classifier._wording, parts.reviewer._library_words
    for remembered in (
        parser._parse,
        measure.split_name,
        measure._similarity,
        attainment_reading.usual_name,
        published.row_key,
        classifier._cells,
        classifier._reasons,
        wording._cell,
        wording._run,
        words._particular,
        context._folded,
        peers._index._promise,
        peers._library._index._promise,
    ):
        remembered.cache_clear()


def _encoded(home: Path, count: int) -> float:
    """Return the projects a second whose asking texts are encoded, in batches, by all cores."""
    from api.settings import Settings
    from api.workspace import Workspace
    from corpus.importers.json_records import declaration_from_dict
    from models.retrieval import question
    from models.views import encoded_texts

    encoder = Workspace(Settings(home=home)).encoder
    records = [declaration_from_dict(each) for each in declarations(count)]
    encoder.encode_queries(["预热"])
    began = time.perf_counter()
    for start in range(0, count, 256):
        asked = [question(each) for each in records[start : start + 256]]
        encoder.encode_queries([text for each in asked for text in encoded_texts(each)])
    return count / (time.perf_counter() - began)
