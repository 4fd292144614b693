"""What the words before an amount or rate say: which quantity it is, and of what.

The words are read token by token. Words of quantity (预算, 支付, 到位) give the quantity, words
that every report uses (全年, 实际, 项目, 资金) are passed over, and what is left names a part:
监管服务, 中央资金, 6月底. A figure speaks for the whole project only where nothing is left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

LeadKind = Literal[
    "initial_budget", "budget", "allocated", "executed", "rate", "surplus", "saved", "fund"
]

_YEAR_END = (
    r"(?:截[至止]到?|到|至)?(?:19|20)\d{2}年[底末](?:为?止)?|"
    r"(?:截[至止]到?|到|至)?(?:(?:19|20)\d{2}年)?(?:12月31日?|12月份?[底末]?|年[底末]|本?年度末?|目前|期末|评价日|评价基准日)"
    r"(?:为?止)?"
)
PAID = (
    r"(?:支出|支付|列支|开支|花费|花销|使用|动用|执行|兑付|兑现|结报|付款|付出"
    r"|报销|报账|决算|核销|结算|结付|用款|支用|拨付|实[支付发拨用]|付讫|支取)"
)
"""Words for money that is paid out."""
_RATE_NOUN = (
    r"(?:年度|全年|项目|财政|预算|资金|经费|专项|专款|补助|补贴|款项|支出|国库|实际|计划|累计|总|体|综合)*"
    rf"(?:{PAID}|发放|花钱|消化|完成支付)(?:完成)?(?:率|进度|比例|比率|比重|程度)|预算(?:资金)?完成(?:率|比例|进度)|支出占预算的?(?:比重|比例)"
    r"|(?:占|完成|执行|相当于|为|达)(?:了|到)?(?:全年|年度|全部|项目|当年|本年|年初|调整后?|批复|总|安排|下达|到位|到账|可用|专项)*"
    r"(?:预算|资金|经费|额度|盘子|总额|专款|拨款)(?:数|资金|安排|总额|总量)*的"
)
_TOKENS: tuple[tuple[str, str], ...] = (
    ("rate", _RATE_NOUN),
    ("saved", r"节约|节省|节支"),
    (
        "surplus",
        r"[结节]余|剩余|[剩余]下|差额|没有?(?:用[完掉]|花[完掉]|发完|付完|支完|支[出付]|使用|动用|花)|尚余|余额|余款|余钱|结转|(?:应付|欠付)未付|(?:尚|暂|还)?未(?:能)?(?:支[付出]|使用|执行|列支|拨付|安排|兑付|发放|报销|付[出款]?|用|动用|核销|结算)",
    ),
    (
        "scope",
        r"基本支出|(?:总|计划|工程|概算)投资|投资额?|概算|可支[付出]|应支[付出]|拟支[付出]|支出责任|支出标准",
    ),
    ("initial_budget", r"年初(?:批复)?(?:部门)?(?:预算|批复|安排)?"),
    (
        "budget",
        r"调整后?为?$|收[入支]预算|总预算|支出预算|安排(?:的)?支出|预算(?:安排|批复)?支出|预算|批复|核定|安排|总额|总规模|总量",
    ),
    (
        "given",
        r"上级(?:部门)?(?:下达|拨付|安排|拨入)|(?:中央|[省市县区镇州旗]|上级|本级|同级|地方)?(?:级)?财政(?:部|厅|局|所|部门)?(?:于[\d年月日]*)?(?:实际|已|共|累计)?(?:下达|拨付|拨款|批复|安排|拨入|核拨)",
    ),
    ("fund", r"转移支付"),
    (
        "given",
        r"(?:中央|[省市县区镇州旗]|上级)[\u4e00-\u9fff]{0,6}(?:部|局|委|厅|办)(?:实际|共)?(?:下达|拨付|拨款|安排|拨入)",
    ),
    ("allocated", r"到位|到账|进账"),
    ("received", r"下达|下拨|收到|拨入|拨款|投入|筹集|筹措|落实|争取|领到|获批"),
    (
        "executed",
        rf"{PAID}|(?:发放|发出|付|支)(?:了|掉|出去?)?(?=资金|补助|补贴|$)|(?:花|用|付|支|发)(?:了|掉|去了?|出去?|完了?)?$",
    ),
    ("year", r"(?:19|20)\d{2}年度?"),
    ("neutral", _YEAR_END),
    ("arrival", r"(?:于|在)?\d{1,2}月(?:份|\d{1,2}日|[上中下]旬)?(?=.*(?:到位|到账|下达|收到|拨))"),
    (
        "neutral",
        r"\d{1,2}月?[至到—~-]\d{1,2}月(?:份|底)?|经(?=.{0,8}财政)|[两三四五六几](?:项|笔|块|方面|级|者|家)(?=共|合|加|相加|总)|(?:相|累)?加(?:起来|在一起|总)?(?=共|为|是|$)",
    ),
    (
        "neutral",
        r"通过[\u4e00-\u9fff]{0,6}[“\"”]?[\u4e00-\u9fff]{1,6}[”\"“]?(?=支|发|兑|拨)|按(?:照|规定|要求|进度)*",
    ),
    ("fund", r"合同款|资金|经费|专款|拨款|款项?|补助|补贴|金额"),
    (
        "neutral",
        (
            r"国库集中|年内|[全当本上]?年度?(?<!上年)(?<!上年度)|本?项目|该项目|该项?|此项?|我(?:局|单位|部门|中心|县|市|区|镇|街道|校|馆|院|办|所|站|厅|委)?|(?:部门|单位)|财政|专项|一般公共|政府"
            r"|实际|已经?|共计?|合计|总计?|累计|约|均|全部|一共|仅有?|只有?|为|是|达到?|了|的|到|形成|完成|实现|调整后?|当期|本期"
            r"|数|额|情况|[:：()（）/÷×=\s“”\"|>\-—#*、，,]|\d{1,2}[.、)）]|[一二三四五六七八九十]是|其|与|和|则|并|同时|规模|有关|相关|各类|总体|整体|年内|年中|最终|其中:?(?=$)"
        ),
    ),
)
_TOKEN = re.compile("|".join(f"(?P<t{n}>{pattern})" for n, (_, pattern) in enumerate(_TOKENS)))
_PURPOSE = re.compile(r"(?:主要|具体|全部|分别)?(?:用于|用作)$")


@dataclass(frozen=True)
class Lead:
    """What the words before a figure say of it."""

    kind: LeadKind | None
    scope: str
    """Words that name a part, another time or another thing; empty for the whole project."""
    is_given: bool = False
    """Whether a budget that pays is the subject (市财政拨付), or money only comes in (收到)."""


@lru_cache(maxsize=4096)
def read_lead(before: str, title: str = "") -> Lead:
    """Read the folded words before a figure; words of the report's title narrow nothing down."""
    kinds: list[str] = []
    rest: list[str] = []
    is_given = False
    place = 0
    text = _PURPOSE.sub("用于", before)
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or match.end() == place:
            rest.append(text[place])
            place += 1
            continue
        name = _TOKENS[int((match.lastgroup or "t0")[1:])][0]
        if name == "scope":
            rest.append(match.group())
        elif name == "given":
            is_given = True
            kinds.append("allocated")
        elif name not in ("neutral", "arrival", "year"):
            kinds.append(name)
        if rest and rest[-1] != "\0":
            rest.append("\0")
        place = match.end()
    is_given = is_given or "received" in kinds
    return Lead(_kind(kinds), _scope("".join(rest), title), is_given)


def _kind(kinds: list[str]) -> LeadKind | None:
    """Return what a row of words of quantity comes to: 预算执行 is spending, 支出预算 a budget."""
    if "rate" in kinds:
        return "rate"
    for strong in ("saved", "surplus"):
        if strong in kinds:
            return strong
    roles = [kind for kind in kinds if kind != "fund"]
    if not roles:
        return "fund" if kinds else None
    for kind in ("executed", "allocated", "initial_budget", "budget"):
        if kind in roles:
            return kind
    return "allocated"


def _scope(rest: str, title: str) -> str:
    """Return what is left of the words once the title's own are taken out."""
    parts = [part for part in rest.split("\0") if part]
    return "".join(part for part in parts if len(part) < 2 or part not in title).strip()
