"""Measures the search for copied text among thousands of imported reports.

    python -m benchmarks.report_faults.large_import [--reports 5000]

Reports are composed from the bundled library, each on a project type with indicators, results and
reasons of its own in phrases that all units use. Reports to be searched for are on types that no
known one is on, so that they share phrases and no content. Into half of them three sentences of a
known one are taken over, with numbers changed; nothing may be said of the others.
"""

from __future__ import annotations

import argparse
import random
import re
import time
import tracemalloc
from collections.abc import Iterator, Sequence

from corpus.bundle import bundled_library
from corpus.records import Case, LibraryType, SelfEvaluation
from corpus.report import read_report
from review.facts.shared_reports import SharedReports

_SEED = 7
_PROBES, _COPIED, _ROWS, _HELD_BACK = 200, 3, 5, 4
_PLACES = ("青石", "白水", "临川", "云岭", "平湖", "马岭", "石桥", "东江", "龙洞", "南丰", "凤山")
_CAUSES = (
    "{o}的供货单位{m}月停产{d}天",
    "{o}所在地块{m}月才完成征收，开工推迟{d}天",
    "{o}招标两次流标，{m}月才确定承接单位",
    "负责{o}的两名业务人员{m}月抽调支援防汛{d}天",
    "{o}涉及的{d}户住户外出务工，{m}月后才联系上",
    "上级{m}月调整{o}的技术标准，方案重新报批用去{d}天",
)
_OPENINGS = (
    "根据市财政局关于开展绩效自评工作的通知要求，我单位对本项目进行了自评，现将情况报告如下。",
    "项目资金实行专账核算、专款专用，严格按照资金管理办法审批和支付。",
)


def _report(kind: LibraryType, draw: random.Random) -> str:
    """Return a report on a project of some type."""
    place = draw.choice(_PLACES)
    rows = draw.sample(kind.indicators, min(6, len(kind.indicators)))
    budget = draw.randrange(60, 900)
    lines = [f"{place}县{draw.randrange(2019, 2025)}年{kind.project_type}项目绩效自评报告"]
    activities = "；".join(draw.sample(kind.activities, min(2, len(kind.activities))))
    lines += ["一、项目概况", f"{_OPENINGS[0]}项目主要内容：{activities}。"]
    lines += ["二、资金情况", f"{_OPENINGS[1]}预算{budget}万元，支出{budget * 0.95:.1f}万元。"]
    lines += ["三、绩效目标完成情况"]
    for row in rows:
        value = draw.randrange(20, 900)
        lines.append(f"{row.name}目标{value}{row.unit}，实际{value - 3}{row.unit}。")
    lines += ["四、存在的问题"]
    for row in rows[:3]:
        cause = draw.choice(_CAUSES).format(
            o=row.object or row.name, m=draw.randrange(2, 12), d=draw.randrange(5, 60)
        )
        lines.append(f"{row.name}没有达到目标，{cause}，{draw.choice(rows).name}也受到影响。")
    return "\n".join(lines)


def _cases(count: int, *, is_known: bool) -> Iterator[Case]:
    draw = random.Random(f"{_SEED}{is_known}")  # noqa: S311
    types = [kind for kind in bundled_library() if len(kind.indicators) > _ROWS]
    types = [kind for place, kind in enumerate(types) if (place % _HELD_BACK > 0) == is_known]
    for number in range(count):
        text = _report(draw.choice(types), draw)
        yield Case(
            id=f"r{number}" if is_known else f"p{number}",
            project_name=text.split("项目")[0],
            report_text=text,
        )


def _copied(own: str, other: str, draw: random.Random) -> str:
    """Return a report with sentences of another, their numbers changed."""
    found = [line for line in other.splitlines() if "没有达到目标" in line and len(line) > 30]
    taken = "\n".join(found[:_COPIED])
    return own + "\n" + re.sub(r"\d", lambda _: str(draw.randrange(10)), taken)


def main() -> None:
    """Build the index, search it and print what was found and how fast."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=5000)
    count = parser.parse_args().reports
    known = list(_cases(count, is_known=True))
    probes = list(_cases(2 * _PROBES, is_known=False))
    clean, copying = probes[:_PROBES], probes[_PROBES:]
    tracemalloc.start()
    begun = time.perf_counter()
    shared = SharedReports(known)
    built = time.perf_counter() - begun
    size = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    draw = random.Random(_SEED)  # noqa: S311
    sources = [draw.choice(known) for _ in copying]
    copies = [
        _copied(one.report_text or "", other.report_text or "", draw)
        for one, other in zip(copying, sources, strict=True)
    ]
    accused, _ = _search(shared, [one.report_text or "" for one in clean])
    found, seconds = _search(shared, copies)
    right = sum(a == str(b.id) for a, b in zip(found, sources, strict=True))
    told = sum(one is not None for one in found)
    wrong = sum(one is not None for one in accused)
    print(f"{count} reports indexed in {built:.1f} s, {size:.0f} MB")
    print(f"copies: {told} of {len(copies)} found, {right} of them with their source named")
    print(f"others: {wrong} of {len(clean)} accused; {1000 * seconds:.1f} ms a search")


def _search(shared: SharedReports, texts: Sequence[str]) -> tuple[list[str | None], float]:
    """Return the report each text is said to copy, and seconds a search takes."""
    answers: list[str | None] = []
    begun = time.perf_counter()
    for text in texts:
        match = shared.most_alike(read_report(text), SelfEvaluation(report_text=text))
        answers.append(match.case_id if match and match.is_telling else None)
    return answers, (time.perf_counter() - begun) / len(texts)


if __name__ == "__main__":
    main()
