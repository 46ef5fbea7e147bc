"""Rows 1, 2, 3, 6 and 7: what a lesson weighs, when it can be read, and what serving it costs."""

from collections.abc import Iterator

from bench.figures import Result, figure
from bench.floor import SESSIONS
from bench.load import Flow, Request
from bench.pages import Eyes
from bench.world import PASSWORD, Talk, World, get, links
from tests.browser import launched

CONNECTIONS = 8
READY = "main p"
OWN_PAGE = 'href="/ca-nhan"'


@figure("lesson-weight")
def weight(world: World) -> Iterator[Result]:
    path = world.talk(world.product, find_lesson())
    with launched() as browser:
        product, floor = Eyes(browser, world.product.address), Eyes(browser, world.floor.address)
        floor.carry("key", "key1")
        product.sign_in("hocsinh", PASSWORD)
        cold, again = product.cold(path, READY), product.warm(path, READY)
        slow, slow_floor = product.cold(path, READY, slow=True), floor.cold("/page", READY, slow=True)
    yield Result("lesson-bytes", cold.bytes / 1000, {"page": path})
    yield Result("lesson-requests", cold.requests)
    yield Result("lesson-again", again.bytes / 1000, {"requests": again.requests})
    yield Result("lesson-slow", slow.usable_ms / 1000, {"floor": slow_floor.usable_ms / 1000})


@figure("lesson-rate")
def rate(world: World) -> Iterator[Result]:
    path = world.talk(world.product, find_lesson())
    keys = [world.signed_in(world.product, "hocsinh") for _ in range(CONNECTIONS)]
    if OWN_PAGE not in world.talk(world.product, get(path, headers=(keys[0],))).text:
        raise RuntimeError("the lesson would be read by a stranger")
    floor = world.measure(world.floor, lambda: [read_floor(n) for n in range(CONNECTIONS)], "page")
    lesson = world.measure(world.product, lambda: [read(path, key) for key in keys], "lesson")
    told = {"each_second": lesson.rate, "floor": floor.rate, "p95_ms": lesson.p95_ms, "neighbours": lesson.neighbours}
    yield Result("lesson-rate", lesson.rate / floor.rate, told)
    yield Result("lesson-cpu", lesson.cpu_ms / floor.cpu_ms, {"ms": lesson.cpu_ms, "floor_ms": floor.cpu_ms})


def find_lesson() -> Talk:
    """The first lesson of the first course: real content, as a pupil finds it."""
    courses = yield from get("/khoa-hoc")
    course = yield from get(links(courses.text, "/khoa-hoc/[a-z0-9-]+")[0])
    return links(course.text, "/khoa-hoc/[a-z0-9-]+/[a-z0-9-]+")[0]


def read(path: str, key: str) -> Flow:
    page = Request("GET", path, label="lesson", ok=(200,), headers=(key,))
    while True:
        yield page


def read_floor(number: int) -> Flow:
    page = Request("GET", "/page", label="page", headers=(f"Cookie: key=key{number % SESSIONS}",))
    while True:
        yield page
