"""Folding changed conclusions into the tallies. Only housekeeping: pages add what is not folded yet."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from lms import clock
from lms.db import db, give_way, writes
from lms.households.models import HouseholdSpell
from lms.places.models import Unit, UnitKind, UnitPath
from lms.places.rules import Span
from lms.reports.models import Tally, TallyMark, TallyMonth
from lms.reports.queries import spans_above
from lms.reports.rules import Deltas, deltas_of

CHUNK = 4000


def count(limit: int | None = None) -> int:
    """Fold every pending conclusion, a chunk a transaction; returns how many. Idempotent: marked rows are not read again."""
    folded = 0
    while limit is None or folded < limit:
        done = fold_chunk()
        db.session.commit()
        folded += done
        if done < CHUNK:
            break
        give_way()
    return folded


@writes
def fold_chunk() -> int:
    """Fold at most one chunk; the caller commits. Two folders at once never take the same row."""
    ids = list(db.session.scalars(select(HouseholdSpell.id).where(HouseholdSpell.pending).limit(CHUNK)))
    if not ids:
        return 0
    taken = (
        update(HouseholdSpell)
        .where(HouseholdSpell.id.in_(ids), HouseholdSpell.pending)
        .values(pending=False, counted_at=func.coalesce(HouseholdSpell.counted_at, clock.now()))
        .returning(
            HouseholdSpell.unit_id,
            HouseholdSpell.kind,
            HouseholdSpell.weight,
            HouseholdSpell.from_on,
            HouseholdSpell.until_on,
            HouseholdSpell.superseded_at,
        )
        .execution_options(synchronize_session=False)
    )
    rows = db.session.execute(taken).all()
    spans = spans_above({row.unit_id for row in rows})
    add(deltas_of(rows, spans))
    return len(ids)


@writes
def recount_above(unit_ids: Iterable[int]) -> None:
    """After a reorganisation: the tallies of these units (no villages) afresh from those of the villages below them."""
    for unit in sorted(set(unit_ids)):
        for table in (Tally, TallyMonth):
            db.session.execute(delete(table).where(table.unit_id == unit))
        deltas: Deltas = Counter()
        paths = list(
            db.session.scalars(
                select(UnitPath).where(UnitPath.ancestor_id == unit, UnitPath.descendant_id.in_(_villages()))
            )
        )
        counted = _by_village_and_kind({path.descendant_id for path in paths})
        for path in paths:
            for kind, rows in counted.get(path.descendant_id, {}).items():
                _carry_over(deltas, unit, kind, rows, Span(path.from_on, path.until_on))
        add(deltas)


@writes
def add(deltas: Deltas) -> None:
    """Add to the tallies of days and of months, in a fixed order so that two folders cannot wait for each other."""
    days = [(key, delta) for key, delta in sorted(deltas.items()) if delta]
    months: Deltas = Counter()
    for (unit, kind, day), delta in days:
        months[unit, kind, day.replace(day=1)] += delta
    _upsert(Tally, "day", days)
    _upsert(TallyMonth, "month", sorted(months.items()))
    _mark()


def _mark() -> None:
    """Last of all, so that whoever folds beside us waits here and nowhere in between."""
    word = {"word": uuid4().hex}
    statement = _dialect().insert(TallyMark)
    db.session.execute(statement.values(id=1, **word).on_conflict_do_update(index_elements=["id"], set_=word))


def _dialect() -> Any:
    return sqlite if db.engine.dialect.name == "sqlite" else postgresql


def _upsert(table: type[Tally] | type[TallyMonth], key: str, rows: Sequence[tuple[tuple[int, str, date], int]]) -> None:
    statement = _dialect().insert(table)
    summed = statement.on_conflict_do_update(
        index_elements=["unit_id", "kind", key], set_={"delta": table.delta + statement.excluded.delta}
    )
    values = [{"unit_id": unit, "kind": kind, key: day, "delta": delta} for (unit, kind, day), delta in rows]
    if values:
        db.session.connection().execute(summed, values)


def _villages() -> Any:
    return select(Unit.id).join(UnitKind).where(UnitKind.level == "village")


def _by_village_and_kind(villages: set[int]) -> dict[int, dict[str, list[tuple[date, int]]]]:
    found: dict[int, dict[str, list[tuple[date, int]]]] = {}
    rows = (
        select(Tally.unit_id, Tally.kind, Tally.day, Tally.delta)
        .where(Tally.unit_id.in_(sorted(villages)))
        .order_by(Tally.unit_id, Tally.day)
    )
    for village, kind, day, delta in db.session.execute(rows):
        found.setdefault(village, {}).setdefault(kind, []).append((day, delta))
    return found


def _carry_over(deltas: Deltas, unit: int, kind: str, rows: Sequence[tuple[date, int]], span: Span) -> None:
    """A village's counts come to a unit when it joins, change with it, and leave when it leaves."""
    before = sum(delta for day, delta in rows if day <= span.start)
    deltas[unit, kind, span.start] += before
    during = [(day, delta) for day, delta in rows if day > span.start and (span.until is None or day < span.until)]
    for day, delta in during:
        deltas[unit, kind, day] += delta
    if span.until is not None:
        deltas[unit, kind, span.until] -= before + sum(delta for _day, delta in during)
