"""No recorded key in any byte sent.

Twice the same books, but for what is right: the same attempt must send the same bytes. And what is written beside a
recorded question for its author (feedback, explanation, accepted words) carries a mark that no page may show. Both for
the questions that are shipped and for a form of all ten types.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from lms import clock, completion
from lms.app import create_app
from lms.db import db
from lms.library.books import Books, Item, Option
from lms.settings import Settings
from tests.every_type import with_every_type
from tests.house import addresses, two_worlds, walking
from tests.house import test_stranger as stranger

ENGINES = ["sqlite"]
MARK = "Mậtthưgiấukín"
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
PLACE = "/kiem-tra/thanh-toan/bai"
NOT_WALKED = frozenset({"people.sign_out"})
STATIC = Path(__file__).parents[2] / "lms" / "web" / "static"
WORKERS = ("practice/worker.js", "verify/worker.js")
EVER_NEW = re.compile(r'name="csrf_token" value="[^"]+"|[0-9a-f]{8}-[0-9a-f-]{27}')
"""Tokens and the names of what a form sends: made by dice for every page."""


@pytest.fixture(params=["shipped", "every type"])
def rewritten(request: pytest.FixtureRequest) -> Callable[[int], Books]:
    """The books with something else right and the mark in all that only their author may read."""
    if request.param == "shipped":
        return lambda shift: _rewritten(two_worlds.shelf(), shift)
    return lambda shift: with_every_type(two_worlds.shelf(), shift, MARK)


def test_an_attempt_sends_the_same_bytes_whatever_is_right(
    installation: Callable[..., Any], rewritten: Callable[[int], Books]
) -> None:
    told = []
    for shift in (1, 2):
        with installation(rewritten(shift)) as (app, ids):
            told.append(list(_sat_through(two_worlds.signed_in(app, ids["pupil"]), ids["attempt"])))
    assert len(told[0]) > 30
    for (address, first), (_address, second) in zip(*told, strict=True):
        assert first == second, f"{address} depends on what is right"


def test_nothing_written_for_the_author_is_ever_sent(
    installation: Callable[..., Any], rewritten: Callable[[int], Books], request: pytest.FixtureRequest
) -> None:
    """Everybody walks through the books with all types; through the shipped ones a learner and a visitor."""
    walkers = ("pupil",) if "shipped" in request.node.name else two_worlds.WITH_ACCOUNT
    with installation(rewritten(1)) as (app, ids):
        pupil = two_worlds.signed_in(app, ids["pupil"])
        pages = [*_sat_through(pupil, ids["attempt"])]
        done = pupil.post(f"{PLACE}/{ids['attempt']}/nop", follow_redirects=True)
        pages.append(("the result", done.get_data().decode(errors="replace")))
        for who in (*walkers, None):
            client = two_worlds.signed_in(app, ids[who]) if who else app.test_client()
            starts = (
                "/",
                "/khoa-hoc",
                "/kiem-tra",
                "/chung-kien",
                "/ngan-hang",
                "/ngan-hang/trung-nhau",
                f"{PLACE}/{ids['attempt']}/ket-qua",
            )
            pages += [
                (address, answer.get_data().decode(errors="replace"))
                for address, answer in walking.walked(client, *starts, every_lesson=who == "pupil")
            ]
        pages += list(_asked_in_a_lesson(pupil))
    assert len(pages) > 100
    for address, text in pages:
        assert MARK not in text, address


def test_no_route_of_the_map_tells_a_learner_what_is_written_for_the_author(installation: Callable[..., Any]) -> None:
    """Not only where links lead: every address there is, those of exams, bank, statistics and certificates too, before
    and after the test is handed in."""
    with installation(with_every_type(two_worlds.shelf(), 1, MARK)) as (app, ids):
        pupil = two_worlds.signed_in(app, ids["pupil"])
        told = list(_every_address(app, pupil, ids))
        list(_sat_through(pupil, ids["attempt"]))
        pupil.post(f"{PLACE}/{ids['attempt']}/nop")
        for client in (pupil, app.test_client()):
            told += _every_address(app, client, ids)
    assert len(told) > 500
    for address, text in told:
        assert MARK not in text, address


def test_what_service_workers_keep_is_nothing_of_a_test(app: Flask) -> None:
    """They know a few addresses by pattern; none of them is a page of a test, an exam or the bank."""
    scripts = {name: (STATIC / name).read_text(encoding="utf-8") for name in WORKERS}
    kept = re.search(r"const isOurs = /(.+?)/\.test", scripts["practice/worker.js"])
    assert kept, "the practice worker says by one pattern what it keeps"
    named = set(re.findall(r'"(/[a-z./-]*)"', "".join(scripts.values())))
    assert named == {"/static/", "/xac-minh/khong-mang", "/xac-minh/khoa.json"}, "look at what the worker keeps now"
    guarded = [
        r for r in addresses.rules(app, "GET") if r.endpoint.split(".")[0] in ("quizzes", "exams", "bank", "exchange")
    ]
    assert len(guarded) > 30
    for rule in guarded:
        address = addresses.example(app, rule)
        assert not re.search(kept[1].replace(r"\/", "/"), address) and not address.startswith(tuple(named)), address


def test_options_are_numbered_as_shown(installation: Callable[..., Any], rewritten: Callable[[int], Books]) -> None:
    """Their author's own words for them («that», «dung») might tell."""
    with installation(rewritten(0)) as (app, ids):
        pupil = two_worlds.signed_in(app, ids["pupil"])
        told = 0
        for address, text in _sat_through(pupil, ids["attempt"]):
            values = re.findall(r'<input type="(?:radio|checkbox)" name="tra-loi[^"]*" value="([^"]*)"', text)
            values += [one for one in re.findall(r'<option value="([^"]*)"', text) if one]
            told += len(values)
            assert set(values) <= {"1", "2", "3", "4", "5", "6"}, address
    assert told > 40


