"""What the place has: the administrator notes which platforms exist here; readers see them on the page of their course."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.courses import actions, queries
from lms.courses.forms import PlatformForm
from lms.courses.models import PlatformFinding
from lms.courses.views.doors import door
from lms.web.pages import say
from lms.web.refusing import refusing


@door.get("/quan-tri/nen-tang")
@allow(Right.ADMINISTER)
def platforms():
    return render_template("courses/platforms.html", platforms=queries.platforms())


@door.route("/quan-tri/nen-tang/<string:platform_id>", methods=["GET", "POST"])
@allow(Right.ADMINISTER)
def platform(platform_id: str):
    """What is known of one platform here; POST notes what was found out. An older finding is brought back the same way."""
    shown = next((one for one in queries.platforms() if one.platform.id == platform_id), None) or abort(404)
    findings = queries.findings_of(platform_id)
    form = PlatformForm(**_first_values(shown, findings))
    if form.validate_on_submit():
        with refusing(form):
            actions.note_platform(
                UUID(form.id.data), platform_id, current_user.person_id, state=form.state.data, name=form.name.data or "",
                address=form.address.data or "", note=form.note.data or "", checked_on=form.checked_on.data,
            )  # fmt: skip
            journal.note("platform-finding", f"platform:{platform_id}", state=form.state.data)
            say(_("Đã ghi. Bà con thấy ở trang khoá học."))
            return redirect(url_for("courses.platforms"), 303)
    code = 422 if request.method == "POST" else 200
    return render_template("courses/platform.html", shown=shown, findings=findings, form=form), code


def _first_values(shown: queries.LocalPlatform, findings: list[tuple[PlatformFinding, str]]) -> dict[str, object]:
    """What the form begins with: the finding asked for in the address, else the latest."""
    asked = request.args.get("lai", "")
    again = next((found for found, _name in findings if str(found.id) == asked), shown.finding)
    if again is None:
        return {"state": "unknown", "checked_on": today()}
    return {
        "state": again.state,
        "name": again.name,
        "address": again.address,
        "note": again.note,
        "checked_on": today(),
    }
