"""What an administrator should look up again: facts that lessons state, doubtful or near their day of review."""

from datetime import timedelta

from flask import render_template, request

from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.courses import queries
from lms.courses.views.doors import door

SOON = timedelta(days=30)


@door.get("/quan-tri/du-kien")
@allow(Right.ADMINISTER)
def facts_to_verify():
    page = queries.facts_to_verify(today() + SOON, request.args.get("sau"))
    return render_template("courses/facts.html", page=page)
