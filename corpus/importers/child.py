"""Child processes for work that may run away: bounded in time, memory and output."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import UnsafeFileError

_LIMITED = 'ulimit -v "$0" 2>/dev/null; ulimit -c 0; exec "$@"'


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
