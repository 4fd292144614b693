"""Removal of personal data: telephone and identity numbers, and names beside a contact label."""

from __future__ import annotations

import re

_LABEL = r"(?:联系人|负责人|责任人|经办人|填报人|填表人|审核人|制表人|复核人)(?:员|姓名)?"
_NAME = r"[\u4e00-\u9fa5·]{2,4}?"
_NAME_AFTER_COLON = re.compile(
    rf"({_LABEL}\s*[:：]\s*){_NAME}(?=$|[^\u4e00-\u9fa5:：]|联系|电话|手机|座机)"
)
_NAME_BEFORE_NUMBER = re.compile(
    rf"({_LABEL}\s+){_NAME}(?=[\s,，、]*(?:联系)?(?:电话|手机|座机|1[3-9]\d|0\d{{2,3}}[-－—]))"
)
_CONTACT = r"(?:联系)?(?:电话|手机|座机|传真)(?:号码?)?\s*[:：]?\s*"
_NUMBER = re.compile(
    rf"(?:{_CONTACT})?(?<![\d.])(?:"
    r"\d{17}[\dXx]"  # identity number
    r"|(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"  # mobile
    r"|(?:[(（]0\d{2,3}[)）]\s*|0\d{2,3}\s?[-－—]\s?)\d{7,8}(?:[-转]\d{1,5})?"  # landline
    r")(?![.,，]?\d|\s*(?:元|万|亿|人|亩|%|％))"
)
_LABELLED_LOCAL_NUMBER = re.compile(
    r"(?:联系)?(?:电话|手机|座机|传真)(?:号码?)?\s*[:：]\s*\d[\d－-]{6,12}"
)


def scrub(text: str) -> str:
    """Return the text without telephone and identity numbers and names beside a contact label."""
    text = _NAME_BEFORE_NUMBER.sub(r"\1", _NAME_AFTER_COLON.sub(r"\1", text))
    return _LABELLED_LOCAL_NUMBER.sub("", _NUMBER.sub("", text))
