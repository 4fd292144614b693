"""Which way a measure should point, read from its name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Wanted = Literal["up", "down"]

_BAD = (
    "逾期|超期|延误|迟报|瞒报|漏报|投诉|差错|失误|错误|误差|偏差|事故|违规|违纪|违法|超标|超概|超支|"
    "死亡|伤亡|受伤|损失|损毁|损坏|破损|流失|缺陷|故障|中断|停机|停运|返工|返贫|失业|辍学|不满意|"
    "感染|发病|火灾|受害|成灾|闲置|空置|拖欠|欠费|不合格|不达标|不良|争议|上访|舆情|"
    "漏损|变质|泄露|泄漏|异常|离职|安全事件|群体性事件|责任事件"
)
_ENDING = (
    r"(?:事件|问题|案件|病例)?(?:发生|起|占|的)?"
    r"(?:率|数|数量|次数|件数|起数|人数|比例|比率|占比|项数)?$"
)
_BAD_MEASURE = re.compile(rf"(?:{_BAD}){_ENDING}")
# What is done about something bad is good: 查处违法案件数, 挽回经济损失.
_REMEDY = re.compile(
    "未|减免|下降|降低|减少|削减|压减|压降|避免|挽回|追回|控制|处置|处理|处治|办结|办理|查办|查处|查结|查获|抓获|调解|调处|"
    "化解|解决|回复|响应|整改|治理|防治|修复|修缮|维修|更换|排除|救治|救助|报告|上报|监测|检测|检查|抽检|排查|核查|"
    "防控|预防|防范|预警|调查|扑救|消除|整治|改造|鉴定|发现|查出|审查|审理|受理|侦破|侦办|破获|打击|起诉|公诉|"
    "赔付|补偿|补助|恢复|重建|保险|评估|识别|登记|收治|帮扶|盘活|回收|清欠|清偿|安置|再就业|实验|"
    "参保|援助|安装|清运|收集|督办|反馈|复核|抢修|抢通|协调|约谈|通报|曝光|移送|执行|结案|诉讼|代理|仲裁|监督"
)
_COST = re.compile(r"(?:成本|造价|单价|总投入)(?:控制)?(?:额|金额|标准|数|总额|总量)?$")
_COST_GOOD = re.compile(r"节约|节省|压减|压降|降低|减少|下降|削减|结余|核减|控制率|达标率")
_GOOD_RATE = re.compile(
    r"(?:合格|达标|准确|及时|完成|完工|开工|竣工|覆盖|满意|满意度|知晓|普及|到位|发放|"
    r"成活|保存|接通|办结|处置|整改|解决|入学|巩固|签约|履约|完好|正常运行|验收通过|接种|修复|清运)(?:率|度)$|满意程度$"
)
_NEGATED = re.compile(r"不(?:合格|达标|准确|及时|满意)(?:率|度)$")
_DURATION = re.compile(r"(?:用时|耗时|响应时间|办理时间|等候时间|等待时间|恢复时间)$")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")


@lru_cache(maxsize=4096)
def wanted_direction(name: str) -> Wanted | None:
    """Return whether more or less of it is better, None where the name does not say.

    `name` is folded text; what stands in brackets is not looked at.
    """
    bare = _BRACKETS.sub("", name).strip(" :。")
    if _GOOD_RATE.search(bare) and not _NEGATED.search(bare):
        return "up"
    if _BAD_MEASURE.search(bare):
        return None if _REMEDY.search(bare) else "down"
    if _COST.search(bare):
        return None if _COST_GOOD.search(bare) else "down"
    if _DURATION.search(bare) and not _COST_GOOD.search(bare):
        return "down"
    return None
