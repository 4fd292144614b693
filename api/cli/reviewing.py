"""What `review` and `review-report` share: suppressions, letters, written feedback."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from api.cli.batch import Job, Work, check_resume, resuming, run, shared_by, sharing_options
from api.cli.inputs import STDIN
from api.cli.letters import LetterFolder, as_typed
from api.cli.output import say
from api.cli.session import open_workspace
from api.cli.show_review import show_review
from api.cli.show_scoring import Ranking
from api.cli.writers import Format, Result

if TYPE_CHECKING:
    from rich.console import Console

    from corpus.records import Declaration
    from review.feedback.content import Kind
    from review.suppression import SuppressionList

_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Extras:
    """What a review does besides printing its findings."""

    suppressions: Path | None
    letter: Path | None
    issuer: str
    due: datetime.datetime | None
    feedback: bool
    top: int | None = None
    jobs: int | None = None
    resume: bool = False

    @property
    def leaves_traces(self) -> bool:
        """Whether a review does more than return its result: letters, counts of suppressions."""
        return self.suppressions is not None or self.letter is not None


def review_options(command: _F) -> _F:
    """Add the options of `Extras`; the command receives them as keyword arguments."""
    options = (
        click.option(
            "--suppressions",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="文件",
            help="豁免清单（.toml 或 .json）：列出的意见不计入结论；失效的豁免在标准错误中提醒。",
        ),
        click.option(
            "--letter",
            type=click.Path(file_okay=False, path_type=Path),
            metavar="目录",
            help="为每个项目写一份公文格式的审核意见（.docx），不覆盖已有文件。",
        ),
        click.option("--issuer", default="", metavar="单位", help="审核意见的落款单位。"),
        click.option(
            "--due",
            type=click.DateTime(["%Y-%m-%d"]),
            metavar="日期",
            help="要求单位重新报送的最后日期，例如 2024-03-15。",
        ),
        click.option("--feedback", is_flag=True, help="以审核意见的文字代替表格。"),
    )
    for option in reversed(options):
        command = option(command)
    return sharing_options(command)


def run_reviews(
    paths: tuple[str, ...], kind: Kind, form: str | None, out: Path | None, **extras: Any
) -> int:
    """Review every record of the inputs and return the exit status."""
    wanted = Extras(**extras)
    _check_together(wanted, form)
    alone = form is None or wanted.leaves_traces
    jobs = shared_by(wanted.jobs, alone, STDIN in paths)
    check_resume(wanted.resume, form, out, wanted.leaves_traces)
    workspace = open_workspace()
    suppressions = _read(wanted.suppressions)
    letters = _letters(wanted, kind)
    ranking = Ranking(wanted.top)

    def prepare() -> Work:
        parts = workspace.parts
        reviewer = parts.reviewer
        review = parts.review if kind == "declaration" else parts.review_report

        def work(record: Declaration) -> Result:
            result = review(record)
            if suppressions is not None:
                result = suppressions.apply(result, reviewer.reconsider)
            if letters is not None:
                letters.write(result)
            ranking.add(result)
            return result

        return work

    show = _printer(wanted, kind)
    conclude = None if wanted.feedback else ranking.show
    job = Job(
        prepare,
        show,
        Format(form or Format.TEXT),
        out,
        conclude,
        jobs=jobs,
        before_fork=workspace.close,
        resume=resuming(workspace, kind) if wanted.resume else None,
    )
    status = run(paths, job)
    if letters is not None:
        say(f"已将 {letters.written} 份审核意见写入 {as_typed(letters.folder)}")
    if suppressions is not None:
        _report_stale(suppressions)
    return status


def _check_together(wanted: Extras, form: str | None) -> None:
    """Refuse options that do not go together."""
    if wanted.feedback and form:
        raise click.UsageError("--feedback 只用于文字输出，不能与 --json、--jsonl 同用")
    if wanted.top is not None and (form or wanted.feedback):
        raise click.UsageError("--top 只用于表格输出，不能与 --json、--jsonl、--feedback 同用")


def _read(path: Path | None) -> SuppressionList | None:
    """Read a list of suppressions."""
    if path is None:
        return None
    from review.suppression import SuppressionList
    from review.suppression_file import read_suppressions

    return SuppressionList(read_suppressions(path))


def _letters(wanted: Extras, kind: Kind) -> LetterFolder | None:
    """Make the folder of letters."""
    if wanted.letter is None:
        return None
    folder = LetterFolder(wanted.letter, kind, as_typed(wanted.issuer), _day(wanted.due))
    folder.prepare()
    return folder


def _day(moment: datetime.datetime | None) -> datetime.date | None:
    return None if moment is None else moment.date()


def _printer(wanted: Extras, kind: Kind) -> Callable[[Console, Declaration, Any], None]:
    """Return what prints one result: nothing where only the ranking is wanted."""
    if wanted.feedback:
        return _feedback_printer(wanted, kind)
    return show_review if wanted.top is None else lambda *_: None


def _feedback_printer(wanted: Extras, kind: Kind) -> Callable[[Console, Declaration, Any], None]:
    """Return what prints the written feedback instead of tables."""

    def show(console: Console, record: Declaration, result: Any) -> None:
        from review.feedback.content import compose_feedback
        from review.feedback.text import to_text

        feedback = compose_feedback(
            result, kind, issuer=as_typed(wanted.issuer), due=_day(wanted.due)
        )
        console.print(to_text(feedback), soft_wrap=True)

    return show


def _report_stale(suppressions: SuppressionList) -> None:
    """Name the suppressions that set nothing aside any more."""
    from review.suppression import State

    for place, status in enumerate(suppressions.statuses(), 1):
        if status.state is State.STALE:
            line = f"（第{status.entry.line}行）" if status.entry.line else ""
            entry = f"第{place}条豁免{line}{status.entry.code}"
            say(f"提醒：{entry} 已失效：{status.note}，请删去或重新确认")
