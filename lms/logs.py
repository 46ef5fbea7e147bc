"""The log: one JSON line a request, without names, rotated in DATA_DIR."""

import json
import logging
import time
from logging.handlers import RotatingFileHandler

from flask import Flask, Response, g, request

from lms.settings import Settings


class JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = {"at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"), "level": record.levelname.lower()}
        fields |= getattr(record, "fields", None) or {"message": record.getMessage()}
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


class LeanFile(RotatingFileHandler):
    """Turned over by what has been written, without asking the disk and formatting every line twice."""

    def shouldRollover(self, record: logging.LogRecord) -> bool:
        return self.stream is not None and self.stream.tell() >= self.maxBytes


def install(app: Flask, settings: Settings) -> None:
    """Requests are logged by endpoint, never by address: an address may hold a code or an id."""
    log = logging.getLogger("namcanh")
    log.setLevel(logging.INFO)
    log.propagate = False
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()
    file = LeanFile(settings.data_dir / "namcanh.log", maxBytes=5_000_000, backupCount=5, encoding="utf-8")
    file.setFormatter(JsonLine())
    log.addHandler(file)
    app.logger.handlers = [file]

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        took = round(1000 * (time.perf_counter() - g.get("began", time.perf_counter())), 1)
        fields = {"method": request.method, "endpoint": request.endpoint, "status": response.status_code, "ms": took}
        # Handed over ready made: logging would walk the stack for the caller's name on every request.
        file.handle(log.makeRecord(log.name, logging.INFO, "", 0, "", (), None, extra={"fields": fields}))
        return response
