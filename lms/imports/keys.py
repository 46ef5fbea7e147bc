"""Keys that recognise a row when its list is imported again."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from lms.imports.problems import ParsedRow
from lms.vietnamese import fold, sort_key

Row = TypeVar("Row", bound=ParsedRow)


def key_of(salt: str, kind: str, *parts: str) -> str:
    """A digest of what identifies somebody. The day of birth goes in and does not come out again."""
    text = "\x1f".join((salt, kind, *parts))
    return hashlib.sha256(text.encode()).hexdigest()


def name_part(full_name: str) -> str:
    """Equal for Hoà and Hòa, capitals or not; not for Hoà and Hoa, who may be twins."""
    return sort_key(full_name)


def code_part(code: str) -> str:
    """«NL-001», «NL 001» and «nl001» are one code."""
    return "".join(sign for sign in fold(code) if sign.isalnum())


def keep_unique_keys(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Other keys that two rows of the list share identify nobody."""
    counts = Counter(key for row in rows for key in row.other_keys)
    return tuple(replace(row, other_keys=tuple(key for key in row.other_keys if counts[key] == 1)) for row in rows)
