from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from corpus.build_data import build
from corpus.build_userdict import userdict
from corpus.bundle import bundled_cases, bundled_labels, bundled_library
from corpus.cleaning import clean_case, clean_type, clean_unit, corrections, tidy

DATA = Path(__file__).parents[2] / "corpus" / "data"
LEXICON = DATA.parent / "lexicon"
FILES = [path.relative_to(DATA) for path in sorted(DATA.rglob("*.jsonl"))]


def test_rebuilding_the_bundled_data_changes_nothing(tmp_path: Path) -> None:
    build(DATA, tmp_path / "data", tmp_path / "lexicon")
    for name in FILES:
        if name.name != "corrections.jsonl":
            assert (tmp_path / "data" / name).read_bytes() == (DATA / name).read_bytes(), name
    built = (tmp_path / "lexicon" / "userdict.txt").read_bytes()
    assert built == (LEXICON / "userdict.txt").read_bytes()


def raw_type() -> dict[str, object]:
    """Return a library line as experts write it: mixed spellings, raw levels."""
    row = {
        "level1": "成本",
        "level2": "经济成本",
        "name": "人均培训成本",
        "object": "培训",
        "facet": "成本",
        "definition": "每人平均(含食宿)支出。",
        "formula": "(支出-退款)÷0-6岁人数",
        "unit": "元/人月",
        "direction": "=",
        "weak": 3,
        "typical": 2,
        "strong": 1,
        "basis": "历史水平",
        "evidence": "合同",
        "core": True,
    }
    return {
        "id": "lib-00000000",
        "function_code": "205",
        "project_type": "培训",
        "aliases": [],
        "departments": [],
        "category": "培训会议活动",
        "scope": "\u200b开展 \u3000培训 ",
        "activities": [],
        "indicators": [row],
    }


def test_a_library_line_is_cleaned_and_corrected() -> None:
    table = [
        {
            "type_id": "lib-00000000",
            "indicator": "人均培训成本",
            "was": {"direction": "="},
            "now": {"direction": "≤"},
            "reason": "成本应为上限",
        }
    ]
    cleaned = clean_type(raw_type(), table)
    (row,) = cleaned["indicators"]
    assert cleaned["scope"] == "开展 培训"
    assert (row["level1"], row["level2"]) == ("成本指标", "经济成本指标")
    assert row["definition"] == "每人平均（含食宿）支出"
    assert row["formula"] == "（支出－退款）÷0-6岁人数"
    assert (row["unit"], row["direction"]) == ("元/人·月", "≤")
    assert clean_type(cleaned, table) == cleaned


def test_a_correction_of_a_fact_that_is_not_there_is_refused() -> None:
    table = [
        {
            "type_id": "lib-00000000",
            "indicator": "人均培训成本",
            "was": {"weak": 99},
            "now": {"weak": 4},
            "reason": "",
        }
    ]
    with pytest.raises(ValueError, match="was not expected"):
        clean_type(raw_type(), table)


def test_every_correction_is_in_force_and_explained() -> None:
    types = {entry.id: entry for entry in bundled_library()}
    for line in corrections():
        rows = {row.name: row for row in types[line["type_id"]].indicators}
        for field, value in line["now"].items():
            assert getattr(rows[line["indicator"]], field) == value
            assert line["was"][field] != value
        assert line["reason"]


def test_a_case_keeps_its_wording_and_its_rows() -> None:
    raw = {
        "id": "case-0000000000",
        "goal": "联系人：王小明，电话13800001111",
        "source_url": "http://example.cn/13800001111",
        "indicators": [
            {"level1": "产出指标", "level2": "成本指标", "name": "数量 (个)", "target": ">= 98%"},
            {"level1": "", "level2": "", "name": "", "target": "XX"},
        ],
    }
    cleaned = clean_case(raw)
    assert cleaned["indicators"] == raw["indicators"]
    assert cleaned["source_url"] == raw["source_url"]
    assert "王小明" not in cleaned["goal"]
    assert "13800001111" not in cleaned["goal"]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("元/㎡", "元/平方米"),
        ("百分点", "个百分点"),
        ("个百分点", "个百分点"),
        ("台(套)", "台（套）"),
        ("台套", "台（套）"),
        ("台（套）", "台（套）"),
        ("元/人年", "元/人·年"),
        ("元/人·年", "元/人·年"),
        ("1/10万", "/10万"),
        ("无量纲", ""),
        ("月", "个月"),
        ("元/月", "元/月"),
        ("万元", "万元"),
    ],
)
def test_units_get_one_spelling(raw: str, clean: str) -> None:
    assert clean_unit(raw) == clean
    assert clean_unit(clean) == clean


