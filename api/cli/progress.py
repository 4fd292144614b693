"""Shows long steps on standard error; a step that is quick says nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer

import click

from api.progress import Advance

_PATIENCE = 2.0
"""Seconds after which a step is announced."""
_BAR = 24


class TerminalProgress:
    """Announces a step once it takes a while, then draws a bar, or a line each quarter."""

    @contextmanager
    def step(self, title: str) -> Iterator[Advance]:
        """Follow one step."""
        line = _Line(title)
        timer = Timer(_PATIENCE, line.announce)
        timer.daemon = True
        timer.start()
        try:
            yield line.advance
        except BaseException:
            timer.cancel()
            line.finish("未完成")
            raise
        timer.cancel()
        line.finish("完成")


class _Line:
    """The lines of one step."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._started = time.monotonic()
        self._live = sys.stderr.isatty()
        self._shown = False
        self._quarter = 0
        self._lock = Lock()

    def announce(self) -> None:
        """Say what is going on."""
        with self._lock:
            self._shown = True
            self._write(f"{self._title} …")

    def advance(self, done: int, total: int) -> None:
        """Show how far the step has come."""
        share = done / total if total else 1.0
        with self._lock:
            if not self._shown:
                return
            if self._live:
                full = round(share * _BAR)
                self._write(f"{self._title} {'█' * full}{'░' * (_BAR - full)} {done}/{total}")
            elif int(share * 4) > self._quarter:
                self._quarter = int(share * 4)
                self._write(f"{self._title}：{done}/{total}")

    def finish(self, words: str) -> None:
        """End a step that was announced."""
        with self._lock:
            if self._shown:
                self._write(f"{self._title}：{words}（{time.monotonic() - self._started:.1f} 秒）")
                if self._live:
                    click.echo(err=True)

    def _write(self, text: str) -> None:
        if self._live:
            click.echo(f"\r\x1b[K{text}", nl=False, err=True)
        else:
            click.echo(text, err=True)
