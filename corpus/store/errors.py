"""What can go wrong with the database, said so that its user can act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, NoSuchModuleError, OperationalError, ProgrammingError

from corpus.errors import JixiaoError


class StoreError(JixiaoError):
    """The database cannot be used."""

    code = "store"


class StoreUnreachableError(StoreError):
    """The database server or file cannot be reached."""

    code = "store_unreachable"


class StoreLockedError(StoreError):
    """Another process kept the database longer than we wait."""

    code = "store_locked"


class StoreVersionError(StoreError):
    """The tables belong to another version of the program."""

    code = "store_version"


_LOCKED = ("database is locked", "lock timeout", "database table is locked")
_NO_TABLES = ("no such table", "UndefinedTable", "no such column", "UndefinedColumn")


def _translate(error: DBAPIError) -> StoreError:
    text = f"{type(error.orig).__name__}: {error.orig}"
    if any(word in text for word in _LOCKED):
        return StoreLockedError(
            "数据库正被其他程序占用，等待超时", hint="请稍后重试，或结束占用数据库的程序"
        )
    if any(word in text for word in _NO_TABLES):
        return StoreVersionError(
            "数据库的表结构不是本程序所需的版本", hint="请先升级数据库结构再使用"
        )
    if "not a database" in text or "malformed" in text:
        return StoreError("数据库文件已损坏或不是数据库文件", hint="请检查数据库地址，或恢复备份")
    if "readonly" in text or "read-only" in text:
        return StoreError("数据库只读，无法写入", hint="请检查文件权限或数据库账号的权限")
    if isinstance(error, OperationalError):
        return StoreUnreachableError(
            "无法连接数据库", hint="请检查数据库地址、账号以及数据库服务是否启动"
        )
    if isinstance(error, ProgrammingError):
        return StoreError("数据库账号没有所需的权限或表结构不符", hint="请联系数据库管理员")
    return StoreError("数据库操作失败", hint="请检查数据库状态后重试")


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors into ours, the cause kept."""
    try:
        yield
    except DBAPIError as error:
        raise _translate(error) from error
    except NoSuchModuleError as error:
        raise StoreError(
            "不支持这种数据库地址",
            hint="请使用 sqlite:///文件路径 或 postgresql+psycopg://… 形式的地址",
        ) from error