def test_a_result_repeats_no_question(installation: Callable[..., Any], rewritten: Callable[[int], Books]) -> None:
    books = rewritten(0)
    with installation(books) as (app, ids):
        pupil = two_worlds.signed_in(app, ids["pupil"])
        list(_sat_through(pupil, ids["attempt"]))
        text = pupil.post(f"{PLACE}/{ids['attempt']}/nop", follow_redirects=True).get_data().decode(errors="replace")
        with app.app_context():
            asked = {row["item"] for row in db.session.get(completion.Attempt, ids["attempt"]).form}
    for item in books.items:
        if item.id in asked:
            assert item.stem not in text and item.id not in text
            assert not [option.text for option in item.options if len(option.text) > 12 and option.text in text]


@pytest.fixture
def installation(migrated: Settings, new_settings: Any) -> Callable[[Books], Any]:
    """`with installation(books) as (app, ids)`: a world with these books and an attempt begun in it."""

    @contextmanager
    def opened(books: Books) -> Iterator[tuple[Flask, dict[str, Any]]]:
        settings = new_settings()
        settings.sqlite_file.write_bytes(migrated.sqlite_file.read_bytes())
        app = create_app(settings)
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        with clock.frozen(NOW):
            with app.app_context():
                ids = two_worlds.build(books, "seed", UUID(int=7))[0]
            yield app, ids
        with app.app_context():
            db.session.remove()
            db.engine.dispose()

    return opened


def _sat_through(client: FlaskClient, attempt: UUID) -> Iterator[tuple[str, str]]:
    """Every page of a test taken to its last question, as sent."""
    for number in range(1, 16):
        address = f"{PLACE}/{attempt}/{number}"
        before = client.get(address)
        assert before.status_code == 200, address
        yield address, _settled(before.get_data().decode(errors="replace"), before.headers.items())
        fields = _first_choices(before.get_data().decode(errors="replace"))
        after = client.post(address, data=fields, follow_redirects=True)
        assert after.status_code == 200
        yield f"after {address}", _settled(after.get_data().decode(errors="replace"), after.headers.items())
    review = client.get(f"{PLACE}/{attempt}/xem-lai")
    yield "review", _settled(review.get_data().decode(errors="replace"), review.headers.items())


