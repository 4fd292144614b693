"""RC05 content.no_method — 自评工作只写成立小组，没有方法和依据

反例：
    “成立了自评工作小组，认真组织，对照目标进行了自评。”
正例：
    “抽查6个标段，核对合同、验收单和支付凭证，发放问卷220份，于1月15日至2月5日完成。”
理由：
    没有方法、数据来源和时间，自评结论无从核实。
已知局限：
    只判断写有自评组织一节的报告；没有这一节的按缺少必备内容提示。
依据：
    财预〔2020〕10号：绩效自评应采用定量与定性相结合的方法，做到依据充分、客观公正。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report, section_text
from review.rule import Hit, Rule
from review.wording import shorten

_METHOD = re.compile(
    r"比较法|分析法|评判法|抽查|抽样|抽取|核对|核查|查阅|查看|实地|现场|问卷|访谈|座谈|走访|台账|凭证|账簿|明细账|数据来源"
    r"|逐[一条个户村笔件处]|丈量|清点|比对|复算|调[阅取]|取自|数据来|导出|为依据|听取|拍照|影像|报表|档案|结算|证书|合同|监测|日志"
    r"|审计|逐项|佐证|测算|复核|对比|盘点|电话|系统取数|统计报表|决算报表|验收(?:单|资料|报告)"
    # What was counted or gone through one by one, whatever the verb's object is.
    r"|量[库长宽面]|核(?![心算定准])[\u4e00-\u9fff]{2,}"
)


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    sections = [
        section
        for section in report.sections_of("organisation")
        if section.title
        and not section.kinds & {"experience", "problems", "measures", "results_use", "conclusion"}
    ]
    if not sections or any(_METHOD.search(section_text(report, item)) for item in sections):
        return
    yield hit_text(
        sections[0].heading_span,
        advice="请补充自评的起止时间、方法、抽查范围、核对的资料和数据来源。",
        title=shorten(sections[0].title),
    )


RULE = Rule(
    code="RC05",
    name="content.no_method",
    severity=Severity.WARNING,
    message="“{title}”只写了组织分工，没有写自评的方法、核对的资料和数据来源，请补充。",
    question="自评时核对了哪些资料、抽查了多少、数据从哪里来？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)
