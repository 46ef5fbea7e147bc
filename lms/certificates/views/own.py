"""«Giấy chứng nhận của tôi», and the files of one certificate for whoever may see it."""

from flask import abort, render_template
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.certificates import credentials, keys, papers, queries
from lms.certificates.models import Certificate, IssuerKey
from lms.certificates.queries import candidates
from lms.certificates.queries import keys as stored_keys
from lms.certificates.rules import KINDS, covering, earned
from lms.certificates.rules.codes import grouped
from lms.certificates.rules.verdicts import Verdict, verdict
from lms.certificates.views.doors import attached, base_url, door, file_name, kind_words, skill_names
from lms.classes.queries import waiting as waiting_results
from lms.clock import today
from lms.people.queries import canonical_id


@door.get("/giay-chung-nhan")
@allow(Right.OWN_RECORD)
def own():
    rows = queries.own(current_user.person_id)
    gone = queries.revoked([row.id for row in rows])
    me = canonical_id(current_user.person_id)
    untold = {str(id) for id in waiting_results.held([me], today())}
    held = [one for one in candidates.holdings([me])[me] if untold.isdisjoint(one.events)]
    past = {row.kind for row in rows if row.last_day >= today() and row.id not in gone}
    done = candidates.proofs([me])[me]
    met = [kind for kind in KINDS.values() if not past & {*covering(kind)} and earned(held, today(), kind, done)]
    waiting = [kind for kind in met if not any(one is not kind and one.id in covering(kind) for one in met)]
    return render_template(
        "certificates/own.html",
        rows=[(row, verdict(row.last_day, row.id in gone, today())) for row in rows],
        waiting=[kind_words(kind.id) for kind in waiting],
        gone=gone,
        kind_words=kind_words,
        grouped=grouped,
        number_words=queries.number_words,
        Verdict=Verdict,
    )


@door.get("/giay-chung-nhan/<int:certificate_id>/giay.pdf")
@allow(Right.OWN_RECORD)
def pdf(certificate_id: int):
    row = visible_certificate(certificate_id)
    made = papers.pdf_of(row, base_url(), skill_names(), _key().id)
    return attached(made, "application/pdf", file_name(row, "pdf"))


@door.get("/giay-chung-nhan/<int:certificate_id>/chung-nhan.json")
@allow(Right.OWN_RECORD)
def badge_json(certificate_id: int):
    """The Open Badges 3.0 credential."""
    row = visible_certificate(certificate_id)
    return attached(_credential(row), "application/ld+json", file_name(row, "json"))


@door.get("/giay-chung-nhan/<int:certificate_id>/huy-hieu.svg")
@allow(Right.OWN_RECORD)
def badge_svg(certificate_id: int):
    row = visible_certificate(certificate_id)
    inside = credentials.svg_inside(_credential(row))
    return attached(papers.badge_svg(row, inside).encode(), "image/svg+xml", file_name(row, "svg"))


@door.get("/giay-chung-nhan/<int:certificate_id>/huy-hieu.png")
@allow(Right.OWN_RECORD)
def badge_png(certificate_id: int):
    row = visible_certificate(certificate_id)
    return attached(credentials.baked_png(papers.badge_png(row), _credential(row)), "image/png", file_name(row, "png"))


def _credential(row: Certificate) -> bytes:
    made = credentials.signed_credential(row, base_url(), credentials.title_of(row.kind, skill_names()), _key())
    return credentials.as_bytes(made)


def visible_certificate(certificate_id: int) -> Certificate:
    """404 outside one's scope; a reader of the staff leaves a line."""
    row = queries.certificate_visible(current_user, certificate_id, today()) or abort(404)
    if row.person_id != current_user.canonical_id and row.person_id != current_user.person_id:
        journal.note_read("person", row.person_id, "certificate")
    return row


def _key() -> IssuerKey:
    row = stored_keys.newest()
    if row is None or not keys.can_sign(row.id):
        abort(503)
    return row
