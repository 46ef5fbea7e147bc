"""Questions that ask the same, or nearly so, side by side."""

from flask import render_template, request
from flask_login import current_user

from lms.access.guard import allow
from lms.access.rules import Right
from lms.bank.queries import listing
from lms.bank.rules.duplicates import twins
from lms.bank.rules.types import TYPE_WORDS
from lms.bank.views.doors import door
from lms.web.paging import Page, read_mark, write_mark

PAGE = 20


@door.get("/ngan-hang/trung-nhau")
@allow(Right.WRITE_QUESTIONS)
def doubles():
    found = twins(listing.folded_stems(current_user))
    mark = read_mark(request.args.get("sau"), 1)
    start = mark[0] if mark and isinstance(mark[0], int) and mark[0] > 0 else 0
    shown = found[start : start + PAGE]
    rows = listing.labels(sorted({id for one in shown for id in (one.first, one.second)}))
    more = write_mark([start + PAGE]) if start + PAGE < len(found) else None
    return render_template(
        "bank/doubles.html", page=Page(shown, more), total=len(found), rows=rows, type_words=TYPE_WORDS
    )
