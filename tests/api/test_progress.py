from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import pytest

from api.cli import progress
from api.followed_encoder import FollowedEncoder


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.02)


def test_a_quick_step_says_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 60.0)
    with progress.TerminalProgress().step("更新索引") as advance:
        advance(1, 2)
    assert capsys.readouterr().err == ""


def test_a_slow_step_says_what_it_does_each_quarter_and_how_long_it_took(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with progress.TerminalProgress().step("更新索引") as advance:
        time.sleep(0.2)
        for done in range(101):
            advance(done, 100)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "更新索引 …"
    assert lines[1:5] == [f"更新索引：{done}/100" for done in (25, 50, 75, 100)]
    assert lines[5].startswith("更新索引：完成（0.")
    assert len(lines) == 6


def test_a_step_that_fails_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        with progress.TerminalProgress().step("更新索引"):
            time.sleep(0.2)
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        fail()
    assert "更新索引：未完成" in capsys.readouterr().err


def test_a_terminal_gets_a_bar(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress.TerminalProgress().step("更新索引") as advance:
        time.sleep(0.2)
        advance(50, 100)
    shown = capsys.readouterr().err
    assert "█" * 12 + "░" * 12 + " 50/100" in shown
    assert shown.endswith("）\n")


class CountingEncoder:
    fingerprint = "counting"
    dimension = 2

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        return np.array([[len(text), 1] for text in texts], dtype=np.float32).reshape(-1, 2)

    encode_passages = encode_queries


@pytest.mark.parametrize("count", [0, 1, 32, 100])
def test_a_followed_encoder_gives_the_same_vectors(count: int) -> None:
    texts = ["字" * n for n in range(count)]
    told: list[tuple[int, int]] = []
    followed = FollowedEncoder(CountingEncoder(), lambda done, total: told.append((done, total)))
    made = followed.encode_passages(texts)
    assert np.array_equal(made, CountingEncoder().encode_passages(texts))
    assert made.shape == (count, 2)
    assert told[-1:] == ([(count, count)] if count else [])
    assert [done for done, _ in told] == sorted(done for done, _ in told)
