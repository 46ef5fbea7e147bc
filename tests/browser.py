"""A real browser for the stories: Debian's Chromium driven by playwright, at the two sizes the house draws for.

A page here watches itself: a request to another origin, an error in the console or a breach of the content security
policy fails the test that opened it.
"""

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import waitress
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
AXE = Path(__file__).parent.parent / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE_MS = 20_000

FLAGS = ("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
         "--disable-features=Translate,OptimizationHints,MediaRouter")  # fmt: skip


def find_chromium() -> str | None:
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """One browser, shared by the tests of a process; every test opens contexts of its own in it."""
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(prefix="nc-browser-") as home:
        # A home of its own, because without one the crash reporter stops Chromium from starting at all.
        environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=[*FLAGS, *sandbox], env=environment, timeout=60_000
        )
        yield browser
        browser.close()


@contextmanager
def served(app: Flask, threads: int = 4) -> Iterator[str]:
    """The application behind the real server, on a free port of this machine; gives its address."""
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=threads)
    stopping = threading.Event()

    def serve() -> None:
        # Our own loop instead of server.run(), which cannot be ended from another thread without waiting.
        while not stopping.is_set():
            server.asyncore.loop(timeout=0.05, map=server._map, count=1)
        server.task_dispatcher.shutdown()
        server.close()

    worker = threading.Thread(target=serve, daemon=True)
    worker.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        stopping.set()
        worker.join(10)


@dataclass
class Visitors:
    """Opens windows on the site, each with cookies of its own, and remembers what went wrong in any of them."""

    browser: Browser
    address: str
    faults: list[str] = field(default_factory=list)
    _open: list[BrowserContext] = field(default_factory=list)

    def phone(self, **options: Any) -> Page:
        return self.window(PHONE, has_touch=True, **options)

    def desk(self, **options: Any) -> Page:
        return self.window(DESK, **options)

    def window(self, size: dict[str, int], scripts: bool = True, **options: Any) -> Page:
        """`scripts=False` is a browser with JavaScript off: reading and quizzes must work in it."""
        context = self.browser.new_context(
            base_url=self.address, viewport=size, java_script_enabled=scripts, locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce", **options,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        context.route("**/*", self._stay_at_home)
        self._open.append(context)
        page = context.new_page()
        page.on("console", lambda message: self._listen(message.type, message.text))
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        return page

    def close(self) -> None:
        for context in self._open:
            context.close()

    def _stay_at_home(self, route: Any) -> None:
        url = route.request.url
        if url.startswith((self.address + "/", "data:", "blob:")):
            return route.continue_()
        self.faults.append(f"a request left the house: {url}")
        return route.abort()

    def _listen(self, kind: str, text: str) -> None:
        # Chromium writes an error line for every 4xx page; those are looked at by the tests that cause them.
        if kind == "error" and "Failed to load resource" not in text:
            self.faults.append(f"console: {text}")


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/dang-nhap")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/dang-nhap" not in url)


def axe_problems(page: Page) -> list[str]:
    """What axe finds serious or critical, one line each: rule, element, and what to do."""
    page.evaluate(AXE.read_text(encoding="utf-8"))  # evaluate, not a script tag: the page's policy stays strict
    result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{page.url} {found['impact']} {found['id']}: {node['html'][:120]} — {found['help']}"
        for found in result["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]


def wider_than_screen(page: Page) -> int:
    """By how many pixels the page scrolls sideways; 0 is right."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


__all__ = ["AXE", "DESK", "PHONE", "Error", "Visitors", "axe_problems", "find_chromium", "launched", "served",
           "sign_in", "wider_than_screen"]  # fmt: skip
