"""Rules as people look for them: names and topics by code."""

from __future__ import annotations

from review.rules import ALL_RULES

TOPICS: dict[str, str] = {
    "completeness": "完整性",
    "measurability": "可衡量性",
    "correctness": "填写规范",
    "easy": "目标难易",
    "coherence": "前后相符",
    "weights": "分值权重",
    "form": "指标设置",
    "truth": "自评真实性",
    "scoring": "自评计分",
    "consistency": "与申报一致",
    "content": "评价报告内容",
    "narrative": "评价报告表述",
    "monitoring": "绩效监控",
}
"""First part of a rule's name, and what people call it; in the order shown."""

NAMES: dict[str, str] = {rule.code: rule.manual.summary for rule in ALL_RULES}
TOPIC_OF: dict[str, str] = {rule.code: rule.name.partition(".")[0] for rule in ALL_RULES}


def named(code: str) -> str:
    """Return a code with what the rule says."""
    return f"{code} {NAMES.get(code, '')}".strip()
