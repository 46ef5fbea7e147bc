"""One import at work: what each row became is written beside the act, so that it can be undone and known again."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import insert, select

from lms import clock
from lms.db import db
from lms.people import actions as people
from lms.people.models import Person
from lms.refusals import Refusal
from lms.rosters.models import RosterImport, RosterKey, RosterRow

Row = dict[str, Any]


@dataclass
class Work:
    """A chunk being applied."""

    roster: RosterImport
    today: date
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[list[Any]] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.roster.id

    @property
    def target(self) -> dict[str, Any]:
        return self.roster.target

    def record(
        self,
        row: Row,
        act: str,
        subject: str,
        subject_id: int,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
        keys: Sequence[str] = (),
    ) -> None:
        line = RosterRow(
            import_id=self.id,
            number=row["number"],
            act=act,
            subject=subject,
            subject_id=subject_id,
            before=before,
            after=after,
        )
        db.session.add(line)
        db.session.flush()  # its keys name it
        if keys:
            db.session.execute(insert(RosterKey), [{"row_id": line.id, "key": key} for key in dict.fromkeys(keys)])

    def each(self, rows: Sequence[Row], apply: Callable[[Row], str]) -> None:
        """Apply rows one by one; a row refused leaves nothing behind and does not stop the others."""
        for row in rows:
            try:
                with db.session.begin_nested():
                    act = apply(row)
            except Refusal as refusal:
                self.refused.append([row["number"], refusal.sentence])
                act = "refused"
            self.counts[act] += 1


def person_for(work: Work, row: Row, like: Callable[[], Person | None]) -> tuple[Person, str]:
    """The person of a row: known and mended, or new. Says created, updated or unchanged."""
    person = db.session.get(Person, row["match"]) if row.get("match") else None
    if person is None:
        candidate = like()
        person = candidate if candidate is not None and not _was_imported(candidate.id) else None
    keys = [row["source_key"], *row["other_keys"]]
    if person is None:
        person = people.create_person(row["full_name"], row["birth_year"], row["gender"], work.id)
        work.record(row, "created", "person", person.id, after=_written(person), keys=keys)
        return person, "created"
    before = _written(person)
    people.correct_person(
        person, row["full_name"], row["birth_year"] or person.birth_year, row["gender"] or person.gender
    )
    after = _written(person)
    act = "unchanged" if before == after else "updated"
    work.record(row, act, "person", person.id, before=before, after=after, keys=keys)
    return person, act


def _written(person: Person) -> dict[str, Any]:
    return {"full_name": person.full_name, "birth_year": person.birth_year, "gender": person.gender}


def _was_imported(person_id: int) -> bool:
    """Somebody brought by a list is known by its keys; the same name and year is then somebody else."""
    wanted = select(RosterRow.id).where(
        RosterRow.subject == "person", RosterRow.subject_id == person_id, RosterRow.undone_at.is_(None)
    )
    return db.session.scalar(wanted.limit(1)) is not None


def today() -> date:
    return clock.today()
