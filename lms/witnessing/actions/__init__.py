"""Every write about attended windows: opening one for a class or named people, closing it early, opening it again."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from lms import clock
from lms.db import db, writes
from lms.quizzes.models import Quiz
from lms.refusals import Refusal
from lms.teams import queries as teams
from lms.vietnamese import clean
from lms.witnessing import queries
from lms.witnessing.models import TestWindow, WindowPerson
from lms.witnessing.queries.facts import role_for_class, roles_towards
from lms.witnessing.rules.windows import LONGEST

SHORTEST_MINUTES = 5
LONGEST_MINUTES = LONGEST // timedelta(minutes=1)


@writes
def open_window(
    id: UUID,
    opener_id: int,
    quiz_id: str,
    *,
    class_id: int | None = None,
    person_ids: Iterable[int] = (),
    minutes: int = 45,
    name: str = "",
) -> TestWindow:
    """Open one test, from now on, for a class or for named people the opener may attest. The same id again is the same window."""
    known = db.session.get(TestWindow, id)
    if known is not None:
        return _same(known, opener_id)
    named = sorted(set(person_ids))
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise Refusal(f"Bài kiểm tra mở từ {SHORTEST_MINUTES} đến {LONGEST_MINUTES} phút.", "minutes")
    if class_id is None and not named:
        raise Refusal("Chọn một lớp hoặc ít nhất một người.", "nobody")
    quiz = _quiz_for(quiz_id, class_id, named)
    role = opener_role(opener_id, quiz.skill_id or "", class_id, named)
    now = clock.now()
    window = TestWindow(
        id=id,
        quiz_id=quiz_id,
        opener_id=opener_id,
        opener_role=role,
        class_id=class_id,
        name=clean(name),
        opens_at=now,
        closes_at=now + timedelta(minutes=minutes),
    )
    db.session.add(window)
    db.session.flush()  # the people named point to it
    db.session.add_all(WindowPerson(window_id=id, person_id=person) for person in named)
    db.session.flush()  # a start in the same act looks for it
    return window


@writes
def close_window(window: TestWindow) -> None:
    """Nobody starts or goes on from now; what was answered is kept."""
    if queries.window_is_open(window, clock.now()):
        window.closed_at = clock.now()


@writes
def reopen_window(window: TestWindow) -> None:
    """Take an early closing back while the time first set is not over."""
    if window.closes_at <= clock.now():
        raise Refusal("Giờ đã hẹn của bài kiểm tra này đã hết. Mở bài mới.", "over")
    window.closed_at = None


def opener_role(opener_id: int, skill_id: str, class_id: int | None, named: list[int]) -> str:
    """In which part somebody opens a test or a session for these; refused with the first reason why not."""
    roles: list[str] = []
    if class_id is not None:
        roles.append(role_for_class(opener_id, class_id, clock.today()))
    verdicts = roles_towards(opener_id, named, skill_id, clock.now()) if named else {}
    for person in named:
        if not verdicts[person].eligible:
            raise Refusal(verdicts[person].sentence, verdicts[person].code)
        roles.append(verdicts[person].facts["role"])
    return str(roles[0])


def _quiz_for(quiz_id: str, class_id: int | None, named: list[int]) -> Quiz:
    quiz = db.session.get(Quiz, quiz_id)
    if quiz is None or quiz.kind == "observer":
        raise Refusal("Không có bài kiểm tra này.", "no-quiz")
    if quiz.kind == "team" and (class_id is not None or not teams.are_members(named, clock.today())):
        raise Refusal("Bài thi này dành cho thành viên tổ công nghệ số đang ở trong tổ.", "not-of-team")
    return quiz


def _same(window: TestWindow, opener_id: int) -> TestWindow:
    if window.opener_id != opener_id:
        raise Refusal("Mã này đã dùng cho bài kiểm tra khác.", "taken")
    return window
