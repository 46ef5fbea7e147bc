"""Applying a list of households and their members."""

from collections.abc import Sequence

from sqlalchemy import select

from lms.db import db
from lms.households.actions import living
from lms.households.actions.concluding import conclude
from lms.households.models import Household, Member
from lms.people.models import Person
from lms.places.queries import holds_on
from lms.rosters.actions.recording import Row, Work, person_for
from lms.rosters.queries.knowing import household_with, known_by_key, member_like
from lms.vietnamese import clean, name_key, search_key


def apply(work: Work, rows: Sequence[Row]) -> None:
    touched: set[int] = set()
    known = known_by_key((row["household_key"] for row in rows), "household")
    work.each(rows, lambda row: _apply(work, row, known, touched))
    if touched:
        conclude(touched)


def _apply(work: Work, row: Row, known: dict[str, int], touched: set[int]) -> str:
    home = _household(work, row, known)
    person, act = person_for(work, row, lambda: member_like(home.id, row["full_name"], row["birth_year"], work.today))
    if row["relation"] == "chu-ho" and act != "created":
        _call_by_its_head(work, row, home, person)
    moved = _live_here(work, row, home, person)
    touched.add(home.id)
    return "updated" if act == "unchanged" and moved else act


def _household(work: Work, row: Row, known: dict[str, int]) -> Household:
    key = row["household_key"]
    home = db.session.get(Household, known[key]) if key in known else None
    if home is None or home.until_on is not None:
        home = household_with(row["village_id"], clean(row["household_code"]), row["head_name"])
        if home is not None:
            work.record(row, "unchanged", "household", home.id, keys=[key])
    if home is None:
        home = living.found_household(
            row["head_name"], row["village_id"], work.today, row["household_code"], work.id, then_conclude=False
        )
        work.record(row, "created", "household", home.id, keys=[key])
    known[key] = home.id
    return home


def _live_here(work: Work, row: Row, home: Household, person: Person) -> bool:
    """The person lives in this household with this relation; says whether anything changed."""
    here = db.session.scalar(select(Member).where(Member.person_id == person.id, *holds_on(work.today, Member)))
    if here is not None and here.household_id == home.id:
        if here.relation == row["relation"]:
            return False
        before, here.relation = here.relation, row["relation"]
        after = {"relation": here.relation}
        work.record(row, "updated", "member", here.id, before={"relation": before}, after=after)
        return True
    if here is not None:
        left, gone = here.id, here.from_on >= work.today
        was = {"household_id": here.household_id, "relation": here.relation, "from_on": here.from_on.isoformat()}
        moved = living.move_person(person, home, row["relation"], work.today)
        if not gone:
            work.record(row, "updated", "left", left, before=was, after={"until_on": work.today.isoformat()})
        work.record(row, "created", "member", moved.id, before=was if gone else None)
        return True
    from_on = max(work.today, home.from_on)
    joined = living.join(home, person, row["relation"], from_on, work.id, then_conclude=False)
    work.record(row, "created", "member", joined.id)
    return True


def _call_by_its_head(work: Work, row: Row, home: Household, person: Person) -> None:
    """A household is called by its head: a corrected name is corrected there too."""
    if home.head_name == person.full_name or row["head_name"] != row["full_name"]:
        return
    before = {"head_name": home.head_name}
    rename(home, person.full_name)
    work.record(row, "updated", "household", home.id, before=before, after={"head_name": home.head_name})


def rename(home: Household, name: str) -> None:
    home.head_name, home.name_key = name, name_key(name)
    home.search_key = search_key(f"{name} {home.code or ''}")
