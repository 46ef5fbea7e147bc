"""Every write about units: founding, renaming, merging, splitting, moving under another parent."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update

from lms import clock
from lms.db import db, pointed_at, writes
from lms.places import rules
from lms.places.models import Site, Unit, UnitEvent, UnitKind, UnitLink, UnitName, UnitPath, UnitSuccession
from lms.places.rules import Link, Span
from lms.refusals import Refusal
from lms.vietnamese import clean, name_key, search_key, sort_key

_OWN = frozenset({"unit_name.unit_id", "unit_link.child_id", "unit_path.ancestor_id", "unit_path.descendant_id"})


@writes
def define_kind(kind_id: str, name: str, level: str, position: int) -> UnitKind:
    """A kind of unit; defining it again changes its words."""
    return db.session.merge(UnitKind(id=kind_id, name=name, level=level, position=position))


@writes
def found_unit(
    kind_id: str,
    name: str,
    from_on: date,
    parent_id: int | None,
    *,
    code: str | None = None,
    until_on: date | None = None,
    relation: str = "admin",
    import_id: int | None = None,
    derive: bool = True,
) -> Unit:
    """A new unit under a parent. `derive=False` leaves the paths to one `derive_paths` at the end of many."""
    words = clean(name)
    if not any(map(str.isalnum, words)):
        raise Refusal("Chưa ghi tên đơn vị bằng chữ hoặc số.", "no-name")
    _refuse_twin(kind_id, words, parent_id, from_on)
    unit = Unit(
        kind_id=kind_id,
        code=code,
        name=words,
        name_key=_unit_key(words),
        search_key=search_key(words),
        from_on=from_on,
        until_on=until_on,
        import_id=import_id,
    )
    db.session.add(unit)
    db.session.flush()  # the id is needed by its name and link rows
    db.session.add(UnitName(unit_id=unit.id, name=words, from_on=from_on, until_on=until_on))
    if parent_id is not None:
        link(unit.id, parent_id, from_on, until_on, relation)
    if derive:
        derive_paths([unit.id])
    return unit


@writes
def remove_unit(unit: Unit) -> None:
    """One written down by mistake: it goes with its own name and links, as long as nothing else points at it."""
    if pointed_at("unit", [unit.id], _OWN):
        sentence = f"«{unit.name}» đã có hộ, tổ, trường hoặc lần sắp xếp ghi cho nó nên không xoá được."
        raise Refusal(f"{sentence} Nếu thôn không còn, dùng «Gộp thôn»; nếu sai tên, dùng «Đổi tên».", "unit-used")
    db.session.execute(delete(UnitPath).where(UnitPath.descendant_id == unit.id))
    db.session.execute(delete(UnitLink).where(UnitLink.child_id == unit.id))
    db.session.execute(delete(UnitName).where(UnitName.unit_id == unit.id))
    db.session.delete(unit)


@writes
def link(child_id: int, parent_id: int, from_on: date, until_on: date | None = None, relation: str = "admin") -> None:
    """Put a unit under a parent between two days; the caller derives the paths."""
    db.session.add(
        UnitLink(child_id=child_id, parent_id=parent_id, from_on=from_on, until_on=until_on, relation=relation)
    )
    db.session.flush()  # derive_paths reads links


@writes
def rename_unit(unit: Unit, name: str, on_day: date, decision: str = "", actor_id: int | None = None) -> UnitEvent:
    """A new name from a day on; the old one stays readable for earlier days."""
    words = clean(name)
    if not any(map(str.isalnum, words)):
        raise Refusal("Chưa ghi tên mới bằng chữ hoặc số.", "no-name")
    latest = db.session.scalars(
        select(UnitName).where(UnitName.unit_id == unit.id).order_by(UnitName.from_on.desc()).limit(1)
    ).one()
    if on_day <= latest.from_on:
        raise Refusal(f"Ngày đổi tên phải sau {latest.from_on:%d/%m/%Y}.", "too-early")
    latest.until_on = on_day
    db.session.add(UnitName(unit_id=unit.id, name=words, from_on=on_day))
    unit.name, unit.name_key, unit.search_key = words, _unit_key(words), search_key(words)
    return _record("rename", on_day, decision, actor_id, {"unit": unit.id, "name": words}, [(unit.id, unit.id)])


@writes
def merge_units(
    old: Sequence[Unit],
    kind_id: str,
    name: str,
    on_day: date,
    *,
    code: str | None = None,
    decision: str = "",
    actor_id: int | None = None,
) -> Unit:
    """Several units become one new unit on a day; what stood under them stands under it. Households follow above."""
    parents = {parent for unit in old for parent in _parents_on(unit.id, on_day)}
    new = found_unit(kind_id, name, on_day, None, code=code, derive=False)
    for parent, relation in sorted(parents):
        link(new.id, parent, on_day, None, relation)
    for unit in old:
        _end(unit, on_day)
        for child in _children_on(unit.id, on_day):
            _move(child, unit.id, new.id, on_day)
    _record("merge", on_day, decision, actor_id, {"new": new.id}, [(unit.id, new.id) for unit in old])
    derive_paths(_affected([new.id, *(unit.id for unit in old)]))
    return new


@writes
def split_unit(
    old: Unit,
    parts: Sequence[tuple[str, str]],
    children: Mapping[int, int],
    on_day: date,
    decision: str = "",
    actor_id: int | None = None,
) -> list[Unit]:
    """One unit becomes several (kind, name); `children` says which part (by number) each child goes to."""
    below = set(_children_on(old.id, on_day))
    if below != set(children):
        raise Refusal("Cần chọn đơn vị mới cho từng đơn vị trực thuộc.", "children-left")
    parents = sorted(_parents_on(old.id, on_day))
    new = [found_unit(kind, name, on_day, None, derive=False) for kind, name in parts]
    for unit in new:
        for parent, relation in parents:
            link(unit.id, parent, on_day, None, relation)
    _end(old, on_day)
    for child, part in children.items():
        _move(child, old.id, new[part].id, on_day)
    _record("split", on_day, decision, actor_id, {"old": old.id}, [(old.id, unit.id) for unit in new])
    derive_paths(_affected([old.id, *(unit.id for unit in new)]))
    return new


@writes
def move_unit(unit: Unit, parent_id: int, on_day: date, decision: str = "", actor_id: int | None = None) -> UnitEvent:
    """A unit stands under another parent from a day on."""
    levels = {kind.id: kind.level for kind in db.session.scalars(select(UnitKind))}
    parent = db.session.get_one(Unit, parent_id)
    problem = rules.parent_problem(levels[unit.kind_id], levels[parent.kind_id])
    if problem:
        raise Refusal(problem, "wrong-parent")
    now_under = [parent for parent, relation in _parents_on(unit.id, on_day) if relation == "admin"]
    if parent_id in now_under:
        raise Refusal("Đơn vị này đã ở dưới đơn vị đó.", "same-parent")
    for old in now_under:
        _move(unit.id, old, parent_id, on_day)
    event = _record(
        "re-parent", on_day, decision, actor_id, {"unit": unit.id, "parent": parent_id}, [(unit.id, unit.id)]
    )
    derive_paths(_affected([unit.id]))
    return event


@writes
def found_site(kind: str, name: str, unit_id: int, from_on: date) -> Site:
    """A school, centre, hall or support point on a unit."""
    words = clean(name)
    if not words:
        raise Refusal("Chưa ghi tên trường hoặc cơ sở.", "no-name")
    site = Site(kind=kind, name=words, name_key=name_key(words), unit_id=unit_id, from_on=from_on)
    db.session.add(site)
    db.session.flush()  # the id is needed by what follows in the same act
    return site


@writes
def correct_site(site: Site, kind: str, name: str) -> None:
    """Mend what is written about a school or a hall."""
    words = clean(name)
    if not words:
        raise Refusal("Chưa ghi tên trường hoặc cơ sở.", "no-name")
    site.kind, site.name, site.name_key = kind, words, name_key(words)


@writes
def end_site(site: Site, on_day: date) -> None:
    """From this day on it is no more; one written down the same day never was open."""
    site.until_on = max(on_day, site.from_on)


@writes
def reopen_site(site: Site) -> None:
    """Take back a closing that was a mistake."""
    site.until_on = None


@writes
def move_sites(old_unit_ids: Iterable[int], new_unit_id: int) -> int:
    """After units merged: their schools and halls stand on the new one; returns how many."""
    wanted = update(Site).where(Site.unit_id.in_(list(old_unit_ids)))
    return len(db.session.scalars(wanted.values(unit_id=new_unit_id).returning(Site.id)).all())


@writes
def derive_paths(unit_ids: Iterable[int] | None = None) -> None:
    """Conclude the paths of some units (all when None) afresh from units and links."""
    units = {
        row.id: Span(row.from_on, row.until_on)
        for row in db.session.execute(select(Unit.id, Unit.from_on, Unit.until_on))
    }
    rows = db.session.execute(select(UnitLink.child_id, UnitLink.parent_id, UnitLink.from_on, UnitLink.until_on))
    links = [Link(row.child_id, row.parent_id, Span(row.from_on, row.until_on)) for row in rows]
    wanted = list(units) if unit_ids is None else list(unit_ids)
    old = delete(UnitPath)
    db.session.execute(old if unit_ids is None else old.where(UnitPath.descendant_id.in_(wanted)))
    found = [
        {"ancestor_id": above, "descendant_id": below, "from_on": span.start, "until_on": span.until}
        for (above, below), spans in rules.paths(wanted, units, links).items()
        for span in spans
    ]
    if found:
        db.session.execute(insert(UnitPath), found)


def _unit_key(name: str) -> str:
    """«Thôn Mẫu 2» before «Thôn Mẫu 10»: numbers are padded; place names sort from their first word."""
    return " ".join(word.zfill(6) if word.isdecimal() else sort_key(word) for word in name.split())


def _refuse_twin(kind_id: str, name: str, parent_id: int | None, day: date) -> None:
    twins = (
        select(Unit.id)
        .join(UnitLink, UnitLink.child_id == Unit.id)
        .where(Unit.kind_id == kind_id, Unit.search_key == search_key(name), UnitLink.parent_id == parent_id)
        .where((Unit.until_on.is_(None)) | (Unit.until_on > day))
    )
    if parent_id is not None and db.session.scalar(twins.limit(1)):
        raise Refusal(f"Đã có «{name}» ở đơn vị này. Kiểm tra lại tên.", "twin")


def _parents_on(unit_id: int, day: date) -> set[tuple[int, str]]:
    rows = select(UnitLink.parent_id, UnitLink.relation).where(
        UnitLink.child_id == unit_id,
        UnitLink.from_on <= day,
        (UnitLink.until_on.is_(None)) | (UnitLink.until_on >= day),
    )
    return {(row.parent_id, row.relation) for row in db.session.execute(rows)}


def _children_on(unit_id: int, day: date) -> list[int]:
    rows = select(UnitLink.child_id).where(
        UnitLink.parent_id == unit_id,
        UnitLink.from_on <= day,
        (UnitLink.until_on.is_(None)) | (UnitLink.until_on > day),
    )
    return list(db.session.scalars(rows.order_by(UnitLink.child_id)))


def _end(unit: Unit, day: date) -> None:
    if unit.from_on >= day or (unit.until_on is not None and unit.until_on <= day):
        raise Refusal(f"«{unit.name}» không còn hoặc chưa có vào ngày {day:%d/%m/%Y}.", "not-there")
    unit.until_on = day
    open_links = (UnitLink.child_id == unit.id, (UnitLink.until_on.is_(None)) | (UnitLink.until_on > day))
    db.session.execute(update(UnitLink).where(*open_links).values(until_on=day))
    names = (UnitName.unit_id == unit.id, UnitName.until_on.is_(None))
    db.session.execute(update(UnitName).where(*names).values(until_on=day))


def _move(child_id: int, old_parent: int, new_parent: int, day: date) -> None:
    mine = (UnitLink.child_id == child_id, UnitLink.parent_id == old_parent)
    still = (UnitLink.until_on.is_(None)) | (UnitLink.until_on > day)
    relation = db.session.scalar(select(UnitLink.relation).where(*mine, still)) or "admin"
    db.session.execute(update(UnitLink).where(*mine, still).values(until_on=day))
    link(child_id, new_parent, day, None, relation)


def _affected(unit_ids: Sequence[int]) -> list[int]:
    """The units and everything that ever stood below them, old paths and new links alike."""
    found, front = set(unit_ids), set(unit_ids)
    while front:
        below = set(db.session.scalars(select(UnitLink.child_id).where(UnitLink.parent_id.in_(front))))
        front = below - found
        found |= below
    return sorted(found)


def _record(
    kind: str, day: date, decision: str, actor_id: int | None, detail: dict[str, Any], went: Sequence[tuple[int, int]]
) -> UnitEvent:
    event = UnitEvent(
        kind=kind, on_day=day, decision=decision, recorded_at=clock.now(), recorded_by=actor_id, detail=detail
    )
    db.session.add(event)
    db.session.flush()  # successions name the event
    db.session.add_all(UnitSuccession(event_id=event.id, old_id=old, new_id=new) for old, new in went)
    return event
