"""Tells what any project reaches by merely going on: work begun, money there, a plan written.

Reviewers send such indicators back, for they tell projects neither apart nor good from bad.
"""

from __future__ import annotations

import re

TRIVIAL = 0.5
"""What a trivial indicator's score is multiplied by."""
_NAMES = re.compile(
    r"开工率|(?:资金|经费)到位率|(?:预算|资金)(?:执行|支付|支出|使用)(?:进度|率)|"
    r"(?:方案|制度|预案)(?:制定|编制|印发|备案)率|方案备案率|会议召开率|台账建立率|(?:资金|补助|补贴|慰问金)发放准确率$|(?:许可证?|许可)持证率$|"
    r"指标$|^(?:项目|工程|工作|任务)(?:开展|实施|推进)率$"
)


def is_trivial(name: str) -> bool:
    """Tell whether an indicator is reached by going on alone, or is none: 满意度指标."""
    return _NAMES.search(name) is not None
