"""The stranger: another commune, school, class, village or team; and whoever is not signed in at all.

Not derived from the table of rights, so it can disagree with it: real ids are carried to every address of the map.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from lms.app import create_app
from lms.db import db
from lms.settings import Settings
from tests.house import addresses, two_worlds, walking

ENGINES = ["sqlite"]

BOOKS = {"card_id": two_worlds.CARD, "course": "thanh-toan", "item": "s3.q001", "item_id": "s3.q001", "kind": "lop",
         "lesson": "doc-ten-roi-moi-tra", "name": "x", "number": 1, "practice": "p.s3.quet-ma-mau", "purpose": "assessment", "quiz": "thanh-toan", "skill_id": "s3", "subject": "s3",
         "platform_id": "x", "slug": "thanh-toan", "step": "x", "variant": "A"}  # fmt: skip
"""Parameters that name something of the books or the pages, not of people."""
OWNED = {
    "assignment_id": "assignment", "batch_id": "batch", "certificate_id": "certificate", "revocation_id": "revocation", "brought_id": "brought", "attempt_id": "attempt", "attempt": "attempt", "class_id": "class",
    "grant_id": "grant", "group_id": "group", "household_id": "household", "question_id": "question", "run_id": "run", "import_id": "import", "member_id": "membership",
    "commune_id": "child_of_villager", "observation_id": "observation", "person_id": "villager", "pupil_id": "pupil",
    "school_id": "pupil", "sheet_id": "sheet", "site_id": "school", "team_id": "team", "trace": "trace", "trace_id": "trace", "teacher_id": "teacher", "unit_id": "village", "village_id": "village", "window_id": "window",
    "session_id": "session", "trial_id": "session", "recheck_id": "recheck",
    "contact_id": "contact", "day_id": "day", "visit_id": "visit", "drive_id": "drive", "offer_id": "offer",
}  # fmt: skip
"""Parameter → whose id is tried; one that is in neither list fails the test and asks for its line here."""
BY_ENDPOINT = {
    "classes.": {"person_id": "pupil"},
    "exams.": {"person_id": "pupil"},
    "entry.": {"person_id": "pupil"},
    "gradebooks.": {"person_id": "pupil"},
    "roads.": {"person_id": "member"},
    "teams.": {"person_id": "member"},
    "reports.unit": {"unit_id": "commune"},
    "drives.": {"unit_id": "commune"},
    "training.": {"unit_id": "commune"},
    "home.": {"unit_id": "commune"},
}
CLOSED = {401, 403, 404}

NEXT_DOOR = {
    "teacher2": {
        "class",
        "villager",
        "pupil",
        "window",
        "session",
        "import",
        "attempt",
        "observation",
        "household",
        "assignment",
        "sheet",
    },
    "leader2": {
        "contact",
        "day",
        "drive",
        "team",
        "household",
        "villager",
        "village",
        "membership",
        "class",
        "pupil",
        "window",
        "session",
        "attempt",
        "import",
    },
    "villager": {
        "class",
        "day",
        "pupil",
        "household",
        "village",
        "commune",
        "team",
        "window",
        "session",
        "import",
        "attempt",
    },
    "pupil": {
        "class",
        "household",
        "villager",
        "village",
        "commune",
        "team",
        "window",
        "session",
        "import",
        "observation",
    },
}
"""Within one commune: whose things stay closed to the second teacher, the second team, a villager, a pupil."""


@pytest.fixture(scope="module")
def worlds(migrated: Settings, new_settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One pair of worlds for the module: nothing a stranger does may change them."""
    settings = new_settings()
    settings.sqlite_file.write_bytes(migrated.sqlite_file.read_bytes())
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with app.app_context():
        pair = two_worlds.build()
    yield app, *pair
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("who", two_worlds.WITH_ACCOUNT)
def test_another_commune_is_closed(worlds: Any, who: str) -> None:
    app, mine, theirs = worlds
    client = two_worlds.signed_in(app, mine[who])
    for method, rule, address in _addresses_of(app, theirs):
        _assert_closed(client, method, rule, address, theirs["mark"])


@pytest.mark.parametrize("who", NEXT_DOOR)
def test_next_door_is_closed(worlds: Any, who: str) -> None:
    app, mine, _theirs = worlds
    client = two_worlds.signed_in(app, mine[who])
    for method, rule, address in _addresses_of(app, mine, NEXT_DOOR[who]):
        _assert_closed(client, method, rule, address, None)


