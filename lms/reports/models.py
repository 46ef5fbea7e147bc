"""Roll-ups: how many households of each kind began or ended in a unit, by day and by month.

Rows stand for villages and for every unit above them, following the dated tree; «as at» day D is the sum of the months
before D's and of the days of D's month up to D. All additive, so folding never rewrites a row's past. The key holds nearly
everything, so SQLite keeps the rows in it: a commune's page reads thousands of them.
"""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base


class Tally(Base):
    """+weight on the first day of a spell, −weight on the first day it no longer holds, future days included."""

    __tablename__ = "tally"
    __table_args__ = {"sqlite_with_rowid": False}

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    delta: Mapped[int]


class TallyMonth(Base):
    """The same, summed over a month (its first day), so that a page reads at most a month of days."""

    __tablename__ = "tally_month"
    __table_args__ = {"sqlite_with_rowid": False}

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    delta: Mapped[int]


class TallyMark(Base):
    """One row: a new random word whenever the tallies change, so that what was summed from them can be kept till then."""

    __tablename__ = "tally_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str]
