"""Playing a trace back, screen by screen: for those who may see its person, with a line in the journal."""

from uuid import UUID

from flask import abort, render_template, request

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.people.models import Person
from lms.people.queries import canonical_id
from lms.practice import queries
from lms.practice.models import PracticeTrace
from lms.practice.rules.params import drawn
from lms.practice.rules.pictures import pictures_in
from lms.practice.rules.radar import together
from lms.practice.rules.reducer import beginning
from lms.practice.rules.showing import shown
from lms.practice.rules.telling import path_of, slips_of
from lms.practice.rules.texts import filled
from lms.practice.rules.traces import frames
from lms.practice.views.doors import door
from lms.practice.views.tickets import learner
from lms.witnessing.queries.reach import visible_person

PAGE_SIZE = 30


@door.get("/luyen-tap/nguoi/<int:person_id>")
@allow(Right.READ_PERSON)
def traces(person_id: int):
    """Every run of one person, the latest first; those kept aside with the reason. Before them the scam radar."""
    person = _person_or_404(person_id)
    journal.note_read("person", person.id, "practice")
    mark = request.args.get("sau")
    page = queries.traces_of(canonical_id(person.id), mark, PAGE_SIZE)
    runs = queries.radar_runs(canonical_id(person.id)) if not mark else []
    return render_template(
        "practice/traces.html",
        person=person,
        page=page,
        runs=runs,
        radar=together(run.radar for run in runs),
        titles={one.id: one.title for one in queries.shelf()},
    )


@door.get("/luyen-tap/luot/<uuid:trace_id>")
@allow(Right.READ_PERSON)
def played(trace_id: UUID):
    """One run: the screen before each action, and what was pressed on it."""
    row = queries.trace(trace_id) or abort(404)
    person = _person_or_404(row.person_id)
    journal.note_read("person", person.id, "practice")
    spec = queries.spec(row.practice_id, row.digest or "")
    if spec is None or row.seed is None:
        return render_template("practice/played.html", row=row, person=person, film=None)
    return render_template("practice/played.html", row=row, person=person, film=_film(row, spec))


def _film(row: PracticeTrace, spec):
    values = drawn(spec, str(row.seed))
    taken = list(frames(spec, str(row.seed), row.actions))
    states = [beginning(spec), *(state for _action, state in taken)]
    asked = request.args.get("buoc", 1, int)
    number = min(max(asked, 1), len(states))
    path = path_of(spec, values, taken)
    return {
        "title": spec["title"],
        "pictures": pictures_in(spec),
        "card": filled(spec["card"], values),
        "number": number,
        "count": len(states),
        "shown": shown(spec, values, states[number - 1]),
        "did": path[number - 1] if number <= len(path) else None,
        "path": path,
        "slips": {slip.id: slip for slip in slips_of(spec, values, states[-1]["mistakes"])},
    }


def _person_or_404(person_id: int) -> Person:
    me = learner() or abort(404)
    return visible_person(me, person_id, today()) or abort(404)
