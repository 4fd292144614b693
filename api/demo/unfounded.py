"""Projects made up for the demonstration: 三无, as published forms hardly ever show them.

Finance bureaus strike out projects that say nothing of the use of funds, of management or of
indicators; what units publish has passed that sieve already.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records import Indicator

_HOLLOW = (
    ("产出指标", "数量指标", "工作完成率", "100%", 30),
    ("产出指标", "质量指标", "工作质量", "良好", 20),
    ("效益指标", "社会效益指标", "工作水平", "有效提升", 30),
    ("满意度指标", "服务对象满意度指标", "满意度", "≥90%", 10),
)
_ROAD = (
    ("产出指标", "数量指标", "道路改造长度", "≥6.2公里", 30),
    ("产出指标", "时效指标", "完工时间", "10月底前", 20),
    ("效益指标", "社会效益指标", "沿线居民出行时间缩短", "≥10分钟", 30),
    ("满意度指标", "服务对象满意度指标", "沿线居民满意度", "≥90%", 10),
)
_FIELDS = ("level1", "level2", "name", "target", "weight")


@dataclass(frozen=True)
class Unfounded:
    """A declaration that lacks something a project cannot do without."""

    place: str
    project_name: str
    budget_wan: float
    function_code: str
    goal: str = ""
    description: str = ""
    rows: tuple[tuple[str, str, str, str, int], ...] = ()

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Return the rows as records."""
        return tuple(
            Indicator.model_validate(dict(zip(_FIELDS, row, strict=True))) for row in self.rows
        )


UNFOUNDED: tuple[Unfounded, ...] = (
    Unfounded(
        "演示县机关事务服务中心",
        "综合业务工作经费",
        186.0,
        "201",
        "保障单位工作正常开展。",
        "",
        _HOLLOW,
    ),
    Unfounded(
        "演示县科技和工业信息化局",
        "专项工作经费",
        92.5,
        "206",
        "确保各项工作顺利完成。",
        "",
        _HOLLOW,
    ),
    Unfounded(
        "演示县民政局", "其他补助资金", 64.0, "208", "做好相关工作，提升服务水平。", "", _HOLLOW
    ),
    Unfounded("演示县水利局", "中小河道整治", 480.0, "213"),
    Unfounded("演示县教育局", "校舍维修改造", 310.0, "205", "改善办学条件。"),
    Unfounded(
        "演示县交通运输局",
        "城东片区道路改造工程",
        2600.0,
        "214",
        "完成城东片区道路改造。",
        "对城东片区三条道路实施改造，路线总长约六点二公里，铺设沥青路面，更换雨水管道，新建人行道和路灯。",
        _ROAD,
    ),
    Unfounded(
        "演示县农业农村局",
        "高标准农田沟渠配套工程",
        1850.0,
        "213",
        "配套建设田间沟渠和机耕路。",
        "在三个乡镇新建衬砌沟渠和机耕道路，配套涵管、闸门和田间桥板，项目区涉及耕地八千余亩。",
        (
            ("产出指标", "数量指标", "衬砌沟渠长度", "≥24公里", 30),
            ("产出指标", "质量指标", "工程验收合格率", "100%", 20),
            ("效益指标", "经济效益指标", "亩均节水", "≥60立方米", 30),
            ("满意度指标", "服务对象满意度指标", "受益农户满意度", "≥92%", 10),
        ),
    ),
)
