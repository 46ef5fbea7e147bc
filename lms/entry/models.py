"""Windows in which a class signs in, login cards, and who came in by which."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base


class ClassWindow(Base):
    """«Mở cửa lớp»: while it is open the class list can be read by whoever has its code; at no other time."""

    __tablename__ = "class_window"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    opened_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    wrong: Mapped[int] = mapped_column(default=0)
    """Wrong tries in it, of all pupils together."""


class LoginCard(Base):
    """A pupil's card: a secret of four digits or three pictures, and a QR. Only hashes stay; paper has the rest."""

    __tablename__ = "login_card"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    """For which class it was made; it stays the pupil's when they change class."""
    kind: Mapped[str]
    secret_hash: Mapped[str]
    qr_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[int | None]
    ended_at: Mapped[datetime | None]
    live_key: Mapped[int | None] = mapped_column(unique=True)
    """The person, while the card is good: nobody has two."""
    wrong_on: Mapped[date | None]
    wrong_today: Mapped[int] = mapped_column(default=0)
    wrong_ever: Mapped[int] = mapped_column(default=0)


class Seat(Base):
    """A sign-in by a card: it ends with its window and with its card."""

    __tablename__ = "seat"

    sign_in_key: Mapped[str] = mapped_column(ForeignKey("sign_in.key"), primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("login_card.id"), index=True)
    window_id: Mapped[int | None] = mapped_column(ForeignKey("class_window.id"), index=True)
    """Empty when the card was used outside a window."""
