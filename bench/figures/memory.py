"""Row 13: memory of the whole server after many requests, and whether it goes on growing."""

from collections.abc import Iterator

from bench.figures import Result, figure
from bench.figures.lesson import CONNECTIONS, find_lesson
from bench.inside import unit_pages
from bench.load import Flow, Load, Request
from bench.world import Talk, World, sign_in

WARM_UP = 2_000


@figure("memory")
def memory(world: World) -> Iterator[Result]:
    path = world.talk(world.product, find_lesson())
    _read_many(world, path, WARM_UP)
    before = world.product.memory_mib()
    _read_many(world, path, world.requests)
    grown = world.product.memory_mib() - before
    who, largest = unit_pages(world, "product")["region"]
    world.talk(world.product, _see(who, largest))
    yield Result("memory", world.product.memory_mib(), {"requests": world.requests, "report": largest})
    yield Result("memory-growth", grown, {"requests": world.requests, "before": before})


def _see(who: str, path: str) -> Talk:
    yield from sign_in(who)
    return (yield Request("GET", path, ok=(200,)))


def _read_many(world: World, path: str, requests: int) -> None:
    share = requests // CONNECTIONS
    tally = Load(world.product.address, [_read(path, share) for _ in range(CONNECTIONS)]).run()
    if tally.errors:
        raise RuntimeError(f"{dict(tally.errors)} {tally.first_error}")


def _read(path: str, times: int) -> Flow:
    yield from sign_in("hocsinh")
    pages = [Request("GET", address, label="page") for address in (path, "/", "/khoa-hoc")]
    for number in range(times):
        yield pages[number % len(pages)]
