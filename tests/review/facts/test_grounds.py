"""Findings of the classifier show the words and figures that carry them."""

from types import SimpleNamespace

import pytest

from corpus.bundle import bundled_cases
from models.target_explanation import Explanation, Place, Reason
from review.facts.grounds import choose_reasons
from review.reviewer import Reviewer

DRIVEN = {"MS01", "MS02", "MS03", "MS13", "EZ06"}


@pytest.fixture(scope="module")
def reviewer(classifier):
    return Reviewer(classifier)


def review_row(reviewer, make_declaration, name, target, at="效益/社会效益"):
    return reviewer.review(make_declaration(rows=[{"at": at, "name": name, "target": target}]))


def driven(result):
    return [finding for finding in result.findings if finding.code in DRIVEN]


@pytest.mark.parametrize(
    ("name", "target", "at", "quote", "why"),
    [
        ("对当地社会的影响力", "明显", "效益/社会效益", "明显", "名称中的“影响力”、指标值“明显”"),
        ("县域河道水质", "良好", "效益/生态效益", "良好", "具体表现：指标值“良好”"),
        ("保障在职职工人数", "116人", "数量", "在职职工人数", "具体表现：名称中的“在职职工人数”"),
    ],
)
def test_span_and_reason_name_what_carries_the_finding(
    reviewer, make_declaration, name, target, at, quote, why
):
    (finding,) = driven(review_row(reviewer, make_declaration, name, target, at))
    cell = {"name": name, "target": target}[finding.field]
    assert cell[slice(*finding.span)] == quote
    assert why in finding.why
    assert finding.to_dict()["grounds"][0]["places"]


def test_quotes_are_the_characters_as_given(reviewer, make_declaration):
    name, target = "對當地社會的　影響力", "　明 顯"
    (finding,) = driven(review_row(reviewer, make_declaration, name, target))
    cells = {"name": name, "target": target}
    places = [place for reason in finding.reasons for place in reason.places]
    assert {place.field for place in places} == {"name", "target"}
    assert all(cells[p.field][slice(*p.span)] == p.quote for p in places)


def test_nearly_every_such_finding_on_the_cases_says_what_carries_it(reviewer):
    findings = [finding for case in bundled_cases() for finding in driven(reviewer.review(case))]
    assert len(findings) > 100
    assert sum("具体表现：" in finding.why for finding in findings) >= 0.98 * len(findings)


def test_without_explanation_the_whole_cell_is_marked(make_reviewer, make_declaration):
    labels = [["qualitative"]]
    rows = [{"at": "效益/社会效益", "name": "群众出行条件", "target": "改善"}]
    (finding,) = driven(make_reviewer(labels=labels).review(make_declaration(rows=rows)))
    assert (finding.field, finding.span, finding.reasons) == ("target", (0, 2), ())
    assert "具体表现：" not in finding.why


def reason(text, start, end, weight, rubric=True):
    return Reason(text, (Place("name", (start, end), "字" * (end - start)),), weight, rubric)


def test_reasons_that_repeat_or_hardly_weigh_are_left_out():
    strong, same = reason("甲", 0, 4, 5.0), reason("乙", 1, 3, 4.0)
    wording, weak = reason("丙", 3, 6, 4.0, rubric=False), reason("丁", 7, 9, 1.0)
    explanations = [
        Explanation("vague", 0.9, (strong, same)),
        Explanation("qualitative", 0.9, (wording,)),
        Explanation("easy", 0.9, (reason("戊", 6, 8, 4.0), weak)),
        None,
    ]
    assert [found.text for found in choose_reasons(explanations)] == ["甲", "戊"]


class Hesitant:
    """A classifier that finds every row a little less likely easy than not."""

    def predict(self, declaration, parsed, evidence=None):
        return [SimpleNamespace(vague=0.0, qualitative=0.0, easy=0.45) for _ in parsed]

    def labels(self, probabilities):
        return ()

    def unsure(self, probabilities):
        return ("easy",)

    def explain(self, predicted, label):
        return None


def test_below_the_threshold_a_person_decides_just_as_above(make_declaration):
    rows = [{"at": "数量", "name": "县道养护里程", "target": "≥159公里"}]
    result = Reviewer(Hesitant()).review(make_declaration(rows=rows))
    (finding,) = driven(result)
    assert finding.code == "MS13"
    assert finding.message.endswith("请人工判断。")
    (row,) = result.to_dict()["rows"]
    assert (row["labels"], row["unsure"]) == ([], ["easy"])
