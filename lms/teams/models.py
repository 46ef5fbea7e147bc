"""Teams and their members, dated."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, SortKey


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


class TeamMember(Base):
    __tablename__ = "team_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(default="team-member")
    """team-member or team-leader: the same words as lms.access.rules.Role."""
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    import_id: Mapped[int | None] = mapped_column(index=True)


class TeamVillage(Base):
    """A village in a team's charge."""

    __tablename__ = "team_village"
    __table_args__ = (UniqueConstraint("team_id", "unit_id", "from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
