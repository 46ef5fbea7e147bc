"""The school for its principal or the centre's director: classes, coverage, evidence; no names."""

from flask import abort, render_template
from flask_login import current_user

from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.runs.queries import school as schools
from lms.runs.views.doors import door
from lms.skills import queries as skills


@door.get("/lop-hoc/truong/<int:site_id>")
@allow(Right.READ_CLASS)
def school(site_id: int):
    site = schools.overseen_site(current_user, site_id) or abort(404)
    rows = schools.classes_of_site(site.id, today())
    return render_template(
        "runs/school.html",
        site=site,
        rows=rows,
        skills=skills.framework().skills,
        pupils=sum(one.pupils for one in rows),
        held=sum(one.held for one in rows),
    )
