"""What kind of project a declaration is about, read from its name and type."""

from __future__ import annotations

import re

from corpus.records import Declaration
from corpus.text import normalise

_RUNNING = re.compile(
    r"人员经费|人员支出|工资|薪酬|津贴|社保缴费|缴费类|公用经费|办公经费|日常公用|基本支出|运转类|"
    r"部门整体|整体支出|公积金|养老保险缴费|考核奖|绩效奖|基本业务费"
)
_NO_RECIPIENTS = re.compile(
    r"还本|付息|利息|偿还|贴现|发行费|税费|应交税|人员经费|缴费类|基本支出|"
    r"准备金|预备费|往来款|上缴|结算费用|公务用车|执法车辆|车辆维修|燃油费"
)
_WORKS = re.compile(
    r"工程|建设项目|新建|改建|扩建|续建|改造|修缮|维修|装修|装饰|硬化|治理工程|安装|铺设|购置|采购|"
    r"设备更新|建设$|建设[(（]"
)
_NOT_WORKS = re.compile(
    r"工程师|队伍建设|制度建设|文明建设|党的建设|党风廉政|人才工程|文化建设|能力建设|体系建设|服务采购"
)


def _title(declaration: Declaration) -> str:
    """Return name and type of a project, folded."""
    return normalise(f"{declaration.project_name} {declaration.project_type or ''}")


def is_running_cost(declaration: Declaration) -> bool:
    """Tell whether the money keeps a unit running rather than buys results of its own."""
    return bool(_RUNNING.search(_title(declaration)))


def has_no_recipients(declaration: Declaration) -> bool:
    """Tell whether nobody outside is served who could be asked."""
    return bool(_NO_RECIPIENTS.search(_title(declaration)))


def is_works_or_purchase(declaration: Declaration) -> bool:
    """Tell whether something is built, repaired or bought, so that its cost can be measured."""
    name = normalise(declaration.project_name)
    return bool(_WORKS.search(_NOT_WORKS.sub("", name)))
