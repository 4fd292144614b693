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
    r"准备金|预备费|往来款|上缴|结算费用|公务用车|执法车辆|车辆维修|燃油费|"
    r"考核奖|绩效奖|业务费(?:\s|$)|局域网|灾备|(?:档案|文书|物资)[一-龥]{0,2}库房|资本金|注册资本"
)
_SAYS_NO_RECIPIENTS = re.compile(
    r"(?:无|没有|不涉及)(?:直接|明确|具体|特定|外部)*(?:的)?(?:服务|受益|调查)(?:对象|群体)|"
    r"不(?:宜|需|必|便)(?:设置?|开展)满意度"
)
_WORKS = re.compile(
    r"工程|建设项目|新建|改建|扩建|续建|改造|修缮|维修|装修|装饰|硬化|治理工程|安装|铺设|购置|采购|"
    r"设备更新|建设$|建设[()（）]"
)
_NOT_WORKS = re.compile(
    r"工程师|队伍建设|制度建设|文明建设|党的建设|党风廉政|人才工程|文化建设|能力建设|体系建设|服务采购|"
    r"(?:工程|采购|建设)[一-龥]{0,6}(?:监督|监管|管理(?:经费|工作)|检测|审计|审查|评审|评价|咨询|代理|竞赛)|"
    r"购置税|(?:希望|暖心|育苗|春风|菜篮子|头雁|名师|英才|素质提升)工程"
)
_PASSED_ON = re.compile(r"(?:补贴|贴息|奖补|奖励|竞赛|保险|调查|普查)(?:资金|项目|经费)?$")
"""Money handed to others, who buy or build with it."""


def _title(declaration: Declaration) -> str:
    """Return name and type of a project, folded."""
    return normalise(f"{declaration.project_name} {declaration.project_type or ''}")


def is_running_cost(declaration: Declaration) -> bool:
    """Tell whether the money keeps a unit running rather than buys results of its own."""
    return bool(_RUNNING.search(_title(declaration)))


def has_no_recipients(declaration: Declaration) -> bool:
    """Tell whether nobody outside is served who could be asked, by its kind or in its own words."""
    said = normalise(f"{declaration.goal}\n{declaration.description}")
    return bool(_NO_RECIPIENTS.search(_title(declaration)) or _SAYS_NO_RECIPIENTS.search(said))


def is_works_or_purchase(declaration: Declaration) -> bool:
    """Tell whether something is built, repaired or bought, so that its cost can be measured."""
    name = normalise(declaration.project_name)
    if _PASSED_ON.search(name):
        return False
    return bool(_WORKS.search(_NOT_WORKS.sub("", name)))
