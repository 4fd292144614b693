"""Indexes of 1,000 to 1,000,000 indicator rows: exact search beside a graph and an inverted file.

    python -m benchmarks.vectors [HOME] [--sizes 1000,10000,100000,1000000] [--out FOLDER]

Vectors are those of the real rows of library and cases, moved (see `benchmarks.vectors.rows`);
100 real rows are held out and ask. Every size is measured in a process of its own; the indexes of
one size are asked in turns. The baseline is exact search (FAISS flat) over the same vectors.
Building uses all cores, searching one thread. Prints a table; with --out writes it as JSON,
Markdown and a plot. HOME is the folder that `jixiao setup` filled, var/ by default.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from api.settings import default_home
from benchmarks.timing import setting
from benchmarks.vectors import rows
from benchmarks.vectors.page import page
from benchmarks.vectors.plot import draw
from benchmarks.vectors.sizes import measure
from models.local_vectors import EXACT_UP_TO
from models.shortlist import NAMED

SIZES = "1000,10000,100000,1000000"


def main() -> int:
    """Measure every size and print."""
    arguments = _arguments()
    real = rows.real(arguments.home)
    print(f"环境：{setting()}；开始时负荷 {os.getloadavg()[0]:.1f}")
    structures = _structures(real)
    measured = []
    with tempfile.NamedTemporaryFile(suffix=".npy") as file:
        np.save(file.name, real)
        for size in map(int, arguments.sizes.split(",")):
            with multiprocessing.get_context("spawn").Pool(1) as process:
                found = process.apply(measure, (file.name, size))
            _show(size, found)
            measured += found
    if arguments.out is not None:
        arguments.out.mkdir(parents=True, exist_ok=True)
        report = {
            "setting": setting(),
            "load_average": os.getloadavg(),
            "structure": structures,
            "exact_up_to": EXACT_UP_TO,
            "rows": measured,
        }
        text = json.dumps(report, ensure_ascii=False, indent=1)
        (arguments.out / "vector-index.json").write_text(text + "\n", encoding="utf-8")
        (arguments.out / "vector-index.md").write_text(page(report), encoding="utf-8")
        draw(measured, EXACT_UP_TO, arguments.out / "vector-index.png")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("home", nargs="?", type=Path, default=default_home())
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def _structures(real: np.ndarray) -> dict[str, dict[str, float]]:
    """Compare the neighbourhoods of real and made rows, as many of the one as of the other."""
    found = {
        "real": vars(rows.structure(real)),
        "made": vars(rows.structure(rows.made(real, len(real)))),
    }
    for name, title in (("real", "真实指标行"), ("made", "生成指标行")):
        told = "，".join(f"{key} {value:.2f}" for key, value in found[name].items())
        print(f"{title} {len(real)} 条：{told}")
    return found


def _show(size: int, found: list[dict[str, Any]]) -> None:
    base = found[0]["search_ms"][0]
    for row in found:
        median, least, most = row["search_ms"]
        print(
            f"{size:>9,} {row['index']:<9} 建 {row['build_seconds']:8.2f} s  "
            f"{row['megabytes']:7.0f} MB  查 {median:7.3f} ms（{least:.3f}–{most:.3f}，"
            f"{median / base:5.2f} × 精确）  召回@10 {row['recall_10']:.4f}  "
            f"@{NAMED} {row['recall_wide']:.4f}（{row['search_wide_ms'][0]:.3f} ms）",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
