"""What the place has: the administrator notes it, readers see the real name, and every earlier finding can be brought back."""

import html
import re
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms.access.rules import Role
from lms.courses.models import Platform, PlatformFinding
from lms.db import db, open_write
from lms.people import actions as people
from lms.skills.models import Skill
from tests.witnessing import world as made

PAGE = "/quan-tri/nen-tang"
ADDRESS = f"{PAGE}/cong-phan-anh"
COURSE = "/khoa-hoc/nen-tang-dia-phuong"


@pytest.fixture
def admin(app, world, as_):
    with app.app_context():
        open_write()
        people.grant_role(world.mai, Role.ADMIN, made.BEGAN)
        db.session.commit()
    return as_("mai")


def noted(**changes: object) -> dict[str, object]:
    found = {"id": str(uuid4()), "state": "here", "name": "Phản ánh xã Mẫu", "address": "https://mau.gov.vn",
             "note": "Hỏi cán bộ văn hoá xã.", "checked_on": "2026-11-19"}  # fmt: skip
    return found | changes


def test_a_reader_sees_the_real_name_once_it_is_noted(admin, anybody) -> None:
    assert "Ở đây dùng" not in anybody.get(COURSE).text
    assert "Chưa kiểm" in admin.get(PAGE).text
    assert admin.post(ADDRESS, data=noted()).status_code == 303
    page = html.unescape(anybody.get(COURSE).text)
    assert "Ở đây dùng" in page and "Phản ánh xã Mẫu" in page and "đã mở thử ngày 19/11/2026" in page
    assert 'href="https://mau.gov.vn"' in page and "Phản ánh xã Mẫu" not in anybody.get("/khoa-hoc/thanh-toan").text


def test_what_was_noted_before_can_be_brought_back(app, admin, anybody) -> None:
    first = noted()
    admin.post(ADDRESS, data=first)
    admin.post(ADDRESS, data=noted(state="not-here", name="", address="", note="Xã đã thôi dùng."))
    assert "Phản ánh xã Mẫu" not in anybody.get(COURSE).text
    again = re.search(r'href="([^"]+\?lai=[^"]+)"', admin.get(ADDRESS).text)[1]
    assert first["id"] in again and 'value="Phản ánh xã Mẫu"' in html.unescape(admin.get(again).text)
    admin.post(ADDRESS, data=noted())
    assert "Phản ánh xã Mẫu" in anybody.get(COURSE).text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(PlatformFinding)) == 3


def test_sent_twice_is_noted_once(app, admin) -> None:
    sent = noted()
    assert [admin.post(ADDRESS, data=sent).status_code for _ in range(2)] == [303, 303]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(PlatformFinding)) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": " "}, "Ghi tên bà con ở đây quen gọi"),
        ({"address": "http://mau.gov.vn"}, "đuôi .gov.vn"),
        ({"address": "https://mau.example"}, "đuôi .gov.vn"),
        ({"address": "javascript:alert(1)"}, "đuôi .gov.vn"),
        ({"checked_on": "2026-12-31"}, "Ngày kiểm tra chưa tới"),
        ({"checked_on": ""}, "Ghi ngày."),
        ({"state": "xyz"}, ""),
    ],
)
def test_what_cannot_be_noted_is_said_and_nothing_is_kept(app, admin, change: dict[str, object], told: str) -> None:
    answer = admin.post(ADDRESS, data=noted(**change))
    assert answer.status_code == 422 and told in html.unescape(answer.text)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(PlatformFinding)) == 0


def test_nobody_else_notes_and_what_is_not_in_the_books_is_not_found(admin, as_, anybody) -> None:
    assert [as_(who).get(ADDRESS).status_code for who in ("hoa", "nam", "an")] == [403, 403, 403]
    assert anybody.get(PAGE).status_code == 302
    assert admin.get(f"{PAGE}/khong-co").status_code == 404


def test_every_platform_of_the_books_is_published_under_its_skill(app, world) -> None:
    with app.app_context():
        rows = db.session.scalars(select(Platform)).all()
        skills = set(db.session.scalars(select(Skill.id)))
        assert len(rows) >= 8 and all(row.skill_id in skills for row in rows)
