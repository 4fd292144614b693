"""Tasks that a goal names without a number: what shall be bought, built, held, done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DO = (
    r"新建|改建|扩建|建设|建成|修建|铺设|安装|购置|采购|购买|配备|更新|升级|维修|维护|修缮|检修|养护|举办|组织|"
    r"开展|编制|制作|印制|印刷|发放|慰问|清理|清洗|整治|治理|检测|监测|抽检|培训|宣传|播放|放映|直播|演出|巡查|"
    r"普查|聘请|租赁|租用|支付|完成|实施|改造"
)
_CLAUSE = re.compile(r"[^,，;；。:\n]+")
_FIRST = re.compile(
    rf"^(?:计划|预计|全年|年内|本年度?|当年|主要|用于|继续|同时|其中|及时|按时|足额|全面|全部|拟|对|共)*"
    rf"(?:{_DO})(?:或(?:{_DO}))*(?!后)"
)
_EFFECT = re.compile(
    r"确保|保障|保证|提升|提高|促进|满足|改善|实现|消除|降低|减少|推动|推进|争取|带动|增加|增强|引导|营造|助力|巩固|"
    r"优化|完善|落实|加强|加快|强化|从而|支持|发挥|缓解|达到|防止|防范|解决|打造|形成|扩大|深化|通过|按照?|根据|依据|[使为以]"
)
"""From here on a clause speaks of what the task is for, or by which rule it is done."""
_ITEM = re.compile(r"(?:[^、与和及并]|及(?=[时格])|和(?=谐))+")
_LEAST, _MOST = 2, 12
"""Characters of an object."""
_NO_TASK = re.compile(
    r"\d|文明|体系|机制|办公|(?:中心|大楼|机关|单位|学校|医院|场馆|部位|人员|对象|群众|企业|等|目标|任务|出勤)$"
)
"""Places and people that a task concerns, and what has a number and is compared elsewhere."""
_GENERIC = re.compile(
    rf"项目|工程|工作|任务|活动|服务|设备|设施|管理|经费|资金|费用|部门|相关|有关|日常|正常|运行|运转|各项|各类|"
    rf"全[市县区省]|本[级市县区]|年度|情况|内容|业务|专项|[^一-龥]|{_DO}"
)


@dataclass(frozen=True)
class Task:
    """Something a goal says shall be done, and where its object stands in the folded text."""

    object: str
    start: int
    end: int


def find_tasks(goal: str) -> Iterator[Task]:
    """Iterate over the objects of a folded goal's tasks that carry no number."""
    for clause in _CLAUSE.finditer(goal):
        first = _FIRST.match(clause.group())
        if first is None or re.search(r"\d", clause.group()):
            continue
        effect = _EFFECT.search(clause.group(), first.end())
        end = effect.start() if effect else len(clause.group())
        for item in _ITEM.finditer(clause.group(), first.end(), end):
            words = item.group().strip()
            if _LEAST <= len(words) <= _MOST and not _NO_TASK.search(words):
                start = clause.start() + item.start() + item.group().index(words)
                yield Task(words, start, start + len(words))


def telling_pairs(text: str) -> set[str]:
    """Return the character pairs of a text that tell one thing from another."""
    kept = _GENERIC.sub(" ", text)
    pairs = {kept[place : place + 2] for place in range(len(kept) - 1)}
    return {pair for pair in pairs if " " not in pair}
