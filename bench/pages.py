"""What a page weighs and when it can be used, seen by a real browser through the DevTools protocol.

Every visit has an empty cache and only the sign-in cookies. «Slow» is 400 kbit/s, 400 ms and a processor four times
slower: a cheap phone at the edge of 3G. Bytes are those on the wire, headers included, compressed as sent.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page

from tests.browser import PHONE

SIZE: Any = PHONE
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER_PROCESSOR = 4
Act = Callable[[Page], None]
QUIET_SECONDS = 1.0


@dataclass(frozen=True)
class Visit:
    bytes: int
    requests: int
    usable_ms: float


@dataclass
class Wire:
    """Counts what goes over the wire of one page."""

    asked: set[str] = field(default_factory=set)
    arrived: dict[str, float] = field(default_factory=dict)
    last: float = 0.0

    def listen(self, session: CDPSession) -> None:
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._ask)
        session.on("Network.loadingFinished", self._finish)
        session.on("Network.dataReceived", lambda _: self._touch())

    def reset(self) -> None:
        self.asked.clear()
        self.arrived.clear()

    def _ask(self, event: dict[str, Any]) -> None:
        self._touch()
        if event["request"]["url"].startswith("http"):
            self.asked.add(event["requestId"])

    def _finish(self, event: dict[str, Any]) -> None:
        self._touch()
        self.arrived[event["requestId"]] = event["encodedDataLength"]

    def _touch(self) -> None:
        self.last = time.perf_counter()

    @property
    def bytes(self) -> int:
        return int(sum(size for request, size in self.arrived.items() if request in self.asked))


class Eyes:
    """A browser that looks at pages: `cold`, `warm`, and on the slow line."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address
        self._state: Any = None

    def sign_in(self, username: str, password: str) -> None:
        context = self._browser.new_context(base_url=self._address, viewport=SIZE)
        page = context.new_page()
        page.goto("/dang-nhap")
        page.fill("[name=username]", username)
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "/dang-nhap" not in url)
        self._state = context.storage_state()
        context.close()

    def carry(self, name: str, value: str) -> None:
        """Visit with this cookie."""
        host = urlsplit(self._address).hostname
        cookie = {"name": name, "value": value, "domain": host, "path": "/", "expires": -1, "httpOnly": True,
                  "secure": False, "sameSite": "Lax"}  # fmt: skip
        self._state = {"cookies": [cookie], "origins": []}

    def cold(self, path: str, ready: str, slow: bool = False, scripts: bool = True, times: int = 3,
             act: Act | None = None) -> Visit:  # fmt: skip
        """The median of visits with an empty cache; `ready` is what must be visible for the page to be usable.

        `act`: what a person does before that, such as pressing a button.
        """
        return _median([self._visits(path, ready, slow, scripts, act=act)[0] for _ in range(times)])

    def warm(self, path: str, ready: str, times: int = 3) -> Visit:
        """The second visit, with the cache of the first."""
        return _median([self._visits(path, ready, again=True)[1] for _ in range(times)])

    def _visits(
        self,
        path: str,
        ready: str,
        slow: bool = False,
        scripts: bool = True,
        again: bool = False,
        act: Act | None = None,
    ) -> list[Visit]:
        context = self._browser.new_context(storage_state=self._state, viewport=SIZE, java_script_enabled=scripts)
        try:
            page = context.new_page()
            session, wire = context.new_cdp_session(page), Wire()
            wire.listen(session)
            if slow:
                session.send("Network.emulateNetworkConditions", SLOW)
                session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
            visits = []
            for _ in range(2 if again else 1):
                visits.append(self._visit(page, wire, path, ready, act))
                page.goto("about:blank")
                wire.reset()
            return visits
        finally:
            context.close()

    def _visit(self, page: Page, wire: Wire, path: str, ready: str, act: Act | None) -> Visit:
        began = time.perf_counter()
        page.goto(self._address + path, wait_until="commit", timeout=120_000)
        if act:
            act(page)
        page.locator(ready).first.wait_for(state="visible", timeout=120_000)
        usable = 1000 * (time.perf_counter() - began)
        page.wait_for_load_state("load")
        while time.perf_counter() - wire.last < QUIET_SECONDS:
            page.wait_for_timeout(50)
        return Visit(wire.bytes, len(wire.asked), round(usable, 1))


def _median(visits: list[Visit]) -> Visit:
    return Visit(
        int(statistics.median(visit.bytes for visit in visits)),
        int(statistics.median(visit.requests for visit in visits)),
        statistics.median(visit.usable_ms for visit in visits),
    )
