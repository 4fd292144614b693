"""A review becomes a document: what must change, what should, and what to do next."""

from __future__ import annotations

import datetime

import pytest

from corpus.records import Indicator
from review.feedback.content import compose_feedback
from review.feedback.items import plain
from review.feedback.text import chinese_number, to_text
from review.feedback.wording import Quoted, general_message, replacement
from review.suppression import Suppression, SuppressionList

DAY = datetime.date(2024, 3, 5)
ROWS = [
    {"at": "数量", "name": "养护里程", "target": "≥159公里"},
    {"at": "质量", "name": "路面完好率", "target": "≥120%"},
    {"at": "质量", "name": "桥梁完好率", "target": "≥130%"},
    {"at": "时效", "name": "完工时间", "target": "2024年11月底前"},
    {"at": "社会效益", "name": "出行条件", "target": "改善", "labels": ["qualitative"]},
    {"at": "社会效益", "name": "受益群众", "target": "≥3000人"},
    {"at": "满意度", "name": "群众满意度", "target": "≥80%"},
]
SOUND = [
    *ROWS[:1],
    {"at": "质量", "name": "路面养护验收合格率", "target": "≥98%"},
    *ROWS[3:4],
    {"at": "社会效益", "name": "受益群众", "target": "≥3000人"},
    {"at": "满意度", "name": "沿线群众满意度", "target": "≥92%"},
]


@pytest.fixture
def review(make_reviewer, make_declaration):
    def run(rows=ROWS, peers=(), **project):
        labels = [row.get("labels", ()) for row in rows]
        reviewer = make_reviewer(labels=labels, peers=peers)
        return reviewer.review(make_declaration(rows=rows, project=project))

    return run


@pytest.fixture
def compose(review):
    def run(rows=ROWS, kind="declaration", due=None, issuer="", **options):
        return compose_feedback(review(rows, **options), kind, date=DAY, due=due, issuer=issuer)

    return run


def test_the_same_problem_on_two_rows_is_one_item(compose):
    (item,) = compose().must
    assert item.code == "CR02"
    assert item.numbers == (2, 3)
    assert item.problem.startswith("下列指标最高为100%，指标值“≥120%”“≥130%”超过100%")
    assert item.basis.startswith("财预〔2021〕101号")
    assert item.advice


def test_errors_must_be_changed_and_warnings_should(compose, review):
    feedback = compose()
    found = review().findings
    for severity, items in (("error", feedback.must), ("warning", feedback.should)):
        assert [item.code for item in items] == list(
            dict.fromkeys(finding.code for finding in found if finding.severity == severity)
        )
    assert feedback.conclusion == "退回修改"


def test_every_row_at_fault_is_in_the_table_once(compose, review):
    numbers = [change.number for change in compose().changes]
    faulty = {f.row + 1 for f in review().findings if f.row is not None and f.severity != "info"}
    assert numbers == sorted(faulty)
    change = next(change for change in compose().changes if change.number == 2)
    assert (change.name, change.target) == ("路面完好率", "≥120%")
    assert change.problems[0].startswith("【必须修改】")


def test_a_concrete_target_is_passed_on_with_its_evidence(compose):
    peers = [{"target": f"≥{value}%"} for value in (95, 95, 96, 97, 98, 98)]
    feedback = compose(peers=peers)
    assert any(place.evidence for item in feedback.should for place in item.places)
    assert "同类项目" in to_text(feedback)
    change = next(change for change in feedback.changes if change.number == 7)
    assert any("≥96" in wording for wording in change.wordings)


def test_what_is_sound_is_kept(compose):
    summary = "".join(compose().summary)
    assert "“养护里程”“完工时间”“受益群众”" in summary
    assert "予以保留" in summary
    assert "路面完好率" not in summary


def test_a_pass_asks_for_no_second_filing(compose):
    feedback = compose(SOUND)
    assert (feedback.conclusion, feedback.must, feedback.changes) == ("通过", (), ())
    text = to_text(feedback)
    assert "重新报送" not in text
    assert "附件" not in text


def test_a_pass_tells_what_should_still_be_improved(compose):
    rows = [*SOUND[:-1], {**SOUND[-1], "target": "≥100%"}]
    feedback = compose(rows)
    count = sum(len(item.places) for item in feedback.should)
    assert (count > 0, feedback.must) == (True, ())
    assert feedback.conclusion == f"通过，另有{count}处建议修改"
    assert "对建议修改的问题作出修改，或逐项说明不作修改的理由" in feedback.closing[0]


def test_a_rejection_says_that_no_budget_follows(compose):
    feedback = compose([])
    assert feedback.conclusion == "不予通过"
    assert feedback.must[0].title == "没有设置任何绩效指标"
    assert "不得进入预算安排" in feedback.closing[0]


def test_rewording_alone_is_said_not_to_count(compose):
    assert "仅调整文字表述" in "".join(compose().closing)


def test_the_day_and_the_office_stand_where_a_letter_has_them(compose):
    text = to_text(compose(due=datetime.date(2024, 3, 15), issuer="某县财政局"))
    assert "请于2024年3月15日前重新报送" in text
    assert text.index("某县财政局\n2024年3月5日") > text.index("有关要求")
    assert "（审核部门盖章）\n2024年3月5日" in to_text(compose())


