from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.bundle import bundled_cases
from corpus.text import normalise
from models.segment import tokens, words


@pytest.mark.parametrize("term", ["可持续影响", "生态环境成本"])
def test_domain_words_stay_whole(term: str) -> None:
    assert term in words(f"本项目{term}指标")


def test_long_words_are_followed_by_the_words_inside_them() -> None:
    assert {"农村公路", "农村", "公路"} <= set(tokens("农村公路养护"))


def test_punctuation_and_space_are_no_words() -> None:
    assert tokens("，。（ ）≥—— \n") == []


def test_damaged_text_is_segmented_like_clean_text() -> None:
    clean = tokens("绩效目标GPS设备12台")
    assert tokens("績(jī)效目標ＧＰＳ設備１２臺") == clean
    assert tokens("绩效目标gps设备12台") == clean


def test_every_character_is_in_one_word() -> None:
    for case in bundled_cases()[:40]:
        text = re.sub(r"\W", "", normalise(case.project_name).lower())
        assert re.sub(r"\W", "", "".join(words(case.project_name))) == text


def test_first_use_by_several_threads_gives_one_answer() -> None:
    code = (
        "from concurrent.futures import ThreadPoolExecutor as Pool\n"
        "from models.segment import tokens\n"
        "with Pool(4) as pool: found = set(map(tuple, pool.map(tokens, ['农村公路养护'] * 8)))\n"
        "print(len(found))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
    assert done.stderr == ""


def test_threads_share_the_segmenter() -> None:
    names = [case.project_name for case in bundled_cases()]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(tokens, names)) == [tokens(name) for name in names]


def test_nothing_is_cached_where_others_may_write() -> None:
    cache = Path(tempfile.gettempdir()) / "jieba.cache"
    before = cache.stat().st_mtime_ns if cache.exists() else None
    code = "from models.segment import tokens; tokens('农村公路养护')"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert (cache.stat().st_mtime_ns if cache.exists() else None) == before