def test_nobody_signed_in_sees_nobody(worlds: Any) -> None:
    app, mine, theirs = worlds
    client = app.test_client()
    for ids in (mine, theirs):
        for method, rule, address in _addresses_of(app, ids):
            answer = client.open(address, method=method)
            assert answer.status_code in CLOSED or "/dang-nhap" in answer.headers.get("Location", ""), address
            assert ids["mark"] not in answer.get_data().decode(errors="replace"), f"{rule.endpoint}: {address}"


def test_the_names_of_a_class_are_read_only_through_its_open_window(worlds: Any) -> None:
    """The one public page with names: with the code of now; not with an old one, and no card of another class in it."""
    app, mine, theirs = worlds
    client = app.test_client()
    assert mine["mark"] in client.get(f"/vao-lop/{mine['open_code']}").text
    assert mine["mark"] in client.get(f"/vao-lop/{mine['open_code']}/{mine['login_card']}").text
    for address in (
        f"/vao-lop/{mine['closed_code']}",
        f"/vao-lop/{mine['closed_code']}/{mine['login_card']}",
        f"/vao-lop/{mine['open_code']}/{theirs['login_card']}",
        "/vao-lop/the",
        "/vao-lop/the/khong-co",
    ):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert not any(mark in answer.text for mark in two_worlds.MARKS), address


@pytest.mark.parametrize("who", two_worlds.WITH_ACCOUNT)
def test_lists_and_searches_show_nothing_of_the_other_commune(worlds: Any, who: str) -> None:
    app, mine, theirs = worlds
    client = two_worlds.signed_in(app, mine[who])
    for address in (*_plain(app), *_asking_for(theirs)):
        answer = client.get(address)
        shown = re.sub(
            r'value="[^"]*"', "", answer.get_data().decode(errors="replace")
        )  # a search box repeats the words asked
        assert answer.status_code < 500, address
        assert theirs["mark"] not in shown, address


@pytest.mark.parametrize("who", two_worlds.WITH_ACCOUNT)
def test_walking_every_link_never_leads_to_the_other_commune(worlds: Any, who: str) -> None:
    app, mine, theirs = worlds
    client = two_worlds.signed_in(app, mine[who])
    seen = 0
    for address, answer in walking.walked(client):
        assert answer.status_code < 400, f"{address}: a link that answers {answer.status_code}"
        assert theirs["mark"] not in answer.get_data().decode(errors="replace"), address
        seen += 1
    assert seen > 5


def test_ids_of_others_in_a_form_are_refused(worlds: Any) -> None:
    """What a form carries is looked at like an address."""
    app, mine, theirs = worlds
    before = _counts(app)
    for who, address, fields in _forged(mine, theirs):
        answer = two_worlds.signed_in(app, mine[who]).post(address, data=fields)
        assert answer.status_code in {*CLOSED, 400, 422}, f"{who} POST {address} {fields}: {answer.status_code}"
        assert theirs["mark"] not in answer.get_data().decode(errors="replace"), address
    assert _counts(app) == before


def _addresses_of(app: Flask, ids: dict[str, Any], only: set[str] | None = None) -> Iterator[tuple[str, Rule, str]]:
    """Every address that names something of this world."""
    for method in ("GET", "POST"):
        for rule in addresses.rules(app, method):
            if app.extensions["rights"][rule.endpoint] == "public" or not rule._converters:
                continue
            whose = {name: _whose(rule.endpoint, name) for name in rule._converters if name not in BOOKS}
            if not whose or (only is not None and not only.intersection(whose.values())):
                continue
            yield method, rule, _address(app, rule, {name: ids[key] for name, key in whose.items()})


def _whose(endpoint: str, name: str) -> str:
    for start, exceptions in BY_ENDPOINT.items():
        if endpoint.startswith(start) and name in exceptions:
            return exceptions[name]
    assert name in OWNED, f"{endpoint}: say in tests/house/test_stranger.py whose id <{name}> is"
    return OWNED[name]


def _address(app: Flask, rule: Rule, values: dict[str, Any]) -> str:
    with app.test_request_context():
        built = rule.build(
            {name: values.get(name) or BOOKS.get(name, 1) for name in rule._converters}, append_unknown=False
        )
    assert built, rule.rule
    return built[1]


def _assert_closed(client: FlaskClient, method: str, rule: Rule, address: str, mark: str | None) -> None:
    answer = client.open(address, method=method)
    assert answer.status_code in CLOSED, f"{rule.endpoint}: {method} {address} answers {answer.status_code}"
    if mark:
        assert mark not in answer.get_data().decode(errors="replace"), f"{rule.endpoint}: {address}"


