"""Making, checking and restoring copies of the database.

SQLite: the online backup API, never a copy of the live file; a restored file must not meet a stale -wal, which would be
replayed over it (sqlite.org «How To Corrupt»). PostgreSQL: pg_dump and pg_restore of the installation.
A copy is a folder: the data, and a manifest with the counts of every table and the digest of the data.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, func, select

from lms.settings import Settings

KEEP = 14
SQLITE_FILE = "namcanh.db"
POSTGRES_FILE = "namcanh.dump"


class BackupError(Exception):
    """A copy that could not be made, trusted or restored; the message says why and what to do."""


@dataclass(frozen=True)
class Copy:
    folder: Path
    manifest: dict[str, Any]

    @property
    def made_at(self) -> str:
        return str(self.manifest["made_at"])


def create(settings: Settings, engine: Engine, now: datetime, folder: Path | None = None) -> Copy:
    """Copy the whole database while it is in use, check the copy, and only then give it its name."""
    place = folder or settings.data_dir / "backups"
    final = place / now.strftime("%Y%m%d-%H%M%S")
    if final.exists():
        raise BackupError(f"Đã có bản sao lưu {final.name}.")
    work = place / f".{final.name}.part"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True, mode=0o700)
    data = work / (SQLITE_FILE if settings.is_sqlite else POSTGRES_FILE)
    if settings.is_sqlite:
        _copy_sqlite(settings.sqlite_file, data)
        counts = _sqlite_counts(data)
    else:
        counts = _dump_postgres(settings, engine, data)
    manifest = {
        "made_at": now.isoformat(),
        "engine": engine.dialect.name,
        "file": data.name,
        "sha256": _digest(data),
        "counts": counts,
    }
    (work / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
    _sync_folder(work)
    work.rename(final)
    return Copy(final, manifest)


def verify(folder: Path) -> Copy:
    """Open a copy and count it; raises BackupError naming what does not fit its manifest."""
    path = folder / "manifest.json"
    if not path.is_file():
        raise BackupError(f"{folder}: không phải bản sao lưu (thiếu manifest.json).")
    manifest = json.loads(path.read_text(encoding="utf-8"))
    data = folder / manifest["file"]
    if not data.is_file() or _digest(data) != manifest["sha256"]:
        raise BackupError(f"{folder.name}: tệp dữ liệu thiếu hoặc đã bị sửa. Dùng bản khác.")
    if manifest["engine"] == "sqlite":
        _refuse_side_files(data)
        if _sqlite_counts(data) != manifest["counts"]:
            raise BackupError(f"{folder.name}: số dòng không khớp lúc sao lưu. Dùng bản khác.")
    else:
        _run(["pg_restore", "--list", str(data)])
    return Copy(folder, manifest)


def restore(settings: Settings, folder: Path, now: datetime) -> Path | None:
    """Put a verified copy in the place of the database; the old one is kept aside and its path returned."""
    copy = verify(folder)
    if settings.is_sqlite != (copy.manifest["engine"] == "sqlite"):
        raise BackupError("Bản sao lưu này của loại cơ sở dữ liệu khác. Kiểm tra DATABASE_URL.")
    if not settings.is_sqlite:
        _restore_postgres(settings, folder / POSTGRES_FILE, copy.manifest["counts"])
        return None
    target = settings.sqlite_file
    _refuse_side_files(target)
    aside = None
    if target.exists():
        aside = target.with_name(f"{target.name}.before-{now.strftime('%Y%m%d-%H%M%S')}")
        target.rename(aside)
    fresh = target.with_name(f".{target.name}.restoring")
    shutil.copyfile(folder / SQLITE_FILE, fresh)
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.rename(target)
    _sync_folder(target.parent)
    if _sqlite_counts(target) != copy.manifest["counts"]:
        raise BackupError("Đã chép xong nhưng số dòng không khớp. Bản cũ vẫn còn ở tệp .before-….")
    return aside


def copies(place: Path) -> list[Path]:
    """Folders of finished copies, oldest first."""
    return sorted(path.parent for path in place.glob("*/manifest.json") if not path.parent.name.startswith("."))


def keep_latest(place: Path, keep: int = KEEP) -> list[Path]:
    """Remove all but the latest copies; returns what was removed."""
    old = copies(place)[:-keep]
    for folder in old:
        shutil.rmtree(folder)
    return old


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.exists():
        raise BackupError(f"Không thấy cơ sở dữ liệu {source.name}.")
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        # In one step: it reads one snapshot of the WAL while others write. Step by step it would begin anew after
        # every write from another connection, and under load never end (sqlite.org/backup.html).
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _sqlite_counts(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if answer != "ok":
            raise BackupError(f"{path.name}: tệp hỏng ({answer}).")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise BackupError(f"{path.name}: có dòng mất gốc (foreign key).")
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        quoted = [name for name in sorted(names) if not name.startswith("sqlite_")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in quoted}  # noqa: S608 names come from the file's own list


def _refuse_side_files(database: Path) -> None:
    """An open database has a -shm; one that was cut off leaves its -wal, which would be replayed over a restored file."""
    for ending in ("-wal", "-journal", "-shm"):
        side = database.with_name(database.name + ending)
        if side.exists() and side.stat().st_size:
            raise BackupError(
                f"Bên cạnh có tệp {side.name} cũ; để vậy nó sẽ chép đè lên bản khôi phục."
                " Dừng máy chủ; nếu nó đã tắt đột ngột thì chạy «backup create» một lần, rồi làm lại."
            )


def _dump_postgres(settings: Settings, engine: Engine, target: Path) -> dict[str, int]:
    """The dump and the counts see one snapshot, so that they agree whatever is written meanwhile."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        counts = _postgres_counts(connection)
        url = _libpq_url(settings)
        _run(["pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}", f"--dbname={url}"])
    return counts


def _postgres_counts(connection: Connection) -> dict[str, int]:
    tables = MetaData()
    tables.reflect(connection)
    counted = {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables.sorted_tables
    }
    return dict(sorted(counted.items()))


def _restore_postgres(settings: Settings, dump: Path, expected: dict[str, int]) -> None:
    """All or nothing: one transaction, so that a failure leaves the database as it was."""
    url = _libpq_url(settings)
    options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    _run(["pg_restore", *options, f"--dbname={url}", str(dump)])
    engine = create_engine(settings.database_url)
    with engine.connect() as connection:
        counted = _postgres_counts(connection)
    engine.dispose()
    if counted != expected:
        raise BackupError("Đã khôi phục nhưng số dòng không khớp bản sao lưu. Dùng bản khác.")


def _libpq_url(settings: Settings) -> str:
    return settings.database_url.replace("postgresql+psycopg://", "postgresql://", 1)


def _run(command: list[str]) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise BackupError(f"Không thấy chương trình {command[0]}. Cài gói postgresql-client rồi làm lại.")
    done = subprocess.run([program, *command[1:]], capture_output=True, text=True, check=False)  # noqa: S603 a fixed program, our own arguments
    if done.returncode:
        raise BackupError(f"{command[0]}: {done.stderr.strip()[-400:]}")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make the names durable too: a renamed file may otherwise be gone after a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
