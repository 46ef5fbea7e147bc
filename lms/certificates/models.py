"""Batches and who stands in them, the register, certificates as signed, revocations, and the keys they are checked with."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json, SortKey


class CertificateBatch(Base):
    """People proposed together for one kind of certificate of one commune."""

    __tablename__ = "certificate_batch"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    """The commune that issues."""
    kind: Mapped[str]
    title: Mapped[str]
    """For which people: «Lớp 7A», «Xã Ngọc Liên»."""
    class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"), index=True)
    proposed_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    proposed_at: Mapped[datetime]
    order_key: Mapped[int] = mapped_column(BigInteger)
    """Of proposed_at in microseconds, negative: the newest first, page by page."""
    order_tie: Mapped[int] = mapped_column(BigInteger)
    """Of the id, for two of one moment."""
    state: Mapped[str] = mapped_column(default="proposed")
    """proposed, signed or withdrawn."""
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]


class Nomination(Base):
    """Somebody proposed in a batch; what they earned is looked at again when it is signed."""

    __tablename__ = "certificate_nomination"

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_batch.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
    """The certificate this one is issued anew for."""
    left_out: Mapped[str] = mapped_column(default="")
    """Why no certificate came of it, once the batch is signed."""


class RegisterCounter(Base):
    """The last number a commune gave in a year; raised in the transaction that writes the certificates, so no gap can be."""

    __tablename__ = "certificate_register"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class IssuerKey(Base):
    """A public key certificates are checked with, for ever. Its private half is a file of the data folder, never here."""

    __tablename__ = "issuer_key"

    id: Mapped[str] = mapped_column(primary_key=True)
    public: Mapped[str]
    """32 bytes in hex."""
    from_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class Certificate(Base):
    """As signed; never changed. Whether it stands is asked of its day and of the revocations."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("unit_id", "year", "number"),
        CheckConstraint("number > 0", name="number"),
        Index("ix_certificate_unit_name", "unit_id", "name_key", "id"),
    )
    append_only = True

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_batch.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    """Canonical when issued."""
    kind: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    number: Mapped[int]
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(SortKey)
    search_key: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    """What stands on the paper: birth year, commune, skills with their days, office and name of the signer."""
    events: Mapped[list[str]] = mapped_column(Json)
    """The evidence it rests on."""
    issued_on: Mapped[date]
    last_day: Mapped[date]
    signed_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    signed_at: Mapped[datetime]
    key_id: Mapped[str] = mapped_column(ForeignKey("issuer_key.id"))
    seal: Mapped[str]
    """The signature over its compact text, as the printed QR carries it."""
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), index=True)


class Revocation(Base):
    """Asked for by one, confirmed or declined by another."""

    __tablename__ = "certificate_revocation"
    __table_args__ = (CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="two_persons"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    open_key: Mapped[int | None] = mapped_column(unique=True)
    """The certificate, while nobody has decided or after it was revoked: never two at once."""
    reason: Mapped[str]
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")
    """revoked or declined."""
