from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.text import Folded, fold, normalise

repeatable = settings(derandomize=True, deadline=None, max_examples=300)


def is_assigned(char):
    return unicodedata.category(char)[0] != "C"


DAMAGED = "績(jī)效 價(jià)們(men)率１００％㎡²\u200b\n以上、２．５　公里ⅢＸ①…½"
texts = st.one_of(st.text(), st.text(alphabet=DAMAGED), st.text(alphabet=DAMAGED + "abc ()"))


@pytest.mark.parametrize(
    ("given_text", "folded"),
    [
        ("≥９５％", "≥95%"),
        ("３０㎡", "30m2"),
        ("19.69 km²", "19.69 km2"),
        ("績(jī)效評(píng)價(jià)", "绩效评价"),
        ("績（jī）效", "绩效"),
        ("他們(men)的", "他们的"),
        ("公顷(hm)", "公顷(hm)"),  # no tone, and 顷 is simplified already: not pinyin
        ("万元(RMB)", "万元(RMB)"),
        ("绩效评\n价", "绩效评价"),
        ("绩效\r\n评价", "绩效评价"),
        ("绩 效　评 价", "绩效评价"),
        ("第一段\n\n第二段", "第一段\n\n第二段"),
        ("100 个", "100 个"),
        ("good work", "good work"),
        ("绩\u200b效\ufeff", "绩效"),
        ("①培训②演练", "①培训②演练"),
        ("……½", "……½"),
        ("Ⅲ类", "III类"),
        ("⼀级", "一级"),  # a Kangxi radical, as PDF text has it
        ("95℅", "95%"),
        ("", ""),
    ],
)
def test_folding(given_text, folded):
    assert normalise(given_text) == folded


def test_a_seed_with_pinyin_reads_as_plain_chinese():
    text = "晉城市從2012年成立績(jī)效評(píng)價(jià)機(jī)構(gòu)到推進(jìn)全過程預(yù)算管理"
    assert normalise(text) == "晋城市从2012年成立绩效评价机构到推进全过程预算管理"


def test_origin_points_into_the_given_text():
    text = "績(jī)效 目標(biāo)：面積３０㎡以 上"
    folded = fold(text)
    assert folded.text == "绩效目标:面积30m2以上"
    for part, source in [
        ("绩效", "績(jī)效"),
        ("目标", "目標"),
        ("30m2", "３０㎡"),
        ("以上", "以 上"),
    ]:
        start = folded.text.index(part)
        first, last = folded.origin(start, start + len(part))
        assert text[first:last] == source


def test_half_of_a_split_character_points_at_the_whole():
    folded = fold("㎡")
    assert [folded.origin(0, 1), folded.origin(1, 2), folded.origin(0, 2)] == [(0, 1)] * 3


@pytest.mark.parametrize("span", [(-1, 1), (0, 9), (2, 1)])
def test_origin_refuses_a_stretch_outside_of_the_text(span):
    with pytest.raises(ValueError, match="is not within"):
        fold("绩效").origin(*span)


@repeatable
@given(texts)
def test_folding_twice_changes_nothing(text):
    once = normalise(text)
    assert fold(once).text == once


@repeatable
@given(texts)
def test_origins_never_run_backwards_and_stay_inside(text):
    folded = fold(text)
    previous = (0, 0)
    for place in range(len(folded.text)):
        start, end = folded.origin(place, place + 1)
        assert previous[0] <= start < end <= len(text)
        assert previous[1] <= end
        previous = (start, end)


@repeatable
@given(texts)
def test_each_character_comes_from_one_that_folds_to_it(text):
    folded = fold(text)
    for place, char in enumerate(folded.text):
        start, end = folded.origin(place, place + 1)
        assert char in fold(text[start:end]).text


@repeatable
@given(texts, texts)
def test_an_empty_stretch_has_an_empty_origin(before, after):
    folded = fold(before + after)
    for place in range(len(folded.text) + 1):
        start, end = folded.origin(place, place)
        assert start == end <= len(before + after)


def test_every_character_folds_to_a_fixed_point():
    for char in filter(is_assigned, map(chr, range(sys.maxunicode + 1))):
        once = fold(char).text
        assert fold(once).text == once, hex(ord(char))


def test_lone_surrogates_and_controls_do_no_harm():
    assert normalise("\ud800绩\x00效") == "\ud800绩效"


def test_an_unchanged_text_carries_no_map():
    assert fold("≥95%") == Folded("≥95%", "≥95%")


def test_folded_length_may_differ_both_ways_at_once():
    # One character grows and one goes: equal lengths must not be taken for unchanged places.
    folded = fold("㎡\u200b亩")
    assert folded.text == "m2亩"
    assert folded.origin(2, 3) == (2, 3)
