"""The run that recommend, review and review-report share: records in, results out, in order."""

from __future__ import annotations

import gc
import logging
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from api.cli.help import WholeNumber
from api.cli.inputs import expand, read_records
from api.cli.output import open_output, say
from api.cli.parallel import Foresee, nothing_to_foresee, outcomes, usual_jobs
from api.cli.resuming import Done, Resume, open_again
from api.cli.writers import Format, Result, Show, Writer, writer_for
from api.reading import Failure
from corpus.errors import JixiaoError, SetupError

if TYPE_CHECKING:
    from rich.console import Console

    from api.workspace import Workspace
    from corpus.importers import ImportProblem
    from corpus.records import Declaration

ALL_WELL, SOME_FAILED, NOTHING_READ = 0, 1, 2

_YOUNG = 50_000
"""New objects before garbage is looked for: reviews leave none, what a run remembers is walked
through in vain."""
_log = logging.getLogger(__name__)
_F = TypeVar("_F", bound=Callable[..., Any])


Work = Callable[["Declaration"], Result]


@dataclass
class Job:
    """What one command does with each record."""

    prepare: Callable[[], Work]
    """Returns the work; called with the first record, so that what it loads is needed."""
    show: Show
    """Prints a result for people."""
    form: Format
    out: Path | None = None
    conclude: Callable[[Console], None] | None = None
    """Prints what the run says at its end, in tables for people."""
    jobs: int = 1
    """Processes that share the work; more than one where it leaves no trace but its result."""
    before_fork: Callable[[], None] = lambda: None
    """Closes what processes must not share."""
    foresee: Foresee = nothing_to_foresee
    """Hears of records before they are worked on, several at once."""
    resume: Resume | None = None
    """How an interrupted run goes on."""


