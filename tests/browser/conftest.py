"""A real browser on the demonstration, served by a running service."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from api.demo import open_demonstration
from api.http.app import create_app
from api.workspace import Workspace

CHROMIUM = shutil.which("chromium")
"""The browser comes from the system, see .ci/run."""
_ARGUMENTS = (
    "--no-sandbox",  # tests may run as root
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def demonstration(workspace: Workspace) -> Workspace:
    """The demonstration, made anew beside the installation of the tests."""
    shown = open_demonstration(workspace)
    settings = shown.settings.model_copy(
        update={"anonymous": True, "rate_limit": 0, "sign_in_limit": 0}
    )
    served = Workspace(settings)
    served.__dict__.update(encoder=workspace.encoder, classifier=workspace.classifier)
    shown.close()
    return served


@pytest.fixture(scope="session")
def address(demonstration: Workspace) -> Iterator[str]:
    """Where the demonstration is served."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(demonstration.settings, demonstration, demo=True)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.05)
    assert server.started, "the service did not start"
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser."""
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS))
        yield browser
        browser.close()


class Complaints(list[str]):
    """What went wrong unseen: errors of scripts, failed requests, requests to other hosts."""

    def watch(self, page: Any, address: str) -> None:
        page.on("pageerror", lambda error: self.append(f"script: {error}"))
        page.on(
            "console",
            lambda message: self.append(message.text) if message.type == "error" else None,
        )
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((address, "data:", "blob:"))
                else self.append(f"another host: {request.url}")
            ),
        )


@pytest.fixture
def visit(chromium: Any, address: str, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens a browser as one of the demonstration's posts: `visit("lead")`.

    Fails at the end if a script failed, a request failed, or anything asked another host. A test
    that provokes an error says which: `visit("lead", expected="409")`.
    """
    complaints: list[tuple[Complaints, str]] = []
    with ExitStack() as stack:

        def opened(
            login: str | None, width: int = 1366, height: int = 768, expected: str = "\0"
        ) -> Any:
            context = chromium.new_context(
                base_url=address,
                viewport={"width": width, "height": height},
                locale="zh-CN",
                accept_downloads=True,
            )
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(60_000)
            noted = Complaints()
            noted.watch(page, address)
            complaints.append((noted, expected))
            if login is not None:
                page.goto("/sign-in")
                page.locator(f'form:has(input[value="{login}"]) button').click()
                page.wait_for_url(lambda url: "/sign-in" not in url)
            return page

        yield opened
    told = [text for noted, expected in complaints for text in noted if expected not in text]
    assert told == []
