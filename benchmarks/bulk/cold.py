"""Cold starts of commands and of a service worker, as whole processes."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from api.client import Client
from benchmarks.bulk.table import Section
from benchmarks.service import Service
from benchmarks.timing import JIXIAO, ROOT, run

PLAIN = """
import json, sys
from sentence_transformers import SentenceTransformer
import faiss, numpy as np
model = SentenceTransformer(sys.argv[1], device="cpu")
vectors = np.load(sys.argv[2])
index = faiss.IndexFlatIP(vectors.shape[1])
index.add(vectors)
asked = json.load(open(sys.argv[3], encoding="utf-8"))
text = "query: " + asked["project_name"] + (asked.get("goal") or "")
index.search(model.encode([text], normalize_embeddings=True), 5)
"""
"""What a user would write: one project against the library, no reasons, no targets."""
_EXAMPLE = "examples/博物馆免费开放.json"


def starts(home: Path, runs: int) -> Section:
    """Measure cold commands beside the plain script; the first run of each does not count."""
    plain = [sys.executable, "-c", PLAIN, str(home / "encoder")]
    plain += [str(home / "index" / "types.npy"), _EXAMPLE]
    commands = {
        "普通脚本：sentence-transformers + FAISS，查一次": plain,
        "jixiao recommend": [*JIXIAO, "recommend", _EXAMPLE],
        "jixiao review 申报表.xlsx": [*JIXIAO, "review", "examples/设施农业技术培训.xlsx"],
        "jixiao review 申报表.json": [*JIXIAO, "review", _EXAMPLE],
        "启动 Python": [sys.executable, "-c", ""],
    }
    section = Section(f"冷启动（新进程，各 {runs} 次，取中位数，括号内为最小与最大）")
    for what, command in commands.items():
        done = [run(command, home) for _ in range(runs + 1)][1:]
        peak = max(one.megabytes for one in done)
        section.add(what, [one.seconds for one in done], "s", f"内存峰值 {peak:.0f} MB")
    return section


def service(home: Path, runs: int) -> Section:
    """Measure how long a worker takes until it is ready, and what it holds after some work."""
    section = Section(f"服务进程（各 {runs} 次）")
    ready: list[float] = []
    held: list[float] = []
    record = json.loads((ROOT / _EXAMPLE).read_bytes())
    for _ in range(runs):
        command = [*JIXIAO, "serve"]
        with (
            Service(command, {"JIXIAO_HOME": str(home)}) as started,
            Client(started.address, timeout=60.0) as client,
        ):
            ready.append(started.seconds_to_ready)
            client.call("POST", "/recommendations", json=record)
            client.call("POST", "/reviews", json=record)
            held.append(started.usage().rss_mb)
    section.add("就绪用时", ready, "s")
    section.add("推荐、审核各一次后的常驻内存", held, "MB")
    return section
