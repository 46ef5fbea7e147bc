"""«Đổi bạn»: one pupil's turn at a shared computer ends and the next one's begins; a screen left alone is locked."""

from flask import Response, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from lms import journal
from lms.access.guard import allow, public
from lms.access.rules import Right
from lms.clock import now
from lms.entry import queries
from lms.entry.views.doors import door
from lms.entry.views.sitting import forget
from lms.people import actions as people
from lms.web.pages import say


@door.post("/vao-lop/doi-ban")
@public
def swap() -> AnyResponse:
    """Open to everybody: where the session is over already, the way to the names is the same."""
    code = session.get("seat", "")
    if current_user.is_authenticated:
        code = queries.code_of_seat(current_user.sign_in_key) or code
        people.end_sign_in(current_user.sign_in_key)
        journal.note("sign-out", f"person:{current_user.person_id}")
    forget()
    if request.form.get("vi") == "khoa":
        say(_("Máy để yên lâu nên đã khoá. Bài đang làm vẫn còn; chọn tên để học tiếp."), "warn")
    answer = redirect(_names_or_code(code), 303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@door.get("/vao-lop/con-day")
@allow(Right.OWN_ACCOUNT)
def still_here() -> Response:
    """Somebody touches the screen: being asked is enough, the session's clock begins anew."""
    return Response(status=204)


@door.before_app_request
def back_to_the_names() -> AnyResponse | None:
    """A pupil whose seat is over (left alone, lesson ended) is not asked for a password, which they never had."""
    if request.endpoint != "people.sign_in" or request.method != "GET" or "seat" not in session:
        return None
    if current_user.is_authenticated:
        return None
    code = session.pop("seat")
    say(_("Máy đã khoá, hoặc tiết học đã hết giờ. Bài đang làm vẫn còn."), "warn")
    return redirect(_names_or_code(code))


def _names_or_code(code: str) -> str:
    is_open = code and queries.window_by_code(code, now())
    return url_for("entry.names", code=code) if is_open else url_for("entry.enter")
