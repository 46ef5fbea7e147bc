"""Every write about imports of questions: a dry run kept, taken into the bank piece by piece, taken back, thrown away."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import delete

from lms import clock
from lms.bank import actions as bank
from lms.bank.actions import media
from lms.db import db, writes
from lms.exchange import queries
from lms.exchange.formats.entries import as_texts, entry_of
from lms.exchange.formats.found import Found, as_plain
from lms.exchange.models import QuestionImport, QuestionImportRow
from lms.refusals import Refusal

AT_ONCE = 20
"""Questions in one transaction: the lock is held for a moment only."""


@writes
def keep_reading(file_name: str, kind: str, founds: Sequence[Found], by: int) -> UUID:
    """The dry run, for a day; one's older ones go."""
    for old in queries.stale_ids(by, clock.now()):
        _forget(old)
    usable = sum(found.is_usable for found in founds)
    row = QuestionImport(
        id=uuid4(), file_name=file_name[:200], format=kind, by=by, at=clock.now(),
        usable=usable, refused=len(founds) - usable,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    for found in founds:
        for one in found.files if found.is_usable else ():
            media.keep(one.medium, by)
    db.session.add_all(_row(row.id, n, found) for n, found in enumerate(founds, 1))
    db.session.flush()
    return row.id


@writes
def keep_next(import_id: UUID, competency: str = "") -> bool:
    """The next questions into the bank as drafts; True when none is left. A second press goes on where the first stood."""
    row = queries.locked_import(import_id)
    if row.state not in ("read", "keeping"):
        return True
    if row.state == "read":
        if not row.usable:
            raise Refusal("Không có câu nào dùng được để giữ.", "nothing-usable")
        row.competency, row.state = competency, "keeping"
    waiting = queries.waiting_rows(import_id, AT_ONCE)
    for one in waiting:
        entry = dict(one.entry or {})
        if row.competency:
            entry.setdefault("competency", row.competency)
        source = f"{row.file_name}, {_place(one)}"
        one.item_id = bank.add_draft(entry, origin="import", by=row.by, import_id=import_id, source=source).id
    if len(waiting) < AT_ONCE:
        row.state = "kept"
    return row.state == "kept"


@writes
def undo(import_id: UUID, by: int) -> bank.Withdrawn:
    """Out of the bank again, but for what somebody has worked on since: that stays and is named."""
    row = queries.locked_import(import_id)
    if row.state not in ("kept", "keeping"):
        raise Refusal("Lần nhập này không còn gì để hoàn tác.", "nothing-to-undo")
    done = bank.withdraw_import(import_id, by)
    row.state = "undone"
    row.told = [f"{item_id}: {why}" for item_id, why in done.kept]
    return done


@writes
def discard(import_id: UUID) -> None:
    row = queries.locked_import(import_id)
    if row.state != "read":
        raise Refusal("Câu của lần nhập này đã vào ngân hàng. Hãy hoàn tác thay vì bỏ.", "already-kept")
    _forget(import_id)


def _forget(import_id: UUID) -> None:
    db.session.execute(delete(QuestionImportRow).where(QuestionImportRow.import_id == import_id))
    db.session.execute(delete(QuestionImport).where(QuestionImport.id == import_id))


def _row(import_id: UUID, n: int, found: Found) -> QuestionImportRow:
    plain = as_plain(found)
    plain.pop("entry")
    entry = as_texts(entry_of(found)) if found.is_usable else None
    return QuestionImportRow(import_id=import_id, n=n, is_usable=found.is_usable, found=plain, entry=entry)


def _place(row: QuestionImportRow) -> str:
    name = str(row.found.get("name") or "")[:60]
    line = row.found.get("line") or 0
    return f"câu {row.n}" + (f", dòng {line}" if line > 1 else "") + (f", «{name}»" if name else "")
