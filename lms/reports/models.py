"""Roll-ups: how many households of each kind began or ended on a day in a village."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base


class Tally(Base):
    """+1 on the first day of a spell, −1 on the first day it no longer holds, future days included. Prefix sums are «as at»."""

    __tablename__ = "tally"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    delta: Mapped[int]
