"""The real units this product was made for: Thanh Hoá, the former district of Ngọc Lặc, its 21 communes and towns, the six
communes since 1/7/2025 and the grouping of the six. Source: content-facts A5 (VietnamProvinces, checked with baothanhhoa.vn).
"""

from datetime import date

from sqlalchemy import select

from lms import clock
from lms.db import db, writes
from lms.places import actions
from lms.places.models import Unit, UnitEvent, UnitSuccession

REGISTER_BEGINS = date(2020, 1, 1)
"""The earliest day this register speaks of; the units themselves are older."""
TWO_TIERS = date(2025, 7, 1)
"""District level ends, communes merge (Law 72/2025/QH15)."""

KINDS = (
    ("tinh", "Tỉnh", "province", 0),
    ("vung", "Vùng", "grouping", 1),
    ("huyen", "Huyện", "district", 2),
    ("xa", "Xã", "commune", 3),
    ("phuong", "Phường", "commune", 3),
    ("thi-tran", "Thị trấn", "commune", 3),
    ("thon", "Thôn", "village", 4),
    ("ban", "Bản", "village", 4),
    ("xom", "Xóm", "village", 4),
    ("lang", "Làng", "village", 4),
    ("khu-pho", "Khu phố", "village", 4),
    ("to-dan-pho", "Tổ dân phố", "village", 4),
)

OLD_COMMUNES = {
    "15061": "Ngọc Lặc", "15064": "Lam Sơn", "15067": "Mỹ Tân", "15070": "Thúy Sơn", "15073": "Thạch Lập",
    "15076": "Vân Am", "15079": "Cao Ngọc", "15085": "Quang Trung", "15088": "Đồng Thịnh", "15091": "Ngọc Liên",
    "15094": "Ngọc Sơn", "15097": "Lộc Thịnh", "15100": "Cao Thịnh", "15103": "Ngọc Trung", "15106": "Phùng Giáo",
    "15109": "Phùng Minh", "15112": "Phúc Thịnh", "15115": "Nguyệt Ấn", "15118": "Kiên Thọ", "15121": "Minh Tiến",
    "15124": "Minh Sơn",
}  # fmt: skip

NEW_COMMUNES = {
    ("15061", "Ngọc Lặc"): ("15061", "15067", "15070"),
    ("15085", "Thạch Lập"): ("15073", "15085", "15088"),
    ("15091", "Ngọc Liên"): ("15091", "15094", "15097", "15100", "15103"),
    ("15106", "Nguyệt Ấn"): ("15076", "15106", "15115"),
    ("15112", "Kiên Thọ"): ("15109", "15112", "15118"),
    ("15124", "Minh Sơn"): ("15064", "15079", "15121", "15124"),
}


@writes
def define_kinds() -> None:
    for kind in KINDS:
        actions.define_kind(*kind)


@writes
def found_known_units() -> dict[str, Unit]:
    """Found the real units once; returns name → unit of today's («Thanh Hoá», «Vùng Ngọc Lặc», «Ngọc Liên» …)."""
    define_kinds()
    known = db.session.scalar(select(Unit).where(Unit.kind_id == "tinh", Unit.code == "38"))
    return _found() if known is None else today_units()


def today_units() -> dict[str, Unit]:
    """Name → unit for the province, the grouping and the six communes."""
    units = db.session.scalars(select(Unit).where(Unit.kind_id.in_(("tinh", "vung", "xa")), Unit.until_on.is_(None)))
    return {unit.name: unit for unit in units}


def _found() -> dict[str, Unit]:
    province = actions.found_unit("tinh", "Thanh Hoá", REGISTER_BEGINS, None, code="38", derive=False)
    district = actions.found_unit(
        "huyen", "Ngọc Lặc", REGISTER_BEGINS, province.id, code="389", until_on=TWO_TIERS, derive=False
    )
    old = {code: _old_commune(code, name, district.id) for code, name in OLD_COMMUNES.items()}
    region = actions.found_unit("vung", "Vùng Ngọc Lặc", TWO_TIERS, province.id, relation="group", derive=False)
    event = UnitEvent(kind="merge", on_day=TWO_TIERS, decision="1686/NQ-UBTVQH15", recorded_at=clock.now(), detail={})
    db.session.add(event)
    db.session.flush()  # successions name the event
    db.session.add(UnitSuccession(event_id=event.id, old_id=district.id, new_id=region.id))
    db.session.add(UnitSuccession(event_id=event.id, old_id=district.id, new_id=region.id))
    found = {province.name: province, region.name: region}
    for (code, name), parts in NEW_COMMUNES.items():
        commune = actions.found_unit("xa", name, TWO_TIERS, province.id, code=code, derive=False)
        actions.link(commune.id, region.id, TWO_TIERS, None, "group")
        db.session.add_all(UnitSuccession(event_id=event.id, old_id=old[part].id, new_id=commune.id) for part in parts)
        found[name] = commune
    actions.derive_paths()
    return found


def _old_commune(code: str, name: str, district_id: int) -> Unit:
    kind = "thi-tran" if code == "15061" else "xa"
    return actions.found_unit(kind, name, REGISTER_BEGINS, district_id, code=code, until_on=TWO_TIERS, derive=False)
