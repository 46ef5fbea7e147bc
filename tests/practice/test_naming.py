"""The words of a ticket: what a trace calls the controls, read again, and never those of another ticket."""

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lms.practice.rules.naming import named, tag, tagged, tagged_rows
from lms.practice.rules.reducer import CHOSEN
from tests.practice.conftest import compiled
from tests.practice.players import SHIPPED, longest_run

SAMPLE = compiled()
SEEDS = st.text(alphabet="abcXYZ019-_", min_size=1, max_size=12)


@given(st.sampled_from(sorted(SHIPPED)), SEEDS, SEEDS)
def test_a_trace_reads_as_it_was_written_and_nowhere_else(id: str, seed: str, other: str) -> None:
    spec, log = SHIPPED[id], longest_run(SHIPPED[id], seed)
    sent = tagged_rows(seed, log)
    assert named(spec, seed, sent) == (log, 0)
    first = next(number for number, row in enumerate(log, 1) if len(row) > 3)
    if other != seed:
        assert named(spec, other, sent) == (sent, first)
    assert named(spec, seed, log) == (log, first), "plain names are nobody's words"


def test_no_two_controls_of_a_practice_are_called_alike() -> None:
    for spec in SHIPPED.values():
        items = [item for screen in spec["screens"].values() for item in screen["items"] if "id" in item]
        names = {(item["id"],) for item in items} | {
            (item["id"], option["id"]) for item in items if item["kind"] in CHOSEN for option in item["options"]
        }
        assert len({tag("x", *one) for one in names}) == len(names) > 10


def test_an_option_belongs_to_its_control() -> None:
    of = lambda *names: tag("s", *names)  # noqa: E731 said six times below
    assert named(SAMPLE, "s", [[1, 5, "choose", of("seen"), of("seen", "ten")]])[1] == 0
    for wrong in ([of("amt"), of("seen", "ten")], [of("seen"), of("seen")], [of("seen", "ten"), of("seen", "ten")]):
        assert named(SAMPLE, "s", [[1, 5, "choose", *wrong]])[1] == 1
    assert named(SAMPLE, "s", [[1, 5, "tap", of("seen", "ten")]])[1] == 1


def test_what_needs_no_name_and_what_is_broken_stay_as_they_are() -> None:
    assert [tagged("s", action) for action in (["back"], ["hint"])] == [["back"], ["hint"]]
    assert tagged("s", ["input", "amt", 5]) == ["input", tag("s", "amt"), 5]
    for rows in (None, {"n": 1}, "x", [[1, 5, "back"]], [[1, 5, "fly", "home"]], [[1, 5, "tap", 3]], [[]], [7],
                 [[1, 5, ["tap"], "x"]], [[1, 5, "choose", tag("s", "seen"), None]]):  # fmt: skip
        assert named(SAMPLE, "s", rows) == (rows, 0)


def test_no_junk_is_too_odd() -> None:
    dice = random.Random(7)
    parts: list[Any] = [1, "tap", "choose", "input", None, [], {}, "x", tag("s", "scan"), 2.5, True]
    for _try in range(3000):
        rows = [[dice.choice(parts) for _part in range(dice.randrange(7))] for _row in range(dice.randrange(3))]
        named(SAMPLE, "s", rows)
