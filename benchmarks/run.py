"""Runs every benchmark, each in a process of its own; `jixiao bench` calls this.

python benchmarks/run.py [HOME]
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARKS = ("batch", "retrieval", "recommending")


def main(arguments: list[str]) -> int:
    """Run the benchmarks and return the first exit status that is not zero."""
    folder = Path(__file__).resolve().parent
    for name in BENCHMARKS:
        print(f"== {name} ==", flush=True)
        done = subprocess.run([sys.executable, str(folder / f"{name}.py"), *arguments], check=False)
        if done.returncode:
            return done.returncode
    print("== bulk ==", flush=True)
    bulk = [sys.executable, "-m", "benchmarks.bulk", *arguments]
    return subprocess.run(bulk, cwd=folder.parent, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