def test_a_report_is_spoken_of_as_a_report(make_reviewer, make_declaration):
    rows = [{**ROWS[0], "actual": "150公里", "weight": 10, "score": 10}]
    evaluation = make_declaration(rows=rows, evaluation={"execution_rate": 100})
    result = make_reviewer().review_report(evaluation)
    text = to_text(compose_feedback(result, "report", date=DAY))
    assert text.startswith("关于2024年农村公路日常养护项目绩效自评的复核意见")
    assert "更正后的绩效自评表" in text
    assert "填报：≥159公里（完成150公里）" in text


def test_the_text_has_the_parts_of_a_letter_in_order(compose):
    text = to_text(compose())
    parts = [
        "关于2024年农村公路日常养护项目绩效目标的审核意见",
        "县交通运输局：",
        "一、项目基本情况",
        "二、审核结论",
        "审核结论：退回修改。",
        "三、必须修改的问题",
        "（一）比率类指标值超过100%（第2、3项指标）",
        "涉及指标：第2项“路面完好率”；第3项“桥梁完好率”。",
        "依据：财预",
        "修改建议：",
        "四、建议修改的问题",
        "有关要求",
        "附件：需修改指标明细表",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_questions_to_the_reviewer_stay_with_the_reviewer(compose, review):
    rows = [*SOUND, {"at": "数量", "name": "巡查", "target": "12次", "labels": ["vague?"]}]
    assert "MS13" in {finding.code for finding in review(rows).findings}
    feedback = compose(rows)
    assert "MS13" not in {item.code for item in (*feedback.hints, *feedback.should)}


def test_what_was_set_aside_is_not_raised_again(make_reviewer, make_declaration):
    reviewer = make_reviewer()
    entry = Suppression("CR02", "规定", "农业科", DAY, project_name="2024年农村公路日常养护")
    plain_result = reviewer.review(make_declaration(rows=ROWS))
    result = SuppressionList([entry]).apply(plain_result, reviewer.reconsider)
    assert compose_feedback(result).must == ()


def test_findings_that_differ_keep_their_own_words(compose):
    rows = [*SOUND, {"at": "数量", "name": "绿化面积", "target": "9公里"},
            {"at": "数量", "name": "培训人数", "target": "5亩"}]  # fmt: skip
    item = next(item for item in compose(rows).must if item.code == "CR06")
    assert item.problem == ""
    assert "绿化面积" in item.places[0].remark
    assert "1.指标“绿化面积”" in to_text(compose(rows))


@pytest.mark.parametrize(
    ("messages", "quoted", "expected"),
    [
        (["甲不行。"], [None], "甲不行。"),
        (["甲不行。"] * 2, [None, None], "甲不行。"),
        (["甲不行。", "乙不行。"], [None, None], ""),
        (
            ["指标“甲”（1）是程序。", "指标“乙”（2）是程序。"],
            [Quoted("甲", "1"), Quoted("乙", "2")],
            "下列指标是程序。",
        ),
        (
            ["数量指标“甲”以“1”为目标。", "数量指标“乙”以“2”为目标。"],
            [Quoted("甲", "1"), Quoted("乙", "2")],
            "下列数量指标以“1”“2”为目标。",
        ),
        (
            [f"指标“甲{n}”的“{n}”低。" for n in range(5)],
            [Quoted(f"甲{n}", str(n)) for n in range(5)],
            "下列指标的“0”“1”“2”等低。",
        ),
        (["指标“甲”缺1。", "指标“乙”缺2。"], [Quoted("甲", ""), Quoted("乙", "")], ""),
        (["指标“.*”错。", "指标“(”错。"], [Quoted(".*", ""), Quoted("(", "")], "下列指标错。"),
    ],
)
def test_one_sentence_for_several_rows(messages, quoted, expected):
    assert general_message(messages, quoted) == expected


ROW = Indicator(level1="产出指标", level2="数量指标", name="甲", target="≥1个")


@pytest.mark.parametrize(
    ("proposed", "row", "expected"),
    [
        ({}, ROW, ""),
        ({"level2": "数量指标", "name": "甲", "target": "≥2个"}, ROW, "指标值改为“≥2个”"),
        ({"name": "乙", "target": "≥ 1个"}, ROW, "名称改为“乙”"),
        ({"level1": "产出指标", "level2": "质量指标", "name": "甲"}, ROW,
         "移至“产出指标—质量指标”"),
        ({"level2": "质量指标", "name": "乙", "target": "≥9%"}, None,
         "可增设质量指标“乙”，指标值“≥9%”"),
    ],
)  # fmt: skip
def test_a_proposal_is_put_as_the_change_to_make(proposed, row, expected):
    assert replacement(proposed, row) == expected


def test_numbers_are_written_as_letters_write_them():
    assert [chinese_number(n) for n in (1, 10, 11, 20, 35)] == [
        "一", "十", "十一", "二十", "三十五",
    ]  # fmt: skip


def test_hostile_text_becomes_one_clean_line(compose):
    hostile = "养护\x00里程\x1b[31m\u202e\n\t{MERGEFIELD x}\ud800\ufffe\u200b" + "长" * 900
    assert plain(hostile).startswith("养护里程[31m {MERGEFIELD x}长长")
    assert len(plain(hostile)) == 400
    rows = [{**row, "name": hostile, "target": "≥120%\x07"} for row in ROWS]
    text = to_text(compose(rows, project_name=hostile, department=hostile))
    assert not set(text) & set("\x00\x07\x1b\u202e\u200b\ud800\ufffe\t")
    assert max(map(len, text.splitlines())) < 2500
