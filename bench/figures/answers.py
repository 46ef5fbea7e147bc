"""Rows 4 and 8: when a question can be answered on a poor phone without script, and what keeping an answer costs."""

from collections.abc import Iterator
from uuid import uuid4

from bench.figures import Result, figure
from bench.floor import SESSIONS
from bench.inside import Pupil, answers_kept, pupils_with_tests
from bench.load import Flow, Request
from bench.pages import Eyes
from bench.world import World
from tests.browser import launched

CONNECTIONS = 8
TESTS = 5
ROUNDS = 2
"""Every question is answered and then answered otherwise; a pupil has no reason to do it oftener."""
PUPILS_A_CONNECTION = 3
QUESTION = "main .choice"


@figure("question-weight")
def question(world: World) -> Iterator[Result]:
    product = world.product  # started first: the pupils are put into its data
    pupil = pupils_with_tests(world, 1, skills=1)[0]
    path = pupil.attempts[0][0].address
    with launched() as browser:
        eyes = Eyes(browser, product.address)
        eyes.carry(*pupil.cookie)
        slow = eyes.cold(path, QUESTION, slow=True, scripts=False)
    yield Result("question-slow", slow.usable_ms / 1000, {"bytes": slow.bytes, "requests": slow.requests})


@figure("answer-rate")
def rate(world: World) -> Iterator[Result]:
    product, runs = world.product, world.times + 1  # started first: the pupils are put into its data
    pupils = iter(pupils_with_tests(world, runs * CONNECTIONS * PUPILS_A_CONNECTION, TESTS))
    before, answered = answers_kept(world), [0]

    def class_() -> list[Flow]:
        return [_answer([next(pupils) for _ in range(PUPILS_A_CONNECTION)], answered) for _ in range(CONNECTIONS)]

    floor = world.measure(world.floor, lambda: [write_floor(n) for n in range(CONNECTIONS)], "row")
    answers = world.measure(product, class_, "answer")
    lost = answered[0] - (answers_kept(world) - before)
    if lost > 0:
        raise RuntimeError(f"{lost} of {answered[0]} answers were not kept")
    told = {
        "each_second": answers.rate, "floor": floor.rate, "ms": answers.cpu_ms, "floor_ms": floor.cpu_ms,
        "cpu_ratio": answers.cpu_ms / floor.cpu_ms, "kept": answered[0], "neighbours": answers.neighbours,
    }  # fmt: skip
    yield Result("answer-rate", answers.rate / floor.rate, told)
    yield Result("answer-p95", answers.p95_ms / floor.p95_ms, {"ms": answers.p95_ms, "floor_ms": floor.p95_ms})


def answering(pupil: Pupil, attempt: int, number: int, turn: int, label: str = "answer") -> Request:
    """What the browser sends for question `number`; another `turn` answers otherwise."""
    question = pupil.attempts[attempt][number]
    form = {"csrf_token": pupil.token, "sent": str(uuid4()), "was_flagged": "", "den": "sau"}
    form |= question.ways[turn % len(question.ways)]
    return Request("POST", question.address, form, label=label, ok=(303,), headers=(pupil.header,))


def write_floor(number: int) -> Flow:
    while True:
        form = {"question": "7", "choice": "b"}
        yield Request("POST", "/row", form, label="row", headers=(f"Cookie: key=key{number % SESSIONS}",))


def _answer(pupils: list[Pupil], answered: list[int]) -> Flow:
    for pupil in pupils:
        for attempt, questions in enumerate(pupil.attempts):
            for turn in range(ROUNDS):
                for number in range(len(questions)):
                    yield answering(pupil, attempt, number, turn)
                    answered[0] += 1
