"""Bringing a list in: past imports, the upload, the dry run."""

import hashlib
from pathlib import PurePath
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import now, today
from lms.documents.limits import MAX_BYTES
from lms.documents.tables import read_tables
from lms.imports.problems import Kind
from lms.places import queries as places
from lms.refusals import Refusal
from lms.rosters.actions import keeping
from lms.rosters.actions.understanding import Understood, kind_of, understand
from lms.rosters.forms import KIND_WORDS, BareForm, ClassTargetForm, UploadForm
from lms.rosters.models import RosterImport
from lms.rosters.queries import kept, leaving
from lms.rosters.queries.surroundings import Target, communes_for, context_for, kinds_for, sites_for, villages_for
from lms.rosters.rules import PROBLEMS_IN_A_CHUNK, school_year_of
from lms.rosters.views.doors import door
from lms.vietnamese import clean, fold
from lms.web.pages import say
from lms.web.paging import page_of

PAGE = 20
PASTED = "dan-tu-excel.txt"
STATE_WORDS = {
    "read": "đọc thử, chưa ghi",
    "applying": "đang ghi dở",
    "applied": "đã ghi",
    "undoing": "đang hoàn tác dở",
    "undone": "đã hoàn tác",
}


@door.get("/nhap-danh-sach")
@allow(Right.IMPORT_LISTS)
def imports():
    page = page_of(
        kept.listed(current_user, now()),
        (-RosterImport.id,),
        request.args.get("sau"),
        PAGE,
        lambda row: (-row.id,),
        scalars=True,
    )
    return render_template(
        "rosters/imports.html",
        page=page,
        kinds=kinds_for(current_user),
        kind_words=KIND_WORDS,
        state_words=STATE_WORDS,
        who=kept.names_of([row.actor_id for row in page.rows]),
    )


@door.route("/nhap-danh-sach/tai-len", methods=["GET", "POST"])
@allow(Right.IMPORT_LISTS)
def upload():
    kinds = kinds_for(current_user)
    form = UploadForm(kind=request.args.get("loai", ""))
    form.kind.choices = [("", _("Tự nhận ra")), *((str(kind), KIND_WORDS[kind]) for kind in kinds)]
    form.place.choices = _places(kinds)
    if form.validate_on_submit() and _has_a_list(form):
        try:
            import_id = _read(form, kinds)
        except Refusal as refusal:
            form.file.errors = [refusal.sentence]
        else:
            return redirect(url_for("rosters.roster", import_id=import_id), 303)
    return render_template("rosters/upload.html", form=form), 422 if request.method == "POST" else 200


@door.get("/nhap-danh-sach/<int:import_id>")
@allow(Right.IMPORT_LISTS)
def roster(import_id: int):
    row = visible_import(import_id)
    n = max(request.args.get("phan", 0, type=int), 0)
    problems = kept.problems(row.id, n)
    if problems or row.counts.get("rows"):
        journal.note_read("roster", row.id, "preview")
    return render_template(f"rosters/{_page_of(row)}.html", **_shown(row, n, problems))


def visible_import(import_id: int) -> RosterImport:
    return kept.import_for(current_user, import_id, now()) or abort(404)


def class_target_form(row: RosterImport) -> ClassTargetForm | None:
    """The choice of school, year and class a class list still needs; filled with what the list says."""
    if row.kind != Kind.CLASS:
        return None
    target = row.target
    form = ClassTargetForm(
        site_id=target.get("site_id"), school_year=target.get("school_year"), class_name=target.get("class_name")
    )
    form.site_id.choices = [(site.id, site.name) for site in sites_for(current_user, today())]
    return form


def shown_again(row: RosterImport, form: ClassTargetForm | None = None):
    """The dry run with what was wrong about applying it."""
    return render_template("rosters/preview.html", **{**_shown(row, 0, kept.problems(row.id, 0)), "form": form}), 422


