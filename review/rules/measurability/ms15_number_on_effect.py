"""MS15 measurability.number_on_effect — 给抽象效果配了没有意义的数字

反例：
    群众获得感 — 效果明显≥1次；公路管理服务水平 — 提升1项；社会影响力 — 显著提升100%。
正例：
    农村公路优良中等路率 ≥85%；12328投诉办结率 ≥98%；沿线群众出行平均用时缩短 ≥10分钟。
理由：
    效果本身没有计量口径，加一个数字仍然无从取数，并不能使指标变得可以考核。
已知局限：
    只认以效果词结尾的名称；指标说明中写明了测评方法和数据来源的不提示。
依据：
    财预〔2021〕101号：绩效指标应量化易评，指标值应有依据、有来源、可考核。
"""

from __future__ import annotations

import re

from models.target_rows import has_word
from review.context import ReviewContext, Row
from review.facts.examples import advise
from review.finding import Severity
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_EFFECT = re.compile(
    r"(?:获得感|幸福感|安全感|归属感|认同感|责任感|意识|氛围|影响力?|影响程度|服务水平|管理水平|治理水平|保障水平"
    r"|发展水平|生活水平|公共服务能力|服务能力|治理能力|保障能力|形象|素质|素养|稳定|和谐|(?:经济|社会|产业|事业|文化|健康|高质量)发展"
    r"|作用|效果|成效|积极性|竞争力|凝聚力|知名度|文明程度|公信力|生活质量|工作质量|服务质量|养护工作质量)$"
)
_COUNT = re.compile(r"\d+(?:\.\d+)?(?:次|个|项|处|件|份|场|天|分)")
_BRACKETS = re.compile(r"\([^()]*\)")
_MEASURED = re.compile(r"问卷|调查|测评|测试|抽样|统计|评分|得分|指数")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    name = _BRACKETS.sub("", row.name.text).strip(" :。")
    target = row.target.text
    known = f"{row.name.text}{target}{row.indicator.definition or ''}"
    if not _EFFECT.search(name) or _MEASURED.search(known):
        return None
    worded = has_word(target, "degree")
    has_number = row.parsed.kind in ("number", "range", "date") or re.search(r"\d", target)
    if not has_number or not (worded or _COUNT.search(target)):
        return None
    advice = "请选取能反映该效果的一项可取得数据（人数、比例、金额、用时等）代替，并写明数据来源。"
    return hit_row(row, "target", suggestion=advise(context, row, advice))


RULE = Rule(
    code="MS15",
    name="measurability.number_on_effect",
    severity=Severity.WARNING,
    message="指标“{name}”是抽象效果，指标值“{target}”中的数字没有计量口径，无从取数，请换成可计量的指标。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.85,
    yields_to=("CP09", "CP10", "MS02", "MS03", "MS01"),
)
