"""Settings of the application: the only place that reads the environment.

Every setting is an environment variable with the prefix `JIXIAO_`. Help texts are Chinese because
`docs/settings.md` and error messages show them as they are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import JixiaoError

PREFIX = "JIXIAO_"
_SECRET = frozenset({"secret_key", "redis_url", "database_url", "vector_url"})
"""Settings whose values are shown nowhere."""
CHECKOUT = Path(__file__).resolve().parent.parent


def default_home() -> Path:
    """Return `var/` of the checkout this runs from, else the user's data folder."""
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "var"
    return Path(platformdirs.user_data_dir("jixiao", appauthor=False))


class Settings(BaseSettings):
    """Everything that an installation may set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore"
    )

    home: Path = Field(
        default_factory=default_home,
        description="存放数据库、编码器、索引和模型的目录。"
        "默认：从源码目录运行时为其中的 var/，否则为操作系统的用户数据目录。",
    )
    database_url: str = Field(
        default="",
        description="数据库地址（SQLAlchemy URL），例如 postgresql+psycopg://用户:口令@主机/库名。"
        "默认：home 目录下的 SQLite 文件 jixiao.db。",
    )
    encoder: str = Field(
        default="default",
        min_length=1,
        description="文本编码器。default 为自带的 multilingual-e5-small；"
        "也可以是任何 sentence-transformers 模型的名称或目录。改动后须重新运行 jixiao setup。",
    )
    review_config: Path | None = Field(
        default=None,
        description="审核配置文件（.toml 或 .json）的路径：各地的分值方案、门槛和停用的规则，"
        "写法见 docs/review-config.md。默认：不使用。",
    )
    threads: int = Field(
        default=0,
        ge=0,
        le=256,
        description="编码器使用的线程数。0 表示由程序按处理器核数决定。",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning",
        description="日志级别：debug、info、warning 或 error。日志写到标准错误。",
    )
    max_body_mb: float = Field(
        default=10.0,
        gt=0,
        le=1024,
        description="HTTP 接口接受的请求体上限（MB）。",
    )

    secret_key: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="本系统的密钥，至少 32 个字符，用于审计日志的校验和回调的签名；"
        "可用 openssl rand -hex 32 生成，请妥善保管，更换后旧日志须用旧密钥校验。"
        "默认：不设，审计日志仍逐条相扣，但不能登记回调。",
    )
    anonymous: bool | None = Field(
        default=None,
        description="未登录、无密钥的请求能否使用推荐、审核、批次和指标库（不涉及任何已提交的项目）。"
        "默认：只监听本机地址时可以，对外服务时不可以。",
    )
    rate_limit: int = Field(
        default=600,
        ge=0,
        le=1_000_000,
        description="同一账号、密钥或地址每分钟的请求数上限，0 表示不限。",
    )
    sign_in_limit: int = Field(
        default=60,
        ge=0,
        le=1_000_000,
        description="同一地址每分钟尝试登录、设置口令的次数上限，0 表示不限。"
        "单个账号连续 5 次口令错误另外暂停 15 分钟。",
    )
    redis_url: SecretStr | None = Field(
        default=None,
        description="Redis 地址，例如 redis://127.0.0.1:6379/0：任务队列和限流由多个进程共用时需要。"
        "默认：不设，任务队列存于 home 目录，限流按进程计。",
    )
    vector_url: SecretStr | None = Field(
        default=None,
        description="存放案例向量的 PostgreSQL 地址（需 pgvector 扩展 0.7 以上），"
        "例如 postgresql+psycopg://用户:口令@主机/库名，可与 JIXIAO_DATABASE_URL 为同一个库；"
        "多个服务实例共用时，每段文字只编码一次，见 docs/scaling.md。"
        "默认：不设，向量存于 home 目录，各进程自行检索。",
    )
    job_workers: int = Field(
        default=1,
        ge=0,
        le=64,
        description="服务进程内处理批次的线程数。0 表示批次只由另行启动的 jixiao worker 处理。",
    )
    public_url: str = Field(
        default="",
        description="用户访问本系统的地址，例如 https://jixiao.example.gov.cn，用于链接和登录凭据的安全属性。"
        "默认：监听的地址。",
    )

    @field_validator("home", "review_config")
    @classmethod
    def _absolute(cls, path: Path | None) -> Path | None:
        """Make a path independent of the working folder."""
        return None if path is None else path.expanduser().absolute()

    @property
    def store_url(self) -> str:
        """The database URL with its default filled in."""
        return self.database_url or f"sqlite:///{self.home / 'jixiao.db'}"


def load_settings() -> Settings:
    """Read the settings, or raise a JixiaoError that names the variable at fault."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        shown = "" if name in _SECRET else f"“{first['input']}”"
        raise JixiaoError(
            f"环境变量 {PREFIX}{name.upper()} 的值{shown}不合规范",
            hint=Settings.model_fields[name].description or "",
            code="bad_setting",
        ) from error


def environment_of(settings: Settings) -> dict[str, str]:
    """Return the environment in which another process of this program reads the same settings."""
    values = {name: getattr(settings, name) for name in Settings.model_fields}
    values["database_url"] = settings.store_url
    return {
        f"{PREFIX}{name.upper()}": _written(value)
        for name, value in values.items()
        if value is not None
    }


def _written(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return str(value).lower() if isinstance(value, bool) else str(value)


def settings_reference() -> str:
    """Return the text of `docs/settings.md`."""
    lines = [
        "# 设置",
        "",
        "设置一律通过环境变量给出，不需要配置文件。不设即用默认值。",
        "",
        "<!-- 由 python -m api.settings 生成，请勿手改 -->",
        "",
    ]
    for name, field in Settings.model_fields.items():
        lines += [f"## {PREFIX}{name.upper()}", "", field.description or "", ""]
        if field.default_factory is None and field.default not in ("", None):
            lines += [f"默认值：`{field.default}`", ""]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    (CHECKOUT / "docs" / "settings.md").write_text(settings_reference(), encoding="utf-8")
