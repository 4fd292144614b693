"""The page of figures that docs/scaling.md links to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from benchmarks.vectors.plot import TITLES

_PAGE = """# 向量索引的实测

<!-- 由 python -m benchmarks.vectors --out docs/figures 生成，请勿手改 -->

{setting}；结束时负荷 {load:.1f}；{today}。建立用全部核，查询用一个线程；同一规模的各种索引
轮流提问，取三轮的中位数，括号内为最小和最大的一轮。

![增长](vector-index.png)

| 指标行数 | 索引 | 建立 s | 内存 MB | 取 10 条 ms | 为精确的 | 取 200 条 ms | 召回@10 | 召回@200 |
|---|---|---|---|---|---|---|---|---|
{rows}

超过 {exact_up_to:,} 条时，程序自动由精确检索换为图索引。

向量由指标库和案例的真实指标行（项目类型或名称、二级指标、名称、指标值）编码，再移动两条真实指标行
之差的 15%–45%，凑足行数；提问的 100 条真实指标行不参与生成。邻域结构（各取同样多行）：

| | 最近一条的余弦 | 第二十条 | 局部内在维数 | 枢纽性（偏度） |
|---|---|---|---|---|
{structure}

维数相近，说明生成的行与真实的行一样成团，检索的难易相当；同样多的各向同性随机向量，维数约为 117。
"""


def page(report: dict[str, Any]) -> str:
    """Return the page as Markdown."""
    return _PAGE.format(
        setting=report["setting"],
        load=report["load_average"][0],
        today=date.today(),
        exact_up_to=report["exact_up_to"],
        rows="\n".join(_rows(report["rows"])),
        structure="\n".join(_structure(report["structure"])),
    )


def _rows(measured: list[dict[str, Any]]) -> Iterator[str]:
    base = {row["size"]: row["search_ms"][0] for row in measured if row["index"] == "exact"}
    for row in measured:
        median, least, most = row["search_ms"]
        yield (
            f"| {row['size']:,} | {TITLES[row['index']]} | {row['build_seconds']:.2f} "
            f"| {row['megabytes']:.0f} | {median:.2f}（{least:.2f}–{most:.2f}） "
            f"| {median / base[row['size']]:.2f} | {row['search_wide_ms'][0]:.2f} "
            f"| {row['recall_10']:.4f} | {row['recall_wide']:.4f} |"
        )


def _structure(structure: dict[str, dict[str, float]]) -> Iterator[str]:
    for name, title in (("real", "真实"), ("made", "生成")):
        one = structure[name]
        yield (
            f"| {title} | {one['nearest']:.2f} | {one['twentieth']:.2f} "
            f"| {one['dimension']:.1f} | {one['hubness']:.2f} |"
        )
