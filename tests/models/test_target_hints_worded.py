"""Words of a value that a third party can decide, and words that only sound like them."""

from __future__ import annotations

import pytest

from corpus.records import Declaration
from corpus.target import parse_target
from models.target_hints_worded import is_decidable
from models.target_rows import Row, read_rows

# name: values that decide themselves, values that remain an opinion
VALUES: dict[str, tuple[list[str], list[str]]] = {
    "工程维护": (
        [
            "符合《人民防空工程维护管理技术规程》要求",
            "满足GB 36246-2018",
            "达到JTG H10标准",
            "符合GB/T 19095要求",
            "执行《园林绿化养护标准》",
            "符合HJ 2025-2012规定",
            "通过省厅质检软件检查，无错误",
            "取得省级主管部门批复",
            "通过水利部门组织的验收",
            "获得绿色食品认证",
            "经第三方检测合格",
        ],
        [
            "符合规定",
            "符合相关文件要求",
            "按照《项目资金管理办法》执行",
            "经常检查",
            "达到预期",
            "严格执行相关制度",
        ],
    ),
    "安全生产": (
        [
            "不发生",
            "不出现",
            "未出现亡人情况",
            "较大以上零发生",
            "较大及以上事故零发生",
            "零亡人",
            "不垮坝",
            "不断供",
            "不断流",
            "不返贫",
            "不新增",
            "不再发生",
            "确保不溃坝",
            "未发生一级甲等事故",
            "坚决杜绝重大事故发生",
            "不漏管",
            "不脱管失控",
        ],
        [
            "不断提高",
            "不断完善",
            "不断健全",
            "不错",
            "不定期",
            "不折不扣",
            "不松懈",
            "明显减少",
            "有效杜绝",
            "无明显影响",
        ],
    ),
    "永久基本农田面积": (
        [
            "不减少",
            "只增不减",
            "保持不变",
            "与上年持平",
            "不低于上年",
        ],
        ["有所增加", "稳定", "适度"],
    ),
    "新发非法集资案件数": (
        [
            "较上年只减不增",
            "比上年度下降",
            "同比减少",
        ],
        ["较上年有所下降", "明显减少", "逐步下降"],
    ),
    "乡村社会消费品零售总额": (
        [
            "同比增长",
            "较上年增加",
        ],
        ["稳步增长", "同比明显增长"],
    ),
    "耕地地力": (
        [
            "不低于上年",
        ],
        ["不下降", "稳步提升"],
    ),
    "实验室室间质评": (
        [
            "合格",
            "优秀",
            "通过",
        ],
        ["良好运行", "规范", "有序"],
    ),
    "年度考核等次": (
        [
            "优秀",
            "良好以上",
            "合格",
        ],
        ["令人满意", "不断提升"],
    ),
    "蓄水安全鉴定": (
        [
            "通过",
            "一次性通过",
            "顺利通过",
        ],
        ["合格", "规范"],
    ),
    "采购价格不高于市场价": (
        [
            "是",
        ],
        ["合理"],
    ),
    "工程造价": (
        [
            "不超财政评审价",
            "不超过批复概算",
            "控制在预算范围内",
            "低于中标价",
        ],
        ["合理", "可控", "有效控制"],
    ),
    "种植成本": (
        [
            "不高于全省平均水平",
            "低于去年同期",
            "不高于政府指导价",
        ],
        ["逐步降低", "较低"],
    ),
    "债务风险等级": (
        [
            "保持绿色区间",
            "低风险",
        ],
        ["可控", "总体可控"],
    ),
    "即办件办结": (["当场", "当日", "次日"], ["尽快", "及时"]),
    "物业费支付": (["按季支付", "按月"], ["按要求支付"]),
    "耕地质量等级": (["不下降"], ["提升"]),
    "填埋处置量": (["较上年不增加"], ["逐步减少"]),
    "报表上报": (["不迟报、不漏报", "不迟报"], ["不断规范"]),
    "供餐时间": (
        [
            "每个教学日",
            "每周一次",
            "春节前",
        ],
        ["按计划", "及时"],
    ),
}


def _row(name: str, target: str) -> Row:
    declaration = Declaration.model_validate({"indicators": [{"name": name, "target": target}]})
    return read_rows(declaration, [parse_target(target, name)])[0]


@pytest.mark.parametrize("name", sorted(VALUES))
def test_values_in_words_that_can_be_decided(name: str) -> None:
    decided, opinions = VALUES[name]
    # What the grammar reads as a number or a date is no longer words.
    worded = [_row(name, target) for target in decided]
    assert [r.target for r in worded if r.parsed.kind == "words" and not is_decidable(r)] == []
    assert [target for target in opinions if is_decidable(_row(name, target))] == []
