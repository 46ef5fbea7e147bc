"""Households, who lives in them and where they stand, dated; and the spells concluded for them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json, SortKey


class Household(Base):
    __tablename__ = "household"
    __table_args__ = (Index("ix_household_unit_search", "unit_id", "search_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str | None]
    """The commune's own number for it; never a key."""
    head_name: Mapped[str]
    """How the household is called: its head's name."""
    name_key: Mapped[str] = mapped_column(SortKey)
    search_key: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    """The village it stands in today; household_place has the history."""
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    import_id: Mapped[int | None] = mapped_column(index=True)


class HouseholdPlace(Base):
    """In which village a household stood, and when."""

    __tablename__ = "household_place"

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class Member(Base):
    """A person's membership of a household between two days; one household per person per day."""

    __tablename__ = "household_member"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on > from_on", name="dates"),
        Index("ix_household_member_person", "person_id", "from_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    relation: Mapped[str] = mapped_column(default="khac")
    """To the head: chu-ho, vo-chong, con, cha-me, ong-ba, chau, anh-chi-em, khac."""
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    ended_reason: Mapped[str] = mapped_column(default="")
    import_id: Mapped[int | None] = mapped_column(index=True)


class HouseholdCharge(Base):
    """A household in the charge of one member of a team. It ends, it is never taken away; it holds as long as the membership."""

    __tablename__ = "household_charge"
    __table_args__ = (Index("ix_household_charge_household", "household_id", "from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("team_member.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """Who put them in charge."""


class HouseholdSpell(Base):
    """A dated conclusion about a household in a village. Superseded, never edited.

    Kinds: households (it exists here), strict, strict_adult, union, near, s1…s5, and award_<witness role> rows for the
    evidence mix.
    """

    __tablename__ = "household_spell"
    __table_args__ = (
        Index("ix_household_spell_household", "household_id", "kind"),
        Index("ix_household_spell_pending", "id", sqlite_where=text("pending = 1"), postgresql_where=text("pending")),
        Index("ix_household_spell_unit_kind", "unit_id", "kind", "from_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str]
    weight: Mapped[int] = mapped_column(default=1)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    reason: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    concluded_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    counted_at: Mapped[datetime | None]
    """When its +1/−1 went into the tallies."""
    pending: Mapped[bool] = mapped_column(default=True)
    """Whether the tallies still have to take it in, or, superseded, to take it back."""
