"""`flask backup create|verify|restore`: a copy made in use restores to the same counts, and nothing doubtful is trusted."""

import json
import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms import clock
from lms.backups import copies
from lms.db import db, open_write
from lms.people import actions as people
from lms.people.models import Person
from tests import cast, facts

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture
def run(app, engine):
    """`flask …` with its printed answer."""
    if engine == "postgresql" and not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("PostgreSQL: no pg_dump on this machine")

    def typed(*words):
        return app.test_cli_runner().invoke(args=list(words))

    return typed


def test_a_copy_restores_to_the_same_counts(app, run, settings):
    with app.app_context():
        cast.settle()
    made = json.loads(run("backup", "create", "--json").stdout)
    assert made["counts"]["person"] > 5 and len(made["sha256"]) == 64
    assert run("backup", "verify", made["folder"]).exit_code == 0
    with app.app_context():
        _go_on()
    answer = run("backup", "restore", made["folder"], "--yes")
    assert answer.exit_code == 0, answer.output
    with app.app_context():
        again = json.loads(run("backup", "create", "--json", "--to", str(settings.data_dir / "again")).stdout)
    assert again["counts"] == made["counts"]


def test_a_copy_made_while_others_write_is_whole(app, run, settings):
    with app.app_context():
        cast.settle()
        before = db.session.scalar(select(func.count()).select_from(Person))
        db.session.rollback()
    enough, written = threading.Event(), []

    def write() -> None:
        with app.app_context():
            while not enough.is_set():
                people.create_person("Người viết")
                db.session.commit()
                written.append(1)

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    try:
        while len(written) < 20:
            enough.wait(0.01)
        with app.app_context():
            copy = copies.create(settings, db.engine, NOW)
    finally:
        enough.set()
        for writer in writers:
            writer.join()
    assert copies.verify(copy.folder).manifest["counts"]["person"] >= before + 20, "what was saved before is in it"


def test_the_old_database_is_kept_aside(app, run, settings, engine):
    if engine == "postgresql":
        return  # one transaction: there is no old file
    made = json.loads(run("backup", "create", "--json").stdout)
    told = json.loads(run("backup", "restore", made["folder"], "--yes", "--json").stdout)
    assert sqlite3.connect(told["kept_aside"]).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_changed_copy_is_refused(run, settings, tmp_path):
    made = json.loads(run("backup", "create", "--json").stdout)
    data = next(path for path in (settings.data_dir / "backups").glob("*/namcanh.*"))
    with data.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"!")
    answer = run("backup", "restore", made["folder"], "--yes")
    assert answer.exit_code == 1 and "đã bị sửa" in answer.output
    assert run("backup", "verify", str(tmp_path)).exit_code == 1


def test_a_stale_wal_beside_the_database_is_refused(app, run, settings, engine):
    if engine == "postgresql":
        return  # no such file
    made = json.loads(run("backup", "create", "--json").stdout)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    side = settings.sqlite_file.with_name(settings.sqlite_file.name + "-wal")
    side.write_bytes(b"left by a server that was cut off")
    before = settings.sqlite_file.read_bytes()
    answer = run("backup", "restore", made["folder"], "--yes")
    assert answer.exit_code == 1 and side.name in answer.output and "Dừng máy chủ" in answer.output
    assert settings.sqlite_file.read_bytes() == before, "refused, and nothing touched"


def test_after_a_power_cut_a_backup_takes_the_wal_in_first(app, run, settings, engine):
    """Step 3 of docs/van-hanh.md «Khôi phục»."""
    if engine == "postgresql":
        return  # recovers by itself
    made = json.loads(run("backup", "create", "--json").stdout)
    with app.app_context():
        _cut_off(settings.sqlite_file)
    assert run("backup", "restore", made["folder"], "--yes").exit_code == 1
    after = json.loads(run("backup", "create", "--json", "--to", str(settings.data_dir / "after")).stdout)
    assert after["counts"]["person"] == made["counts"]["person"] + 1, "what was saved before the cut is in it"
    assert run("backup", "restore", made["folder"], "--yes").exit_code == 0


def test_a_running_server_stops_a_restore(app, run, settings, engine):
    if engine == "postgresql":
        return  # the transaction waits or fails there
    made = json.loads(run("backup", "create", "--json").stdout)
    with closing(sqlite3.connect(settings.sqlite_file)) as other:
        other.execute("SELECT count(*) FROM person").fetchone()
        answer = run("backup", "restore", made["folder"], "--yes")
    assert answer.exit_code == 1, "its -shm shows that somebody has the database open"


def test_a_copy_of_the_other_engine_is_refused(run, settings, tmp_path):
    made = json.loads(run("backup", "create", "--json", "--to", str(tmp_path)).stdout)
    folder = next(tmp_path.glob("*/manifest.json")).parent
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[made["engine"]]
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"engine": other}))
    assert run("backup", "restore", str(folder), "--yes").exit_code == 1


def test_fourteen_are_kept(app, settings, engine):
    if engine == "postgresql":
        return  # the same folders
    place = settings.data_dir / "backups"
    with app.app_context():
        for day in range(16):
            copies.create(settings, db.engine, NOW + timedelta(days=day))
    removed = copies.keep_latest(place)
    assert [len(removed), len(copies.copies(place))] == [2, 14]
    assert removed[0].name < copies.copies(place)[0].name, "the oldest go"


def _go_on() -> None:
    open_write()
    db.session.add(Person(full_name="Sau", name_key="sau", search_key="sau"))
    db.session.commit()
    with clock.frozen(NOW):
        facts.prove(db.session.scalar(select(func.max(Person.id))), "s1", NOW.date(), witness_id=uuid4().int % 1000)
        db.session.commit()


def _cut_off(file) -> None:
    """Leave the files as a killed server leaves them: the last row only in the -wal."""
    people.create_person("Người cuối")
    db.session.commit()
    left = {end: file.with_name(file.name + end).read_bytes() for end in ("", "-wal", "-shm")}
    db.session.remove()
    db.engine.dispose()
    for end, content in left.items():
        file.with_name(file.name + end).write_bytes(content)
