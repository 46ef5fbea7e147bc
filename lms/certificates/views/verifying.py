"""For anybody: is this certificate true? By its code, by a file, by its QR without network; and what machines ask for."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms import journal
from lms.access.guard import public
from lms.certificates import checking, credentials, keys, queries
from lms.certificates.forms import CodeForm, FileForm, NameForm
from lms.certificates.queries import keys as stored_keys
from lms.certificates.rules import KINDS, PART_MONTHS
from lms.certificates.rules.codes import grouped, read_code
from lms.certificates.rules.names import same_name, veiled
from lms.certificates.rules.verdicts import Verdict
from lms.certificates.views.doors import base_url, door, kind_words
from lms.clock import now, today
from lms.db import db
from lms.places.models import Unit
from lms.places.queries import full_name
from lms.vietnamese import search_key

MISSES = 30
"""Wrong codes, names and files from one address in a quarter of an hour; a code has 80 bits."""
MISSES_WINDOW = timedelta(minutes=15)
LARGEST_FILE = 4 * 1024 * 1024


@door.route("/xac-minh", methods=["GET", "POST"])
@public
def verify():
    """A code typed from paper, or a file."""
    code_form, file_form = CodeForm(), FileForm()
    if request.method == "POST":
        _refuse_guessers()
        if "file" in request.files:
            if file_form.validate_on_submit():
                return _file_answer(file_form.file.data.read(LARGEST_FILE + 1))
        elif code_form.validate_on_submit():
            code = read_code(code_form.code.data)
            if code:
                return redirect(url_for("certificates.verify_code", code=code), 303)
            code_form.code.errors = [_("Mã có 16 chữ và số, viết thành bốn nhóm. Xem lại trên giấy.")]
    status = 422 if request.method == "POST" else 200
    return render_template("certificates/verify.html", code_form=code_form, file_form=file_form), status


@door.route("/xac-minh/<string:code>", methods=["GET", "POST"])
@public
def verify_code(code: str):
    """The answer of the register; the full name only for whoever types it, or holds the paper (its QR says it)."""
    _refuse_guessers()
    answer, form = checking.by_code(code, today()), NameForm()
    if answer.row is None:
        _miss()
        return _page(answer, code, form, None), 404
    is_named = None
    if form.validate_on_submit():
        is_named = same_name(form.name.data, answer.row.name, search_key)
        if not is_named:
            _miss()
    return _page(answer, code, form, is_named)


@door.get("/xac-minh/khong-mang")
@public
def offline():
    """What the service worker keeps: checks a QR by the signature inside it."""
    return render_template("certificates/offline.html")


@door.get("/xac-minh/khoa.json")
@public
def public_keys():
    known = [{"id": row.id, "public": row.public} for row in stored_keys.all_keys()]
    return _machine({"keys": known, "kinds": {kind: kind_words(kind) for kind in KINDS}}, 300)


@door.get("/xac-minh/giu-san.js")
@public
def worker():
    """The service worker; it stands here so that it may answer for every address of this page."""
    found = current_app.extensions["assets"].get("verify/worker.js") or abort(404)
    response = make_response(found.content)
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    response.headers["Cache-Control"] = "no-cache"
    return response


@door.get("/xac-minh/co-quan/<int:unit_id>")
@public
def issuer(unit_id: int):
    """The issuer's profile for other people's tools."""
    unit = db.session.get(Unit, unit_id)
    if unit is None or not queries.has_issued(unit_id):
        abort(404)
    name = full_name(unit)
    known = stored_keys.all_keys()
    return _machine(
        credentials.profile(base_url(), unit_id, f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}", known), 300
    )  # fmt: skip


@door.get("/xac-minh/co-quan/<int:unit_id>/trang-thai/<int:number>")
@public
def status_list(unit_id: int, number: int):
    """Which of the certificates are revoked, as one compressed row of bits."""
    key = stored_keys.newest()
    if key is None or not keys.can_sign(key.id) or number > 999 or not queries.has_issued(unit_id):
        abort(404)
    return _machine(credentials.status_list(number, base_url(), unit_id, key, now()), 300)


@door.get("/xac-minh/loai/<string:kind>")
@public
def achievement(kind: str):
    """What a kind of certificate stands for: the address an Open Badge names."""
    if kind not in KINDS:
        abort(404)
    return render_template(
        "certificates/achievement.html", title=kind_words(kind), kind=KINDS[kind], months=PART_MONTHS
    )


def _file_answer(content: bytes):
    if len(content) > LARGEST_FILE:
        return _page(checking.Answer(Verdict.UNKNOWN), "", NameForm(), None), 422
    answer = checking.by_file(content, base_url(), today())
    if answer.row is None:
        _miss()
    # Whoever holds the file reads the name in it: it may be said in full.
    return _page(answer, answer.row.code if answer.row else "", NameForm(), True if answer.row else None)


def _page(answer: checking.Answer, code: str, form: NameForm, is_named: bool | None):
    row = answer.row
    return render_template(
        "certificates/answer.html",
        answer=answer,
        Verdict=Verdict,
        form=form,
        is_named=is_named,
        name=(row.name if is_named else veiled(row.name)) if row else "",
        code=grouped(row.code) if row else code[:40],
        plain_code=row.code if row else "",
        kind=kind_words(row.kind) if row else "",
        number=queries.number_words(row.number, row.year) if row else "",
        at=now(),
    )


def _refuse_guessers() -> None:
    if journal.recent("certificate-missed", f"network:{request.remote_addr}", MISSES_WINDOW) >= MISSES:
        abort(429)


def _miss() -> None:
    journal.note("certificate-missed", f"network:{request.remote_addr}")


def _machine(document: Mapping[str, Any], seconds: int) -> Response:
    response = make_response(credentials.as_bytes(document))
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return response
