"""What a mistake in the review settings means, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

from corpus.errors import InputError, Location

_NEEDS = {
    "greater_than": "应大于{gt}",
    "greater_than_equal": "不得小于{ge}",
    "less_than": "应小于{lt}",
    "less_than_equal": "不得大于{le}",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "finite_number": "应为有限的数字",
    "string_type": "应为文字，请加双引号",
    "tuple_type": "应为列表，例如 [100, 90]",
    "dict_type": "应为一组配置项",
    "model_type": "应为一组配置项",
}


class ConfigError(InputError):
    """A setting of the review that does not exist or has a value out of bounds."""

    code = "bad_config"

    def __init__(self, keys: tuple[str | int, ...], problem: str, hint: str) -> None:
        shown = ".".join(str(key) for key in keys)
        super().__init__(f"审核配置项“{shown}”{problem}", hint=hint)
        self.keys = keys
        """Where the setting stands, from the top of the file."""
        self.problem = problem

    def at(self, where: Location) -> ConfigError:
        """Return the same error with its place in a file."""
        located = ConfigError(self.keys, self.problem, self.hint)
        located.where = where
        return located


def config_error(
    error: Mapping[str, Any], above: tuple[str, ...], known: Collection[str]
) -> ConfigError:
    """Turn pydantic's first error into one that a user understands.

    `above` holds the keys of the table that was checked, `known` the names of all settings.
    """
    keys = (*above, *error["loc"])
    if error["type"] == "extra_forbidden":
        close = get_close_matches(str(keys[-1]), known, n=1)
        problem = "不存在" + (f"，是否想写“{close[0]}”" if close else "")
    elif error["type"] == "said":
        problem = f"有误：{error['msg']}"
    else:
        limits = {
            key: f"{value:g}"
            for key, value in error.get("ctx", {}).items()
            if isinstance(value, int | float)
        }
        problem = "的值" + _NEEDS.get(error["type"], "不合规范").format_map(limits)
    return ConfigError(keys, problem, "可用的配置项、取值和含义见 docs/review-config.md")
