"""`python -m lms.serve`: migrate, publish, fill the demo if empty, keep house, serve. What `make run` does after the set-up."""

import ctypes
import gc
import importlib
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from waitress.server import create_server

from lms import settings as settings_module
from lms.app import create_app
from lms.backups.copies import BackupError
from lms.backups.upkeep import run_upkeep
from lms.db import db
from lms.demo.accounts import ACCOUNTS, PASSWORD, has_demo, shown_accounts
from lms.library.commands import publish_books
from lms.library.reading import read_books
from lms.people.queries import has_accounts
from lms.reports import actions as reports
from lms.reports.queries import pending_count
from lms.settings import Settings, SettingsError

FOLD_EVERY_SECONDS = 60
UPKEEP_EVERY_SECONDS = 24 * 3600
LARGEST_REQUEST = 64 * 1024 * 1024
"""Above what the application takes (12 MB): a file somewhat too large is received and answered by a page that says so.
One larger still is cut off, and the browser can only say that the connection broke."""
DEMO_HOUSEHOLDS = 300
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
"""Names of malloc.h (mallopt(3)); setting one of the first two also stops glibc from raising both by itself."""


def main() -> None:
    try:
        settings = settings_module.from_environment()
        compile_catalogues(Path(__file__).parent / "translations")
        in_a_child(lambda: prepare(settings))
        app = create_app(settings)
    except SettingsError as problem:
        sys.exit(str(problem))
    app.extensions["demo_accounts"] = shown_accounts
    serve(app, settings)


def in_a_child(work: Callable[[], None]) -> None:
    """What is needed once at the start is done by a process of its own, and so is the memory it takes; where there is no
    fork it is done here. Raises SettingsError when it failed, the reason being told by then.
    """
    if not hasattr(os, "fork"):
        return work()
    child = os.fork()
    if child:
        _pid, status = os.waitpid(child, 0)
        if status:
            raise SettingsError("")
        return None
    try:
        work()
        os._exit(0)
    except SettingsError as problem:
        tell(str(problem))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def compile_catalogues(folder: Path) -> None:
    """The .po files are the source; the .mo beside them is made anew when it is older."""
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as readable:
                catalogue = read_po(readable)
            with target.open("wb") as writable:
                write_mo(writable, catalogue)


def prepare(settings: Settings) -> None:
    """Bring the database up to date; raises SettingsError where serving would be unsafe."""
    migrations = importlib.import_module("flask_migrate")  # before the application is made, which then knows of it
    app = create_app(settings)
    with app.app_context():
        tell("Cập nhật cơ sở dữ liệu …")
        migrations.upgrade()
    with app.app_context():
        refuse_open_demo(settings)
        tell("Xuất bản sách trong content/ …")
        publish(settings)
        wanted = settings.demo if settings.demo is not None else settings.is_loopback
        if wanted and not has_accounts():
            tell("Tạo dữ liệu mẫu (khoảng nửa phút) …")
            fill_demo(settings)
        db.session.remove()
        db.engine.dispose()


def refuse_open_demo(settings: Settings) -> None:
    if settings.is_loopback or settings.demo is True or not has_demo():
        return
    raise SettingsError(
        "Cơ sở dữ liệu này có tài khoản mẫu, mật khẩu ai cũng biết. Không mở ra mạng.\n"
        "Dùng DATA_DIR khác cho máy thật, hoặc đặt DEMO=1 nếu cố ý."
    )


def fill_demo(settings: Settings) -> None:
    """In a process of its own: the memory a year of acts takes (200 MiB) would otherwise stay with the server."""
    where = {"DATA_DIR": str(settings.data_dir), "DATABASE_URL": settings.database_url}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "demo", "load", "--households", str(DEMO_HOUSEHOLDS)]
    done = subprocess.run(command, cwd=settings_module.PROJECT, env={**os.environ, **where}, check=False)  # noqa: S603
    if done.returncode:
        raise SettingsError("Không tạo được dữ liệu mẫu; lý do ở ngay trên.")


def publish(settings: Settings) -> None:
    books, problems = read_books(settings.content_paths)
    faults = [str(problem) for problem in problems if problem.level == "error"]
    if faults:
        raise SettingsError("Sách trong content/ còn lỗi:\n" + "\n".join(faults))
    publish_books(books)
    db.session.commit()


def serve(app: Flask, settings: Settings) -> None:
    """Waitress: many slow phones do not stop it answering the others (docs/dependencies.md)."""
    hand_memory_back()
    cores = stay_on_one_core()  # first: waitress starts its threads when it is made
    try:
        server = create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=8,
            connection_limit=1000,
            asyncore_use_poll=True,
            max_request_body_size=LARGEST_REQUEST,
            ident=None,
        )
    except OSError as problem:
        sys.exit(f"Không mở được {settings.host}:{settings.port} ({problem.strerror}). Đặt PORT khác rồi chạy lại.")
    gc.collect()
    gc.freeze()  # what was loaded to begin with lives as long as the server: no need to look through it ever again
    done = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _stop(done))
    keeper = threading.Thread(target=_keep_house, args=(app, done, cores), daemon=True)
    keeper.start()
    _greet(app, settings)
    server.run()
    keeper.join(timeout=10)


def stay_on_one_core() -> set[int]:
    """Keep this thread and those it starts on one of the cores allowed; gives all that were (docs/decisions/0060-one-core.md).

    Python runs one thread at a time; eight that hand its lock from core to core take twice the time for the same page.
    """
    if not hasattr(os, "sched_setaffinity"):  # Linux only
        return set()
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(allowed)[os.getpid() % len(allowed)]})
    return allowed


def hand_memory_back() -> None:
    """Give large pieces back to the system as soon as they are free. A password takes 19 MiB to check (argon2), and what eight
    threads once had so, glibc would keep for ever: 150 MiB.
    """
    try:
        tune = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # another C library
        return
    tune(M_MMAP_THRESHOLD, 1 << 20)
    # Compressing a page takes 256 KiB. At the threshold glibc starts with it went back and was fetched again for every page.
    tune(M_TRIM_THRESHOLD, 4 << 20)
    tune(M_ARENA_MAX, 2)


def tell(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def _keep_house(app: Flask, done: threading.Event, cores: set[int]) -> None:
    """Upkeep at start and daily; folding whenever something waits. Each in a context and transactions of its own."""
    if cores:
        os.sched_setaffinity(0, cores)  # a backup is no reason to answer nobody
    last_upkeep: float | None = None
    while not done.is_set():
        try:
            with app.app_context():
                if last_upkeep is None or time.monotonic() - last_upkeep > UPKEEP_EVERY_SECONDS:
                    last_upkeep = time.monotonic()
                    run_upkeep()
                elif pending_count():
                    reports.count()
        except (OSError, SQLAlchemyError, BackupError):
            app.logger.exception("housekeeping failed; it is tried again")
        done.wait(FOLD_EVERY_SECONDS)


def _greet(app: Flask, settings: Settings) -> None:
    tell(f"\nNăm Cánh đang chạy tại {settings.base_url}")
    with app.app_context():
        if has_demo():
            names = ", ".join(account.username for account in ACCOUNTS)
            tell(f"Tài khoản mẫu (mật khẩu {PASSWORD}): {names}")
        elif not has_accounts():
            tell("Chưa có tài khoản nào. Tạo quản trị viên: flask --app wsgi people create-admin <tên>")


def _stop(done: threading.Event) -> None:
    """Waitress takes the exit as the sign to finish what is being answered and stop."""
    done.set()
    sys.exit(0)


if __name__ == "__main__":
    main()
