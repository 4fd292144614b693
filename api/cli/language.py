"""Binds the Chinese catalogue of click's own words (用法, 选项, error messages).

click looks its words up with `gettext`; binding the default domain of this process is all it takes.
Run `python -m api.cli.language` to compile the catalogue after editing `click.po`.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"
DOMAIN = "click"
CATALOGUE = LOCALE / "zh_CN" / "LC_MESSAGES" / f"{DOMAIN}.po"


def speak_chinese() -> None:
    """Make click speak Chinese in this process, whatever the locale.

    Everything else the program says is Chinese, so a mixed screen would help nobody.
    """
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)


def compile_catalogue() -> Path:
    """Compile `click.po` next to itself and return the path of the result."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with CATALOGUE.open("rb") as source:
        catalogue = read_po(source, locale="zh_CN")
    target = CATALOGUE.with_suffix(".mo")
    with target.open("wb") as sink:
        write_mo(sink, catalogue)
    return target


if __name__ == "__main__":
    compile_catalogue()
