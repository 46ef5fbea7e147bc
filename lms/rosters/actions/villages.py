"""Applying a list of villages."""

import re
from collections.abc import Sequence

from lms.db import db
from lms.places import actions as places
from lms.places.models import Unit
from lms.rosters.actions.recording import Row, Work
from lms.vietnamese import clean

_KINDS = (("bản", "ban"), ("khu phố", "khu-pho"), ("tổ dân phố", "to-dan-pho"), ("xóm", "xom"), ("làng", "lang"))


def apply(work: Work, rows: Sequence[Row]) -> None:
    founded: list[int] = []
    work.each(rows, lambda row: _apply(work, row, founded))
    if founded:
        places.derive_paths(founded)


def _apply(work: Work, row: Row, founded: list[int]) -> str:
    unit = db.session.get(Unit, row["match"]) if row["match"] else None
    keys = [row["source_key"], *row["other_keys"]]
    if unit is not None and unit.until_on is None:
        work.record(row, "unchanged", "unit", unit.id, keys=keys)
        return "unchanged"
    unit = places.found_unit(
        kind_of(row["name"]), row["name"], work.today, row["commune_id"], import_id=work.id, derive=False
    )
    founded.append(unit.id)
    work.record(row, "created", "unit", unit.id, keys=keys)
    return "created"


def kind_of(name: str) -> str:
    """«Bản Mẫu» is a bản; what says nothing is a thôn."""
    words = clean(name).casefold()
    return next((kind for noun, kind in _KINDS if re.match(rf"{noun}\b", words)), "thon")
