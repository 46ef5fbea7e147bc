"""Row 14: a class of 45 signs in within a minute and works for ten, on the default server."""

import random
from collections.abc import Iterator

from bench.figures import Result, figure
from bench.figures.lesson import find_lesson
from bench.load import Flow, Load, Request
from bench.world import World, sign_in

PUPILS = 45
ARRIVAL_SECONDS = 60
THINKING_SECONDS = (4.0, 12.0)


@figure("class")
def storm(world: World) -> Iterator[Result]:
    path = world.talk(world.product, find_lesson())
    rng = random.Random(45)
    arrivals = [rng.uniform(0, ARRIVAL_SECONDS) for _ in range(PUPILS)]
    flows = [_pupil(path, arrival, 60 * world.minutes, random.Random(n)) for n, arrival in enumerate(arrivals)]
    tally = Load(world.product.address, flows).run(60 * world.minutes + ARRIVAL_SECONDS)
    told = {"minutes": world.minutes, "requests": tally.done("work"), "sign_in_p95_ms": tally.quantile("sign-in", 0.95)}
    yield Result("class-errors", sum(tally.errors.values()), {"first": tally.first_error[:200]} if tally.errors else {})
    yield Result("class-p95", tally.quantile("work", 0.95), told)


def _pupil(path: str, arrival: float, seconds: float, rng: random.Random) -> Flow:
    yield arrival
    yield from sign_in("hocsinh", label="sign-in")
    spent = 0.0
    while spent < seconds:
        yield Request("GET", path, label="work")
        pause = rng.uniform(*THINKING_SECONDS)
        yield pause
        spent += pause