def output_options(command: _F) -> _F:
    """Add --json, --jsonl and --out; the command receives `form` and `out`."""
    options = (
        click.option(
            "--json",
            "form",
            flag_value=Format.JSON.value,
            help="输出 JSON：一条记录为一个对象，多条为列表。",
        ),
        click.option(
            "--jsonl",
            "form",
            flag_value=Format.JSONL.value,
            help="每行一条记录，逐行读入、逐行输出，顺序不变；有错的行在原位输出错误。",
        ),
        click.option(
            "--out",
            type=click.Path(dir_okay=False, writable=True, path_type=Path),
            metavar="文件",
            help="写入文件，全部完成后才出现；默认写到标准输出。",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def sharing_options(command: _F) -> _F:
    """Add --jobs and --resume; the command receives `jobs` and `resume`."""
    options = (
        click.option(
            "--jobs",
            type=WholeNumber(1, 64),
            metavar="N",
            help="同时工作的进程数，只用于 --json、--jsonl；默认按处理器核数，读标准输入时为1。",
        ),
        click.option(
            "--resume",
            is_flag=True,
            help="可中断的运行，须与 --jsonl、--out 同用：结果先写入“文件.partial”，"
            "中断后再次运行同一命令，从断点继续。",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def shared_by(wanted: int | None, alone: bool, piped: bool) -> int:
    """Return how many processes share a run; `alone` says that only one may do it.

    A program that feeds a pipe may wait for each answer; nothing is read ahead of it unasked.
    """
    if wanted is not None:
        if wanted > 1 and alone:
            raise click.UsageError(
                "--jobs 只用于 --json、--jsonl，且不能与写出文书、豁免清单的选项同用"
            )
        return wanted
    return 1 if alone or piped else usual_jobs()


def check_resume(resume: bool, form: str | None, out: Path | None, leaves_traces: bool) -> None:
    """Refuse to go on with a run whose results are not lines of a file and nothing else."""
    if resume and (form != Format.JSONL or out is None or leaves_traces):
        raise click.UsageError(
            "--resume 须与 --jsonl、--out 同用，且不能与写出文书、豁免清单的选项同用"
        )


def resuming(workspace: Workspace, kind: str, **options: Any) -> Resume:
    """Return what the results of a command rest on."""
    basis = {"kind": kind, "options": repr(options), "knowledge": workspace.store.version()}
    return Resume(basis)


def run(names: tuple[str, ...], job: Job) -> int:
    """Work through the inputs and return the exit status."""
    if job.out is not None and not job.out.parent.is_dir():
        raise click.BadParameter(f"目录“{job.out.parent}”不存在", param_hint="--out")
    paths = expand(names)
    with _open(paths, job) as (sink, done):
        tally = _Tally(done.lines - done.failed, done.failed)
        worker = _Worker(job.prepare, writer_for(job.form, sink, job.show))
        counter = _Counter(quiet=sink.isatty())
        items = islice(read_records(paths, job.form is Format.JSONL, _warn), done.lines, None)
        for item, outcome in outcomes(
            items, worker.attempt, job.jobs, job.before_fork, job.foresee
        ):
            worker.put(outcome)
            tally.count(item, outcome)
            counter.tick()
        counter.close()
        if job.conclude is not None:
            worker.writer.conclude(job.conclude)
        worker.writer.close()
    return tally.status


@contextmanager
def _open(paths: Sequence[str], job: Job) -> Iterator[tuple[TextIO, Done]]:
    """Open what results are written to, with what an interrupted run has left there."""
    if job.resume is not None and job.out is not None:
        with open_again(job.out, job.resume.claim(paths)) as found:
            yield found
        return
    with open_output(job.out) as sink:
        yield sink, Done()


@dataclass
class _Worker:
    """Does the work on one record after another and writes what comes of it."""

    prepare: Callable[[], Work]
    writer: Writer
    work: Work | None = None

    def put(self, outcome: str | Failure) -> None:
        """Write what came of a record."""
        if isinstance(outcome, Failure):
            self.writer.failure(outcome)
        else:
            self.writer.write(outcome)

    def attempt(self, record: Declaration) -> str | Failure:
        """Do the work; whatever it needs is loaded with the first record."""
        if self.work is None:
            with _loading():
                self.work = self.prepare()
                return _attempt(self.work, self.writer, record)
        return _attempt(self.work, self.writer, record)


@contextmanager
def _loading() -> Iterator[None]:
    """Collect no garbage while much is made that stays: it costs a sixth of a cold start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(_YOUNG)
        gc.enable()


@dataclass
class _Tally:
    """Counts that decide the exit status."""

    read: int = 0
    failed: int = 0

    def count(self, item: Declaration | Failure, outcome: str | Failure) -> None:
        self.read += not isinstance(item, Failure)
        self.failed += isinstance(outcome, Failure)

    @property
    def status(self) -> int:
        if self.read == 0:
            return NOTHING_READ
        return SOME_FAILED if self.failed else ALL_WELL


def _attempt(work: Work, writer: Writer, record: Declaration) -> str | Failure:
    """Do the work; a failure stays with its record, a missing installation ends the run."""
    try:
        return writer.render(record, work(record))
    except SetupError:
        raise
    except JixiaoError as error:
        return Failure(record.id, error.to_dict())
    except Exception as error:  # noqa: BLE001 - one record must not end a run of thousands
        _log.debug("record %s failed", record.id, exc_info=True)
        return Failure(record.id, _internal(error))


def _internal(error: Exception) -> dict[str, str]:
    return {
        "code": "internal",
        "message": f"处理这条记录时程序出错（{type(error).__name__}）",
        "hint": "其余记录不受影响；请设 JIXIAO_LOG_LEVEL=debug 重试，把日志反馈给维护者",
    }


def _warn(problem: ImportProblem) -> None:
    say(f"提醒：{problem}")


class _Counter:
    """Says on standard error how far a long run has come."""

    def __init__(self, quiet: bool) -> None:
        self._live = sys.stderr.isatty() and not quiet
        self._pause = 0.2 if self._live else 30.0
        self._done = 0
        self._next: float | None = None
        self._shown = False

    def tick(self) -> None:
        """Count one record; the clock starts with the first."""
        self._done += 1
        if self._next is None:
            self._next = time.monotonic() + self._pause
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + self._pause
            self._shown = True
            start = "\r" if self._live else ""
            click.echo(f"{start}已处理 {self._done} 条", nl=not self._live, err=True)

    def close(self) -> None:
        """End the line that a terminal shows."""
        if self._live and self._shown:
            click.echo(err=True)
