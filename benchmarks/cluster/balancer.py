"""The load balancer: HAProxy with the configuration that we ship, on addresses of this machine."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from benchmarks.service import ROOT, free_port

SHIPPED = ROOT / "examples" / "deploy" / "haproxy.cfg"


def configuration(port: int, instances: Sequence[int]) -> str:
    """Return the shipped configuration with other addresses."""
    lines = []
    for line in SHIPPED.read_text(encoding="utf-8").splitlines():
        word = line.split()[:1]
        if word == ["bind"]:
            line = f"    bind 127.0.0.1:{port}"
        if word != ["server"]:
            lines.append(line)
    lines += [f"    server i{number} 127.0.0.1:{at}" for number, at in enumerate(instances)]
    return "\n".join(lines) + "\n"


class Balancer:
    """A running HAProxy."""

    def __init__(self, folder: Path, instances: Sequence[int]) -> None:
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self._file = folder / "haproxy.cfg"
        self._file.write_text(configuration(port, instances), encoding="utf-8")

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(["haproxy", "-db", "-f", str(self._file)])
        time.sleep(1)  # servers count as up until a check fails
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
