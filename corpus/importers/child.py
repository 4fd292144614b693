"""Child processes for work that may run away: bounded in time, memory and output."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.errors import UnsafeFileError
from corpus.importers.safety import Limits

_LIMITED = 'ulimit -v "$0" 2>/dev/null; ulimit -c 0; exec "$@"'
_AT_ONCE = threading.BoundedSemaphore(max(2, os.cpu_count() or 1))
"""Children at one time: many uploads must not start as many LibreOffices."""
_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from corpus.importers.{module} import main; main(*map(int, sys.argv[2:]))"
)


def call_child(
    module: str, arguments: Sequence[int], data: bytes, limits: Limits
) -> dict[str, Any]:
    """Run `main` of a module of this package on some bytes and return the JSON that it writes.

    Raises `UnsafeFileError` when the child dies, needs too much memory or takes too long.
    """
    status, output = run_bounded(
        [sys.executable, "-c", _PROGRAM.format(module=module), str(_ROOT), *map(str, arguments)],
        seconds=limits.child_seconds,
        address_space=limits.child_bytes,
        data=data,
    )
    found: Any = None
    with contextlib.suppress(ValueError):
        found = json.loads(output)
    if status != 0 or not isinstance(found, dict):
        raise UnsafeFileError(
            "读取时内存超限或出错，已停止", hint="文件可能已损坏；请另存为 .xlsx 或 .docx 后再导入"
        )
    return found


def run_bounded(
    command: Sequence[str],
    *,
    seconds: float,
    address_space: int,
    data: bytes | None = None,
    cwd: Path | None = None,
) -> tuple[int, bytes]:
    """Run a command and return its exit status and output; errors of its own are discarded.

    `address_space` (bytes) is enforced where a POSIX shell is at hand. Raises `UnsafeFileError`
    when time runs out; the child and its own children are gone then.
    """
    argv = list(command)
    if os.name == "posix":
        argv = ["/bin/sh", "-c", _LIMITED, str(address_space // 1024), *argv]
    with _AT_ONCE:
        return _run(argv, seconds, data, cwd)


def _run(
    argv: Sequence[str], seconds: float, data: bytes | None, cwd: Path | None
) -> tuple[int, bytes]:
    process = subprocess.Popen(  # noqa: S603 - our own command, the file is only its input
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=cwd,
        start_new_session=os.name == "posix",
    )
    try:
        output, _ = process.communicate(data, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise UnsafeFileError(
            f"读取文件超过 {seconds:g} 秒，已停止", hint="请拆分文件，或只保留申报表后重新保存"
        ) from None
    finally:
        _end(process)
    return process.returncode, output


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop the child and its process group."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
