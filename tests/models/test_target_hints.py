"""Each hint of the rubric holds where it should and nowhere near."""

from __future__ import annotations

import pytest

from corpus.bundle import bundled_cases
from corpus.records import Declaration
from corpus.target import parse_target
from models.target_features import CELL_HINTS, HINTS, hints, row_features
from models.target_hints_easy import is_planned_single
from models.target_rows import read_form, read_rows

# hint: rows that must have it, rows that must not; a row is 二级指标|名称|指标值.
EXAMPLES: dict[str, tuple[list[str], list[str]]] = {
    "no_value": (["数量指标|道路里程|", "数量指标|灌区面积|万亩"], ["数量指标|道路里程|3公里"]),
    "no_name": (["数量指标|数量指标|100", "质量指标|XX|好"], ["满意度指标|满意度指标|≥90%"]),
    "time_as_name": (["时效指标|2023年全年|完成"], ["时效指标|2023年道路完工时间|12月底"]),
    "no_object": (["质量指标|完成率|100%"], ["质量指标|工程验收合格率|100%"]),
    "count_as_percentage": (
        ["数量指标|培训人数|95%"],
        [
            "数量指标|培训人数|95人",
            "社会效益指标|新发现吸毒人数|下降10%",
            "质量指标|调解成功率|96%",
        ],
    ),
    "rate_as_count": (
        ["质量指标|疫苗接种率|300人"],
        ["质量指标|疫苗接种率|≥90%", "生态效益指标|森林火灾发生率|≤6.5次/10万公顷"],
    ),
    "satisfaction_as_count": (["满意度指标|农户满意度|300户"], ["满意度指标|农户满意度|90分"]),
    "cost_as_count": (
        ["成本指标|培训费|320人"],
        ["成本指标|培训费|320元", "质量指标|卫生院达到基本标准|5所"],
    ),
    "cost_in_words": (["成本指标|节约成本|有效节约"], ["成本指标|项目成本|不超预算"]),
    "options": (["满意度指标|公众满意度|高中低"], ["社会效益指标|就业岗位|增加"]),
    "effort": (["质量指标|基金监管|加强"], ["社会效益指标|道路照明|提供"]),
    "beside_the_point": (
        ["数量指标|举办档案图片展|向社会宣传取得的成就"],
        ["质量指标|学校正常运转|学校各项工作正常运转", "数量指标|举办图片展|汛期来临前全部完成"],
    ),
    "progress_of_what": (
        ["时效指标|项目进度|60%", "时效指标|项目进度|2024.11", "时效指标|工程形象进度|2024年11月"],
        ["时效指标|项目进度|100%", "时效指标|工程形象进度|65%", "时效指标|资金支付进度|60%"],
    ),
    "says_nothing_countable": (
        ["数量指标|应补尽补|100%", "数量指标|应助尽助情况|100%"],
        ["数量指标|应保尽保率|100%", "社会效益指标|应援尽援|100%"],
    ),
    "echo": (
        ["社会效益指标|保障机关正常运转|保障"],
        ["社会效益指标|供水设施正常运转|保障", "社会效益指标|保障机关正常运转|全年无停摆"],
    ),
    "time_as_number": (["时效指标|项目完成时间|95%"], ["时效指标|项目完成时间|2023年底"]),
    "rate_as_date": (["质量指标|培训合格率|2023年10月"], ["质量指标|培训合格率|90%"]),
    "over_full": (
        ["质量指标|设备合格率|292%"],
        ["经济效益指标|产值增长率|120%", "经济效益指标|政府债务率|≤120%"],
    ),
    "over_budget": (["成本指标|预算控制率|≥100%"], ["成本指标|预算控制率|≤100%"]),
    "cost_at_least": (["成本指标|补助支出|≥9万元"], ["成本指标|节约电费|≥9万元"]),
    "too_many_failures": (
        ["质量指标|贷款逾期率|≥100%", "质量指标|血液报废率|≥2%"],
        ["质量指标|故障处置率|100%", "社会效益指标|学生患病率下降|≥1个百分点"],
    ),
    "money_as_percentage": (["数量指标|消费品零售额|9.5%"], ["经济效益指标|农民增收|9.5%"]),
    "count_in_words": (
        ["数量指标|采购数量|若干", "数量指标|造林抚育|完成上级下达任务"],
        ["数量指标|采购数量|12台", "数量指标|示范村|全部建设完成"],
    ),
    "time_in_words": (
        ["时效指标|完成时间|按计划"],
        [
            "时效指标|完成时间|年底前",
            "时效指标|完工时间|秋粮入库前",
            "时效指标|慰问时间|春节期间",
            "时效指标|巡查时间|每季度末",
            "社会效益指标|办事等候时间|明显缩短",
        ],
    ),
    "period_as_count": (["数量指标|养老服务|12个月"], ["数量指标|设备质保期限|12个月"]),
    "all_done": (
        ["数量指标|重点工作完成|100%", "时效指标|按进度完成|100%"],
        ["数量指标|重点工作完成率|100%"],
    ),
    "short_name_in_words": (["质量指标|装备|合格"], ["质量指标|消防装备配备情况|合格"]),
    "output_in_words": (
        [
            "质量指标|赛事组织|圆满",
            "数量指标|农产品|绿色",
            "时效指标|赛前赛中赛后|做好保障",
            "质量指标|岗位管理|规范",
            "质量指标|保密管理|严格规范",
            "质量指标|技术指导|及时到位",
        ],
        [
            "质量指标|车容车貌|整洁",
            "质量指标|资金使用|合规",
            "质量指标|费用结算及时性|及时",
            "质量指标|在站人员安全|无事故",
            "质量指标|规划成果|通过专家评审",
            "质量指标|食品安全人员培训|已完成",
            "质量指标|接种知情同意书签署|规范",
            "质量指标|调查数据质量|真实、准确、完整",
            "质量指标|病案首页填写|完整",
            "质量指标|实验室室间质评|合格",
            "质量指标|塑胶面层有害物质限量检测|满足GB 36246-2018",
            "质量指标|数据库质检|通过省厅质检软件检查，无错误",
            "时效指标|费用减免|即时",
        ],
    ),
    "effect_as_number": (
        ["经济效益指标|促进经济发展|≥95%", "社会效益指标|知识产权保护意识增强率|≥90%"],
        [
            "生态效益指标|农药用量减少|2%",
            "社会效益指标|监测能力达标|100%",
            "质量指标|鼠害防治效果|平均防效80%以上",
            "社会效益指标|重大种子质量事故|零发生",
        ],
    ),
    "effect_in_words": (
        ["社会效益指标|社会和谐稳定|促进", "可持续影响指标|收入结构优化机制|完善"],
        [
            "生态效益指标|河道水质|良好",
            "社会效益指标|公路路况水平|提升",
            "经济效益指标|稳定农民收入|稳定",
            "社会效益指标|风险保障水平|高于上年",
        ],
    ),
    "benefit_in_words": (
        [
            "社会效益指标|WIFI全覆盖|良好",
            "社会效益指标|水上交通安全形势|持续稳定",
            "社会效益指标|餐厨垃圾处理情况|良好",
        ],
        [
            "可持续影响指标|工程管护责任|落实到人",
            "社会效益指标|重大农产品质量安全事件|不发生",
            "社会效益指标|社会和谐稳定|促进",
        ],
    ),
    "action_as_percentage": (["数量指标|设备购置|100%"], ["数量指标|设备购置率|100%"]),
    "number_without_unit": (
        [
            "经济效益指标|助农增收|1",
            "质量指标|河道清理|20",
            "数量指标|就业培训|2",
            "数量指标|知识产权|≥3",
        ],
        [
            "数量指标|新建高新技术企业|15",
            "社会效益指标|文物安全事故|零发生",
            "数量指标|追溯点|≥15",
            "数量指标|培训救护员|1200",
            "数量指标|组织成员单位人员培训|1",
            "质量指标|扫描精度|≥300dpi",
            "质量指标|出水水质|达到GB 18466—2005",
        ],
    ),
    "amount_for_work": (["数量指标|道路硬化|800万元"], ["数量指标|补助资金|800万元"]),
    "name_contradicts": (["数量指标|建设公路32.1公里|20公里"], ["数量指标|建设8个节点|8个"]),
    "years_of_work": (["时效指标|维持秩序|1年"], ["时效指标|设备保修期|1年"]),
    "several_rates": (["数量指标|免疫率、检疫率|100%"], ["数量指标|免疫率|100%"]),
    "question": (["经济效益指标|是否产生价值|否"], ["经济效益指标|产生价值|10万元"]),
    "worded": (
        ["质量指标|运转|良好"],
        [
            "质量指标|供水水质|符合《生活饮用水卫生标准》",
            "数量指标|巡查|每天",
            "时效指标|完工时间|汛期来临前",
            "数量指标|信访事项受理|全部受理",
            "质量指标|出水水质|一级A标准",
            "生态效益指标|河道水质|稳定达到Ⅲ类",
            "质量指标|混凝土强度|C25",
            "时效指标|采暖期前投入使用|是",
            "经济效益指标|移民收入增幅|高于全县平均水平",
            "质量指标|规划|取得省厅批复",
            "时效指标|拨付|每季度末",
        ],
    ),
    "worded_with_number": (
        ["成本指标|支付|372万元用于运转支出,确保教学工作正常运行"],
        ["成本指标|支付|≤372万元"],
    ),
    "lax_satisfaction": (["满意度指标|满意度|≥85%"], ["满意度指标|满意度|≥90%"]),
    "lax_rate": (
        ["质量指标|工程验收合格率|92%", "时效指标|采购计划执行率|≥85%"],
        [
            "质量指标|苗木成活率|85%",
            "社会效益指标|学生体质健康测试合格率提高|≥2个百分点",
            "社会效益指标|设备合格率|较上年提高3%",
            "质量指标|第二剂次完成率|≥88%",
        ],
    ),
    "budget_as_target": (
        ["成本指标|支出|100万元"],
        ["成本指标|支出|60万元", "经济效益指标|农民增收|100万元"],
    ),
    "total_cost": (
        ["成本指标|项目总投资|88万元"],
        ["成本指标|每公里造价|88万元", "成本指标|每名特派员工作经费|1.5万元"],
    ),
    "within_budget": (
        ["成本指标|成本控制率|100%"],
        [
            "成本指标|每公里造价|88万元",
            "经济效益指标|玉米损失率|控制在8%以内",
            "经济成本指标|技能培训人均补助|不超过4500元",
            "经济成本指标|户均运行经费|不超过60元/年",
            "生态环境成本指标|扬尘|有效控制",
        ],
    ),
    "funds_in_place": (
        ["时效指标|资金到位率|100%"],
        ["质量指标|设备到位率|100%", "时效指标|资金下达时间|30日内"],
    ),
    "at_most_full": (
        ["成本指标|支出占比|≤100%"],
        ["成本指标|支出占比|≤90%", "经济效益指标|政府债务率|≤100%"],
    ),
    "by_the_rules": (
        ["质量指标|发放标准|符合相关规定", "时效指标|资金拨付进度|按工程进度拨付"],
        [
            "质量指标|发放标准|每人300元",
            "质量指标|血液质量|符合国家标准",
            "质量指标|护栏立柱打入深度抽检|符合设计要求",
            "质量指标|沼渣沼液处置|符合环保要求",
            "时效指标|数据上报|按国家规定时间节点",
            "数量指标|募捐活动|开展",
        ],
    ),
    "complies": (
        ["质量指标|资金使用合规性|100%"],
        [
            "质量指标|补贴对象资格复核率|100%",
            "质量指标|药品抽检合格率|100%",
            "质量指标|危废合规处置率|100%",
        ],
    ),
    "procedure": (
        [
            "数量指标|召开部署会议|2次",
            "时效指标|监测工作方案印发|3月底前",
            "时效指标|实施方案编报时间|2月底前",
        ],
        ["数量指标|召开听证会议|200次", "时效指标|村庄规划完成时间|3月底前"],
    ),
    "headcount": (
        ["数量指标|在职职工人数|116人"],
        ["数量指标|培训职工人数|116人", "数量指标|护林员巡护面积|96万亩"],
    ),
    "entitled": (
        ["质量指标|低保应保尽保率|100%"],
        ["数量指标|低保人数|100人", "数量指标|应补尽补|100%", "质量指标|还本付息足额率|100%"],
    ),
    "only_one": (
        ["数量指标|采购批次|1批", "数量指标|规划成果报告|1份"],
        [
            "数量指标|采购批次|12批",
            "数量指标|渡口渡船安全检查|每月全覆盖不少于1次",
            "数量指标|系统巡检|每半月1次",
            "数量指标|维修养护小型水库座数|（小1型9座、小2型54座）63座",
        ],
    ),
}
NAMES = {hint.name for group in HINTS.values() for hint in group}


