"""Every write of the register: a teacher's entries, one by one or from a sheet that was filled in."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select

from lms import clock
from lms.classes.rules.school_weeks import Term
from lms.db import db, writes
from lms.gradebooks.actions.reading import LONGEST, MarkRead
from lms.gradebooks.models import MarkEntry, MarkSheet
from lms.gradebooks.rules.marks import Mark
from lms.imports.problems import Problem
from lms.refusals import Refusal
from lms.vietnamese import clean

TRIAL_LIVES = timedelta(days=7)


@writes
def write_entry(
    id: UUID,
    class_id: int,
    person_id: int,
    subject: str,
    term: Term,
    mark: Mark | None,
    words: str,
    written_by: int,
    sheet_id: int | None = None,
) -> None:
    """Append what a teacher says; the same id sent twice is written once."""
    said = clean(words)
    if len(said) > LONGEST:
        raise Refusal(f"Lời ghi dài quá, nhiều nhất {LONGEST} chữ.", "too-long")
    if db.session.get(MarkEntry, id) is not None:
        return
    db.session.add(
        MarkEntry(
            id=id,
            class_id=class_id,
            person_id=person_id,
            subject=subject,
            term=str(term),
            mark=str(mark) if mark else "",
            words=said,
            written_by=written_by,
            written_at=_after_all(class_id, person_id, subject, term),
            sheet_id=sheet_id,
        )
    )


def _after_all(class_id: int, person_id: int, subject: str, term: Term) -> datetime:
    """Now; but later than the entry before, for the latest holds and two of one instant would have no order."""
    same = (
        MarkEntry.class_id == class_id,
        MarkEntry.person_id == person_id,
        MarkEntry.subject == subject,
        MarkEntry.term == str(term),
    )
    last = db.session.scalar(select(func.max(MarkEntry.written_at)).where(*same))
    now = clock.now()
    return now if last is None or last < now else last + timedelta(microseconds=1)


@writes
def keep_sheet(
    class_id: int, term: Term, file_name: str, digest: str, read: list[MarkRead], problems: list[Problem], read_by: int
) -> MarkSheet:
    """Keep what a sheet would write; the teacher's earlier trial readings of this class are thrown away."""
    db.session.execute(
        delete(MarkSheet).where(
            MarkSheet.class_id == class_id, MarkSheet.read_by == read_by, MarkSheet.applied_at.is_(None)
        )
    )
    row = MarkSheet(
        class_id=class_id,
        term=str(term),
        file_name=clean(file_name)[:120],
        digest=digest,
        read_by=read_by,
        read_at=clock.now(),
        entries=[_kept(one) for one in read],
        problems=[{"row": one.row, "column": one.column, "what": one.what, "mend": one.mend} for one in problems],
    )
    db.session.add(row)
    db.session.flush()  # its address is answered next
    return row


@writes
def apply_sheet(sheet: MarkSheet, still_here: set[int]) -> int:
    """Write the entries of a sheet once; who left the class since is passed over. Says how many were written."""
    db.session.refresh(sheet, with_for_update=True)
    if sheet.applied_at is not None:
        raise Refusal("Phiếu này đã ghi rồi.", "applied")
    chosen = [one for one in sheet.entries if one["person"] in still_here]
    for one in chosen:
        mark = Mark(one["mark"]) if one["mark"] else None
        write_entry(uuid4(), sheet.class_id, one["person"], one["subject"], Term(sheet.term), mark, one["words"],
                    sheet.read_by, sheet.id)  # fmt: skip
    sheet.applied_at = clock.now()
    return len(chosen)


@writes
def discard_sheet(sheet: MarkSheet) -> None:
    if sheet.applied_at is not None:
        raise Refusal("Phiếu này đã ghi rồi.", "applied")
    db.session.delete(sheet)


@writes
def discard_stale(now: datetime) -> int:
    """Throw away trial readings nobody wrote; they name pupils and serve nothing. Says how many."""
    stale = list(
        db.session.scalars(
            select(MarkSheet).where(MarkSheet.applied_at.is_(None), MarkSheet.read_at < now - TRIAL_LIVES)
        )
    )
    for row in stale:
        db.session.delete(row)
    return len(stale)


def _kept(one: MarkRead) -> dict[str, Any]:
    return {
        "row": one.row,
        "person": one.person,
        "subject": one.subject,
        "mark": str(one.mark) if one.mark else "",
        "words": one.words,
    }
