"""Coming in by the QR of a card. Its number is a secret: it leaves the address at once and is never shown again."""

from flask import abort, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from lms import journal
from lms.access.guard import public
from lms.clock import now
from lms.entry import actions, queries
from lms.entry.forms import BareForm
from lms.entry.rules import MISSES_OF_A_NETWORK, MISSES_WINDOW
from lms.entry.views.doors import door, keyed
from lms.entry.views.sitting import begin, device
from lms.web.pages import say

SCANNED_SECONDS = 300
"""So long the browser remembers which card was scanned."""


@door.get("/vao-lop/the/<string:token>")
@public
def scan(token: str):
    """Remembers the card in the signed cookie and takes its number out of the address bar and the history."""
    if journal.recent("class-missed", f"network:{request.remote_addr}", MISSES_WINDOW) >= MISSES_OF_A_NETWORK:
        abort(429)
    holder = queries.holder_by_qr(keyed(token))
    if holder is None:
        journal.note("class-missed", f"network:{request.remote_addr}")
        return render_template("entry/dead_card.html"), 404
    session["scanned"] = [holder.card.id, int(now().timestamp())]
    return redirect(url_for("entry.scanned"), 302)


@door.route("/vao-lop/the", methods=["GET", "POST"])
@public
def scanned():
    card_id, at = session.get("scanned") or (0, 0)
    fresh = 0 <= now().timestamp() - at < SCANNED_SECONDS
    holder = queries.holder_of(card_id) if fresh else None
    if holder is None:
        session.pop("scanned", None)
        return render_template("entry/dead_card.html"), 404
    form = BareForm()
    if form.validate_on_submit():
        row = actions.come_by_qr(card_id, device(), request.form.get("may") == "rieng")
        if row is not None:
            return begin(row)
        say(_("Thẻ này vừa được báo mất. Nhờ thầy cô làm thẻ mới."), "bad")
        return redirect(url_for("entry.enter"), 303)
    return render_template("entry/scanned.html", form=form, holder=holder)
