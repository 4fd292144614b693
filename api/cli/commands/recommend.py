"""`jixiao recommend`: indicators, targets and weights for projects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.batch import (
    ALL_WELL,
    NOTHING_READ,
    Job,
    Work,
    check_resume,
    output_options,
    resuming,
    run,
    shared_by,
    sharing_options,
)
from api.cli.filling import check_fill, one_project_only, write_form
from api.cli.help import Command, WholeNumber
from api.cli.inputs import STDIN
from api.cli.letters import as_typed
from api.cli.session import open_workspace
from api.cli.show_recommendation import show_recommendation
from api.cli.writers import Format, Result
from api.wishes import Wishes
from corpus.records import Indicator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.workspace import Workspace
    from corpus.records import Declaration
    from recommender import Recommendation

HELP = """为项目推荐绩效指标、指标值和权重，并说明每一条的依据。

只需要项目名称；写明部门、项目概况、年度目标和预算，推荐会更贴切。已填的指标不影响推荐，
加 --fill 或 --interactive 时保留已填的指标，只补还缺的。文件中有多个项目时逐个推荐。

\b
例子：
  jixiao recommend examples/博物馆免费开放.json
  jixiao recommend 申报表.xlsx --top 8
  jixiao recommend 申报表.xlsx --fill 申报表（补全）.xlsx
  jixiao recommend 申报表.docx --scheme 产出50+效益30+满意度10+执行率10
  jixiao recommend 申报表.xlsx --accept 硬化里程 --reject 群众满意度
  echo '{"project_name": "农村公路日常养护"}' | jixiao recommend - --json
  jixiao recommend 全部项目.jsonl --jsonl --out 推荐.jsonl

\b
退出状态：0 全部完成；1 有记录出错（其余照常完成）；2 什么也没能读到。
"""


@click.command(cls=Command, help=HELP)
@click.argument("path", metavar="文件|-")
@click.option(
    "--top", type=WholeNumber(1, 100), metavar="N", help="最多推荐几条；默认按项目情况决定。"
)
@click.option(
    "--scheme",
    default="auto",
    metavar="方案",
    help="分值方案：auto 按申报表识别（默认）；无成本、有成本；"
    "或写明各部分，例如 产出50+效益30+满意度10+执行率10。",
)
@click.option(
    "--accept", multiple=True, metavar="指标", help="采纳的指标名称，可重复；其余推荐与之互补。"
)
@click.option(
    "--reject", multiple=True, metavar="指标", help="不要的指标名称，可重复；相近的也不再推荐。"
)
@click.option(
    "--fill",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="写出补全的申报表（.xlsx 或 .docx）：原填内容不动，建议标蓝并附依据。",
)
@click.option("--interactive", is_flag=True, help="在终端中逐条采纳、拒绝、修改，随时重新推荐。")
@output_options
@sharing_options
@click.pass_context
def command(
    ctx: click.Context,
    path: str,
    top: int | None,
    scheme: str,
    accept: tuple[str, ...],
    reject: tuple[str, ...],
    fill: Path | None,
    interactive: bool,
    form: str | None,
    out: Path | None,
    jobs: int | None,
    resume: bool,
) -> None:
    """Recommend for every project of the input."""
    wishes = Wishes(
        top,
        as_typed(scheme),
        tuple(Indicator(name=as_typed(name)) for name in accept),
        tuple(as_typed(name) for name in reject),
        keep=fill is not None or interactive,
    )
    if fill is not None:
        check_fill(path, fill)
    if interactive:
        from api.cli.deciding import decide

        ctx.exit(decide(path, wishes, fill, form, out))
    check_resume(resume, form, out, fill is not None)
    shared = shared_by(jobs, form is None or fill is not None, path == STDIN)
    ctx.exit(_recommend(path, wishes, fill, form, out, shared, resume))


def _foresee(workspace: Workspace, records: Sequence[Declaration]) -> None:
    """Encode together what several recommendations will ask for one by one."""
    from models.query_memory import QueryMemory
    from models.retrieval import question
    from models.views import encoded_texts
    from recommender.project import own_name

    encoder = workspace.encoder
    if not isinstance(encoder, QueryMemory):
        return
    asked = (
        question(each.model_copy(update={"project_name": own_name(each.project_name)}))
        for each in records
    )
    encoder.foresee([text for each in asked for text in encoded_texts(each)])


def _recommend(
    path: str,
    wishes: Wishes,
    fill: Path | None,
    form: str | None,
    out: Path | None,
    jobs: int,
    resume: bool,
) -> int:
    """Recommend once and return the exit status."""
    workspace = open_workspace()
    made: list[tuple[Declaration, Recommendation]] = []

    def prepare() -> Work:
        workspace.load_ahead()
        parts = workspace.parts

        def work(record: Declaration) -> Result:
            found = parts.recommend(record, wishes=wishes)
            if fill is not None:
                made.append((record, found))
            return found

        return work

    job = Job(
        prepare,
        show_recommendation,
        Format(form or Format.TEXT),
        out,
        jobs=jobs,
        before_fork=workspace.close,
        foresee=lambda records: _foresee(workspace, records),
        resume=resuming(workspace, "recommend", wishes=wishes) if resume else None,
    )
    status = run((path,), job)
    if fill is None or status == NOTHING_READ:
        return status
    if len(made) != 1 or status != ALL_WELL:
        raise one_project_only()
    write_form(path, fill, *made[0])
    return status
