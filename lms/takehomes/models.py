"""Cards pupils take home, and the times somebody there answered."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class TakeHomeCard(Base):
    """One a pupil and module. Its code opens five questions and tells nothing about the pupil."""

    __tablename__ = "take_home_card"
    __table_args__ = (UniqueConstraint("pupil_id", "module_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    module_id: Mapped[str] = mapped_column(ForeignKey("module.id"))
    code: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]


class HomeCheck(Base):
    """Five answers of somebody at home. Of a guest until they claim it themselves, on their own account."""

    __tablename__ = "home_check"
    __table_args__ = (UniqueConstraint("card_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("take_home_card.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    answers: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """[{item, digest, option}], option empty where nothing was chosen."""
    claim_digest: Mapped[str | None] = mapped_column(unique=True)
    """Of the code a guest was given on the page; empty once it is somebody's."""
    at: Mapped[datetime]
