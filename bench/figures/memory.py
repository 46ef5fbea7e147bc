"""Row 13: memory of the whole server after many requests, and whether it goes on growing."""

from collections.abc import Iterator

from bench.figures import Result, figure
from bench.figures.lesson import CONNECTIONS, find_lesson
from bench.load import Flow, Load, Request
from bench.world import World, sign_in

WARM_UP = 2_000
REQUESTS = 100_000


@figure("memory")
def memory(world: World) -> Iterator[Result]:
    path = world.talk(world.product, find_lesson())
    _read_many(world, path, WARM_UP)
    before = world.product.memory_mib()
    _read_many(world, path, REQUESTS)
    after = world.product.memory_mib()
    yield Result("memory", after, {"requests": REQUESTS})
    yield Result("memory-growth", after - before)


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
