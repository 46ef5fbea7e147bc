"""«Con đường của tôi», and the road of a member for whoever answers for their team."""

from flask import abort, render_template
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.certificates.queries import candidates
from lms.certificates.rules import KINDS, earned
from lms.clock import today
from lms.people.models import Person
from lms.people.queries import canonical_id
from lms.quizzes.publishing import TEAM_QUIZ
from lms.roads import queries
from lms.roads.rules.readiness import Part, ending, lacking
from lms.roads.rules.watching import LIMITS, LINES
from lms.roads.rules.words import NEXT_WORDS, PART_WORDS
from lms.roads.views.doors import door
from lms.skills import queries as skills
from lms.training import queries as training


@door.get("/con-duong")
@allow(Right.VISIT)
def own():
    return _page(current_user.person_id, None)


@door.get("/con-duong/<int:person_id>")
@allow(Right.READ_BOARD)
def member(person_id: int):
    person = queries.led_member(current_user, person_id, today()) or abort(404)
    journal.note_read("person", person.id, "road")
    return _page(person.id, person)


def _page(person_id: int, person: Person | None):
    me, day = canonical_id(person_id), today()
    going = queries.going([me], day)[me]
    missing = lacking(going.road, day)
    holdings = candidates.holdings([me])[me]
    is_earned = earned(holdings, day, KINDS["member"], going.done.values()) is not None
    return render_template(
        "roads/road.html",
        person=person,
        team=queries.team_of(me, day),
        going=going,
        missing=missing,
        ending=ending(going.road, going.held, day),
        flower=skills.flowers([me], day)[me],
        skills=skills.framework().skills,
        watched=queries.watched(me),
        days=training.days_ahead(person_id, day) if person is None else [],
        came=training.attended([person_id])[person_id],
        certificate=queries.standing_certificate(me, day),
        is_earned=is_earned,
        Part=Part,
        part_words=PART_WORDS,
        next_words=NEXT_WORDS,
        lines=LINES,
        limits=LIMITS,
        team_quiz=TEAM_QUIZ,
    )
