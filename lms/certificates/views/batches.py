"""The officer's and the teacher's pages: whom to propose, a batch, signing it, its pages for the printer."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from sqlalchemy import Select
from wtforms.fields import SelectChoice

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right, Role
from lms.certificates import actions, papers, queries
from lms.certificates.forms import BareForm, ProposalForm, SignForm
from lms.certificates.models import CertificateBatch, Nomination
from lms.certificates.queries import candidates
from lms.certificates.rules import KINDS, Kind
from lms.certificates.views.doors import attached, base_url, door, kind_words, skill_names
from lms.classes.queries import classes_with_sizes
from lms.clock import today
from lms.db import db
from lms.people.models import Person
from lms.people.queries import canonical_id
from lms.places.models import Unit
from lms.places.queries import full_name
from lms.web.pages import say
from lms.web.paging import page_of
from lms.web.refusing import refusing

PAGE = 30
LEFT_OUT = {
    "not-earned": lazy_gettext("hôm nay không còn đủ điều kiện"),
    "has-one": lazy_gettext("đang có giấy còn hạn"),
}


@door.get("/cap-giay")
@allow(Right.PROPOSE_CERTIFICATE)
def batches():
    wanted = queries.batches_visible_to(current_user, today())
    keys = (CertificateBatch.order_key, CertificateBatch.order_tie)
    page = page_of(
        wanted, keys, request.args.get("sau"), PAGE, lambda row: (row.order_key, row.order_tie), scalars=True
    )
    return render_template(
        "certificates/batches.html",
        page=page,
        sizes=queries.sizes([row.id for row in page.rows]),
        kind_words=kind_words,
        scopes=_scopes(),
        kinds=KINDS,
    )


@door.route("/cap-giay/moi", methods=["GET", "POST"])
@allow(Right.PROPOSE_CERTIFICATE)
def propose():
    """Everybody of a class or a commune who has earned the kind and has none: all are ticked, some may be left."""
    kind = KINDS.get(request.values.get("loai", "five")) or abort(404)
    scopes = _scopes()
    if not scopes:
        abort(404)
    chosen = request.values.get("noi", next(iter(scopes)))
    title, unit_id, class_id = scopes.get(chosen) or abort(404)
    people = candidates.ready(kind, _scope(kind, unit_id, class_id), today(), actions.MOST_IN_A_BATCH)
    if people:
        journal.note_read("person", [person.id for person in people], "certificate-candidates")
    form = ProposalForm(people=[person.id for person in people])
    form.people.choices = [SelectChoice(person.id, _name_and_year(person)) for person in people]
    if form.validate_on_submit():
        with refusing(form):
            picked = [person for person in people if person.id in set(form.people.data)]
            made = actions.propose(
                UUID(form.id.data), kind.id, unit_id, title, picked, current_user.person_id, class_id
            )  # fmt: skip
            say(_("Đã đề nghị %(n)s người. Đợt này chờ cán bộ ký.", n=len(picked)))
            return redirect(url_for("certificates.batch", batch_id=made.id), 303)
    return render_template(
        "certificates/propose.html", form=form, people=people, kind=kind, kinds=KINDS, kind_words=kind_words,
        scopes=scopes, chosen=chosen, title=title, is_full=len(people) == actions.MOST_IN_A_BATCH,
    ), _status()  # fmt: skip


@door.get("/cap-giay/dot/<uuid:batch_id>")
@allow(Right.PROPOSE_CERTIFICATE)
def batch(batch_id: UUID):
    return _page(_batch(batch_id), SignForm())


@door.post("/cap-giay/dot/<uuid:batch_id>/ky")
@allow(Right.SIGN_CERTIFICATE)
def sign(batch_id: UUID):
    row, form = _batch(batch_id), SignForm()
    if form.validate_on_submit():
        with refusing(form):
            made = actions.sign(row.id, current_user.person_id, form.office.data)
            first, last = (queries.number_words(one.number, one.year) for one in (made[0], made[-1]))
            say(_("Đã ký %(n)s giấy, số vào sổ %(first)s đến %(last)s.", n=len(made), first=first, last=last))
            journal.note("certificates-signed", f"batch:{batch_id}", count=len(made))
            return redirect(url_for("certificates.batch", batch_id=batch_id), 303)
    return _page(_batch(batch_id), form, 422)


@door.post("/cap-giay/dot/<uuid:batch_id>/rut")
@allow(Right.PROPOSE_CERTIFICATE)
def withdraw(batch_id: UUID):
    form = BareForm()
    if form.validate_on_submit():
        with refusing(form):
            actions.withdraw(_batch(batch_id).id, current_user.person_id)
            say(_("Đã rút đợt đề nghị này."))
        if form.form_errors:
            say(form.form_errors[0], "bad")
    return redirect(url_for("certificates.batch", batch_id=batch_id), 303)


@door.post("/cap-giay/dot/<uuid:batch_id>/bo/<int:person_id>")
@allow(Right.PROPOSE_CERTIFICATE)
def take_out(batch_id: UUID, person_id: int):
    form = BareForm()
    if form.validate_on_submit():
        with refusing(form):
            actions.take_out(_batch(batch_id).id, person_id)
            say(_("Đã bỏ ra khỏi đợt."))
        if form.form_errors:
            say(form.form_errors[0], "bad")
    return redirect(url_for("certificates.batch", batch_id=batch_id), 303)


@door.get("/cap-giay/dot/<uuid:batch_id>/tap-<int:number>.pdf")
@allow(Right.PROPOSE_CERTIFICATE)
def printed(batch_id: UUID, number: int):
    """Fifty pages of the batch for the printer: a whole class is one file."""
    row = _batch(batch_id)
    rows = queries.of_batch(row.id)[(number - 1) * papers.PART : number * papers.PART] if number else []
    if not rows:
        abort(404)
    journal.note_read("person", [one.person_id for one in rows], "certificates-printed")
    made = papers.pdf_of_many(rows, base_url(), skill_names())
    return attached(made, "application/pdf", f"giay-chung-nhan-{rows[0].number:03}-{rows[-1].number:03}.pdf")


def _page(row: CertificateBatch, form: SignForm, status: int = 200):
    people = queries.nominated(row.id)
    if people:
        journal.note_read("person", [person.id for _row, person in people], "certificate-batch")
    made = queries.of_batch(row.id)
    unit = db.session.get_one(Unit, row.unit_id)
    return render_template(
        "certificates/batch.html",
        batch=row,
        form=form,
        people=people,
        made={one.person_id: one for one in made},
        parts=[(n + 1, made[n * papers.PART], made[min((n + 1) * papers.PART, len(made)) - 1])
               for n in range(-(-len(made) // papers.PART))],
        kind_words=kind_words,
        left_out=LEFT_OUT,
        replaced=queries.numbers_of(one.replaces_id for one, _person in people),
        number_words=queries.number_words,
        issuer=full_name(unit),
        proposer=db.session.get_one(Person, row.proposed_by),
        may_sign=current_user.may(Right.SIGN_CERTIFICATE) and row.unit_id in current_user.unit_ids(Role.COMMUNE_OFFICER),
        problems=_problems(row, people) if row.state == "proposed" else {},
        bare=BareForm(),
    ), status  # fmt: skip


def _problems(row: CertificateBatch, people: list[tuple[Nomination, Person]]) -> dict[int, str]:
    """Whom this reader could not sign for, said before they try."""
    if not current_user.may(Right.SIGN_CERTIFICATE):
        return {}
    return actions.own_work(canonical_id(current_user.person_id), KINDS[row.kind], people, today())


def _batch(batch_id: UUID) -> CertificateBatch:
    return queries.batch_visible(current_user, batch_id, today()) or abort(404)


def _scope(kind: Kind, unit_id: int, class_id: int | None) -> Select[int]:
    """A class; the members of the commune's teams for what only members earn; else everybody who lives there."""
    if class_id is not None:
        return candidates.of_class(class_id, today())
    return (candidates.of_teams if kind.parts else candidates.of_unit)(unit_id, today())


def _scopes() -> dict[str, tuple[str, int, int | None]]:
    """What the actor may propose for: {«lop-3»: («Lớp 7A», commune, class), «xa-5»: («Xã …», commune, None)}."""
    found: dict[str, tuple[str, int, int | None]] = {}
    for unit_id in current_user.unit_ids(Role.COMMUNE_OFFICER):
        found[f"xa-{unit_id}"] = (full_name(db.session.get_one(Unit, unit_id)), unit_id, None)
    if current_user.holds(Role.TEACHER):
        for row, site, _size in classes_with_sizes(current_user, today()):
            title = _("Lớp %(name)s, %(school)s", name=row.name, school=site.name)
            found[f"lop-{row.id}"] = (title, site.unit_id, row.id)
    return found


def _name_and_year(person: Person) -> str:
    return f"{person.full_name} · {person.birth_year}" if person.birth_year else person.full_name


def _status() -> int:
    return 422 if request.method == "POST" else 200
