"""FM02 form.activity_as_benefit — 把活动、宣传或工作量当作效益

反例：
    社会效益指标：标准文本宣传和解读 300份；效益指标：灾备演练 2次。
正例：
    社会效益指标：采用新标准的企业 ≥20家；产出—数量指标：灾备演练 ≥2次。
理由：
    活动次数、资料份数是产出，效益应是活动之后发生的改变。
已知局限：
    以“受益”“参与”人数反映覆盖面的不提示。
依据：
    财预〔2021〕101号：产出指标反映提供的公共产品和服务，效益指标反映产出带来的影响。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row, replacement
from review.rule import Hit, Rule

_ACTIVITY = re.compile(
    r"^(?:开展|举办|组织|召开|印发|发放|制作|编印|参加)[一-龥“”]{0,16}(?:活动|会议|培训|宣传|演练|资料|手册|检查|讲座|比赛)"
    r"(?:数|次数|场次|数量|场数|份数|期数)?$|"
    r"(?:会议|培训|宣传|演练|检查|讲座|巡查|督查|解读|发文|调研)(?:活动)?(?:次数|场次|期数|份数|场数|班次)?$|"
    r"(?:宣传资料|宣传册|简报|信息稿件?|新闻稿件?)[一-龥]{0,4}(?:数|份数|数量|篇数)$|"
    r"(?:媒体|新闻|宣传|专题)[一-龥]{0,4}(?:报道|发稿|刊发)(?:数|次数|篇数|数量)?$"
)
_COUNT_UNITS = frozenset(
    [
        "次",
        "场",
        "场次",
        "期",
        "份",
        "篇",
        "条",
        "个",
        "班",
        "本",
        "册",
        "张",
        "项",
        "批",
        "期次",
        "班次",
        "件",
    ]
)


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if not row.is_level("效益") or row.parsed.kind not in ("number", "range"):
        return None
    if row.parsed.unit not in _COUNT_UNITS and not re.search(
        r"\((?:份|次|场|期)\)$", row.name.text
    ):
        return None
    bare = re.sub(r"\([^()]*\)", "", row.name.text).strip(" :。")
    if not _ACTIVITY.search(bare):
        return None
    moved = replacement(row, level1="产出指标", level2="数量指标")
    return hit_row(
        row,
        "name",
        suggestion=Suggestion("请移至产出—数量指标，效益指标改为活动带来的改变。", moved),
    )


RULE = Rule(
    code="FM02",
    name="form.activity_as_benefit",
    severity=Severity.WARNING,
    message="“{level2}”下的指标“{name}”（{target}）是工作量而不是效益，请移至产出指标并补充实际效果。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.88,
)
