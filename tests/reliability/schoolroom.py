"""A database with cô Hoa's class and a test opened for it, ready for a server of its own."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask

from lms.app import create_app
from lms.db import db
from lms.settings import Settings
from lms.witnessing import actions as witnessing
from tests import cast

QUIZ = "thanh-toan"


def furnish(migrated: Settings, data_dir: Path, pupils: int) -> Settings:
    """The class's database in `data_dir`, with a window of two hours open from now."""
    data_dir.mkdir(parents=True, exist_ok=True)
    file = data_dir / "namcanh.db"
    shutil.copyfile(migrated.sqlite_file, file)
    settings = Settings(data_dir=data_dir, database_url=f"sqlite:///{file}", secret_key="s" * 32, demo=False)
    (data_dir / "secret_key").write_text(settings.secret_key)
    app = create_app(settings)
    with app.app_context():
        people = cast.settle(pupils)
        witnessing.open_window(uuid4(), people.hoa.id, QUIZ, class_id=people.school_class.id, minutes=120)
        db.session.commit()
        close(app)
    return settings


def close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def steps(file: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Step id → the item it answers and what was chosen, as numbered on the page; read from the file as it lies there."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchone() is None
        rows = connection.execute(
            "SELECT step.id, step.item_id, step.answer, attempt.form FROM attempt_step AS step"
            " JOIN attempt ON attempt.id = step.attempt_id WHERE step.kind = 'answer'"
        ).fetchall()
    kept = {str(id): (item, _numbered(item, json.loads(answer), json.loads(form))) for id, item, answer, form in rows}
    assert len(kept) == len(rows)
    return kept


def _numbered(item: str, answer: dict[str, list[str]], form: list[dict[str, Any]]) -> tuple[str, ...]:
    shown = next(row["options"] for row in form if row["item"] == item)
    return tuple(sorted(str(shown.index(option) + 1) for option in answer["chosen"]))
