"""Figures as tables and as a plot, with the machine described."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

_LIBRARIES = ("onnxruntime", "torch", "sentence-transformers", "faiss-cpu")


@dataclass(frozen=True)
class Row:
    """One thing that was measured, some times over."""

    what: str
    values: tuple[float, ...]
    unit: str
    note: str = ""

    @property
    def middle(self) -> float:
        """The median."""
        return statistics.median(self.values)


@dataclass
class Section:
    """Rows that belong together; the first is what the others are compared to."""

    title: str
    rows: list[Row] = field(default_factory=list)

    def add(self, what: str, values: Sequence[float], unit: str, note: str = "") -> None:
        """Add what was measured."""
        self.rows.append(Row(what, tuple(values), unit, note))

    def text(self) -> str:
        """Return the table; ratios are to the first row of the same unit."""
        lines = [f"\n{self.title}"]
        for row in self.rows:
            first = next(each for each in self.rows if each.unit == row.unit)
            ratio = row.middle / first.middle if first.middle else float("nan")
            spread = (
                f"（{min(row.values):.4g}–{max(row.values):.4g}）" if len(row.values) > 1 else ""
            )
            lines.append(
                f"  {row.middle:10.4g} {row.unit}{spread}  {ratio:6.2f} ×  {row.what}"
                + (f"；{row.note}" if row.note else "")
            )
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {"title": self.title, "rows": [asdict(row) for row in self.rows]}


def setting() -> str:
    """Describe the machine, what else it is doing, and the libraries."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    names = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return (
        f"{_processor()}, {len(os.sched_getaffinity(0))} cores, {pages / 1024**3:.0f} GiB, "
        f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, {names}"
    )


def _processor() -> str:
    found = Path("/proc/cpuinfo")
    lines = found.read_text(encoding="utf-8").splitlines() if found.exists() else []
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def plot(sections: Sequence[Section], path: Path) -> None:
    """Draw every section as bars with their spread; needs matplotlib."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(len(sections), 1, figsize=(9, 3 * len(sections)), squeeze=False)
    for axis, section in zip(axes[:, 0], sections, strict=True):
        unit = section.rows[0].unit
        rows = [row for row in section.rows if row.unit == unit][::-1]
        middles = [row.middle for row in rows]
        spread = [
            [row.middle - min(row.values) for row in rows],
            [max(row.values) - row.middle for row in rows],
        ]
        axis.barh([row.what for row in rows], middles, xerr=spread)
        axis.set_title(section.title)
        axis.set_xlabel(unit)
    mpl.rcParams["font.sans-serif"] = ["Noto Sans CJK SC", "sans-serif"]
    figure.tight_layout()
    figure.savefig(path, dpi=120)
