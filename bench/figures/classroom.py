"""Row 14: a class of 45 signs in within a minute and works for ten, on the default server: they read and answer a test."""

import random
from collections.abc import Iterator
from uuid import uuid4

from bench.figures import Result, figure
from bench.figures.lesson import find_lesson
from bench.inside import Pupil, pupils_with_tests
from bench.load import Flow, Load, Request
from bench.world import World, sign_in, token_in

PUPILS = 45
ARRIVAL_SECONDS = 60
THINKING_SECONDS = (4.0, 12.0)


@figure("class")
def storm(world: World) -> Iterator[Result]:
    path = world.talk(world.product, find_lesson())
    rng = random.Random(45)
    arrivals = [rng.uniform(0, ARRIVAL_SECONDS) for _ in range(PUPILS)]
    pupils = pupils_with_tests(world, PUPILS)
    flows = [
        _pupil(pupil, path, arrival, 60 * world.minutes, random.Random(n))
        for n, (pupil, arrival) in enumerate(zip(pupils, arrivals, strict=True))
    ]
    tally = Load(world.product.address, flows).run(60 * world.minutes + ARRIVAL_SECONDS)
    told = {"minutes": world.minutes, "requests": tally.done("work"), "sign_in_p95_ms": tally.quantile("sign-in", 0.95)}
    yield Result("class-errors", sum(tally.errors.values()), {"first": tally.first_error[:200]} if tally.errors else {})
    yield Result("class-p95", tally.quantile("work", 0.95), told)


def _pupil(pupil: Pupil, path: str, arrival: float, seconds: float, rng: random.Random) -> Flow:
    """Signs in, then reads a step and answers a question by turns, thinking in between."""
    yield arrival
    yield from sign_in(pupil.username, label="sign-in")
    spent, done = 0.0, 0
    while spent < seconds:
        if done % 2:
            attempt, number = divmod(done // 2, len(pupil.attempts[0]))
            question = pupil.attempts[attempt % len(pupil.attempts)][number]
            page = yield Request("GET", question.address, label="work", ok=(200,))
            answer = {"csrf_token": token_in(page.text), "sent": str(uuid4()), "was_flagged": "", "den": "sau"}
            answer |= rng.choice(question.ways)
            yield Request("POST", question.address, answer, label="work", ok=(303,))
        else:
            yield Request("GET", path, label="work", ok=(200,))
        done += 1
        pause = rng.uniform(*THINKING_SECONDS)
        yield pause
        spent += pause
