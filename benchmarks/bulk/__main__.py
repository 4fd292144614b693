"""Where users feel it, and in bulk: whole processes, beside what a plain script would do.

    python -m benchmarks.bulk [HOME] [--declarations 100000] [--projects 10000] [--runs 5] [--out F]

Sections, each beside a baseline of the same run: cold starts; a service worker; recommendations in
a running process; review in bulk; recommendation in bulk. The plain script is sentence-transformers
with a flat FAISS index, or BM25 alone. Medians of the runs, with least and most.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.bulk import cold, review, running
from benchmarks.bulk.table import Section, plot, setting


def main(arguments: list[str]) -> None:
    """Measure what was asked for, print tables, and keep the figures where told."""
    options = _options(arguments)
    sections: list[Section] = []
    with tempfile.TemporaryDirectory(prefix="jixiao-bulk-") as name:
        folder = Path(name)
        wanted = {
            "cold": lambda: cold.starts(options.home, options.runs),
            "service": lambda: cold.service(options.home, options.runs),
            "running": lambda: running.recommendations(options.home),
            "review": lambda: review.reviews(options.home, folder, options.declarations),
            "recommend": lambda: review.recommendations(options.home, folder, options.projects),
        }
        print(f"环境：{setting()}", flush=True)
        for part in options.parts or wanted:
            section = wanted[part]()
            print(section.text(), flush=True)
            sections.append(section)
    if options.out is not None:
        figures = {"setting": setting(), "sections": [each.to_dict() for each in sections]}
        text = json.dumps(figures, ensure_ascii=False, indent=1)
        options.out.write_text(text + "\n", encoding="utf-8")
        plot(sections, options.out.with_suffix(".png"))


def _options(arguments: list[str]) -> argparse.Namespace:
    from api.settings import default_home

    parser = argparse.ArgumentParser(prog="python -m benchmarks.bulk")
    parser.add_argument("home", nargs="?", type=Path, default=default_home())
    parser.add_argument("--declarations", type=int, default=100_000)
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--parts", nargs="+", metavar="PART", help="cold service running …")
    parser.add_argument("--out", type=Path, help="figures as JSON, with a plot beside")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
