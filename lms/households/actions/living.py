"""Who lives where: founding households, joining, leaving, moving. Each act concludes what follows for the household."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import select, update

from lms.db import db, writes
from lms.households.actions.concluding import conclude
from lms.households.models import Household, HouseholdPlace, Member
from lms.households.queries import RELATIONS
from lms.people.models import Person
from lms.refusals import Refusal
from lms.vietnamese import clean, name_key, search_key


@writes
def found_household(
    head_name: str,
    unit_id: int,
    from_on: date,
    code: str | None = None,
    import_id: int | None = None,
    *,
    then_conclude: bool = True,
) -> Household:
    """A household in a village, called by its head's name. Imports conclude many at once at their end."""
    name = clean(head_name)
    if not name:
        raise Refusal("Chưa ghi tên chủ hộ.", "no-name")
    code = clean(code or "") or None
    if code and _taken(code, unit_id):
        raise Refusal(f"Thôn này đã có hộ mang mã {code}.", "code-taken")
    row = Household(
        code=code,
        head_name=name,
        name_key=name_key(name),
        search_key=search_key(f"{name} {code or ''}"),
        unit_id=unit_id,
        from_on=from_on,
        import_id=import_id,
    )
    db.session.add(row)
    db.session.flush()  # its place names it
    db.session.add(HouseholdPlace(household_id=row.id, unit_id=unit_id, from_on=from_on))
    db.session.flush()  # the conclusion reads it
    if then_conclude:
        conclude([row.id])
    return row


@writes
def join(
    household: Household,
    person: Person,
    relation: str,
    from_on: date,
    import_id: int | None = None,
    *,
    then_conclude: bool = True,
) -> Member:
    """The person lives here from a day on. One household per person per day."""
    if relation not in RELATIONS:
        raise Refusal("Quan hệ với chủ hộ chưa đúng.", "relation")
    if from_on < household.from_on:
        raise Refusal(f"Hộ này có từ {household.from_on:%d/%m/%Y}. Chọn ngày từ đó trở đi.", "before-household")
    _refuse_second_home(person, from_on, household.id)
    row = Member(
        household_id=household.id, person_id=person.id, relation=relation, from_on=from_on, import_id=import_id
    )
    db.session.add(row)
    db.session.flush()  # the conclusion reads it
    if then_conclude:
        conclude([household.id])
    return row


@writes
def leave(member: Member, on_day: date, reason: str = "") -> None:
    """The last day here was the day before; a membership begun the same day never was."""
    household_id = member.household_id
    if on_day <= member.from_on:
        db.session.delete(member)
    else:
        member.until_on, member.ended_reason = on_day, reason
    db.session.flush()  # the conclusion reads it
    conclude([household_id])


@writes
def move_person(person: Person, to: Household, relation: str, on_day: date) -> Member:
    """Moving house moves the person, with everything they have shown."""
    here = select(Member).where(Member.person_id == person.id, Member.until_on.is_(None))
    for member in list(db.session.scalars(here)):
        leave(member, on_day, "chuyển hộ")
    return join(to, person, relation, on_day)


@writes
def undo_leave(member: Member) -> None:
    """Take back a leaving that was a mistake."""
    _refuse_second_home(
        db.session.get_one(Person, member.person_id), member.until_on or member.from_on, member.household_id
    )
    member.until_on, member.ended_reason = None, ""
    db.session.flush()  # the conclusion reads it
    conclude([member.household_id])


@writes
def move_households(household_ids: Iterable[int], unit_id: int, on_day: date) -> None:
    """From a day on these households stand in another village: after a merge, a split, or a move as a whole."""
    ids = sorted(set(household_ids))
    for household in db.session.scalars(select(Household).where(Household.id.in_(ids)).order_by(Household.id)):
        place = db.session.scalars(
            select(HouseholdPlace).where(HouseholdPlace.household_id == household.id, HouseholdPlace.until_on.is_(None))
        ).one_or_none()
        if place is None or place.unit_id == unit_id:
            continue
        if on_day <= place.from_on:
            place.unit_id = unit_id
        else:
            place.until_on = on_day
            db.session.add(HouseholdPlace(household_id=household.id, unit_id=unit_id, from_on=on_day))
        household.unit_id = unit_id
    db.session.flush()  # the conclusion reads it
    conclude(ids)


@writes
def follow_units(
    old_unit_ids: Iterable[int], new_unit_id: int, on_day: date, only: Collection[int] | None = None
) -> int:
    """After villages merged or one was split: from the day on their households (all, or `only` these) stand in the new
    one, those that have left since for as long as they were there; returns how many live there now."""
    old = list(old_unit_ids)
    still = HouseholdPlace.until_on.is_(None) | (HouseholdPlace.until_on > on_day)
    places = select(HouseholdPlace).where(HouseholdPlace.unit_id.in_(old), still).order_by(HouseholdPlace.id)
    moved = [place for place in db.session.scalars(places) if only is None or place.household_id in only]
    living = {place.household_id for place in moved if place.until_on is None}
    for place in moved:
        if place.from_on >= on_day:
            place.unit_id = new_unit_id
            continue
        db.session.add(
            HouseholdPlace(
                household_id=place.household_id, unit_id=new_unit_id, from_on=on_day, until_on=place.until_on
            )
        )
        place.until_on = on_day
    ids = {place.household_id for place in moved}
    here = (Household.id.in_(sorted(ids)), Household.unit_id.in_(old))
    db.session.execute(update(Household).where(*here).values(unit_id=new_unit_id))
    db.session.flush()  # the conclusion reads it
    conclude(ids)
    return len(living)


@writes
def end_household(household: Household, on_day: date) -> None:
    """The household is no more from a day on; its people are free to join another."""
    household.until_on = on_day
    for table in (HouseholdPlace, Member):
        mine = (table.household_id == household.id, table.until_on.is_(None))
        db.session.execute(update(table).where(*mine, table.from_on < on_day).values(until_on=on_day))
    db.session.flush()  # the conclusion reads it
    conclude([household.id])


def _taken(code: str, unit_id: int) -> bool:
    wanted = select(Household.id).where(
        Household.unit_id == unit_id, Household.code == code, Household.until_on.is_(None)
    )
    return db.session.scalar(wanted) is not None


def _refuse_second_home(person: Person, from_on: date, household_id: int) -> None:
    """Nobody lives in two households on one day (assessment.md §3.5)."""
    elsewhere = (
        select(Household.head_name, Member.household_id)
        .join(Member, Member.household_id == Household.id)
        .where(Member.person_id == person.id, Member.until_on.is_(None) | (Member.until_on > from_on))
    )
    found = db.session.execute(elsewhere).first()
    if found and found.household_id == household_id:
        raise Refusal(f"{person.full_name} đang ở trong hộ này rồi.", "already-here")
    if found:
        sentence = (
            f"{person.full_name} đang ở hộ {found.head_name}. Ghi ngày chuyển đi ở hộ đó trước, hoặc dùng «Chuyển hộ»."
        )
        raise Refusal(sentence, "second-home")
