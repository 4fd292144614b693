"""Reports made up for the demonstration: a narrative and a monitoring table.

Hardly any unit publishes the text of its own report, or a table from the middle of a year. Both
hold what reviews look for: amounts that contradict each other, progress that lags behind time.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from api.demo.places import AUTHOR_SEEN, COUNTY
from corpus.records import SelfEvaluation

_FIELDS = ("level1", "level2", "name", "target", "weight", "actual", "score", "reason")
_DRAINAGE = (
    ("产出指标", "数量指标", "灌溉渠道新建长度", "≥38公里", 15, "38.6公里", 15, ""),
    ("产出指标", "数量指标", "机耕道新建长度", "≥26公里", 15, "24.7公里", 15, ""),
    ("产出指标", "质量指标", "工程验收合格率", "100%", 10, "100%", 10, ""),
    ("产出指标", "时效指标", "完工时间", "12月底前", 10, "12月20日", 10, ""),
    ("效益指标", "经济效益指标", "亩均粮食增产", "≥60公斤", 20, "55公斤", 18, "秋季干旱"),
    ("效益指标", "生态效益指标", "灌溉水利用系数", "≥0.6", 10, "0.61", 10, ""),
    ("满意度指标", "服务对象满意度指标", "受益农户满意度", "≥90%", 10, "92%", 10, ""),
)
_REPORT = """{county}农业农村局{year}年农田渠系配套项目绩效自评报告

一、项目基本情况
（一）项目概况
按照县农田建设规划，{county}农业农村局在三个乡镇实施农田渠系配套项目，涉及耕地1.2万亩，主要内容为新建灌溉渠道38公里、机耕道26公里，工期为{year}年3月至12月。
（二）资金安排和使用情况
项目全年预算1860万元，其中中央财政资金1200万元、省级财政资金480万元、县级配套资金160万元。截至{year}年12月31日，实际支出1767万元，预算执行率97%，结余93万元为工程质量保证金。
（三）项目绩效目标
新建灌溉渠道38公里，新建机耕道26公里，工程验收合格率100%，亩均粮食增产60公斤以上，受益农户满意度达到90%以上。

二、绩效自评工作开展情况
自评采用比较法和公众评判法，对照批复的绩效目标核对施工合同、验收单和支付凭证。满意度调查发放问卷220份，回收有效问卷212份。

三、综合自评结论
经自评，项目得分97.5分，等级为“优”。其中：预算执行率得分9.5分，产出指标得分50分，效益指标得分28分，满意度指标得分10分。

四、绩效目标完成情况分析
（一）产出完成情况
新建灌溉渠道38.6公里，超额完成；新建机耕道26公里，完成率100%；各标段全部通过县级验收，验收合格率100%；项目于{year}年12月20日完工。
（二）效益实现情况
项目区亩均粮食增产55公斤，比目标少5公斤，主要原因是秋季干旱；灌溉水利用系数由0.52提高到0.61。
（三）满意度情况
回收有效问卷212份，满意189份，满意度92%，达到目标。

五、存在的问题及原因
项目实施总体顺利，不存在明显问题。

六、改进措施和建议
继续加强项目管理，进一步提高资金使用效益。
"""
_PROGRESS = (
    ("产出指标", "数量指标", "技术培训场次", "≥24场", 15, "21场", "24场", ""),
    ("产出指标", "数量指标", "培训种植户人数", "≥1200人", 15, "480人", "1200人", ""),
    ("产出指标", "质量指标", "培训考核合格率", "≥90%", 10, "93%", "93%", ""),
    ("产出指标", "时效指标", "培训任务完成时间", "11月底前", 10, "", "11月底前", ""),
    ("效益指标", "经济效益指标", "参训户亩均增收", "≥300元", 30, "", "310元", ""),
    ("满意度指标", "服务对象满意度指标", "参训种植户满意度", "≥90%", 10, "95%", "95%", ""),
)
_MONITORED = ("level1", "level2", "name", "target", "weight", "actual", "forecast", "reason")


def narrated(year: int, number: str) -> SelfEvaluation:
    """Return a self-evaluation of a fiscal year with the text of its report."""
    return SelfEvaluation.model_validate(
        {
            "id": number,
            "project_name": "农田渠系配套项目",
            "department": AUTHOR_SEEN,
            "region": COUNTY,
            "year": year,
            "function_code": "213",
            "initial_budget_wan": 1860,
            "budget_wan": 1860,
            "executed_wan": 1767,
            "execution_rate": 95,
            "execution_weight": 10,
            "execution_score": 9.5,
            "total_score": 97.5,
            "goal": "新建灌溉渠道38公里、机耕道26公里，改善1.2万亩耕地的灌溉和通行条件。",
            "actual_summary": "新建灌溉渠道38.6公里、机耕道24.7公里，工程全部通过验收。",
            "indicators": [dict(zip(_FIELDS, row, strict=True)) for row in _DRAINAGE],
            "report_text": _REPORT.format(county=COUNTY, year=year),
        }
    )


def monitored(now: datetime, number: str) -> SelfEvaluation:
    """Return a monitoring table of the end of a month that was over long before `now`."""
    as_of = _month_end(now - timedelta(days=40))
    return SelfEvaluation.model_validate(
        {
            "id": number,
            "project_name": "设施农业技术培训",
            "department": AUTHOR_SEEN,
            "region": COUNTY,
            "year": as_of.year,
            "function_code": "213",
            "budget_wan": 96,
            "executed_wan": 21.6,
            "forecast_wan": 96,
            "goal": "举办设施农业技术培训24场，培训种植户1200人，提高种植水平和收入。",
            "indicators": [dict(zip(_MONITORED, row, strict=True)) for row in _PROGRESS],
            "stage": "monitoring",
            "as_of": as_of,
        }
    )


def _month_end(day: datetime) -> date:
    """Return the last day of the month before a day's."""
    return (day.replace(day=1) - timedelta(days=1)).date()
