"""The tables have the same shape as the code: foreign keys point down, and every name follows the house."""

import importlib
import re
from pathlib import Path

from sqlalchemy import DateTime, Enum, Table

from lms.db import Base
from tests.house.floors import FLOORS

ROOT = Path(__file__).parents[2]


def owners() -> dict[str, str]:
    """table → the part of the house whose models define it."""
    for path in sorted((ROOT / "lms").rglob("models*.py")):
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    found = {mapper.local_table.name: mapper.class_.__module__ for mapper in Base.registry.mappers}
    return {table: module.split(".")[1] for table, module in found.items()}


def climbing(table: Table, owner: dict[str, str]) -> list[str]:
    return [
        f"{table.name}.{key.parent.name}: {owner[table.name]} is below {owner[key.column.table.name]}"
        for key in table.foreign_keys
        if FLOORS.index(owner[table.name]) < FLOORS.index(owner[key.column.table.name])
    ]


def test_foreign_keys_only_point_down() -> None:
    owner = owners()
    assert not [problem for table in Base.metadata.tables.values() for problem in climbing(table, owner)]


def test_an_upward_key_would_be_named() -> None:
    owner = owners()
    upside_down = {**owner, **{name: "places" for name, part in owner.items() if part == "households"}}
    lowered = [problem for table in Base.metadata.tables.values() for problem in climbing(table, upside_down)]
    assert any("places is below people" in problem for problem in lowered)


def test_every_table_belongs_to_a_room() -> None:
    assert set(Base.metadata.tables) == set(owners())


def test_moments_and_days_say_so() -> None:
    wrong = []
    for table in Base.metadata.tables.values():
        for column in table.columns:
            kind = column.type.python_type.__name__ if not isinstance(column.type, Enum) else "enum"
            if kind == "datetime" and not re.search(r"(^|_)at$", column.name):
                wrong.append(f"{table.name}.{column.name}: a moment is called …_at")
            if kind == "date" and not re.search(r"(^|_)(on|day|by|month)$", column.name):
                wrong.append(f"{table.name}.{column.name}: a day is called …_on")
    assert not wrong


def test_moments_know_their_zone() -> None:
    """A bare DateTime forgets its zone on SQLite; lms.db.Moment puts it back."""
    bare = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if type(column.type) is DateTime
    ]
    assert not bare


def test_nothing_is_a_native_enum() -> None:
    """PostgreSQL's own enums survive a downgrade, and the next upgrade fails."""
    enums = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Enum) and column.type.native_enum
    ]
    assert not enums
