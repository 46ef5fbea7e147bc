"""Pictures and recordings of the books, by the name of their bytes, so that a browser may keep them for ever."""

from flask import Blueprint, abort, current_app, send_file
from werkzeug.wrappers import Response

from lms.access.guard import public
from lms.library.pictures import files_of
from lms.web.pages import FOREVER

door = Blueprint("library", __name__)


@door.get("/hinh/<string:name>")
@public
def picture(name: str) -> Response:
    """Names are cut from a digest, so nobody finds by guessing what no page showed."""
    files = current_app.extensions.setdefault("pictures", {})
    if name not in files:  # a book may have come since
        files.update(files_of(current_app.extensions["settings"].content_paths))
    response = send_file(files.get(name) or abort(404), conditional=True)
    response.headers["Cache-Control"] = FOREVER
    return response
