"""Texts that only say there is nothing: no problem, no deviation, nothing to improve."""

from __future__ import annotations

import re

_MATTER = (
    r"(?:问题|不足|矛盾|毛病|未(?:完成|达标|落实)[事项任务]+|之处|偏差|偏离|异常|困难|短板|弱项|地方|薄弱环节|瑕疵|缺陷|情形|情况|方面|事项|内容"
    r"|违[规纪法][^,。;]{0,4}(?:情况|现象|行为)|因素|现象|隐患|风险|纰漏|漏洞|差错|失误|争议|投诉|缺口|差距|欠缺|疏漏|遗漏|不规范|不到位|不达标|事项)"
)
_WHICH = (
    r"(?:什么|任何|此类|这类|上述|该类?|这些|类似|明显|重大|突出|严重|较大|大|存在|其[他它]|违[规纪法]|相关|有关|显著|实质性?|影响[^,。;]{0,10}|(?:需要?|应当?|值得|可供?)[^,。;]{0,8}"
    r"|未完成|不达标|偏离"
    r"|的|和|及|与|或|、)*"
)
_DENIAL = re.compile(
    rf"(?:不存在|没有?|无|未见){_WHICH}{_MATTER}(?:[和与及、]{_MATTER})*[^,。;]{{0,10}}"
    rf"|(?:未|没有|未能)(?:曾)?(?:发现|出现|发生|产生|存在|查[摆找出]出?|排查出|梳理出|反映出?|暴露出?)(?:有|过)?[^,。;]{{0,18}}?{_MATTER}(?:[和与及、]{_MATTER})*"
    r"|(?:也)?(?:无|不)[需须]要?[^,。;]{0,6}(?:改进|整改|说明|完善)[^,。;]{0,4}|(?:本(?:部分|项|节|条)?)?不(?:涉及|适用)[^,。;]{0,8}|未(?:发生)?偏离"
    # What was not found or did not occur is denied whatever it is; 没有建立 admits something.
    r"|(?:未|没有?|没能|尚未)(?:曾|再)?(?:发现|出现|发生|存在|查[摆找出]出?|排查出|梳理出|暴露出?|收到|接到|见到?)(?:有|过)?[^,。;]{0,24}|(?:不存在|未见|并无)[^,。;]{1,24}"
    rf"|{_MATTER}[^,。:;]{{0,6}}[:为是]?(?:暂?无|没有)$|(?:及|和)?原因(?:暂?无|没有)$"
)
_BARE = re.compile(
    r"(?:目前|本项目|项目|基本|总体)*(?:[暂尚]?无|没有|(?:暂|尚)?(?:不存在|未发现|没有发现))|(?:此|本)(?:项|节|部分)?(?:为?无|空)|[/\\—－-]+|N/?A|无|略",
    re.IGNORECASE,
)
_ADMITS = re.compile(
    r"但|然而|不过|除|未|没|不(?!断|存在)|少|滞后|薄弱|缺|偏|[低慢差]|延|超|扣|难|问题|不足|拟|计划(?!实施|完成|推进)"
)
_SATISFIED = re.compile(
    r"完成|实现|顺利|良好|较好|规范|健全|正常|圆满|符合|达到|到位|保持|自查|自评|检查|异常|未见|有序|落实|合理|有效"
)
_ITEM = re.compile(r"^\W*(?:[一二三四五六七八九十\d]{1,2}[、.)是])?\W*")


def says_nothing(text: str) -> bool:
    """Tell whether a folded text only says that there is nothing (无, 总体未发现明显问题).

    Praise of the project around the denial does not make it say more.
    """
    bare = re.sub(r"\s", "", text)
    sentences = [part for part in re.split(r"[。;；!！]", bare) if _ITEM.sub("", part)]
    if not sentences:
        return bool(_BARE.fullmatch(bare))
    denied = [_denies(_ITEM.sub("", sentence)) for sentence in sentences]
    return any(denied) and all(
        is_denial or not (_ADMITS.search(sentence) or re.search(r"\d", sentence))
        for is_denial, sentence in zip(denied, sentences, strict=True)
    )


def only_praises(text: str) -> bool:
    """Tell whether a folded text only praises: in place of problems it denies them."""
    sentences = [part for part in re.split(r"[。;；!！]", re.sub(r"\s", "", text)) if part]
    return bool(sentences) and all(map(_praises, sentences))


def _denies(sentence: str) -> bool:
    if _BARE.fullmatch(sentence):
        return True
    rest = _DENIAL.sub("", sentence)
    return rest != sentence and not _ADMITS.search(rest)


def _praises(sentence: str) -> bool:
    return bool(_SATISFIED.search(sentence)) and not _ADMITS.search(sentence)
