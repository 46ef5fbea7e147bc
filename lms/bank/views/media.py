"""A picture or recording of a question made here: to those who may see the question, and to nobody else."""

from io import BytesIO

from flask import abort, send_file
from flask_login import current_user
from werkzeug.wrappers import Response

from lms.access.guard import public
from lms.bank.queries import media
from lms.bank.rules.media import is_name
from lms.bank.views.doors import door
from lms.documents.media import TYPES
from lms.web.pages import FOREVER

A_SITTING = "private, max-age=7200"
"""What a test showed: for this browser alone, no longer than a test is open."""


@door.get("/hinh/cau-hoi/<string:name>")
@public
def medium(name: str) -> Response:
    """Public because lessons are: asked in practice it is everybody's, else it is decided by who asks."""
    if not (is_name(name, "image") or is_name(name, "audio")):
        abort(404)
    is_open = media.is_open(name)
    if not is_open and not (current_user.is_authenticated and media.is_visible(name, current_user)):
        abort(404)
    content = media.content(name)
    if content is None:
        abort(404)
    response = send_file(BytesIO(content), TYPES[name.rpartition(".")[2]], conditional=True, etag=name)
    response.headers["Cache-Control"] = FOREVER if is_open else A_SITTING
    return response