def _plain(app: Flask) -> list[str]:
    """Addresses without parameters: lists, first pages, forms."""
    return [rule.rule for rule in addresses.rules(app, "GET") if not rule._converters]


def _asking_for(ids: dict[str, Any]) -> list[str]:
    """Lists asked for something of the other world, by its name and by its numbers."""
    mark = ids["mark"]
    return [
        f"/ho-gia-dinh?tim={mark}",
        f"/ho-gia-dinh?thon={ids['village']}",
        f"/ho-gia-dinh/them?thon={ids['village']}",
        f"/nguoi?tim={mark}",
        f"/chung-kien?tim={mark}",
        f"/chung-kien/mo-bai?tim={mark}",
        f"/chung-kien/mo-bai?lop={ids['class']}",
        f"/chung-kien/mo-bai?nguoi={ids['villager']}",
        f"/chung-kien/thuc-hanh/mo?tim={mark}",
        f"/chung-kien/thuc-hanh/mo?lop={ids['class']}",
        f"/chung-kien/thuc-hanh/mo?nguoi={ids['villager']}",
        f"/trao-may?bai={ids['window']}",
        f"/to?tim={mark}",
        f"/lop-hoc?tim={mark}",
        f"/noi-ho-so?tim={mark}",
        f"/noi-ho-so?lop={ids['class']}",
        f"/danh-ba?don-vi={ids['village']}",
    ]


def _forged(mine: dict[str, Any], theirs: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    home = f"/ho-gia-dinh/{mine['household']}"
    return [
        ("officer", "/ho-gia-dinh/them", {"unit_id": theirs["village"], "head_name": "Ai đó"}),
        ("officer", f"{home}/nguoi/{mine['villager']}/chuyen",
         {"household_code": theirs["household"], "relation": "con", "on_day": "2026-11-20"}),
        ("teacher", f"/chung-kien/mo-bai?lop={theirs['class']}", {"quiz_id": "thanh-toan", "minutes": 45}),
        ("teacher", f"/chung-kien/mo-bai?nguoi={theirs['pupil']}", {"quiz_id": "thanh-toan", "minutes": 45}),
        ("teacher", f"/chung-kien/thuc-hanh/mo?lop={theirs['class']}", {"skill_id": "s3", "place": "x", "minutes": 45}),
        ("teacher", f"/chung-kien/thuc-hanh/mo?nguoi={theirs['pupil']}", {"skill_id": "s3", "place": "x", "minutes": 45}),
        ("pupil", "/buoi-thuc-hanh", {"code": theirs["code_of_session"]}),
        ("teacher", f"/lop-hoc/{mine['class']}/giao-bai",
         {"module_id": "m.s3.1", "due_on": "2099-01-01", "target": f"em:{theirs['pupil']}"}),
        ("teacher", f"/lop-hoc/{mine['class']}/giao-bai",
         {"module_id": "m.s3.1", "due_on": "2099-01-01", "target": f"nhom:{theirs['group']}"}),
        ("teacher", f"/lop-hoc/{mine['class']}/ke-hoach-cu?tu={theirs['class']}", {"bai": "m.s3.1"}),
        ("teacher", f"/lop-hoc/{mine['class']}/nhom/{theirs['group']}", {"em": mine["pupil"]}),
        ("teacher", "/trao-may", {"bai": theirs["window"], "nguoi": theirs["pupil"]}),
        ("teacher", "/trao-may", {"bai": mine["window"], "nguoi": theirs["pupil"]}),
        ("teacher", f"/lop-hoc/{mine['class']}/the/lam", {"kind": "pin", "ai": theirs["pupil"]}),
        ("teacher", f"/lop-hoc/{mine['class']}/the/{theirs['pupil']}/bao-mat", {}),
        ("teacher2", f"/lop-hoc/{mine['class']}/vao-lop", {"minutes": 60}),
        ("teacher", "/trao-may/ma", {"bai": mine["window"], "nguoi": theirs["pupil"]}),
    ]  # fmt: skip


def _counts(app: Flask) -> dict[str, int]:
    with app.app_context():
        return {
            name: db.session.execute(db.select(db.func.count()).select_from(table)).scalar_one()
            for name, table in db.metadata.tables.items()
            if name not in ("journal_line", "journal_seal", "sign_in")
        }
