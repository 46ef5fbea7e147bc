"""Questions made in the browser or brought in: each with all its versions, and what was done with any question, by whom."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class Draft(Base):
    """The workbench of a question that did not come from files. Its shelf marks and its version in use are in `Item`."""

    __tablename__ = "bank_draft"

    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)
    state: Mapped[str]
    """Of the newest version: draft, in-review or approved."""
    n: Mapped[int]
    """The newest version."""
    approved_n: Mapped[int] = mapped_column(default=0)
    """The version in use; 0 before the first approval."""
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
    import_id: Mapped[UUID | None] = mapped_column(index=True)
    source: Mapped[str] = mapped_column(default="")
    """Where it comes from, in words: the name of a file and the line."""
    copied_from: Mapped[str | None] = mapped_column(ForeignKey("item.id"))


class Version(Base):
    """What its author wrote: the same keys as one entry of questions.yaml, without id and status."""

    __tablename__ = "bank_version"

    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")


class Medium(Base):
    """A picture or recording of a question made here, by the name of its bytes; in the database so that a copy holds it."""

    __tablename__ = "bank_medium"

    name: Mapped[str] = mapped_column(primary_key=True)
    """`<first 16 of the digest>.<ending>`, as beside the books."""
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class MediumUse(Base):
    """Which questions name it in any of their versions; what no question names is cleared away."""

    __tablename__ = "bank_medium_use"

    name: Mapped[str] = mapped_column(ForeignKey("bank_medium.name"), primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True, index=True)


class Deed(Base):
    """Something done with a question; read as its history."""

    __tablename__ = "bank_deed"
    __table_args__ = (Index("ix_bank_deed_item_id_id", "item_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"))
    kind: Mapped[str]
    """made, saved, sent, taken-back, returned, approved, recorded, unrecorded, retired, restored, frozen or lifted."""
    n: Mapped[int] = mapped_column(default=0)
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Empty: the daily upkeep."""
    at: Mapped[datetime]
    words: Mapped[str] = mapped_column(default="")
    """The reason given."""
    flags: Mapped[list[str]] = mapped_column(Json, default=list)
    """Of a freeze or its lifting: what the statistics said."""
    digest: Mapped[str] = mapped_column(default="")
    """Of a freeze or its lifting: the wording those figures are of."""


class Flagged(Base):
    """What the statistics say of a question's present wording; concluded afresh every day."""

    __tablename__ = "bank_flagged"

    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)
    flag: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    sittings: Mapped[int]
    is_held: Mapped[bool] = mapped_column(default=False)
    """True: it would be frozen, but its test could then no longer be drawn."""
    at: Mapped[datetime]
