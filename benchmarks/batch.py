"""Cold starts without the encoder, and batches: time and peak memory of whole processes.

    python benchmarks/batch.py [HOME]

The floor of a cold start is a process that does nothing but start Python. A batch is reviewed from
JSONL, once with 250 and once with 1,000 declarations made from the bundled cases: peak memory must
not grow with the batch. HOME is the folder that `jixiao setup` filled, var/ by default.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path

from timing import JIXIAO, ROOT, medians, run, setting

COLD_RUNS = 5
SIZES = (250, 1000)
STARTS = {
    "jixiao --help": ["--help"],
    "jixiao rules": ["rules"],
    "jixiao review 申报表.xlsx": ["review", "examples/设施农业技术培训.xlsx"],
    "jixiao review-report 自评表.json": ["review-report", "examples/临时救助自评表.json"],
}


def main(home: Path) -> None:
    """Measure and print both tables."""
    print(f"环境：{setting()}")
    _starts(home)
    _batches(home)


def _starts(home: Path) -> None:
    """Print how long commands that need no encoder take as whole processes."""
    print(f"\n不用编码器的命令（新进程，各 {COLD_RUNS} 次，中位数）")
    floor, _ = medians([run([sys.executable, "-c", ""], home) for _ in range(COLD_RUNS)])
    print(f"  {floor:6.2f} s  下限：启动 Python")
    for label, arguments in STARTS.items():
        runs = [run([*JIXIAO, *arguments], home) for _ in range(COLD_RUNS + 1)][1:]
        seconds, spent = medians(runs)
        peak = max(one.megabytes for one in runs)
        print(f"  {seconds:6.2f} s  处理器 {spent:5.2f} s  内存峰值 {peak:4.0f} MB  {label}")


def _batches(home: Path) -> None:
    """Print time and peak memory of batches of two sizes."""
    lines = (ROOT / "corpus" / "data" / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    print("\n批量审核（JSONL，新进程，一次）")
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.jsonl"
            path.write_text("\n".join(islice(cycle(lines), size)) + "\n", encoding="utf-8")
            done = run([*JIXIAO, "review", str(path), "--jsonl"], home)
            print(
                f"  {size:5d} 份  {done.seconds:6.1f} s  "
                f"每份 {1000 * done.seconds / size:5.1f} ms  内存峰值 {done.megabytes:4.0f} MB"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var")
