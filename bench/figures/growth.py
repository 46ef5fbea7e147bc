"""Rows 10 and 11: pages over many people cost what pages over few do. Compared by the server's CPU, not by the clock."""

from collections.abc import Iterator

from bench.figures import Result, figure
from bench.figures.lesson import CONNECTIONS, find_lesson, read
from bench.inside import class_of, fill, unit_pages
from bench.load import Flow, Request
from bench.server import Server
from bench.world import Measured, World

FEW, MANY = 30, 3_000
READERS = 2
"""Officers and teachers at once."""
DEMO_HOUSEHOLDS = 300
A_VILLAGE = 150


@figure("class-page")
def class_page(world: World) -> Iterator[Result]:
    cost = {}
    for pupils in (FEW, MANY):
        address = f"/lop-hoc/{class_of(world, pupils, f'Đo {pupils}')}"
        cost[pupils] = _look(world, world.product, "giaovien", address)
    told = {"ms": cost[MANY].cpu_ms, "ms_of_30": cost[FEW].cpu_ms, "p50_ms": cost[MANY].p50_ms}
    yield Result("class-page", cost[MANY].cpu_ms / cost[FEW].cpu_ms, told)


@figure("unit-page")
def unit_page(world: World) -> Iterator[Result]:
    """The few have the same tree of villages, so that only the households differ."""
    path = world.talk(world.product, find_lesson())
    keys = [world.signed_in(world.product, "hocsinh") for _ in range(CONNECTIONS)]
    lesson = world.measure(world.product, lambda: [read(path, key) for key in keys], "lesson")
    fill(world, "few", DEMO_HOUSEHOLDS, villages=-(-(world.households - DEMO_HOUSEHOLDS) // A_VILLAGE))
    fill(world, "many", world.households)
    few, many = (_unit_pages(world, name) for name in ("few", "many"))
    told = {
        "households": world.households,
        "lesson_ms": lesson.cpu_ms,
        "ms": {name: one.cpu_ms for name, one in many.items()},
    }
    ratios = {name: one.cpu_ms / lesson.cpu_ms for name, one in many.items()}
    growth = {name: one.cpu_ms / few[name].cpu_ms for name, one in many.items()}
    yield Result("unit-page", max(ratios.values()), told | {"each": ratios})
    yield Result("unit-page-growth", max(growth.values()), {"households": world.households, "each": growth})


def _unit_pages(world: World, name: str) -> dict[str, Measured]:
    pages = unit_pages(world, name)
    server = world.start("lms.serve", name, DEMO="0")
    return {what: _look(world, server, who, address) for what, (who, address) in pages.items()}


def _look(world: World, server: Server, who: str, address: str) -> Measured:
    keys = [world.signed_in(server, who) for _ in range(READERS)]
    return world.measure(server, lambda: [_read(address, key) for key in keys], "page")


def _read(address: str, key: str) -> Flow:
    page = Request("GET", address, label="page", ok=(200,), headers=(key,))
    while True:
        yield page
