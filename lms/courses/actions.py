"""Every write about courses outside publishing: a reader finished a step, somebody found out what the place has."""

import unicodedata
from datetime import date
from uuid import UUID

from sqlalchemy import insert, select

from lms import clock
from lms.courses import queries
from lms.courses.models import Lesson, PlatformFinding, StepRead
from lms.db import db, writes
from lms.people.models import Person
from lms.refusals import Refusal
from lms.sanitize import is_allowed_link


@writes
def read_step(person_id: int, lesson_id: str, step_id: str) -> bool:
    """Remember that a step was read to its end; False when it was known."""
    # Lock first, read second: a doubled tap must not become two rows.
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))
    if db.session.get(StepRead, (person_id, lesson_id, step_id)) is not None:
        return False
    digest = db.session.scalar(select(Lesson.digest).where(Lesson.id == lesson_id, Lesson.retired_at.is_(None)))
    if digest is None or all(step.id != step_id for step in queries.outline(lesson_id, digest).steps):
        raise Refusal("Bài đã đổi, bước này không còn nữa. Mở lại bài để đọc tiếp.", "no-step")
    db.session.execute(
        insert(StepRead), [{"person_id": person_id, "lesson_id": lesson_id, "step_id": step_id, "at": clock.now()}]
    )
    return True


@writes
def note_platform(
    id: UUID, platform_id: str, person_id: int, *, state: str, name: str, address: str, note: str, checked_on: date
) -> PlatformFinding:
    """Keep what was found out about a platform here; sent twice, it is kept once.

    Raises Refusal for a day to come, for a platform that is here without a name and a place to find it, and for an address
    that readers cannot trust: lessons teach them to open official sites only.
    """
    if known := db.session.scalar(select(PlatformFinding).where(PlatformFinding.id == id)):
        return known
    name, address, note = (unicodedata.normalize("NFC", text).strip() for text in (name, address, note))
    if checked_on > clock.today():
        raise Refusal("Ngày kiểm tra chưa tới. Ghi ngày đã mở thử hoặc đã hỏi.", "day-ahead")
    if state == "here" and not name:
        raise Refusal("Ghi tên bà con ở đây quen gọi, ví dụ tên hiện dưới biểu tượng ứng dụng.", "no-name")
    if address and not is_allowed_link(address):
        raise Refusal(
            "Địa chỉ phải bắt đầu bằng https:// và có đuôi .gov.vn. Trang khác thì ghi cách tìm vào ô ghi chú.",
            "address",
        )
    made = PlatformFinding(
        id=id, platform_id=platform_id, state=state, name=name, address=address, note=note, checked_on=checked_on,
        person_id=person_id, at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made
