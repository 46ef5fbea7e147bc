"""The question bank as published, and attempts as lists of appended steps."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class Item(Base):
    """A question for ever; its wording lives in versions. Retired, never deleted."""

    __tablename__ = "item"

    id: Mapped[str] = mapped_column(primary_key=True)
    skill_id: Mapped[str | None] = mapped_column(ForeignKey("skill.id"), index=True)
    competency_id: Mapped[str | None] = mapped_column(ForeignKey("competency.id"))
    pool: Mapped[str]
    """luyen or ghi-nhan."""
    status: Mapped[str]
    """nhap, duyet, ghi-nhan or ngung; shelf marks stand here and not in the version: they change without its words."""
    is_critical: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[str] = mapped_column(default="files")
    """files, browser or import; publishing touches only what came from files."""
    type: Mapped[str] = mapped_column(default="")
    level: Mapped[int] = mapped_column(default=1)
    label: Mapped[str] = mapped_column(default="")
    """How its newest wording begins, for lists."""
    words: Mapped[str] = mapped_column(default="")
    """The id and the stem without accents, for search."""
    digest: Mapped[str]
    """Of the version in use; empty for a draft nobody has approved yet."""
    retired_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    """Set while no new recorded form may draw it."""
    frozen_why: Mapped[str] = mapped_column(default="")
    """One sentence for people, kept while it is frozen."""


class ItemVersion(Base):
    __tablename__ = "item_version"

    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    published_at: Mapped[datetime]


class Quiz(Base):
    """A recorded test one can take: one for each skill, the observers' five questions, the exam of the team's course."""

    __tablename__ = "quiz"

    id: Mapped[str] = mapped_column(primary_key=True)
    """The slug of its address: /kiem-tra/<quiz>."""
    kind: Mapped[str]
    """skill, observer or team."""
    skill_id: Mapped[str | None] = mapped_column(ForeignKey("skill.id"))
    title: Mapped[str]


class Attempt(Base):
    """One sitting: who, which form (pinned), under which ruleset. What happened in it are its steps."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_person_quiz", "person_id", "quiz_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    quiz_id: Mapped[str] = mapped_column(ForeignKey("quiz.id"))
    open_key: Mapped[str | None] = mapped_column(unique=True)
    """«person:quiz» while open, empty when closed: the database itself allows one open attempt per test."""
    seed: Mapped[str]
    form: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """[{item, digest, options: [ids in the order shown]}] in the order asked."""
    ruleset_id: Mapped[str]
    session_id: Mapped[UUID] = mapped_column(index=True)
    """The attended window (kept by witnessing, which stands above)."""
    mode: Mapped[str]
    host_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Whose device it was, when handed over."""
    attended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who opened the window it was sat in, and so answers for how it went."""
    accommodation: Mapped[str] = mapped_column(default="none")
    admitted: Mapped[bool]
    admission: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    started_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """Written once when it closes: {right, valid, critical_right, critical, passed, revise}."""
    regraded: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """What stands instead since a question was withdrawn, by its latest regrade step; `result` stays as it was."""
    voided_at: Mapped[datetime | None]
    """Since when it does not count, by its latest void or restore step."""
    on_paper: Mapped[bool] = mapped_column(default=False)

    @property
    def stands(self) -> dict[str, Any] | None:
        """The result that counts now."""
        return self.regraded or self.result

    @property
    def has_passed(self) -> bool:
        return self.voided_at is None and bool((self.stands or {}).get("passed"))


class AttemptStep(Base):
    __tablename__ = "attempt_step"
    __table_args__ = (UniqueConstraint("attempt_id", "n"),)
    append_only = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), index=True)
    n: Mapped[int]
    kind: Mapped[str]
    """start, answer, pause, resume, finish, lapse; flag, unflag; after the end regrade, void, restore."""
    item_id: Mapped[str | None]
    answer: Mapped[Any | None] = mapped_column(Json)
    at: Mapped[datetime]


class Regrade(Base):
    """An item withdrawn, or brought back: its evidence has the same id; every attempt concerned gets a step, chunk by chunk."""

    __tablename__ = "regrade"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), index=True)
    version: Mapped[str | None]
    """Digest of the one version withdrawn; empty for all of them."""
    undoes_id: Mapped[UUID | None] = mapped_column(ForeignKey("regrade.id"), unique=True)
    """Brings back what this one withdrew."""
    why: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    up_to: Mapped[int] = mapped_column(default=0)
    """Id of the last person looked at; who comes after still waits."""
    finished_at: Mapped[datetime | None]
    counts: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    """{concerned, gained, lost, recounted}: attempts so far."""


class PracticeAnswer(Base):
    """One answer to an inline check, for progress only; never evidence. Append-only."""

    __tablename__ = "practice_answer"
    append_only = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"))
    digest: Mapped[str]
    answer: Mapped[Any] = mapped_column(Json)
    is_right: Mapped[bool]
    at: Mapped[datetime]


class Placement(Base):
    """Where to begin in one skill: its pairs of practice questions, pinned when it begins. It never shows proficiency."""

    __tablename__ = "placement"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    skill_id: Mapped[str] = mapped_column(ForeignKey("skill.id"))
    open_key: Mapped[str | None] = mapped_column(unique=True)
    """«person:skill» while open: the database itself allows one open placement a skill."""
    seed: Mapped[str]
    pairs: Mapped[list[dict[str, str]]] = mapped_column(Json)
    """[{competency, first, second}] in the order asked."""
    digests: Mapped[dict[str, str]] = mapped_column(Json)
    """Item → the version asked."""
    on_paper: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class PlacementAnswer(Base):
    """One answer within a placement; the outcome is folded from them. Append-only."""

    __tablename__ = "placement_answer"
    __table_args__ = (UniqueConstraint("placement_id", "item_id"),)
    append_only = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"))
    answer: Mapped[Any | None] = mapped_column(Json)
    """Empty: «Tôi chưa biết»."""
    is_right: Mapped[bool]
    at: Mapped[datetime]
