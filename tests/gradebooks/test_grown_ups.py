"""A class without a school year is of grown-ups: its pages call nobody «em»."""

import re

import pytest

from lms.classes import actions as classes
from lms.db import db
from tests import cast, facts
from tests.certificates.town import enter

CALLED_A_PUPIL = re.compile(r"\b[Ee]m\b")


@pytest.fixture
def evening(db_session, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(facts, "publish", facts.publish_framework)
    made = cast.settle(0)
    site = made.school_class.site_id
    room = classes.found_class(site, "Lớp tối Thôn Mẫu 1", "", cast.BEGAN)
    classes.appoint_teacher(room.id, made.hoa.id, cast.BEGAN)
    for person in (made.lan, made.tu):
        classes.enrol(room.id, person.id, cast.BEGAN)
    db.session.commit()
    return made, room


@pytest.mark.parametrize("page", ["", "/so-theo-doi", "/can-giup", "/dong-y", "/the", "/vao-lop"])
def test_nobody_is_called_a_pupil(app, evening, page) -> None:
    made, room = evening
    answer = enter(app, made.hoa).get(f"/lop-hoc/{room.id}{page}")
    assert answer.status_code == 200, page
    main = answer.text.split("<main")[1].split("</main>")[0]
    words = " ".join(re.sub(r"<[^>]+>", " ", main).split())
    assert not CALLED_A_PUPIL.search(words), CALLED_A_PUPIL.findall(words) and words


def test_pupils_are(app, evening) -> None:
    made, _room = evening
    page = enter(app, made.hoa).get(f"/lop-hoc/{made.school_class.id}/so-theo-doi").text
    assert CALLED_A_PUPIL.search(page)
