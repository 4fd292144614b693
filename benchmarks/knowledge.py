"""What one process holds: time and memory by the number of cases that a region has imported.

    python -m benchmarks.knowledge [--sizes 149,1000,10000]

Cases are made as for the bulk benchmark (`benchmarks.bulk.declarations`), eight to ten indicator
rows each; every size is measured in a process of its own, with words alone, so that the encoder's
speed does not count. Prints a row for each size: building what a review needs and what a search
needs, the memory both hold, one review and one search of similar cases. Times are processor time,
which other load shakes less than the clock.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import psutil

from benchmarks.children import in_child
from benchmarks.timing import setting

_ASKED = 40


def main() -> int:
    """Measure every size and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", default="149,1000,10000")
    print(f"环境：{setting()}")
    for size in map(int, parser.parse_args().sizes.split(",")):
        print(json.dumps(in_child(measure, size), ensure_ascii=False), flush=True)
    return 0


def measure(size: int) -> dict[str, Any]:
    """Measure with so many cases."""
    from api.settings import default_home
    from benchmarks.bulk.declarations import declarations
    from corpus.importers import declaration_from_dict
    from corpus.knowledge import Knowledge
    from corpus.records import Case
    from models.peers import PeerIndex
    from models.retrieval import Retriever
    from models.target_classifier import TargetClassifier
    from review.reviewer import Reviewer

    bundled = Knowledge.bundled()
    classifier = TargetClassifier.load(default_home() / "targets")
    asked = [declaration_from_dict(record) for record in declarations(_ASKED, start=10_000_000)]
    empty = _megabytes()
    made = [_case(Case, record) for record in declarations(max(0, size - len(bundled.cases)))]
    knowledge = Knowledge(bundled.types, (*bundled.cases, *made)[:size])
    records = _megabytes()
    steps: dict[str, float] = {}
    found: dict[str, Any] = {}

    def timed(name: str, step: Callable[[], object]) -> None:
        begun = time.process_time()
        found[name] = step()
        steps[name] = round(time.process_time() - begun, 2)

    timed("peers", lambda: PeerIndex(knowledge))
    reviewer = Reviewer(classifier, found["peers"])
    reviewer.review(asked[0])
    held = _megabytes()
    timed("search", lambda: Retriever.build(knowledge))
    searched = _megabytes()
    return {
        "cases": len(knowledge.cases),
        "indicator_rows": sum(len(case.indicators) for case in knowledge.cases),
        "records_mb": round(records - empty),
        "peers_mb": round(held - records),
        "search_mb": round(searched - held),
        "peers_seconds": steps["peers"],
        "search_seconds": steps["search"],
        "review_ms": _median([lambda d=d: reviewer.review(d) for d in asked]),
        "search_ms": _median([lambda d=d: found["search"].cases(d, 20) for d in asked]),
    }


def _case(kind: Any, record: dict[str, Any]) -> Any:
    return kind.model_validate({**record, "id": f"made-{record['id']}"})


def _median(steps: list[Callable[[], object]]) -> float:
    times = []
    for step in steps:
        begun = time.process_time()
        step()
        times.append((time.process_time() - begun) * 1000)
    return round(statistics.median(times), 2)


def _megabytes() -> float:
    import gc

    gc.collect()
    return float(psutil.Process().memory_info().rss / 1024**2)


if __name__ == "__main__":
    sys.exit(main())
