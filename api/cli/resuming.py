"""Going on with an interrupted run: results wait in `FILE.partial` until all are there.

One record gives one line, in order, so the whole lines of the partial file tell how many records
are done. Beside it `FILE.partial.json` keeps what the lines were made from; a run with other
inputs, options, knowledge or another version of the program does not go on with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, TextIO

import click

from api.cli.inputs import STDIN
from api.cli.output import new_file_mode, say
from corpus.errors import InputError, Location


@dataclass(frozen=True)
class Done:
    """What an interrupted run has left."""

    lines: int = 0
    failed: int = 0
    """Lines that report a failure."""


@dataclass(frozen=True)
class Resume:
    """What the results of a run rest on, beside its inputs."""

    basis: Mapping[str, Any]
    """The command with its options, and the version of the knowledge."""

    def claim(self, paths: Sequence[str]) -> dict[str, Any]:
        """Return what must be the same for a run to go on."""
        if STDIN in paths:
            raise click.UsageError("--resume 不能用于标准输入")
        return {"program": version("jixiao"), **self.basis, "inputs": list(map(_identity, paths))}


@contextmanager
def open_again(target: Path, claim: Mapping[str, Any]) -> Iterator[tuple[TextIO, Done]]:
    """Open a run's results behind the last whole line, and put them in place at the end.

    Raises `InputError` where the partial results are those of another run.
    """
    partial = target.with_name(f"{target.name}.partial")
    beside = partial.with_name(f"{partial.name}.json")
    done = _left(partial, beside, claim)
    with partial.open("a", encoding="utf-8", errors="backslashreplace") as sink:
        yield sink, done
    partial.chmod(new_file_mode(target))
    partial.replace(target)
    beside.unlink(missing_ok=True)


def _left(partial: Path, beside: Path, claim: Mapping[str, Any]) -> Done:
    """Return what is done, after cutting off a line that was not written to its end."""
    text = json.dumps(claim, ensure_ascii=False, sort_keys=True)
    if not partial.exists():
        beside.write_text(text, encoding="utf-8")
        return Done()
    if not beside.exists() or beside.read_text(encoding="utf-8") != text:
        raise InputError(
            "未完成的结果出自其他输入、选项、知识库或程序版本，不能接着做",
            hint=f"请删去 {partial.name} 后重新开始，或换一个 --out",
            where=Location(file=str(partial)),
            code="other_run",
        )
    done = _count(partial)
    if done.lines:
        say(f"接着上次的 {done.lines} 条继续")
    return done


def _count(partial: Path) -> Done:
    """Count the whole lines of a partial file and cut off what follows them."""
    lines = failed = end = 0
    with partial.open("r+b") as stream:
        for line in stream:
            if not line.endswith(b"\n"):
                break
            lines, end = lines + 1, end + len(line)
            failed += _is_failure(line)
        stream.truncate(end)
    return Done(lines, failed)


def _is_failure(line: bytes) -> bool:
    """Tell whether a line reports a failure; results have more fields than these."""
    return line.startswith(b'{"id": ') and json.loads(line).keys() == {"id", "error"}


def _identity(name: str) -> list[Any]:
    """Return what changes when an input does: its name, size and time."""
    path = Path(name)
    try:
        facts = path.stat()
    except OSError:
        return [str(path)]
    return [str(path.resolve()), facts.st_size, facts.st_mtime_ns]