def _settled(text: str, headers: Any) -> str:
    told = "\n".join(
        f"{name}: {value}" for name, value in headers if name not in ("Set-Cookie", "Content-Length", "ETag")
    )
    return EVER_NEW.sub("", text + told)


def _first_choices(text: str) -> dict[str, list[str]]:
    """What a hurried pupil sends: the first of what is offered, the first two where several are asked for, some number or word."""
    chosen: dict[str, list[str]] = {}
    for one in re.findall(r"<input\b[^>]*type=\"(?:radio|checkbox)\"[^>]*>", text):
        name, value = re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one)
        if name and value and name[1] != "flagged":
            most = 1 if 'type="radio"' in one else 2
            if len(chosen.setdefault(name[1], [])) < most:
                chosen[name[1]].append(value[1])
    for name in re.findall(r'<select\b[^>]*name="(tra-loi[^"]+)"', text):
        chosen[name] = ["1"]
    for place, name in enumerate(
        re.findall(r'<input id="[^"]*" name="(tra-loi[^"]+)"|<input name="(tra-loi[^"]+)"', text), 1
    ):
        chosen["".join(name)] = [str(place)]
    assert chosen, "a question is asked by plain inputs"
    return chosen


def _every_address(app: Flask, client: FlaskClient, ids: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for rule in addresses.rules(app, "GET"):
        if rule.endpoint in NOT_WALKED:
            continue
        answer = client.get(address := _address(app, rule, ids))
        assert answer.status_code < 500, address
        yield address, answer.get_data().decode(errors="replace")


def _address(app: Flask, rule: Rule, ids: dict[str, Any]) -> str:
    """With the ids of one's own world; what only a public page names, by an example."""
    names = set(rule._converters) - set(stranger.BOOKS)
    own = next((more for start, more in stranger.BY_ENDPOINT.items() if rule.endpoint.startswith(start)), {})
    if not names <= {*own, *stranger.OWNED}:
        return addresses.example(app, rule)
    found = {name: ids[own.get(name) or stranger.OWNED[name]] for name in names}
    with app.test_request_context():
        built = rule.build(
            found | {n: stranger.BOOKS[n] for n in rule._converters if n in stranger.BOOKS}, append_unknown=False
        )
    assert built, rule.rule
    return built[1]


def _asked_in_a_lesson(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """A recorded question asked for where practice questions are answered."""
    recorded = [item for item in two_worlds.shelf().items if item.is_recorded and item.skill == "s3" and item.options]
    lesson = "/khoa-hoc/thanh-toan/doc-ten-roi-moi-tra"
    for item in recorded[:5]:
        for option in item.options:
            address = f"{lesson}?tra-loi.{item.id}={option.id}"
            yield address, client.get(address).get_data().decode(errors="replace")
        answer = client.post(f"{lesson}/thu/{item.id}", data={f"tra-loi.{item.id}": item.options[0].id})
        assert answer.status_code == 404
        yield item.id, answer.get_data().decode(errors="replace")


def _rewritten(books: Books, shift: int) -> Books:
    """The same questions with other options right, and the mark in all that is written for their author."""
    courses = tuple(
        replace(course, items=tuple(_turned(item, shift) for item in course.items)) for course in books.courses
    )
    return replace(books, courses=courses)


def _turned(item: Item, shift: int) -> Item:
    if item.pool != "ghi-nhan":
        return item
    if not item.options:  # what is right of the other types is turned in tests/every_type.py
        return replace(item, explain=f"{MARK} {item.explain}", digest=f"{shift}{item.digest[1:]}")
    right = [option.correct for option in item.options]
    turned = right[shift % len(right) :] + right[: shift % len(right)]
    options = tuple(
        Option(option.id, option.text, is_right, f"{MARK} {option.feedback}")
        for option, is_right in zip(item.options, turned, strict=True)
    )
    return replace(item, options=options, explain=f"{MARK} {item.explain}", digest=f"{shift}{item.digest[1:]}")
