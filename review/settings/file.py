"""Reads the review settings of a region or a bureau from a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from review.rules import ALL_RULES
from review.settings.config import ReviewConfig, load_config
from review.settings.errors import ConfigError
from review.settings.table_file import read_table_file

Keys = tuple[str | int, ...]


def read_config(path: Path) -> ReviewConfig:
    """Return the settings in a .toml or .json file.

    Raises `InputError` with file, line and key where something is wrong, also where a
    switched-off rule does not exist: a slip of the pen must not leave a rule running.
    """
    file = read_table_file(path)
    if not isinstance(file.values, dict):
        raise InputError(
            "内容应为一组配置项", hint="例子见 examples/审核配置.toml", where=file.place()
        )
    try:
        config = load_config(file.values)
        _check_rules(config)
    except ConfigError as error:
        raise error.at(replace(file.place(*error.keys), field=None)) from None
    return config


def _check_rules(config: ReviewConfig) -> None:
    """Refuse a switched-off rule that does not exist."""
    for keys, name in _switched_off(config.switched_off, config.regions):
        if not any(rule.answers_to(name) for rule in ALL_RULES):
            raise ConfigError(
                keys, f"中的“{name}”不是审核规则", "运行 jixiao rules 查看全部规则的代码"
            )


def _switched_off(
    general: tuple[str, ...], regions: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[Keys, str]]:
    """Yield every switched-off rule with the keys of its list."""
    for name in general:
        yield ("switched_off",), name
    for region, overrides in regions.items():
        for name in overrides.get("switched_off", ()):
            yield ("regions", region, "switched_off"), name
