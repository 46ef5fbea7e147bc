"""`python -m lms.serve`: ready on its own, clean at its end, and never open to a network with passwords everybody knows."""

from dataclasses import replace

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from lms import serve
from lms.db import db
from lms.demo.accounts import leave_mark
from lms.settings import SettingsError
from tests.reliability import schoolroom
from tests.reliability.server import Server

ENGINES = ["sqlite"]


def test_it_serves_and_ends_when_asked(migrated, tmp_path):
    settings = schoolroom.furnish(migrated, tmp_path / "data", pupils=1)
    server = Server(settings)
    server.start()
    assert server.stop() == 0
    told = server.log.read_text()
    assert f"http://127.0.0.1:{server.port}" in told and "Traceback" not in told
    assert (settings.data_dir / "upkeep.json").is_file() and list((settings.data_dir / "backups").iterdir())


def test_demo_accounts_are_not_shown_to_a_network(app, settings):
    with app.app_context():
        leave_mark()
        db.session.commit()
        serve.refuse_open_demo(settings)  # this machine alone
        serve.refuse_open_demo(replace(settings, host="0.0.0.0", demo=True))  # on purpose
        for demo in (None, False):
            with pytest.raises(SettingsError, match="mật khẩu ai cũng biết"):
                serve.refuse_open_demo(replace(settings, host="0.0.0.0", demo=demo))


def test_a_network_without_demo_accounts_is_served(app, settings):
    with app.app_context():
        serve.refuse_open_demo(replace(settings, host="0.0.0.0"))


def test_no_demo_is_made_where_none_is_wanted(settings, monkeypatch):
    monkeypatch.setattr(serve, "fill_demo", lambda *_: pytest.fail("a demo nobody asked for"))
    for quiet in (replace(settings, demo=False), replace(settings, host="0.0.0.0", demo=None)):
        serve.prepare(quiet)


def test_an_empty_database_on_this_machine_gets_the_demo(settings, monkeypatch):
    asked = []
    monkeypatch.setattr(serve, "fill_demo", lambda wanted: asked.append(wanted))
    wanting = replace(settings, demo=None)
    serve.prepare(wanting)
    assert asked == [wanting]


def test_faulty_books_stop_the_start(app, settings, tmp_path):
    (tmp_path / "facts.yaml").write_text("facts: [", encoding="utf-8")
    with app.app_context(), pytest.raises(SettingsError, match="content"):
        serve.publish(replace(settings, content_paths=(*settings.content_paths, tmp_path)))


def test_catalogues_are_compiled_when_older(tmp_path):
    source = tmp_path / "en" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    catalogue = Catalog(locale="en")
    catalogue.add("Đăng nhập", "Sign in")
    with source.open("wb") as file:
        write_po(file, catalogue)
    serve.compile_catalogues(tmp_path)
    made = source.with_suffix(".mo")
    assert b"Sign in" in made.read_bytes()
    before = made.stat().st_mtime_ns
    serve.compile_catalogues(tmp_path)
    assert made.stat().st_mtime_ns == before
