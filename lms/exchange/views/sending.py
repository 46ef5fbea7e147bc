"""Sending questions out: what a filter of the bank finds, as a file of another system, with a report of what it loses."""

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from lms.access.guard import allow
from lms.access.rules import Right
from lms.bank.queries import listing
from lms.exchange import queries
from lms.exchange.formats.found import Found, Trouble
from lms.exchange.forms import FORMAT_WORDS, SendForm
from lms.exchange.views.doors import door
from lms.exchange.writing import WRITERS, told_together, write_questions
from lms.skills.queries import framework

LOSSES_SHOWN = 100


@door.get("/ngan-hang/xuat")
@allow(Right.WRITE_QUESTIONS)
def sending():
    """What would be in the file, before it is made."""
    form = _form()
    founds = _founds(form)
    report = write_questions(founds, form.kind.data)[1] if request.args.get("xem") and founds else []
    return _page(form, founds, report)


@door.post("/ngan-hang/xuat")
@allow(Right.WRITE_QUESTIONS)
def send():
    """A POST: the file holds keys, so no address leads to it."""
    form = _form()
    founds = _founds(form)
    if not form.validate_on_submit() or not founds or len(founds) > queries.MOST_OUT:
        return _page(form, founds, []), 422
    content, _lost = write_questions(founds, form.kind.data)
    made = WRITERS[form.kind.data]
    response = Response(content, content_type=made.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="cau-hoi.{made.ending}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _form() -> SendForm:
    form = SendForm() if request.method == "POST" else SendForm(request.args)
    form.kind.choices = [(name, FORMAT_WORDS[name]) for name in sorted(WRITERS, key=list(FORMAT_WORDS).index)]
    if form.kind.data not in WRITERS:
        form.kind.data = "qti"
    return form


def _founds(form: SendForm) -> list[Found]:
    return queries.going_out(current_user, listing.filter_from(request.args), bool(form.drafts.data))


def _page(form: SendForm, founds: list[Found], report: list[Trouble]) -> str:
    together = told_together(report)
    return render_template(
        "exchange/sending.html",
        form=form,
        wanted=listing.filter_from(request.args),
        args={name: value for name, value in request.args.items() if name not in ("kind", "drafts", "xem")},
        count=len(founds),
        most=queries.MOST_OUT,
        report=together[:LOSSES_SHOWN],
        hidden_losses=max(len(together) - LOSSES_SHOWN, 0),
        is_looked_at=bool(request.args.get("xem")),
        framework=framework(),
        status_words=listing.STATUS_WORDS,
        origin_words=listing.ORIGIN_WORDS,
        no_questions=_("Không có câu nào như vậy."),
    )
