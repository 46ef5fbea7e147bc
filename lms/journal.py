"""The journal: sign-in tries, refusals and staff reads. The only writer besides the actions.

Lines are gathered during the request and written after the main commit or rollback and before the answer leaves;
if that fails the answer is an error, because a read that leaves no trace must not happen.
Rows are append-only; `seals` chains a digest of each day so that a missing line shows.
"""

import hashlib
import json
from datetime import date, datetime, timedelta
from typing import Any

from flask import g, has_request_context, request
from sqlalchemy import Index, func, insert, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Mapped, mapped_column

from lms import clock
from lms.db import Base, Json, db, write_connection


class JournalLine(Base):
    """One thing worth remembering about who did, tried or looked at what."""

    __tablename__ = "journal_line"
    __table_args__ = (Index("ix_journal_line_kind_key_at", "kind", "key", "at"), Index("ix_journal_line_at", "at"))
    append_only = True

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    """sign-in-failed, sign-in, refused, read-person, read-household, read-list, …"""
    actor_id: Mapped[int | None]
    """The person acting; no foreign key, so that lawful erasure of a person leaves the counted line."""
    key: Mapped[str] = mapped_column(default="")
    """What a throttle counts by, or the subject: «account:lan», «household:12», «person:7»."""
    page: Mapped[str] = mapped_column(default="")
    detail: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class JournalSeal(Base):
    """The digest of one day's lines, chained to the day before (docs: the administrator's page checks it)."""

    __tablename__ = "journal_seal"
    append_only = True

    day: Mapped[date] = mapped_column(primary_key=True)
    lines: Mapped[int]
    last_id: Mapped[int]
    digest: Mapped[str]


_ADD = insert(JournalLine.__table__)  # type: ignore[arg-type]


def note(kind: str, key: str = "", actor_id: int | None = None, **detail: Any) -> None:
    """Remember a line; it is written when the request ends."""
    actor = actor_id if actor_id is not None else g.get("actor_id")
    g.setdefault("journal", []).append(
        {
            "at": clock.now(),
            "kind": kind,
            "key": key,
            "actor_id": actor,
            "page": request.endpoint or "" if has_request_context() else "",
            "detail": detail,
        }
    )


def note_read(subject: str, ids: list[int] | int, fields: str = "") -> None:
    """A member of staff looked at a household or a person, or at a list of them: one line a request."""
    many = ids if isinstance(ids, list) else [ids]
    key = f"{subject}:{many[0]}" if len(many) == 1 else f"{subject}:*"
    note(f"read-{subject}", key, ids=many[:500], count=len(many), fields=fields)


def recent(kind: str, key: str, window: timedelta) -> int:
    """How many lines of a kind a key has left within the window."""
    since = clock.now() - window
    wanted = (JournalLine.kind == kind, JournalLine.key == key, JournalLine.at > since)
    return db.session.scalar(select(func.count()).select_from(JournalLine).where(*wanted)) or 0


def is_waiting() -> bool:
    """Whether this request has gathered any line."""
    return bool(g.get("journal"))


def write_lines(engine: Engine) -> None:
    """Write what the request gathered, in one short transaction of its own."""
    lines = g.pop("journal", [])
    if not lines:
        return
    with write_connection(engine) as connection, connection.begin():
        connection.execute(_ADD, lines)


def seal_until(engine: Engine, day: date) -> int:
    """Seal every unsealed day before `day`; returns how many days were sealed. Idempotent."""
    sealed = 0
    with write_connection(engine) as connection, connection.begin():
        last = connection.execute(select(JournalSeal).order_by(JournalSeal.day.desc()).limit(1)).first()
        first_line = connection.execute(select(func.min(JournalLine.at))).scalar()
        if first_line is None:
            return 0
        current = last.day + timedelta(days=1) if last else clock.day_of(first_line)
        previous, last_id = (last.digest, last.last_id) if last else ("", 0)
        while current < day:
            count, last_id, previous = _digest(connection, current, last_id, previous)
            connection.execute(insert(JournalSeal).values(day=current, lines=count, last_id=last_id, digest=previous))
            current += timedelta(days=1)
            sealed += 1
    return sealed


def broken_seals(engine: Engine) -> list[date]:
    """Days whose lines no longer give the digest sealed for them."""
    broken, previous, last_id = [], "", 0
    with engine.connect() as connection:
        for seal in connection.execute(select(JournalSeal).order_by(JournalSeal.day)).all():
            count, _, digest = _digest(connection, seal.day, last_id, previous)
            if digest != seal.digest or count != seal.lines:
                broken.append(seal.day)
            previous, last_id = seal.digest, seal.last_id
    return broken


def _digest(connection: Any, day: date, after_id: int, previous: str) -> tuple[int, int, str]:
    start, end = clock.start_of(day), clock.start_of(day + timedelta(days=1))
    wanted = select(JournalLine).where(JournalLine.at >= start, JournalLine.at < end).order_by(JournalLine.id)
    digest, count, last_id = hashlib.sha256(previous.encode()), 0, after_id
    for line in connection.execute(wanted):
        fields = [line.id, line.at.isoformat(), line.kind, line.actor_id, line.key, line.page, line.detail]
        digest.update(json.dumps(fields, ensure_ascii=False, sort_keys=True).encode())
        count, last_id = count + 1, max(last_id, line.id)
    return count, last_id, digest.hexdigest()
