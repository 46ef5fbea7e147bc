"""Runs migrations on both engines. Foreign keys are off while SQLite tables are rebuilt, then checked."""

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import JSON, Connection, Text, text
from sqlalchemy.engine import Engine

from lms.db import Base, Moment


def run() -> None:
    engine: Engine = current_app.extensions["migrate"].db.engine
    with engine.connect().execution_options(write=True) as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            # Raw, because the pragma does nothing inside a transaction, and a batch rebuild would cascade deletes.
            raw = connection.connection.driver_connection
            assert raw is not None  # noqa: S101 an open connection has a driver's connection
            raw.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=False,
            render_item=_plain_type,
        )
        with context.begin_transaction():
            context.run_migrations()
            if is_sqlite:
                _check_foreign_keys(connection)
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=ON")


def _plain_type(kind: str, item: object, autogen_context: AutogenContext) -> str | bool:
    """A migration stands alone: it names SQLAlchemy's types, never ours."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JSON):
        autogen_context.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    if kind == "type" and isinstance(item, Text) and "postgresql" in item._variant_mapping:
        return "sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')"
    return False


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    if broken:
        raise RuntimeError(f"the migration left rows without their parents: {broken[:5]}")


run()