def _page_of(row: RosterImport) -> str:
    return "preview" if row.state == "read" else "progress" if row.state in ("applying", "undoing") else "result"


def _shown(row: RosterImport, n: int, problems: list[dict[str, Any]]) -> dict[str, Any]:
    done, whole = kept.progress(row.id)
    return {
        "roster": row,
        "kind_words": KIND_WORDS[row.kind],
        "other_kind": KIND_WORDS.get((row.reading or {}).get("hint", "")),
        "state_words": STATE_WORDS,
        "problems": problems,
        "part": n,
        "more": len(problems) == PROBLEMS_IN_A_CHUNK,
        "has_mend": kept.has_part(row.id, "mend"),
        "has_problems": kept.has_part(row.id, "problems"),
        "done": done,
        "whole": whole,
        "kept_rows": kept.kept_rows(row.id) if row.state == "undone" else [],
        "form": class_target_form(row) or BareForm(),
        "missing": len(leaving.leavers(row, current_user, today())) if row.state == "applied" else 0,
        "own_classes": leaving.classes_of_list(row, current_user.person_id, today()),
        "may_give_accounts": row.kind in (Kind.STAFF, Kind.CLASS) and current_user.may(Right.MANAGE_PEOPLE),
    }


def _read(form: UploadForm, kinds: list[Kind]) -> int:
    """Parse, understand and keep; the file itself is not kept."""
    name, content = _sent(form)
    sheets = read_tables(name, content)
    kind = Kind(form.kind.data) if form.kind.data else kind_of(sheets, kinds)
    target = _target(form.place.data)
    understood = understand(kind, sheets, context_for(current_user, kind, target, today()), current_user)
    if kind is Kind.CLASS:
        target = _class_target(understood)
    digest = hashlib.sha256(content).hexdigest()
    import_id = keeping.keep_reading(understood, name, digest, target, current_user.person_id)
    say(_("Đã đọc thử. Chưa ghi gì cho đến khi bấm «Ghi vào sổ»."), "info")
    return import_id


def _has_a_list(form: UploadForm) -> bool:
    if form.file.data or (form.pasted.data or "").strip():
        return True
    form.file.errors = [_("Chưa chọn tệp, cũng chưa dán gì.")]
    return False


def _sent(form: UploadForm) -> tuple[str, bytes]:
    """The file; without one what was pasted, which Excel hands over with tabs between the columns."""
    if not form.file.data:
        return PASTED, (form.pasted.data or "").encode()
    sent: FileStorage = form.file.data
    name = clean(PurePath((sent.filename or "").replace("\\", "/")).name) or "danh-sach"
    return name, sent.stream.read(MAX_BYTES + 1)


def _class_target(understood: Understood) -> Target:
    """The school and year the title names, where it is a school in reach; else the only one in reach."""
    rows, school = understood.rows, fold(understood.school)
    sites = sites_for(current_user, today())
    named = [site for site in sites if fold(site.name) == school]
    site = named[0] if named else sites[0] if len(sites) == 1 else None
    year = (rows[0]["school_year"] if rows else "") or school_year_of(today())
    return Target(site_id=site.id if site else None, school_year=year)


def _target(place: str) -> Target:
    level, _colon, number = (place or "").partition(":")
    if level == "thon":
        return Target(village_id=int(number))
    return Target(commune_id=int(number)) if level == "xa" else Target()


def _places(kinds: list[Kind]) -> list[tuple[str, str]]:
    if kinds == [Kind.CLASS]:
        return [("", _("Như tệp đã ghi"))]
    words = places.kinds()
    communes = communes_for(current_user, today())
    names = {unit.id: places.full_name(unit, words) for unit in communes}
    villages = [
        (f"thon:{unit.id}", f"{places.full_name(unit, words)} · {names[commune]}")
        for unit, commune in villages_for(current_user, today())
    ]
    return [("", _("Như tệp đã ghi")), *((f"xa:{unit.id}", names[unit.id]) for unit in communes), *villages]
