"""Units with dates. Everywhere `from_on` is the first day something holds and `until_on` the first day it no longer does."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json, SortKey


class UnitKind(Base):
    """A level or kind of unit, as data: tinh, huyen, xa, thon, khu-pho, vung …"""

    __tablename__ = "unit_kind"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    """What people read before the name: «Tỉnh», «Xã», «Thôn»."""
    level: Mapped[str]
    """province, district, commune, village or grouping: what the code may ask about."""
    position: Mapped[int] = mapped_column(default=0)


class Unit(Base):
    """A place in the tree. Its code is never a key: old codes are reused for other units (content-facts A5)."""

    __tablename__ = "unit"
    __table_args__ = (CheckConstraint("until_on IS NULL OR until_on > from_on", name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind_id: Mapped[str] = mapped_column(ForeignKey("unit_kind.id"))
    code: Mapped[str | None]
    name: Mapped[str]
    """The latest name; earlier ones are rows of unit_name."""
    name_key: Mapped[str] = mapped_column(SortKey)
    search_key: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    import_id: Mapped[int | None] = mapped_column(index=True)


class UnitName(Base):
    __tablename__ = "unit_name"
    __table_args__ = (UniqueConstraint("unit_id", "from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class UnitLink(Base):
    """Parent of a unit between two days; `relation` is admin (the tree) or group (a vùng)."""

    __tablename__ = "unit_link"
    __table_args__ = (UniqueConstraint("child_id", "parent_id", "relation", "from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    relation: Mapped[str] = mapped_column(default="admin")
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class UnitPath(Base):
    """Who stands above whom, and when: every ancestor of every unit, itself included. A conclusion, rebuilt from links."""

    __tablename__ = "unit_path"
    __table_args__ = (Index("ix_unit_path_ancestor", "ancestor_id", "descendant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ancestor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    descendant_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class UnitEvent(Base):
    """A reorganisation: merge, split, rename, re-parent, found, end; with the day it takes effect and its decision."""

    __tablename__ = "unit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    on_day: Mapped[date]
    decision: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class UnitSuccession(Base):
    """Which unit a unit went into, whole or in part."""

    __tablename__ = "unit_succession"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("unit_event.id"), index=True)
    old_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    new_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)


class Site(Base):
    """A school, a centre, a village hall or a support point, standing on a unit."""

    __tablename__ = "site"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """school, centre, hall or support-point."""
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(SortKey)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
