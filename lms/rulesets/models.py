"""What trying a ruleset out said. Kept, so that whoever puts it in force can be shown to have seen it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base


class RulesetTrial(Base):
    __tablename__ = "ruleset_trial"
    append_only = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ruleset_id: Mapped[str] = mapped_column(ForeignKey("ruleset.id"))
    on_day: Mapped[date]
    """The day it would be in force from; everybody is judged as of then."""
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Empty for a command."""
    looked_at: Mapped[int]
    """People who have any evidence."""


class RulesetTrialLine(Base):
    """One person in one skill for whom something changes."""

    __tablename__ = "ruleset_trial_line"
    __table_args__ = (Index("ix_ruleset_trial_line_trial_change", "trial_id", "change"),)
    append_only = True

    id: Mapped[int] = mapped_column(primary_key=True)
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("ruleset_trial.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    skill_id: Mapped[str] = mapped_column(ForeignKey("skill.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """The commune they live or study in."""
    change: Mapped[str]
