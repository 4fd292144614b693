"""What the READMEs show is what the commands print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from api.settings import CHECKOUT

READMES = ("README.md", "README.zh-CN.md")
_CUT = "…"


def shown(readme: str) -> list[tuple[list[str], list[str]]]:
    """Return the commands of a README with the lines shown beneath them."""
    text = (CHECKOUT / readme).read_text(encoding="utf-8")
    found: list[tuple[list[str], list[str]]] = []
    for line in re.findall(r"```console\n(.*?)```", text, re.DOTALL)[0].splitlines():
        if line.startswith("$ "):
            found.append((line.removeprefix("$ .venv/bin/jixiao ").split(), []))
        else:
            found[-1][1].append(line)
    return found


def plain(line: str) -> str:
    """Return a line without its probabilities' last digits, which differ between processors."""
    return re.sub(r"0\.\d+", "0.#", line.rstrip())


@pytest.mark.parametrize("readme", READMES)
def test_shown_output_is_real(readme: str, home: Path) -> None:
    for arguments, lines in shown(readme):
        done = subprocess.run(
            [sys.executable, "-m", "api.cli", *arguments],
            cwd=CHECKOUT,
            env={**os.environ, "JIXIAO_HOME": str(home), "COLUMNS": "100"},
            capture_output=True,
            check=True,
        )
        printed = iter(map(plain, done.stdout.decode().splitlines()))
        missing = [line for line in lines if line != _CUT and plain(line) not in printed]
        assert not missing, f"{readme}: jixiao {' '.join(arguments)}"


def test_both_languages_tell_the_same_figures_and_lead_to_the_same_pages() -> None:
    def told(readme: str) -> tuple[set[str], set[str]]:
        text = (CHECKOUT / readme).read_text(encoding="utf-8")
        below = text[text.rindex("```") :].replace(",", "")
        figures = re.findall(r"\d+(?:\.\d+)?%?", re.sub(r"\]\([^)]*\)", "]", below))
        links = re.findall(r"\]\(([^)]*)\)", text)
        return set(figures) - {"30"}, set(links) - set(READMES)  # thirty is a word in English

    assert told(READMES[0]) == told(READMES[1])


@pytest.mark.parametrize("readme", READMES)
def test_links_lead_somewhere(readme: str) -> None:
    text = (CHECKOUT / readme).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert targets
    assert [target for target in targets if not (CHECKOUT / target).exists()] == []
