"""Converting legacy files with LibreOffice, where it is installed, in a bounded child process."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from corpus.errors import InputError, UnsupportedFileError
from corpus.importers.child import run_bounded
from corpus.importers.safety import DEFAULT_LIMITS, Limits

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""  # noqa: E501 - LibreOffice writes one item a line
_ADDRESS_SPACE = 4 * 1024**3
"""LibreOffice maps far more than it uses."""


def find_libreoffice() -> str | None:
    """Return the LibreOffice command, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(data: bytes, source: str, target: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Convert a file's bytes from one extension to another, macros and links switched off.

    Raises `UnsupportedFileError` where LibreOffice is not installed, `InputError` when it cannot
    convert the file or takes too long.
    """
    command = find_libreoffice()
    if command is None:
        raise UnsupportedFileError(
            f"这里没有安装 LibreOffice，无法读取 .{source} 文件",
            hint=f"请用 Office 或 WPS 另存为 .{target} 后再导入，或安装 LibreOffice",
        )
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        place = Path(folder)
        profile = place / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        original = place / f"input.{source}"
        original.write_bytes(data)
        run_bounded(
            [
                command, "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
                f"-env:UserInstallation={profile.as_uri()}",
                "--convert-to", target, "--outdir", str(place / "out"), str(original),
            ],
            seconds=limits.child_seconds,
            address_space=_ADDRESS_SPACE,
            cwd=place,
        )  # fmt: skip
        made = place / "out" / f"input.{target}"
        if not made.is_file() or made.stat().st_size > limits.max_file_bytes:
            raise InputError(
                f"LibreOffice 无法转换这个 .{source} 文件",
                hint=f"文件可能已损坏或设有密码；请另存为 .{target} 后再导入",
                code="damaged_file",
            )
        return made.read_bytes()
