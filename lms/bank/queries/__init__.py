"""Every SELECT about the bank: what somebody may see of it, one question with all its versions, and what it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select, true

from lms.access.actor import Actor
from lms.access.rules import Right
from lms.bank.models import Deed, Draft, Flagged, Medium, Version
from lms.bank.rules.lifecycle import Standing, State
from lms.bank.rules.media import addresses, named_in
from lms.bank.rules.writing import as_written
from lms.courses.models import Fact
from lms.courses.queries import outlines, places, step_links
from lms.db import db
from lms.library.books import Fact as BookFact
from lms.library.written import Fault, Written, read_written
from lms.people.models import Person
from lms.quizzes.models import Item, ItemVersion
from lms.quizzes.publishing import body_of
from lms.quizzes.queries import items_by_digest
from lms.quizzes.rules.items import problems, read_item
from lms.quizzes.rules.shapes import Item as Asked
from lms.skills.queries import framework

SAID_BY_THE_READER = frozenset(
    {"keys", "few-options", "same-text", "no-feedback", "no-stem", "long-stem", "no-competency"}
)
"""Codes of faults that the reader of books has already named at their field, for questions with options."""


@dataclass(frozen=True)
class Question:
    """One question of the bank with its workbench, if it did not come from files."""

    item: Item
    draft: Draft | None
    versions: tuple[Version, ...]
    """The oldest first."""

    @property
    def newest(self) -> Version | None:
        return self.versions[-1] if self.versions else None

    @property
    def bench(self) -> tuple[Draft, Version]:
        """The draft and its newest version; only asked of a question that is worked on here."""
        if self.draft is None or self.newest is None:
            raise LookupError(f"{self.item.id} came from files")
        return self.draft, self.newest

    def version(self, n: int) -> Version | None:
        return next((one for one in self.versions if one.n == n), None)

    @property
    def standing(self) -> Standing:
        item, draft = self.item, self.draft
        writers = [one.by for one in self.versions if draft and one.n > draft.approved_n]
        return Standing(
            from_files=draft is None,
            state=State(draft.state) if draft else None,
            status=item.status,
            pool=item.pool,
            writers=frozenset(writers or ([draft.made_by] if draft and not draft.approved_n else [])),
            is_retired=item.retired_at is not None,
            is_frozen=item.frozen_at is not None,
        )


# --- who may see what ---------------------------------------------------------------------------


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Reviewers see every question with its key; authors those of practice and their own."""
    if actor.may(Right.REVIEW_QUESTIONS):
        return true()
    own = select(Draft.item_id).where(Draft.made_by == actor.person_id)
    return or_(Item.pool == "luyen", Item.id.in_(own))


def question(actor: Actor, item_id: str) -> Question | None:
    return _question(select(Item).where(Item.id == item_id, visible_to(actor)))


def locked_question(item_id: str) -> Question | None:
    """For an act: the row is locked first and everything read afresh after it."""
    wanted = select(Item).where(Item.id == item_id).with_for_update().execution_options(populate_existing=True)
    return _question(wanted)


def _question(wanted: Select[Item]) -> Question | None:
    item = db.session.scalar(wanted)
    if item is None:
        return None
    own = select(Draft).where(Draft.item_id == item.id).execution_options(populate_existing=True)
    draft = db.session.scalar(own)
    versions = select(Version).where(Version.item_id == item.id).order_by(Version.n)
    return Question(item, draft, tuple(db.session.scalars(versions)) if draft else ())


def published_body(item: Item) -> dict[str, object] | None:
    """What the version in use says, as its author would write it."""
    row = db.session.get(ItemVersion, (item.id, item.digest)) if item.digest else None
    return as_written(row.body) if row else None


def in_use(item: Item) -> Asked:
    """The version in use, as it is asked."""
    return items_by_digest([(item.id, item.digest)])[item.id]


# --- reading what was written -------------------------------------------------------------------


def written(item_id: str, body: dict[str, object]) -> Written:
    """What was written, read as the books are, with every fault: of its shape, of its type, and of what it names."""
    names = list(named_in(body).values())
    kept = db.session.scalars(select(Medium.name).where(Medium.name.in_(names))) if names else ()
    read = read_written(item_id, body, facts(), addresses(body, kept))
    faults = list(read.faults)
    if not faults:
        faults += [
            Fault("", one.sentence.replace(f"Câu {item_id}: ", "").replace(f"Câu {item_id}, ", "Chỗ trống "))
            for one in problems(read_item(body_of(read.item)))
            if not (read.item.options and one.code in SAID_BY_THE_READER)
        ]
    return Written(read.item, tuple(dict.fromkeys([*faults, *_unknown(read)])))


def facts() -> dict[str, BookFact]:
    return {
        row.id: BookFact(
            row.id, row.sentence, row.source, row.confidence, row.checked_on, row.review_by, row.value or "", row.unit or ""
        )
        for row in db.session.scalars(select(Fact))
    }  # fmt: skip


def _unknown(read: Written) -> list[Fault]:
    item = read.item
    told = []
    if item.competency and item.competency not in {one.id for one in framework().competencies}:
        told.append(Fault("competency", f"Không có năng lực «{item.competency}»."))
    if item.step and not step_links([item.step]):
        told.append(Fault("step", "Không có bước bài học này. Hãy chọn trong danh sách."))
    missing = sorted(set(item.facts) - set(facts())) if item.facts else []
    return told + [Fault("facts", f"Không có dữ kiện «{one}».") for one in missing]


def steps() -> list[tuple[str, str]]:
    """Every step of every lesson on the shelf: `<lesson>#<step>` and its title, for the author to choose from."""
    lessons = places()
    read = outlines((one.id, one.digest) for one in lessons)
    return [(f"{one.id}#{step.id}", f"{one.title}: {step.title}") for one in lessons for step in read[one.id].steps]


# --- beside a question --------------------------------------------------------------------------


def deeds_of(item_id: str) -> Sequence[tuple[Deed, str | None]]:
    """What was done with it and by whom, the latest first."""
    wanted = select(Deed, Person.full_name).outerjoin(Person, Person.id == Deed.by).where(Deed.item_id == item_id)
    return [(deed, name) for deed, name in db.session.execute(wanted.order_by(Deed.id.desc()).limit(100))]


def flags_of(item_ids: Sequence[str]) -> dict[str, list[Flagged]]:
    found: dict[str, list[Flagged]] = {}
    for row in db.session.scalars(select(Flagged).where(Flagged.item_id.in_(item_ids)).order_by(Flagged.flag)):
        found.setdefault(row.item_id, []).append(row)
    return found


def lifted_flags(item_id: str, digest: str) -> frozenset[str]:
    """Flags of this wording that a reviewer has looked at and let pass."""
    wanted = select(Deed.flags).where(Deed.item_id == item_id, Deed.kind == "lifted", Deed.digest == digest)
    return frozenset(flag for flags in db.session.scalars(wanted) for flag in flags)


# --- imports ------------------------------------------------------------------------------------


def drafts_of_import(import_id: UUID) -> list[Draft]:
    return list(db.session.scalars(select(Draft).where(Draft.import_id == import_id).order_by(Draft.item_id)))


def is_met(item_id: str) -> bool:
    """Whether more was done with a draft than to add it, or another question was copied from it."""
    done = select(Deed.id).where(Deed.item_id == item_id, Deed.kind != "made").limit(1)
    copied = select(Draft.item_id).where(Draft.copied_from == item_id).limit(1)
    return db.session.scalar(done) is not None or db.session.scalar(copied) is not None
