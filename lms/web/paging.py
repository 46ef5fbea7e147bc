"""Keyset paging by hand: a page begins after the last row of the one before, so its cost does not grow."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, bindparam, tuple_

from lms.db import db, fetch

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
    return _cut(list(result.scalars() if scalars else result), size, key_of)


class Paged:
    """The same of a statement that was built once, for pages that many people look at; it takes its values by name."""

    def __init__(self, statement: Select[Any], keys: Sequence[Any]) -> None:
        self.keys = keys
        self._first = statement.order_by(*keys).limit(bindparam("_size"))
        marks = [bindparam(f"_after{n}", type_=key.type) for n, key in enumerate(keys)]
        self._onward = self._first.where(tuple_(*keys) > tuple_(*marks))

    def page(self, mark: str | None, size: int, key_of: Callable[[Any], Sequence[Any]], **values: Any) -> Page[Any]:
        after = read_mark(mark, len(self.keys))
        if after is not None:
            values |= {f"_after{n}": value for n, value in enumerate(after)}
        return _cut(fetch(self._first if after is None else self._onward, _size=size + 1, **values), size, key_of)


def _cut(rows: Sequence[Any], size: int, key_of: Callable[[Any], Sequence[Any]]) -> Page[Any]:
    shown = rows[:size]
    return Page(shown, write_mark(key_of(shown[-1])) if len(rows) > size else None)


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
