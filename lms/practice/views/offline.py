"""The worker that lets a practice start with the network cut. Browsers run it only on https or on the machine itself."""

from flask import Response, current_app

from lms.access.guard import public
from lms.practice.views.doors import door


@door.get("/luyen-tap/may-phu.js")
@public
def worker() -> Response:
    """Asked for anew each time: a worker that is kept cannot be mended."""
    answer = Response(current_app.extensions["assets"].get("js/practice-worker.js").content, mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = "/luyen-tap"
    answer.headers["Cache-Control"] = "no-cache"
    return answer
