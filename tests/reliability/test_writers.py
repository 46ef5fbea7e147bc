"""P8 and P9: eight pupils answering at once, an import and a backup running beside them on one SQLite file: no error page,
nothing lost, nothing doubled, and the backup restores to its own counts with everything that was saved before it.
"""

import csv
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from lms.access.rules import Role
from lms.app import create_app
from lms.backups import copies
from lms.db import db
from lms.demo import names
from lms.people import actions as people
from lms.settings import PROJECT, Settings
from tests import cast, facts
from tests.reliability import schoolroom
from tests.reliability.pupil import Pupil
from tests.reliability.server import QuickServer

ENGINES = ["sqlite"]  # PostgreSQL locks rows, not the file
WRITERS = 8


def test_eight_writers_an_import_and_a_backup(migrated, tmp_path, soak):
    seconds, rows = (60, 12_000) if soak else (8, 1_500)
    settings = schoolroom.furnish(migrated, tmp_path / "data", WRITERS)
    _appoint_administrator(settings)
    server = QuickServer(settings)
    server.start()
    pupils = [Pupil(server.port, f"hs{n}", cast.PASSWORD, random.Random(n)) for n in range(1, WRITERS + 1)]
    for pupil in pupils:
        pupil.sign_in()
        pupil.begin(schoolroom.QUIZ)
    ends = time.monotonic() + seconds
    writing = [_thread(_answering(pupil, ends)) for pupil in pupils]
    importing = _command(settings, "people", "import", str(_long_list(tmp_path, rows)), "--kind", "ho", "--json")
    time.sleep(seconds / 3)
    before = [one for pupil in pupils for one in pupil.acknowledged]
    backing = _command(settings, "backup", "create", "--json")
    made = json.loads(_done(backing))
    for thread in writing:
        thread.join()
    imported = json.loads(_done(importing))
    assert server.stop() == 0
    _tell(pupils, seconds, imported)
    assert not [pupil.refused[0] for pupil in pupils if pupil.refused], "no error page"
    assert imported["created"] > rows / 4
    kept = schoolroom.steps(settings.sqlite_file)
    sent = [one.step for pupil in pupils for one in pupil.acknowledged]
    assert len(sent) > WRITERS and sorted(sent) == sorted(kept), "all of them, each once"
    _restores(settings, Path(made["folder"]), tmp_path, made["counts"], [one.step for one in before])


def _answering(pupil: Pupil, ends: float) -> Callable[[], None]:
    def work() -> None:
        while time.monotonic() < ends:
            began = time.monotonic()
            (pupil.send_twice if pupil.dice.random() < 0.1 else pupil.answer)()
            pupil.latencies.append(time.monotonic() - began)

    return work


def _restores(settings: Settings, copy: Path, tmp_path: Path, counts: dict[str, int], before: list[str]) -> None:
    """By the written guide: an empty folder, `backup restore`, and the counts of the manifest."""
    elsewhere = Settings(
        data_dir=tmp_path / "new", database_url=f"sqlite:///{tmp_path / 'new' / 'namcanh.db'}", secret_key="s" * 32
    )
    elsewhere.data_dir.mkdir()
    _done(_command(elsewhere, "backup", "restore", str(copy), "--yes"))
    again = copies.create(elsewhere, _engine(elsewhere), datetime.now(UTC))
    assert again.manifest["counts"] == counts
    kept = schoolroom.steps(elsewhere.sqlite_file)
    assert not [step for step in before if step not in kept], "what was saved before the backup began is in it"


def _engine(settings: Settings):
    app = create_app(settings)
    with app.app_context():
        return db.engine


def _appoint_administrator(settings: Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        person = people.create_person("Quản trị")
        people.create_account(person, "quantri", "no hash", must_change=False)
        people.grant_role(person.id, Role.ADMIN, facts.SETTLED)
        db.session.commit()
        schoolroom.close(app)


def _long_list(folder: Path, rows: int) -> Path:
    path = folder / "ho.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        sheet = csv.writer(file)
        sheet.writerow(["Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "Năm sinh", "Giới tính", "Thôn", "Xã"])
        dice = random.Random(rows)
        for number in range(rows // 3):
            for relation, gender, year in (("Chủ hộ", "nam", 1970), ("Vợ", "nu", 1973), ("Con", "nam", 2012)):
                person = names.name(dice, gender), relation, year, {"nam": "Nam", "nu": "Nữ"}[gender]
                sheet.writerow([f"D{number:05}", *person, "Thôn Mẫu 1", "Ngọc Liên"])
    return path


def _command(settings: Settings, *words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "DATA_DIR": str(settings.data_dir), "DATABASE_URL": settings.database_url}
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=PROJECT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def _done(process: subprocess.Popen[str]) -> str:
    out, wrong = process.communicate(timeout=600)
    assert process.returncode == 0, wrong[-2000:] + out[-500:]
    return out


def _thread(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def _tell(pupils: list[Pupil], seconds: float, imported: dict[str, int]) -> None:
    times = sorted(one for pupil in pupils for one in pupil.latencies)
    saved = sum(len(pupil.acknowledged) for pupil in pupils)
    sys.stdout.write(
        f"\n{WRITERS} writers, {seconds} s: {saved} answers saved, median {times[len(times) // 2] * 1000:.0f} ms, "
        f"p99 {times[int(len(times) * 0.99)] * 1000:.0f} ms, slowest {times[-1] * 1000:.0f} ms "
        f"(each a page and an answer); {imported['created']} rows imported\n"
    )
