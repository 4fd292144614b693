"""Sentences copied from another report are found though names and numbers were changed."""

from __future__ import annotations

import pytest

from corpus.records import Case, SelfEvaluation
from corpus.report import read_report
from review.facts.shared_reports import SharedReports, masked, shingles

TEXT = (
    "项目严格按照村民代表大会确定的点位组织施工，逐灯核对编号并拍照建档。"
    "施工期间安排专人驻点监督，对灯杆基础深度和蓄电池容量逐项检查，发现问题当场整改。"
    "工程完工后夜间群众广场活动和晚归出行明显增多，因照明不足引发的摔伤明显减少。"
)
OWN = (
    "本次清淤从上游水库溢洪道开始，分三个标段同时作业，淤泥全部外运至指定弃渣场。"
    "汛前完成主河槽疏浚，汛后补种护岸草皮，沿线没有发生施工扰民投诉和水质超标情况。"
)


def case(key: str, text: str, **fields: object) -> Case:
    return Case(id=key, project_name=f"项目{key}", report_text=text, **fields)


def test_a_copied_report_is_found_with_its_share() -> None:
    known = SharedReports([case("1", OWN), case("2", TEXT, department="石桥镇", year=2022)])
    found = known.most_alike(read_report(OWN[:40] + TEXT), SelfEvaluation(id="9"))
    assert found is not None
    assert (found.case_id, found.title) == ("2", "石桥镇2022年项目2")
    assert len(found.sentences) == 3
    assert 0.6 < found.share < 1


def test_names_and_numbers_do_not_hide_a_copy() -> None:
    first = "清水县农业农村局2023年共培训农民1200人，逐户核对身份信息并建立培训档案。"
    second = "安和县农业农村局2022年共培训农民860人，逐户核对身份信息并建立培训档案。"
    assert masked(first) == masked(second)
    assert shingles(first) == shingles(second)


@pytest.mark.parametrize("key", ["2", "7"])
def test_the_same_report_is_no_copy_of_itself(key: str) -> None:
    known = SharedReports([case("2", TEXT)])
    assert known.most_alike(read_report(TEXT), SelfEvaluation(id=key)) is None


def test_what_many_write_alike_is_a_set_phrase() -> None:
    known = SharedReports([case(str(number), TEXT) for number in range(4)])
    assert known.most_alike(read_report(OWN + TEXT), SelfEvaluation(id="9")) is None


def test_nothing_is_alike_without_reports() -> None:
    known = SharedReports([Case(id="1", project_name="没有报告")])
    assert len(known) == 0
    assert known.most_alike(read_report(TEXT), SelfEvaluation()) is None
