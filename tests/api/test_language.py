from __future__ import annotations

import gettext
from collections.abc import Callable
from pathlib import Path
from string import Formatter

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from click.testing import Result

from api.cli import COMMANDS
from api.cli.folding import width_of
from api.cli.help import wrap
from api.cli.language import CATALOGUE

Invoke = Callable[..., Result]


def _translations() -> dict[str, str]:
    """The catalogue's messages by the text that is looked up."""
    with CATALOGUE.open("rb") as source:
        catalogue = read_po(source, locale="zh_CN")
    found = {}
    for message in catalogue:
        if message.id:
            plural = isinstance(message.id, tuple)
            found[message.id[0] if plural else message.id] = (
                message.string[0] if plural else message.string
            )
    return found


def test_compiled_catalogue_is_current() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    for source, expected in _translations().items():
        assert expected in (compiled.gettext(source), compiled.ngettext(source, source, 1)), (
            "run: python -m api.cli.language"
        )


def test_catalogue_covers_the_installed_click() -> None:
    keywords = {"_": None, "ngettext": (1, 2)}
    used = {
        message[0] if isinstance(message, tuple) else message
        for _, _, message, _, _ in extract_from_dir(
            Path(click.__file__).parent, [("**.py", "python")], keywords=keywords
        )
    }
    assert used - set(_translations()) == set()


def test_translations_fill_the_same_places() -> None:
    formatter = Formatter()
    for source, translated in _translations().items():
        offered = {name for _, name, _, _ in formatter.parse(source) if name}
        wanted = {name for _, name, _, _ in formatter.parse(translated) if name}
        # a plural form may offer more than the singular
        assert wanted <= offered | {"nargs", "len", "choices", "formats", "possibilities", "args"}


@pytest.mark.parametrize("command", [entry.name for entry in COMMANDS])
def test_every_command_explains_itself_in_chinese(invoke: Invoke, command: str) -> None:
    result = invoke(command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("用法：")
    assert "例子：" in result.stdout
    assert f"jixiao {command}" in result.stdout
    for english in ("Usage", "Options", "Show this message", "OPTIONS", "default:"):
        assert english not in result.stdout


def test_commands_match_their_modules() -> None:
    folder = Path(__file__).resolve().parents[2] / "api" / "cli" / "commands"
    modules = {path.stem.strip("_") for path in folder.glob("*.py") if path.stem != "__init__"}
    assert {entry.name.replace("-", "_") for entry in COMMANDS} == modules
    for entry in COMMANDS:
        assert entry.load().help


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["revew"], "没有命令“revew”。是否想输入：review？"),
        (["review", "--jsn"], "没有选项“--jsn”"),
        (["review"], "缺少参数"),
        (["recommend", "a.json", "--top", "many"], "“many”不是合规的 整数"),
        (["recommend", "a.json", "--top", "0"], "0 不在范围"),
        (["import", "a.json", "--kind", "other"], "不在可选值之中"),
        (["recommend", "a.json", "b.json"], "多出的参数"),
    ],
)
def test_usage_errors_are_chinese(invoke: Invoke, args: list[str], words: str) -> None:
    result = invoke(*args)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


def test_help_lists_all_commands_by_section(invoke: Invoke) -> None:
    shown = invoke("--help").stdout
    places = [shown.index(f"\n  {entry.name} ") for entry in COMMANDS]
    assert places == sorted(places)
    assert all(width_of(line) <= 80 for line in shown.splitlines())


def test_wrapping_counts_columns_and_keeps_punctuation_off_line_starts() -> None:
    text = "为预算项目推荐绩效指标，为财政审核找出薄弱的指标（全部在本机运行）。" * 3
    lines = wrap(text, 24)
    assert all(width_of(line) <= 24 + 2 for line in lines)
    assert (
        "".join(lines) == "为预算项目推荐绩效指标，为财政审核找出薄弱的指标（全部在本机运行）。" * 3
    )
    assert not any(line[0] in "，。）" for line in lines)
    assert wrap("审核 申报表.xlsx 与 jixiao review", 16) == ["审核 申报表.xlsx", "与 jixiao review"]
