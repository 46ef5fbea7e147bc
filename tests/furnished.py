"""A world built once for each engine and worker; every test that asks for it starts from a copy of its database."""

import shutil
from collections.abc import Callable
from typing import Any, NamedTuple

from lms import clock
from lms.app import create_app
from lms.db import db
from lms.settings import Settings
from tests.witnessing import world

Ids = dict[str, int]


class Furnished(NamedTuple):
    settings: Settings
    ids: Ids


class Furnisher:
    """Where this worker's databases are made and copied; a world is named, and built the first time it is asked for."""

    def __init__(
        self, engine: str, migrated: Settings, cluster: Any, new_settings: Callable[..., Settings], worker: str
    ):
        self.engine, self.migrated, self.cluster, self.worker = engine, migrated, cluster, worker
        self._new_settings = new_settings
        self._built: dict[str, Furnished] = {}

    def world(self, name: str, build: Callable[[], Ids]) -> Furnished:
        if name not in self._built:
            settings = self._copy(self.migrated, "template", name)
            self._built[name] = Furnished(settings, self._build(settings, build))
        return self._built[name]

    def copy_of(self, name: str) -> Settings:
        return self._copy(self._built[name].settings, name, "test")

    def _copy(self, source: Settings, from_name: str, to_name: str) -> Settings:
        if self.engine == "postgresql":
            self.cluster.create(f"{to_name}_{self.worker}", template=f"{from_name}_{self.worker}")
            return self._new_settings(database_url=self.cluster.url(f"{to_name}_{self.worker}"))
        fresh = self._new_settings()
        shutil.copyfile(source.sqlite_file, fresh.sqlite_file)
        return fresh

    def _build(self, settings: Settings, build: Callable[[], Ids]) -> Ids:
        app = create_app(settings)
        with app.app_context(), clock.frozen(world.NOW):
            ids = build()
            db.session.commit()
            if self.engine == "sqlite":
                with db.engine.connect() as connection:
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            db.session.remove()
            db.engine.dispose()
        return ids