def test_tidying_removes_what_cannot_be_seen() -> None:
    assert tidy("\ufeff 村内\u200b道路 \n\u3000硬化 ") == "村内道路 硬化"


def test_the_bundled_texts_are_tidy_and_free_of_telephone_numbers() -> None:
    for name in ("library.jsonl", "cases.jsonl"):
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            record.pop("source_url", None)
            for text in re.findall(r'"((?:[^"\\]|\\.)*)"', json.dumps(record, ensure_ascii=False)):
                assert text == tidy(text)
            assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", json.dumps(record))


def card_numbers() -> dict[str, tuple[int, int | None]]:
    """Read lines and rows of every file from the table of the data card."""
    card = (DATA / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w/.]+)` \|[^|]*\| (\d+) \| (\d+|–)", card, re.MULTILINE)
    return {name: (int(lines), None if inner == "–" else int(inner)) for name, lines, inner in rows}


def test_the_data_card_counts_what_is_there() -> None:
    targets, suggestions = bundled_labels("targets"), bundled_labels("suggestions")
    inner = {
        "library.jsonl": sum(len(entry.indicators) for entry in bundled_library()),
        "cases.jsonl": sum(len(case.indicators) for case in bundled_cases()),
        "labels/targets.jsonl": len({label.case_id for label in targets}),
        "labels/types.jsonl": sum(len(label.type_ids) for label in bundled_labels("types")),
        "labels/suggestions.jsonl": len({label.case_id for label in suggestions}),
        "corrections.jsonl": None,
    }
    lines = {name: len((DATA / name).read_text(encoding="utf-8").splitlines()) for name in inner}
    assert card_numbers() == {name: (lines[name], inner[name]) for name in inner}


def test_the_data_card_states_faults_as_they_are() -> None:
    card = (DATA / "README.md").read_text(encoding="utf-8")
    cases, rows = bundled_cases(), [row for case in bundled_cases() for row in case.indicators]
    owners: dict[str, set[str]] = {}
    for entry in bundled_library():
        for name in (entry.project_type, *entry.aliases):
            owners.setdefault(name, set()).add(entry.id)
    untyped = sum(row.typical is None for entry in bundled_library() for row in entry.indicators)
    for sentence in (
        f"{sum(not row.target for row in rows)} of the {len(rows)} rows have no target",
        f"{sum('/' in (case.department or '') for case in cases)} cases name the department",
        f"{sum(not case.department for case in cases)} name none",
        f"{sum(case.budget_wan is None for case in cases)} give no budget",
        f"{sum(case.year is None for case in cases)} give no year",
        f"from {len({case.source for case in cases})} pages",
        f"{sum(len(ids) > 1 for ids in owners.values())} names or aliases",
        f"{untyped} of the",
    ):
        assert sentence in card, sentence


def test_the_dictionary_holds_each_domain_word_once() -> None:
    lines = (LEXICON / "userdict.txt").read_text(encoding="utf-8").splitlines()
    entries = [line.split(" ") for line in lines if not line.startswith("#")]
    words = [word for word, _, _ in entries]
    assert len(words) == len(set(words))
    assert all(2 <= len(word) <= 8 for word in words)
    assert all(count.isdigit() and tag == "n" for _, count, tag in entries)
    assert {"高标准农田", "按期完工率", "验收合格率", "村内道路"} <= set(words)


def test_the_dictionary_takes_only_terms_that_types_share() -> None:
    def entry(alias: str) -> dict[str, object]:
        return {"project_type": "某某", "aliases": [alias], "indicators": []}

    built = userdict([entry("稻渔共作田"), entry("稻渔共作田"), entry("独家叫法词")])
    assert "稻渔共作田 " in built
    assert "独家叫法词 " not in built
    assert "\n道路 " not in built, "the segmenter knows general words already"
