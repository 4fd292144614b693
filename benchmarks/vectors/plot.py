"""Draws how indexes grow."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

TITLES = {"exact": "精确检索", "graph": "图索引 HNSW", "inverted": "倒排 IVF"}


def draw(measured: Sequence[dict[str, Any]], exact_up_to: int, path: Path) -> None:
    """Plot latency, build time and memory by number of rows, both axes logarithmic."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    mpl.rcParams["font.sans-serif"] = ["Noto Sans CJK SC", "Noto Serif CJK SC", "DejaVu Sans"]
    mpl.rcParams["font.family"] = "sans-serif"
    panels = (
        ("查询一次（毫秒，10 条）", lambda row: row["search_ms"][0]),
        ("建立（秒，2 核）", lambda row: row["build_seconds"]),
        ("内存（MB）", lambda row: row["megabytes"]),
    )
    figure, axes = plt.subplots(1, len(panels), figsize=(12, 3.8), constrained_layout=True)
    for axis, (title, value) in zip(axes, panels, strict=True):
        for name, label in TITLES.items():
            points = [(row["size"], value(row)) for row in measured if row["index"] == name]
            shown = [(size, amount) for size, amount in points if amount > 0]
            axis.plot(*zip(*shown, strict=True), marker="o", label=label)
        axis.axvline(exact_up_to, linestyle=":", color="grey")
        axis.set(title=title, xscale="log", yscale="log", xlabel="指标行数")
        axis.grid(visible=True, which="major", alpha=0.3)
    axes[0].legend()
    axes[0].annotate("自动切换", (exact_up_to, axes[0].get_ylim()[0]), fontsize=8, color="grey")
    figure.savefig(path, dpi=110)
    plt.close(figure)
