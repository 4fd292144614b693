"""Training on the region's own projects in a process of its own, which can be stopped any time.

A training keeps a core busy for minutes and cannot be asked to stop half-way. In a process beside
the service it neither slows answers down nor holds up the service's end: cancelled, it is killed,
and what it had not finished is gone, for a model is put in place in one step at the very end.

    python -m api.training '{"adapter": true}'    # prints the report, or {"error": …}
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from tempfile import TemporaryFile
from threading import Thread
from typing import TYPE_CHECKING, Any

from api.settings import environment_of, load_settings
from corpus.errors import JixiaoError

if TYPE_CHECKING:
    from api.settings import Settings
    from api.workspace import Workspace

LOOK = 0.5
"""Seconds between two looks whether the training should go on."""
_log = logging.getLogger(__name__)


class InterruptedTrainingError(Exception):
    """A training was stopped before its end; nothing was changed."""


def train_apart(
    settings: Settings, wishes: Mapping[str, Any], unwanted: Callable[[], bool]
) -> Mapping[str, Any]:
    """Train in a process of its own and return the report.

    Raises `InterruptedTrainingError` soon after `unwanted` has become true, and `JixiaoError` for
    a training that failed.
    """
    with TemporaryFile() as told:
        process = subprocess.Popen(  # noqa: S603 - this program itself
            [sys.executable, "-m", "api.training", json.dumps(dict(wishes))],
            env={**os.environ, **environment_of(settings)},
            stdin=subprocess.PIPE,  # closed when this process ends, however it ends
            stdout=told,
            start_new_session=True,  # Ctrl-C is for the service, which then stops the training
        )
        try:
            while process.poll() is None:
                if unwanted():
                    raise InterruptedTrainingError
                with suppress(subprocess.TimeoutExpired):
                    process.wait(LOOK)
        finally:
            process.kill()
            process.wait()
        told.seek(0)
        return _read(told.read(), process.returncode)


def _read(told: bytes, status: int) -> Mapping[str, Any]:
    try:
        report: Mapping[str, Any] = json.loads(told.splitlines()[-1])
    except (ValueError, IndexError) as error:
        raise JixiaoError(
            f"训练进程意外结束（{status}）", hint="原有的模型不受影响；请检查内存是否充足和服务日志"
        ) from error
    if "error" in report:
        raise JixiaoError(**report["error"])
    return report


def train(workspace: Workspace, wishes: Mapping[str, Any]) -> Mapping[str, Any]:
    """Train here and now; the report tells the figures before and after."""
    from api.region import train_region
    from api.region_adapter import train_region_adapter

    told = {}
    if wishes.get("adapter"):
        told["adapter"] = train_region_adapter(workspace, workspace.adapter_folder).to_dict()
    return {**train_region(workspace, workspace.ranking_folder).to_dict(), **told}


def answer(workspace: Workspace, wishes: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the report of a training, or what went wrong in it."""
    try:
        return train(workspace, wishes)
    except JixiaoError as error:
        return {"error": error.to_dict()}
    except Exception as error:  # noqa: BLE001 - the one who asked must hear of it
        _log.exception("a training failed")
        failed = JixiaoError(
            f"训练时程序出错（{type(error).__name__}）",
            hint="原有的模型不受影响；请把服务日志反馈给维护者",
        )
        return {"error": failed.to_dict()}


def _end_with_the_asker() -> None:
    """End when the other end of standard input is closed: nobody waits for the report then."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os._exit(1)


def main() -> None:
    """Train as told and print the report."""
    from api.logs import start_logging
    from api.workspace import Workspace

    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # sent to all at once; the asker decides
    Thread(target=_end_with_the_asker, daemon=True).start()
    settings = load_settings()
    start_logging(settings.log_level)
    workspace = Workspace(settings)
    report = json.dumps(answer(workspace, json.loads(sys.argv[1])), ensure_ascii=False)
    sys.stdout.write(f"{report}\n")
    workspace.close()


if __name__ == "__main__":
    main()
