"""The database: base class, naming rules, and the one way a write transaction is opened.

SQLite always runs in WAL with synchronous=FULL, and every write transaction opens with BEGIN IMMEDIATE
(docs/house.md «Nothing acknowledged is ever lost»). A view's first action opens it; nothing else may write.
"""

import functools
import threading
import time
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, Executable, MetaData, Text, event, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session, SessionTransaction, registry
from sqlalchemy.types import TypeDecorator

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LOCK_PATIENCE_MS = 10_000
WORK_AT_MOST = 0.5
WAY_GIVEN = 0.12
"""Seconds. SQLite's waiting writers look again every tenth of a second (sqlite3_busy_timeout)."""

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

P = ParamSpec("P")
R = TypeVar("R")


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC on both engines: SQLite forgets the zone, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment must know its zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


Json = JSON().with_variant(JSONB(), "postgresql")
SortKey = Text().with_variant(Text(collation="C"), "postgresql")
"""For columns ordered by a key of ours: by code point on both engines, whatever the cluster's locale."""


class Base(DeclarativeBase):
    """Every table's parent. `append_only` tables refuse changes and deletions of rows that exist."""

    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: Moment, str: Text})
    append_only = False


db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})


class UnexpectedWrite(RuntimeError):
    """Something tried to write outside an action, or inside a request that may only read."""


def writes(action: Callable[P, R]) -> Callable[P, R]:
    """Marks an action: opens the write transaction before it, unless one is open already."""

    @functools.wraps(action)
    def opened(*args: P.args, **kwargs: P.kwargs) -> R:
        open_write()
        return action(*args, **kwargs)

    opened.is_action = True  # type: ignore[attr-defined]
    return opened


def open_write() -> None:
    """Leave the reading snapshot and begin writing; what was loaded is read again when next touched."""
    session = db.session()
    if session.info.get("writing"):
        return
    if has_request_context() and request.method in SAFE_METHODS:
        raise UnexpectedWrite(f"{request.method} {request.path} tried to write")
    if _has_only_read(session):
        _write_in_place(session)
    else:
        session.rollback()
        session.connection(execution_options={"write": True})
    session.info["writing"] = True


_pauses = threading.local()


def give_way() -> None:
    """Between two transactions of a long work: who begins anew at once keeps every waiting writer out until it gives up."""
    now = time.monotonic()
    if now - getattr(_pauses, "last", 0.0) > WORK_AT_MOST and db.engine.dialect.name == "sqlite":
        time.sleep(WAY_GIVEN)
        _pauses.last = time.monotonic()


def fetch(statement: Executable, **values: Any) -> Sequence[Any]:
    """Plain rows of a statement that was built once, for pages that many people look at: no objects, nothing put together.

    The statement stands at module level and takes its values as bindparams.
    """
    session = db.session()
    if session.new or session.dirty or session.deleted:
        session.flush()
    return _connection(session).execute(statement, values).all()


def install(app: Flask) -> None:
    """Attach the database and its guards to the application."""
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        _take_turns(engine)
    _guard_session()


def put(table: type[Any], id: Any, fields: dict[str, Any]) -> str:
    """Add a row or bring it up to date; says added, changed or unchanged."""
    row = db.session.get(table, id)
    if row is None:
        db.session.add(table(id=id, **fields))
        return "added"
    different = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, fields[name])
    return "changed" if different else "unchanged"


def pointed_at(table: str, ids: Collection[int], own: Collection[str] = ()) -> set[int]:
    """Which of these rows some foreign key of the house points at, from whatever room; `own` («table.column») is left out."""
    found: set[int] = set()
    for one in Base.metadata.tables.values():
        for key in one.foreign_keys:
            column = key.parent
            if key.column.table.name == table and f"{one.name}.{column.name}" not in own:
                found |= set(db.session.scalars(select(column).where(column.in_(list(ids))).distinct()))
    return found


def write_connection(engine: Engine) -> Any:
    """A connection whose transaction begins as a writing one, for the journal and bulk work."""
    return engine.connect().execution_options(write=True)


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={LOCK_PATIENCE_MS}",
        "cache_size=-16000",
    ):
        connection.execute("PRAGMA " + pragma)


_turns: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()


def _take_turns(engine: Engine) -> None:
    """Writers of this process wait for each other here, where the next is woken at once; SQLite would let them sleep and
    look again, for up to 100 ms at a time. Writers of other processes are still waited for in SQLite.
    """
    _turns[engine] = threading.Lock()
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "checkin", _end_turn)
    event.listen(engine, "close", _end_turn)


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("write", False):
        _begin_writing(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    if not connection.info.get("has_turn"):
        connection.info["has_turn"] = _turns[connection.engine].acquire(timeout=LOCK_PATIENCE_MS / 1000)
        connection.info["turn"] = _turns[connection.engine]
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except BaseException:
        _end_turn(None, connection)
        raise


def _end_turn(_raw: object, holder: Any) -> None:
    # Not at commit: SQLAlchemy tells of that before it is done.
    if holder.info.pop("has_turn", False):
        holder.info.pop("turn").release()


def _has_only_read(session: Session) -> bool:
    """Plain rows only, no object that would have to be read again; and the engine is one that is told how to begin."""
    return not (session.identity_map or session.new) and "connection" in session.info and db.engine in _turns


def _write_in_place(session: Session) -> None:
    """The reading transaction ends and the writing one begins on the same connection, which the session keeps holding."""
    connection = _connection(session)
    connection.connection.rollback()
    _begin_writing(connection)


def _connection(session: Session) -> Connection:
    """The connection of the transaction that is open, asked of SQLAlchemy once."""
    held: Connection | None = session.info.get("connection")
    if held is None:
        held = session.info["connection"] = session.connection()
    return held


_guarded = False


def _guard_session() -> None:
    global _guarded
    if _guarded:
        return
    _guarded = True
    event.listen(Session, "before_flush", _refuse_stray_flush)
    event.listen(Session, "do_orm_execute", _refuse_stray_statement)
    event.listen(Session, "after_transaction_end", _forget_writing)


def _refuse_stray_flush(session: Session, context: object, instances: object) -> None:
    changed = [row for row in session.dirty if session.is_modified(row)]
    for row in [*changed, *session.deleted]:
        if getattr(type(row), "append_only", False):
            raise UnexpectedWrite(f"{type(row).__name__} is append-only")
    if (session.new or changed or session.deleted) and not session.info.get("writing"):
        raise UnexpectedWrite("a write outside an action")


def _refuse_stray_statement(state: ORMExecuteState) -> None:
    if (state.is_insert or state.is_update or state.is_delete) and not state.session.info.get("writing"):
        raise UnexpectedWrite("a write outside an action")


def _forget_writing(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop("writing", None)
        session.info.pop("connection", None)
