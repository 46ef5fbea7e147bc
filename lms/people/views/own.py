"""One's own account: password, PIN, sessions."""

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.people import actions, passwords, queries
from lms.people.forms import BareForm, ChangePasswordForm, PinForm
from lms.people.models import Account
from lms.people.rules import password_problem, pin_problem
from lms.people.views.doors import door
from lms.people.views.signing import TRIES_PER_ACCOUNT, TRIES_WINDOW
from lms.web.pages import say


@door.get("/ca-nhan")
@allow(Right.OWN_ACCOUNT)
def account():
    sign_ins = queries.open_sign_ins(current_user.person_id)
    return render_template("people/account.html", sign_ins=sign_ins, form=BareForm())


@door.route("/mat-khau", methods=["GET", "POST"])
@allow(Right.OWN_ACCOUNT)
def change_password():
    form = ChangePasswordForm()
    if form.validate_on_submit():
        mine = queries.account_of(current_user.person_id) or abort(404)
        if _is_mine(form, mine):
            problem = password_problem(form.password.data, mine.username)
            if not problem:
                actions.set_password(mine, passwords.hash_of(form.password.data))
                actions.end_all_sign_ins(current_user.person_id, but_key=current_user.sign_in_key)
                say(_("Đã đổi mật khẩu. Các máy khác đã được đăng xuất."))
                return redirect("/", 303)
            form.password.errors = [problem]
    return render_template("people/change_password.html", form=form), _status(form)


@door.route("/ca-nhan/pin", methods=["GET", "POST"])
@allow(Right.HAND_OVER)
def change_pin():
    form = PinForm()
    if form.validate_on_submit():
        mine = queries.account_of(current_user.person_id) or abort(404)
        if _is_mine(form, mine):
            problem = pin_problem(form.pin.data)
            if not problem:
                actions.set_pin(mine, passwords.hash_of(form.pin.data))
                say(_("Đã đặt mã PIN để nhận lại máy."))
                return redirect(url_for("people.account"), 303)
            form.pin.errors = [problem]
    return render_template("people/change_pin.html", form=form), _status(form)


@door.post("/ca-nhan/thoat-may-khac")
@allow(Right.OWN_ACCOUNT)
def end_everywhere():
    actions.end_all_sign_ins(current_user.person_id, but_key=current_user.sign_in_key)
    say(_("Đã đăng xuất khỏi mọi máy khác."))
    return redirect(url_for("people.account"), 303)


def _is_mine(form: ChangePasswordForm | PinForm, mine: Account) -> bool:
    """Whether the present password was given; wrong ones count against the account, as at sign-in."""
    key = f"account:{mine.username}"
    if journal.recent("sign-in-failed", key, TRIES_WINDOW) >= TRIES_PER_ACCOUNT:
        abort(429)
    if passwords.matches(mine.password_hash, form.current.data):
        return True
    journal.note("sign-in-failed", key)
    form.current.errors = [_("Mật khẩu đang dùng chưa đúng.")]
    return False


def _status(form: ChangePasswordForm | PinForm) -> int:
    return 422 if request.method == "POST" else 200
