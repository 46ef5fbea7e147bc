"""Row 5: when a practice can be played on a poor phone, and whether it starts in an aeroplane; and what replaying one costs."""

import time
from collections.abc import Iterator

from playwright.sync_api import Page

from bench.figures import Result, figure
from bench.pages import SIZE, Eyes
from bench.world import Talk, World, get, links
from lms.library.reading import read_books
from lms.practice.rules.traces import replayed
from lms.settings import PROJECT
from tests.browser import launched
from tests.practice.players import longest_run

START = "form[data-practice-start] button"
SCREEN = ".sim--live .sim__screen button"
KEPT = "[data-practice-offline]:not([hidden])"
IS_READY = """performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd > 0
  && performance.getEntriesByType('resource').some((one) => one.name.endsWith('/bo.json') && one.responseEnd > 0)"""
"""The script has run, and has its spec."""
PATIENCE_MS = 60_000
RUNS = 8


@figure("practice-weight")
def weight(world: World) -> Iterator[Result]:
    """Open to everybody, so nobody need live in the village."""
    server = world.start("lms.serve", "practice", DEMO="0")
    path = world.talk(server, find_practice())
    with launched() as browser:
        slow = Eyes(browser, server.address).cold(path, SCREEN, slow=True, act=start)
        context = browser.new_context(base_url=server.address, viewport=SIZE)
        page = context.new_page()
        page.goto(path)
        page.wait_for_selector(KEPT, timeout=PATIENCE_MS)
        context.set_offline(True)
        page.goto(path)
        start(page)
        page.wait_for_selector(SCREEN, timeout=PATIENCE_MS)
        context.close()
    yield Result("practice-slow", slow.usable_ms / 1000, {"page": path, "bytes": slow.bytes, "requests": slow.requests})
    yield Result("practice-offline", 1)


@figure("practice-replay")
def replay(world: World) -> Iterator[Result]:
    """The slowest of all simulators, told for sixty actions; the least of some tries, for neighbours disturb."""
    slowest, where = 0.0, ""
    for practice in read_books([PROJECT / "content"])[0].practices:
        for number in range(RUNS):
            trace = longest_run(practice.spec, f"bench.{number}")
            took = min(_milliseconds(practice.spec, f"bench.{number}", trace) for _ in range(5)) * 60 / len(trace)
            if took > slowest:
                slowest, where = took, practice.id
    yield Result("practice-replay", slowest, {"practice": where})


def start(page: Page) -> None:
    """Press «Bắt đầu» once the script has what it needs: pressed earlier, the server would draw the screens."""
    page.locator(START).wait_for(timeout=PATIENCE_MS)
    while not page.evaluate(IS_READY):
        page.wait_for_timeout(20)
    page.click(START)


def find_practice() -> Talk:
    shelf = yield from get("/luyen-tap")
    return links(shelf.text, r"/luyen-tap/p\.s3\.[a-z0-9-]+")[0]


def _milliseconds(spec: dict[str, object], seed: str, trace: list[list[object]]) -> float:
    began = time.perf_counter()
    replayed(spec, seed, trace)
    return 1000 * (time.perf_counter() - began)
