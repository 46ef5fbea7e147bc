"""Coming in by name: class code → my name → three pictures or four digits; and from home by username."""

from datetime import timedelta

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms import journal
from lms.access.guard import public
from lms.clock import now, today
from lms.entry import actions, queries
from lms.entry.forms import AwayForm, CodeForm, SecretForm
from lms.entry.models import ClassWindow
from lms.entry.queries import Holder
from lms.entry.rules import (
    MISSES_OF_A_NETWORK,
    MISSES_WINDOW,
    PICKED,
    PICTURES,
    WRONG_AWAY_A_DAY,
    CardKind,
    read_code,
    read_secret,
    tries_problem,
)
from lms.entry.views.doors import door, keyed
from lms.entry.views.sitting import begin, device
from lms.people import passwords
from lms.web.pages import say

DAY = timedelta(days=1)


@door.route("/vao-lop", methods=["GET", "POST"])
@public
def enter():
    form = CodeForm()
    if form.validate_on_submit():
        code = read_code(form.code.data)
        if _window(code):
            return redirect(url_for("entry.names", code=code), 303)
        form.code.errors = [_("Mã chưa đúng, hoặc cửa lớp đã đóng. Hỏi thầy cô.")]
    return render_template("entry/enter.html", form=form), _status()


@door.get("/vao-lop/<string:code>")
@public
def names(code: str):
    """The list of names: only while the window of this code is open."""
    window = _window(read_code(code))
    if window is None:
        return render_template("entry/closed.html"), 404
    return render_template(
        "entry/names.html",
        window=window,
        name=queries.class_name(window.class_id),
        people=queries.listed(window, today()),
    )


@door.route("/vao-lop/<string:code>/<int:card_id>", methods=["GET", "POST"])
@public
def come_in(code: str, card_id: int):
    window = _window(read_code(code))
    if window is None:
        return render_template("entry/closed.html"), 404
    holder = queries.holder_in(window, card_id, today()) or abort(404)
    form, kind = SecretForm(), CardKind(holder.card.kind)
    problem = tries_problem(queries.tries_of(holder.card), today())
    if form.validate_on_submit() and not problem:
        secret = _given(form, kind)
        if secret:
            return _tried(holder, secret, request.path, window)
        form.form_errors.append(_incomplete(kind))
    return render_template(
        "entry/secret.html", form=form, holder=holder, window=window, kind=kind, kinds=CardKind, pictures=PICTURES,
        picked=PICKED, problem=problem,
    ), _status()  # fmt: skip


@door.route("/vao-lop/tu-nha", methods=["GET", "POST"])
@public
def from_home():
    """Outside a window nobody's name is listed: one writes one's own username, and what is on the card."""
    kind = CardKind.PICTURES if request.values.get("kieu") == "hinh" else CardKind.PIN
    form = AwayForm()
    if form.validate_on_submit():
        secret = _given(form, kind)
        if secret:
            return _from_home(form.username.data, kind, secret)
        form.form_errors.append(_incomplete(kind))
    return render_template(
        "entry/from_home.html", form=form, kind=kind, kinds=CardKind, pictures=PICTURES, picked=PICKED
    ), _status()


def _from_home(username: str, kind: CardKind, secret: str):
    """An unknown name, a card at rest and a wrong secret cost the same time and get the same words."""
    back = url_for("entry.from_home", kieu="hinh" if kind is CardKind.PICTURES else None)
    _hold_back()
    holder = queries.holder_named(username)
    if holder is None or holder.card.kind != kind or _too_many_away(holder.card.class_id):
        passwords.matches(None, keyed(secret))
        _note_miss()
        say(_away_wrong(), "bad")
        return redirect(back, 303)
    return _tried(holder, secret, back, None)


def _tried(holder: Holder, secret: str, back: str, window: ClassWindow | None):
    """The answer is a redirect, right or wrong: what counts the try must be kept."""
    card_id, class_id, code = holder.card.id, holder.card.class_id, window.code if window else ""
    fits = passwords.matches(holder.card.secret_hash, keyed(secret))
    outcome = actions.try_card(card_id, fits, device(), window.id if window else None)
    if not isinstance(outcome, str):
        return begin(outcome, code)
    journal.note("sign-in-failed", f"card:{card_id}")
    if window is None:
        journal.note("sign-in-failed", f"class-away:{class_id}")
        _note_miss()
    say(outcome if window else _away_wrong(), "bad")
    return redirect(back, 303)


def _window(code: str) -> ClassWindow | None:
    """The open window of a code; missed codes are counted by network."""
    _hold_back()
    window = queries.window_by_code(code, now())
    if window is None:
        _note_miss()
    return window


def _hold_back() -> None:
    if journal.recent("class-missed", f"network:{request.remote_addr}", MISSES_WINDOW) >= MISSES_OF_A_NETWORK:
        abort(429)


def _note_miss() -> None:
    journal.note("class-missed", f"network:{request.remote_addr}")


def _too_many_away(class_id: int) -> bool:
    return journal.recent("sign-in-failed", f"class-away:{class_id}", DAY) >= WRONG_AWAY_A_DAY


def _away_wrong():
    return _("Tên đăng nhập hoặc thẻ chưa đúng. Mỗi ngày thử sai được 5 lần; quá thì chờ đến mai hoặc nhờ thầy cô.")


def _given(form: SecretForm, kind: CardKind) -> str:
    if kind is CardKind.PIN:
        return read_secret(kind, [form.pin.data or ""])
    return read_secret(kind, [request.form.get(f"hinh{n}", "") for n in range(1, PICKED + 1)])


def _incomplete(kind: CardKind):
    return (
        _("Mã PIN gồm đúng 4 chữ số.")
        if kind is CardKind.PIN
        else _("Chọn đủ ba hình khác nhau, theo thứ tự trên thẻ.")
    )


def _status() -> int:
    return 422 if request.method == "POST" else 200
