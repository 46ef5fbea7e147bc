"""Up, down, up on both engines; models say what the migrations made; no rebuild of a table loses its children."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from lms.app import create_app
from lms.db import Base, db
from lms.settings import Settings

MIGRATIONS = Path(__file__).parents[2] / "migrations"


@pytest.fixture
def bare(empty_database: str, new_settings: Callable[..., Settings]) -> Iterator[Flask]:
    """The application on a database without tables."""
    app = create_app(new_settings(database_url=empty_database))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_up_down_and_up_again(bare: Flask) -> None:
    upgrade()
    made = tables()
    assert made == set(Base.metadata.tables)
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables() == made


def test_one_step_at_a_time(bare: Flask) -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    for revision in reversed(list(script.walk_revisions())):
        upgrade(revision=revision.revision)
        downgrade(revision=str(revision.down_revision or "base"))
        upgrade(revision=revision.revision)
    assert tables() == set(Base.metadata.tables)


def test_models_are_what_the_migrations_made(bare: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": Base.metadata})
        assert compare_metadata(context, Base.metadata) == []


def test_checks_are_in_the_database(bare: Flask) -> None:
    """Alembic does not compare CHECK constraints, so they are counted here."""
    upgrade()
    for table in Base.metadata.tables.values():
        wanted = {str(each.name) for each in table.constraints if type(each).__name__ == "CheckConstraint"}
        found = {str(check["name"]) for check in inspect(db.engine).get_check_constraints(table.name)}
        assert wanted <= found, f"{table.name}: write the constraint into a migration"


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1


def test_migrations_are_named_by_their_day() -> None:
    for path in (MIGRATIONS / "versions").glob("*.py"):
        day, _, slug = path.stem.partition("_")
        assert len(day) == 8 and day.isdigit() and slug, f"{path.name}: call it YYYYMMDD_what_changes.py"
        assert "def downgrade" in path.read_text(encoding="utf-8")


PARENTS = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "one", None, None, None

def upgrade():
    op.create_table("parent", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text))
    op.create_table(
        "child", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_id", sa.Integer, sa.ForeignKey("parent.id", ondelete="CASCADE", name="fk_child")),
    )

def downgrade():
    op.drop_table("child")
    op.drop_table("parent")
"""
REBUILD = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "two", "one", None, None

def upgrade():
    with op.batch_alter_table("parent") as table:
        table.alter_column("name", nullable=False)

def downgrade():
    with op.batch_alter_table("parent") as table:
        table.alter_column("name", nullable=True)
"""


def test_rebuilding_a_table_keeps_its_children(bare: Flask, tmp_path: Path) -> None:
    """With foreign keys on, SQLite would delete the children together with the parent's old table."""
    shutil.copytree(MIGRATIONS, tmp_path / "m", ignore=shutil.ignore_patterns("versions", "__pycache__"))
    (tmp_path / "m" / "versions").mkdir()
    (tmp_path / "m" / "versions" / "one.py").write_text(PARENTS)
    upgrade(directory=str(tmp_path / "m"))
    with db.engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.execute(text("INSERT INTO parent (id, name) VALUES (1, 'Tư')"))
        connection.execute(text("INSERT INTO child (id, parent_id) VALUES (1, 1), (2, 1)"))
    db.engine.dispose()
    (tmp_path / "m" / "versions" / "two.py").write_text(REBUILD)
    for move in (upgrade, downgrade, upgrade):
        move(directory=str(tmp_path / "m"), **({"revision": "one"} if move is downgrade else {}))
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM child")).scalar() == 2
