"""The register: search, pages, a workbook; one certificate with its history; revoking by two."""

from datetime import date
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.certificates import actions, queries
from lms.certificates.forms import BareForm, RevokeForm
from lms.certificates.models import Certificate
from lms.certificates.rules.codes import grouped
from lms.certificates.rules.verdicts import Verdict, verdict
from lms.certificates.views.doors import attached, door, kind_words, skill_names
from lms.clock import today
from lms.db import db
from lms.documents.workbooks import MEDIA_TYPE, WrittenPage, write_workbook
from lms.people.models import Person
from lms.people.queries import canonical_id
from lms.web.pages import say
from lms.web.paging import page_of
from lms.web.refusing import refusing

PAGE = 50
MOST_EXPORTED = 20_000
WORDS = {
    Verdict.VALID: "còn giá trị",
    Verdict.EXPIRED: "hết hạn",
    Verdict.REVOKED: "đã thu hồi",
}


@door.get("/so-cap-giay")
@allow(Right.READ_REGISTER)
def register():
    words = request.args.get("tim", "").strip()
    wanted = queries.found(queries.register_visible_to(current_user, today()), words)
    keys = (Certificate.name_key, Certificate.id)
    page = page_of(wanted, keys, request.args.get("sau"), PAGE, lambda row: (row.name_key, row.id), scalars=True)
    if page.rows:
        journal.note_read("person", [row.person_id for row in page.rows], "certificate-register")
    gone = queries.revoked([row.id for row in page.rows])
    return render_template(
        "certificates/register.html",
        page=page,
        words=words,
        states={row.id: verdict(row.last_day, row.id in gone, today()) for row in page.rows},
        waiting=queries.waiting_revocations(current_user, today()),
        kind_words=kind_words,
        number_words=queries.number_words,
        Verdict=Verdict,
    )


@door.get("/so-cap-giay.xlsx")
@allow(Right.READ_REGISTER)
def exported():
    """The register as it is kept on paper, by commune, year and number."""
    order = (Certificate.unit_id, Certificate.year, Certificate.number)
    wanted = queries.register_visible_to(current_user, today()).order_by(*order).limit(MOST_EXPORTED)
    rows = list(db.session.scalars(wanted))
    journal.note_read("person", [row.person_id for row in rows], "certificate-register-file")
    gone = queries.revoked_of(queries.register_visible_to(current_user, today()))
    lines = [
        (queries.number_words(row.number, row.year), row.name, str(row.body["birth_year"] or ""), kind_words(row.kind),
         f"{row.issued_on:%d/%m/%Y}", f"{row.last_day:%d/%m/%Y}", WORDS[verdict(row.last_day, row.id in gone, today())],
         row.body["signer"], row.body["issuer"], grouped(row.code))
        for row in rows
    ]  # fmt: skip
    header = ("Số vào sổ", "Họ và tên", "Năm sinh", "Nội dung", "Ngày cấp", "Có giá trị đến hết", "Hiện nay", "Người ký",
              "Nơi cấp", "Mã tra cứu")  # fmt: skip
    titles = ("SỔ CẤP GIẤY CHỨNG NHẬN", f"Xuất ngày {today():%d/%m/%Y}")
    page = WrittenPage("Sổ cấp giấy", header, lines, titles=titles, widths=(11, 28, 9, 26, 12, 16, 13, 24, 22, 22))
    return attached(write_workbook([page]), MEDIA_TYPE, f"so-cap-giay-{today():%Y-%m-%d}.xlsx")


@door.get("/so-cap-giay/<int:certificate_id>")
@allow(Right.READ_REGISTER)
def certificate(certificate_id: int):
    """One certificate with what became of it."""
    return _page(_row(certificate_id), RevokeForm())


@door.post("/so-cap-giay/<int:certificate_id>/thu-hoi")
@allow(Right.REVOKE_CERTIFICATE)
def revoke(certificate_id: int):
    """The first of two asks, with the reason."""
    row, form = _row(certificate_id), RevokeForm()
    if form.validate_on_submit():
        with refusing(form):
            actions.ask_to_revoke(UUID(form.id.data), row, current_user.person_id, form.reason.data)
            journal.note("certificate-revocation-asked", f"certificate:{certificate_id}")
            say(_("Đã gửi yêu cầu thu hồi. Cần người thứ hai xác nhận."))
            return redirect(url_for("certificates.certificate", certificate_id=certificate_id), 303)
    return _page(_row(certificate_id), form, 422)


def _page(row: Certificate, form: RevokeForm, status: int = 200):
    journal.note_read("person", row.person_id, "certificate")
    asked = queries.revocations_of(row.id)
    people = {one for revocation in asked for one in (revocation.asked_by, revocation.decided_by) if one}
    open_one = next((one for one in asked if not one.outcome), None)
    state = verdict(row.last_day, any(one.outcome == "revoked" for one in asked), today())
    return render_template(
        "certificates/certificate.html",
        row=row,
        form=form,
        bare=BareForm(),
        asked=asked,
        open_one=open_one,
        is_mine=open_one is not None and canonical_id(open_one.asked_by) == canonical_id(current_user.person_id),
        names={id: db.session.get_one(Person, id).full_name for id in people},
        state=state,
        Verdict=Verdict,
        kind_words=kind_words,
        skill_names=skill_names(),
        parts=[(part, date.fromisoformat(on)) for part, on in row.body.get("parts", [])],
        number=queries.number_words(row.number, row.year),
        numbers=queries.numbers_of([row.replaces_id]),
        follower=queries.follower(row.id),
        number_words=queries.number_words,
        grouped=grouped,
    ), status


@door.post("/so-cap-giay/<int:certificate_id>/thu-hoi/<uuid:revocation_id>")
@allow(Right.REVOKE_CERTIFICATE)
def decide(certificate_id: int, revocation_id: UUID):
    row, form = _row(certificate_id), BareForm()
    if revocation_id not in {one.id for one in queries.revocations_of(row.id)}:
        abort(404)
    if form.validate_on_submit():
        with refusing(form):
            is_confirmed = request.form.get("quyet") == "thu-hoi"
            made = actions.decide_revocation(revocation_id, current_user.person_id, is_confirmed)
            journal.note("certificate-revocation-decided", f"certificate:{certificate_id}", outcome=made.outcome)
            say(_("Đã thu hồi giấy chứng nhận.") if is_confirmed else _("Giấy chứng nhận vẫn giữ nguyên."))
        if form.form_errors:
            say(form.form_errors[0], "bad")
    return redirect(url_for("certificates.certificate", certificate_id=certificate_id), 303)


def _row(certificate_id: int) -> Certificate:
    wanted = queries.register_visible_to(current_user, today()).where(Certificate.id == certificate_id)
    return db.session.scalar(wanted) or abort(404)
