"""Whether what a finding names as its ground really is one, judged by hand.

`python -m review.explanation_sheet docs` reviews every bundled case with a classifier that never
saw it, draws findings, brings `explanations.csv` up to date and writes `explanations.md` from it.
A person fills in `judgement` (right, partly, wrong) and may add a note. A judgement is kept for as
long as the finding is drawn and shows the same explanation.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.bundle import bundled_cases
from corpus.records import Case
from review.finding import Finding
from review.judged_sheet import read_sheet, write_sheet
from review.statistics import held_out_reviewers

SHEET, SUMMARY = "explanations.csv", "explanations.md"
EARLIER = {"首轮": "explanations-first.csv", "第二轮": "explanations-second.csv"}
"""Samples judged before the causes of their faults were mended; nothing is added to them."""
FIELDS = ("row", "label", "name", "target", "explanation", "judgement", "note")
JUDGEMENTS = ("right", "partly", "wrong")
LABELS = {
    "MS01": "qualitative",
    "MS02": "vague",
    "MS03": "vague+qualitative",
    "EZ06": "easy",
    "MS13": "unsure",
}
"""What the rules that rest on the classifier say, by code."""
_DRAWN = 60
_ROUND = "3"
"""Part of the hash that decides what is drawn: a new round draws anew."""

_TEMPLATE = """\
# 分类意见的依据是否成立

由 `python -m review.explanation_sheet docs` 生成，逐条见 `explanations.csv`。

- 范围：随附案例中由分类模型得出的意见（{codes}），分类模型按来源交叉训练，不含被审核的案例。
- 抽取：按“轮次|案例#行|类别”的 SHA-256 值从小到大取 {drawn} 条，共有 {total} 条意见。
- 判断：由编写者一人对照标注规则逐条判断，看依据所引词语、数字和理由是否就是该意见成立的原因。
  right：引用和理由都对；partly：引用对而理由不准，或者漏掉主要词语、多引了无关词语；
  wrong：引用与意见无关，或者意见本身不成立。
{earlier}
- 每轮判断后修正了出错的原因再重新抽取；各轮抽自同一批案例，本轮仍略偏乐观。

| 类别 | 抽取 | 已判断 | right | partly | wrong |
| --- | --- | --- | --- | --- | --- |
{table}
"""


@dataclass(frozen=True)
class Shown:
    """A finding that rests on the classifier, with the row that it is about."""

    case: Case
    finding: Finding

    @property
    def key(self) -> tuple[str, str]:
        """Return case # row and label."""
        return f"{self.case.id}#{self.finding.row}", LABELS[self.finding.code]

    @property
    def rank(self) -> str:
        """Return a hash of the key, which decides what is drawn."""
        return hashlib.sha256("|".join((_ROUND, *self.key)).encode()).hexdigest()

    @property
    def explanation(self) -> str:
        """Return the part of the reason that quotes the row."""
        _, mark, grounds = self.finding.why.partition("具体表现：")
        return mark + grounds

    def to_row(self, judged: dict[str, str]) -> dict[str, str]:
        """Return a row of the sheet, with what an older sheet said of the same explanation."""
        indicator = self.case.indicators[self.finding.row or 0]
        kept = judged if judged.get("explanation") == self.explanation else {}
        verdict = (kept.get("judgement", ""), kept.get("note", ""))
        texts = (indicator.name, indicator.target, self.explanation)
        return dict(zip(FIELDS, (*self.key, *texts, *verdict), strict=True))


def collect() -> Iterator[Shown]:
    """Yield the findings on the bundled cases that rest on the classifier."""
    for reviewer, cases in held_out_reviewers(bundled_cases()):
        for case in cases:
            for finding in reviewer.review(case).findings:
                if finding.code in LABELS:
                    yield Shown(case, finding)


def draw(shown: Iterable[Shown]) -> list[Shown]:
    """Return the findings to be judged, the same ones whatever the order."""
    return sorted(sorted(shown, key=lambda item: item.rank)[:_DRAWN], key=lambda item: item.key)


def update_sheet(path: Path, drawn: Sequence[Shown]) -> list[dict[str, str]]:
    """Write the sheet for the drawn findings, keeping judgements that still apply."""
    old = {(row["row"], row["label"]): row for row in read_sheet(path)}
    rows = [item.to_row(old.get(item.key, {})) for item in drawn]
    write_sheet(path, FIELDS, rows)
    return rows


def _count(rows: Sequence[dict[str, str]]) -> str:
    """Return how often each judgement was given, in one line."""
    counts = Counter(row["judgement"] for row in rows)
    return "，".join(f"{name} {counts[name]}" for name in JUDGEMENTS)


def render_summary(
    rows: Sequence[dict[str, str]], total: int, earlier: Mapping[str, Sequence[dict[str, str]]]
) -> str:
    """Return the counts of the sheet, and in a line each those of earlier rounds, as Markdown."""
    lines = []
    for label in (*LABELS.values(), "合计"):
        chosen = [row for row in rows if label in (row["label"], "合计")]
        counts = Counter(row["judgement"] for row in chosen if row["judgement"])
        figures = (len(chosen), sum(counts.values()), *(counts[name] for name in JUDGEMENTS))
        lines.append(f"| {label} | {' | '.join(map(str, figures))} |")
    return _TEMPLATE.format(
        codes="、".join(LABELS),
        drawn=len(rows),
        total=total,
        earlier="\n".join(f"- {name}：{_count(sheet)}。" for name, sheet in earlier.items()),
        table="\n".join(lines),
    )


def _write(folder: Path) -> None:
    """Bring sheet and summary up to date."""
    shown = list(collect())
    rows = update_sheet(folder / SHEET, draw(shown))
    earlier = {f"{name}（`{file}`）": read_sheet(folder / file) for name, file in EARLIER.items()}
    text = render_summary(rows, len(shown), earlier)
    (folder / SUMMARY).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _write(Path(sys.argv[1]))
