"""Keyset paging by hand: a page begins after the last row of the one before, so its cost does not grow."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, tuple_

from lms.db import db

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: Sequence[Row]
    next_mark: str | None
    """Goes into the address as `sau`; empty on the last page."""


def page_of(
    statement: Select[Any],
    keys: Sequence[Any],
    mark: str | None,
    size: int,
    key_of: Callable[[Any], Sequence[Any]],
    scalars: bool = False,
) -> Page[Any]:
    """Rows after `mark` in the order of `keys` (columns; the last one unique). A spoilt mark starts from the beginning."""
    after = read_mark(mark, len(keys))
    if after is not None:
        statement = statement.where(tuple_(*keys) > tuple_(*after))
    result = db.session.execute(statement.order_by(*keys).limit(size + 1))
    rows = list(result.scalars() if scalars else result)
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, write_mark(key_of(rows[-1])) if more else None)


def write_mark(values: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(values)).encode()).decode().rstrip("=")


def read_mark(mark: str | None, length: int) -> list[Any] | None:
    if not mark:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except (binascii.Error, ValueError):
        return None
    good = isinstance(values, list) and len(values) == length and all(isinstance(v, str | int) for v in values)
    return values if good else None
