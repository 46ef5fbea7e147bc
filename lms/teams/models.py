"""Teams and their members, dated."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json, SortKey


class Team(Base):
    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(SortKey)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    """The commune that set it up (Decree 224/2026 art. 79)."""
    decision: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class TeamDecision(Base):
    """A decision of the commune that appoints people to the team: what a membership is founded on."""

    __tablename__ = "team_decision"
    __table_args__ = (UniqueConstraint("team_id", "number_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    number: Mapped[str]
    """As it stands on the paper."""
    number_key: Mapped[str]
    """In small letters, so that the same paper is not entered twice."""
    decided_on: Mapped[date]
    text: Mapped[str]
    """What it decides, in one line."""


class TeamMember(Base):
    __tablename__ = "team_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(default="team-member")
    """team-member or team-leader: the same words as lms.access.rules.Role."""
    kind: Mapped[str] = mapped_column(default="cong-dong")
    """Where the member comes from: see `rules.KINDS`."""
    organisation: Mapped[str] = mapped_column(default="")
    """The business or youth-union branch; empty for people of the village."""
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("team_decision.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    ended_reason: Mapped[str] = mapped_column(default="")
    import_id: Mapped[int | None] = mapped_column(index=True)


class MemberVillage(Base):
    """A village of the team in one member's charge."""

    __tablename__ = "member_village"
    __table_args__ = (UniqueConstraint("member_id", "unit_id", "from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("team_member.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class ObservedVisit(Base):
    """A visit of a member to a home which somebody who may attest members went along with. Never changed: what was noted
    wrongly is noted anew, naming what it takes the place of."""

    __tablename__ = "observed_visit"
    append_only = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Made by the device."""
    member_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    observer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    observer_role: Mapped[str]
    visit_id: Mapped[UUID] = mapped_column(index=True)
    """Kept by visits, above; which home it was is read only there."""
    visited_on: Mapped[date]
    lines: Mapped[dict[str, bool]] = mapped_column(Json)
    """Line of the sheet → whether it was seen."""
    failed: Mapped[list[str]] = mapped_column(Json)
    """Limits that were overstepped."""
    passed: Mapped[bool]
    note: Mapped[str]
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("observed_visit.id"), unique=True)
    occurred_at: Mapped[datetime]
    received_at: Mapped[datetime]


class TeamVillage(Base):
    """A village in a team's charge."""

    __tablename__ = "team_village"
    __table_args__ = (UniqueConstraint("team_id", "unit_id", "from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
