"""Prints what a training on the region's own projects found and did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from api.cli.folding import Folded
from api.cli.text import one_line, styled, table

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from api.region import ModeReport, RegionReport
    from api.region_adapter import AdapterReport
    from recommender.train_region import Comparison

_RIGHT = {"justify": "right", "no_wrap": True}
_MODES = {"semantic": "语义检索", "lexical": "词语检索"}
_KINDS = {"used": "本地申报表", "decided": "取舍记录"}
_COLUMNS = ("项目数", "来源组", "原来", "新的", "变化", "偶然概率")
_LONGEST = 24


def show_training(console: Console, report: RegionReport, dry_run: bool) -> None:
    """Print the basis, the figures before and after, and what follows from them."""
    basis = f"本地历史项目 {report.cases} 个，有取舍记录的项目 {report.decided} 个"
    console.print(styled(("推荐排序", "bold"), f"  {basis}"))
    if not report.enough:
        console.print(_too_few(report))
        return
    console.print(_figures(report), "")
    for line in _conclusions(report, dry_run):
        console.print(Folded(line))


def show_adapter(console: Console, report: AdapterReport, dry_run: bool) -> None:
    """Print what training the encoder's adapter found."""
    console.print(styled(("编码适配器", "bold"), f"  有文字说明的本地项目 {report.projects} 个"))
    if report.local and report.graded:
        made = table("检验对象", *((name, _RIGHT) for name in _COLUMNS))
        made.add_row("本地申报表", *_cells(report.local))
        made.add_row("通用标注", *_cells(report.graded))
        console.print(made, "")
    if report.kept:
        console.print("新适配器更好，" + ("可以采用（本次未保存）。" if dry_run else "已采用。"))
    else:
        console.print(Folded(f"沿用原适配器：{_reasons(report.failed)}。"))
    console.print("")


def _too_few(report: RegionReport) -> str:
    from recommender.train_region import LEAST_GROUPS

    if not report.cases and not report.decided:
        return "没有本地资料，推荐排序不变。请先用 jixiao import 导入往年申报表。"
    return (
        f"其中可用于学习的只有 {report.learned_from} 个，来自不同来源的不足 {LEAST_GROUPS} 组，"
        "无法比较好坏，推荐排序不变。请导入更多往年申报表。"
    )


def _figures(report: RegionReport) -> RenderableType:
    made = table("检索方式", "检验对象", *((name, _RIGHT) for name in _COLUMNS))
    for name, mode in report.modes.items():
        found = mode.training
        rows = [(_KINDS[kind], figures) for kind, figures in found.kinds.items()]
        if len(rows) > 1:
            rows.append(("本地合计", found.local))
        rows.append(("通用标注", found.graded))
        for place, (what, figures) in enumerate(rows):
            made.add_row("" if place else _MODES[name], what, *_cells(figures))
    return made


def _cells(figures: Comparison) -> tuple[str, ...]:
    return (
        str(figures.cases),
        str(figures.groups),
        f"{figures.before:.3f}",
        f"{figures.after:.3f}",
        f"{figures.gain:+.3f}",
        f"{figures.chance:.3f}",
    )


def _conclusions(report: RegionReport, dry_run: bool) -> Iterator[str]:
    """Yield what is kept and why, what changes, and how the figures are to be read."""
    for name, mode in report.modes.items():
        yield f"{_MODES[name]}：{_verdict(mode, dry_run)}"
        if mode.training.kept:
            yield from _changes(mode)
    if report.saved:
        yield f"新排序已保存：{report.saved}，从下一次推荐起使用。"
    yield (
        "数值为 nDCG@10（1 为最好），都在未参与训练的项目上测得；同一项目的各年度、同一网页的项目"
        "归为一组，整组留出。本地申报表以单位实际采用的指标为准，没写进表的指标按不适用计，"
        "因此数值偏低，只宜前后比较。"
    )


def _verdict(mode: ModeReport, dry_run: bool) -> str:
    found = mode.training
    if found.kept:
        return "新排序更好，" + ("可以采用（本次只比较，未保存）。" if dry_run else "已采用。")
    return f"沿用原排序：{_reasons(found.failed)}。"


def _reasons(failed: Sequence[str]) -> str:
    """Return in words which conditions were not met."""
    from recommender.train_region import LEAST_GROUPS, LEVEL, LOSS, MARGIN

    reasons = {
        "margin": f"本地项目上的提升不到 {MARGIN}",
        "chance": f"提升可能出于偶然（概率高于 {LEVEL}）",
        "loss": f"通用标注上下降超过 {LOSS}",
        "few": f"本地项目不足 {LEAST_GROUPS} 组，无法比较",
        "encoder": "所用编码器没有可以在其上改进的适配器",
    }
    return "；".join(reasons[name] for name in failed)


def _changes(mode: ModeReport) -> Iterator[str]:
    changes = mode.changes
    yield f"  前十条中平均换了 {changes.replaced:.1f} 条。"
    for words, names in (("更常排进前十", changes.oftener), ("更少排进前十", changes.rarer)):
        if names:
            yield f"  {words}：" + "、".join(one_line(name, _LONGEST) for name in names)