def held(row: str) -> set[str]:
    level2, name, target = row.split("|")
    declaration = Declaration.model_validate(
        {
            "project_name": "某项目",
            "budget_wan": 100,
            "indicators": [{"level2": level2, "name": name, "target": target}],
        }
    )
    rows = read_rows(declaration, [parse_target(target, name)])
    found = hints(rows[0], read_form(declaration, rows))
    return {hint.name for group in found.values() for hint in group}


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_hint_holds_for_its_examples_only(name: str) -> None:
    positive, negative = EXAMPLES[name]
    assert [row for row in positive if name not in held(row)] == []
    assert [row for row in negative if name in held(row)] == []


def test_every_hint_has_examples() -> None:
    assert NAMES - set(EXAMPLES) == {"form_of_bare_numbers"}


def test_scores_in_the_target_column_are_noticed() -> None:
    indicators = [{"level2": "数量指标", "name": f"任务{n}", "target": "25"} for n in "甲乙丙丁"]
    declaration = Declaration.model_validate({"indicators": indicators})
    rows = read_rows(declaration, [parse_target(row.target) for row in declaration.indicators])
    form = read_form(declaration, rows)
    for row in rows:
        assert "form_of_bare_numbers" in {hint.name for hint in hints(row, form)["vague"]}


def test_hints_have_names_and_reasons_of_their_own() -> None:
    every = [hint for group in HINTS.values() for hint in group]
    assert len({hint.name for hint in every}) == len({hint.reason for hint in every}) == len(every)


