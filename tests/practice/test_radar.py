"""The scam radar counts both ways; d′ follows the published formula, and the sentence follows the person, not the score."""

from pathlib import Path
from statistics import NormalDist

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import FileSystemLoader

from lms.practice.rules.radar import Radar, radar_of
from lms.practice.rules.reducer import beginning, step
from tests.practice.players import (
    INTENDED,
    calls_all_scam,
    calls_none_scam,
    each_variant,
    inbox_all_scam,
    inbox_none_scam,
    spec_of,
)

TEMPLATES = Path(__file__).parents[2] / "lms/practice/templates/practice"
COUNTS = st.integers(0, 200)
RADARS = st.builds(Radar, COUNTS, COUNTS, COUNTS, COUNTS)
INBOX, CALLS = "s4/hop-thu-lua-dao", "s4/cuoc-goi-gia-danh"


def run(name, player):
    """What the radar shows of each variant the player goes through."""
    spec = spec_of(name)
    for values in each_variant(spec):
        state, taken = beginning(spec), []
        while not state["done"]:
            action = player(values, state)
            state = step(spec, values, state, action)
            taken.append((action, state))
        yield radar_of(spec, values, taken)


@pytest.mark.parametrize(
    ("name", "player", "expected"),
    [
        (INBOX, INTENDED[INBOX], Radar(4, 0, 0, 2)),
        (INBOX, inbox_all_scam, Radar(4, 0, 2, 0)),
        (INBOX, inbox_none_scam, Radar(0, 4, 0, 2)),
        (CALLS, INTENDED[CALLS], Radar(2, 0, 0, 1)),
        (CALLS, calls_all_scam, Radar(2, 0, 1, 0)),
        (CALLS, calls_none_scam, Radar(0, 2, 0, 1)),
    ],
)
def test_each_message_and_call_is_counted_once(name, player, expected):
    assert set(run(name, player)) == {expected}


def test_a_practice_without_signals_has_no_radar():
    spec = spec_of("s5/dat-lich-kham")
    assert radar_of(spec, next(each_variant(spec)), []) is None


def test_a_wrong_sign_and_a_second_look_count_nothing_twice():
    spec = spec_of(INBOX)
    values = next(v for v in each_variant(spec) if v["c1"] not in (v["real1"], v["real2"]))
    state, taken = beginning(spec), []
    for id in ("messages", "r_" + values["c1"].replace("-", "_"), "scam", "s_long", "reread", "scam", "s_rush"):
        state = step(spec, values, state, ["tap", id])
        taken.append((["tap", id], state))
    assert radar_of(spec, values, taken) == Radar(hits=1)


def test_d_prime_by_hand():
    """15 of 20 caught, 4 of 20 alarmed: z(15.5/21) − z(4.5/21), the log-linear formula with half a case added."""
    z = NormalDist().inv_cdf
    radar = Radar(15, 5, 4, 16)
    assert radar.sensitivity == pytest.approx(z(15.5 / 21) - z(4.5 / 21))
    assert radar.sensitivity == pytest.approx(1.429, abs=0.001)
    assert Radar().sensitivity == 0


@pytest.mark.parametrize(
    ("radar", "reading"),
    [
        (Radar(4, 0, 0, 2), "sharp"),
        (Radar(4, 0, 2, 0), "suspecting"),
        (Radar(0, 4, 0, 2), "trusting"),
        (Radar(2, 0, 0, 1), "too-few"),
        (Radar(4, 0, 0, 1), "too-few"),
        (Radar(2, 2, 1, 1), "guessing"),
        (Radar(4, 0, 1, 1), "learning"),
        (Radar(40, 0, 20, 0), "suspecting"),
        (Radar(0, 40, 0, 20), "trusting"),
    ],
)
def test_the_sentence_fits_the_person(radar, reading):
    assert radar.reading == reading


@given(RADARS)
def test_one_answer_for_everything_is_never_sharp(radar):
    """Whoever says one thing always tells nothing apart, however many cases there were."""
    always_scam = Radar(radar.scams, 0, radar.real, 0)
    never_scam = Radar(0, radar.scams, 0, radar.real)
    for one_answer in (always_scam, never_scam):
        if one_answer.reading != "too-few":
            assert one_answer.reading in ("suspecting", "trusting")


@given(RADARS)
def test_catching_more_never_lowers_and_alarming_more_never_raises(radar):
    if radar.misses:
        better = Radar(radar.hits + 1, radar.misses - 1, radar.false_alarms, radar.rightly_trusted)
        assert better.sensitivity > radar.sensitivity
    if radar.rightly_trusted:
        worse = Radar(radar.hits, radar.misses, radar.false_alarms + 1, radar.rightly_trusted - 1)
        assert worse.sensitivity < radar.sensitivity


@given(RADARS, RADARS)
def test_runs_add_up(one, other):
    assert (one + other).scams == one.scams + other.scams
    assert (one + other).real == one.real + other.real
    assert one + other == other + one


@pytest.mark.parametrize(
    ("radar", "words"),
    [
        (Radar(4, 0, 0, 2), "4 trong 4"),
        (Radar(4, 0, 2, 0), "nghi gần hết"),
        (Radar(0, 4, 0, 2), "dễ tin"),
        (Radar(2, 2, 1, 1), "đoán"),
        (Radar(4, 0, 1, 1), "quen mắt"),
        (Radar(1, 0, 0, 1), "chưa nói được gì"),
    ],
)
def test_the_sentence_is_said_in_plain_words(app: Flask, radar, words):
    pages = app.jinja_env.overlay(loader=FileSystemLoader(TEMPLATES))
    with app.test_request_context("/"):
        said = pages.from_string(
            '{% from "_radar.html" import radar_words with context %}{{ radar_words(radar) }}'
        ).render(radar=radar)
    assert words in said
