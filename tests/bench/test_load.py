"""The harness itself: what it counts is what happened."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.budgets import BUDGETS
from bench.floor import Database, create_floor
from bench.load import Flow, Load, Request
from tests.browser import served


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    file = tmp_path / "floor.db"
    database = Database(str(file))
    database.make()
    with served(create_floor(database)) as address:
        yield address, file


def write(number: int, times: int) -> Flow:
    for question in range(times):
        form = {"question": str(question), "choice": "b"}
        yield Request("POST", "/row", form, label="row", headers=(f"Cookie: key=key{number}",))


def test_every_counted_write_is_a_row(floor: tuple[str, Path]) -> None:
    address, file = floor
    tally = Load(address, [write(number, 20) for number in range(4)]).run()
    assert (tally.done("row"), tally.errors) == (80, {})
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM answer").fetchone() == (80,)


def test_an_error_is_counted_as_one(floor: tuple[str, Path]) -> None:
    def stranger() -> Flow:
        yield Request("GET", "/page", label="page")

    tally = Load(floor[0], [stranger()]).run()
    assert tally.done("page") == 0
    assert tally.errors == {"page 401": 1}


def test_answers_are_handed_back_and_thinking_takes_its_time(floor: tuple[str, Path]) -> None:
    seen: list[str] = []

    def reader() -> Flow:
        answer = yield Request("GET", "/page", headers=("Cookie: key=key1",))
        seen.append(answer.text)
        yield 0.2

    tally = Load(floor[0], [reader()]).run()
    assert "<h1>Bài học</h1>" in seen[0]
    assert tally.seconds >= 0.2


def test_a_load_ends_when_its_time_is_over(floor: tuple[str, Path]) -> None:
    def endless() -> Flow:
        while True:
            yield Request("GET", "/page", label="page", headers=("Cookie: key=key1",))

    tally = Load(floor[0], [endless() for _ in range(3)]).run(0.5)
    assert 0.5 <= tally.seconds < 3
    assert tally.rate("page") > 0 and tally.quantile("page", 0.95) > 0


def test_a_goal_is_never_easier_than_its_gate() -> None:
    assert all(budget.holds(budget.goal, budget.gate) for budget in BUDGETS.values())