def test_features_are_named_and_finite() -> None:
    declaration = Declaration.model_validate(
        {"indicators": [{"name": "道路里程", "target": "3公里"}]}
    )
    rows = read_rows(declaration, [parse_target("3公里")])
    found = row_features(rows[0], read_form(declaration, rows))
    assert found["unit=other"] == 1
    assert all(abs(value) < 10 for value in found.values())
    assert not any(name[1:2] == ":" for name in found)  # that form is kept for pieces of wording


@pytest.mark.parametrize(
    ("title", "plan", "name", "target", "planned"),
    [
        ("县医院CT设备购置", "购置64排CT一台", "购置CT设备", "≥1台", True),
        ("消防站建设", "新建消防站1座，购置消防车2辆", "新建消防站", "1座", True),
        ("县医院CT设备购置", "提升诊疗能力", "购置CT设备", "≥1台", False),
        ("县医院CT设备购置", "购置CT一台", "采购批次", "1批", False),
        ("老旧小区改造", "实施改造项目1个", "改造项目", "1个", False),
        ("消防站建设", "购置消防车1辆", "新建消防站", "1座", False),
        ("消防站建设", "现有消防站11座", "新建消防站", "1座", False),
        ("科普经费", "举办科技周活动1场", "举办科技周活动", "1场", False),
    ],
)
def test_a_single_piece_that_the_plan_names_is_no_trivial_quantity(
    title: str, plan: str, name: str, target: str, planned: bool
) -> None:
    declaration = Declaration.model_validate(
        {
            "project_name": title,
            "goal": plan,
            "indicators": [{"level2": "数量指标", "name": name, "target": target}],
        }
    )
    rows = read_rows(declaration, [parse_target(target, name)])
    form = read_form(declaration, rows)
    assert is_planned_single(rows[0], form) == planned
    only_one = "only_one" in {hint.name for hint in hints(rows[0], form)["easy"]}
    assert only_one == (not planned)


def test_hints_of_the_cells_hold_whatever_the_rest_of_the_form() -> None:
    for case in bundled_cases():
        rows = read_rows(case, [parse_target(row.target, row.name) for row in case.indicators])
        form = read_form(case, rows)
        for row in rows:
            alone = Declaration(project_name="", indicators=(row.indicator,))
            bare = read_rows(alone, [row.parsed])
            found = hints(bare[0], read_form(alone, bare), CELL_HINTS)
            assert found == hints(row, form, CELL_HINTS), row.indicator
