"""Certificates in the demo: a class whose sheets are signed, and a batch that waits for the officer."""

from uuid import UUID

from lms import clock
from lms.certificates import actions
from lms.certificates.queries import candidates
from lms.certificates.rules import KINDS
from lms.demo.world import World
from lms.people.models import Person
from lms.people.queries import canonical_id
from lms.places.models import Site

SIGNED, WAITING = "s3", "s4"
CLASS = "7A"
OFFICE = "KT. Chủ tịch, Phó Chủ tịch"


def certify(world: World, school: Site) -> None:
    """Proposed by the class's teacher; whoever the officer attested is left for another signer."""
    room, teacher, officer = world.classes[CLASS], world.accounts["giaovien"], world.accounts["canboxa"]
    for skill in (SIGNED, WAITING):
        ready = candidates.ready(KINDS[skill], candidates.of_class(room.id, clock.today()), clock.today(), 45)
        some = [person for person in ready if not _attested(officer, person, skill)]
        if some:
            title = f"Lớp {CLASS}, {school.name}"
            batch: UUID = actions.propose(world.id(), skill, school.unit_id, title, some, teacher.id, room.id).id
            if skill == SIGNED:
                actions.sign(batch, officer.id, OFFICE)


def _attested(officer: Person, person: Person, skill: str) -> bool:
    events = [
        event for one in candidates.holdings([person.id])[person.id] if one.skill == skill for event in one.events
    ]
    return canonical_id(officer.id) in {one for people in candidates.attesters(events).values() for one in people}
