"""First pages: the public front, what each role does next, one's own flower, setting up, administration."""

import shutil
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm

from lms import journal
from lms.access.guard import allow, public
from lms.access.rules import Right, Role
from lms.backups import copies
from lms.backups.upkeep import last_outcome
from lms.classes.queries import waiting
from lms.clock import now, today
from lms.courses import queries as courses
from lms.db import db
from lms.home import overview
from lms.home.navigation import navigation
from lms.places import known_units
from lms.rechecks.queries import soon_due_for
from lms.reports import queries as reports
from lms.skills import queries as skills
from lms.skills.rules.flowers import Flower, Petal, PetalState, flower_of
from lms.skills.rules.words import status_words
from lms.takehomes import queries as takehomes
from lms.web.pages import say

door = Blueprint("home", __name__, template_folder="templates")


@door.record_once
def _offer_navigation(state) -> None:
    state.app.extensions["navigation"] = navigation


@door.get("/")
@public
def first_page():
    if not current_user.is_authenticated:
        return _front()
    me = current_user
    pupil = overview.learner(me, now()) if not me.holds(Role.ADMIN) else None
    villages = overview.villages(me, today()) if me.team_ids() else None
    parts = {
        "learner": pupil if pupil and (pupil.has_work or not me.grants) else None,
        "classes": overview.classes(me, today()) if me.holds(Role.TEACHER, Role.PRINCIPAL) else None,
        "windows": overview.windows(me, now()) if me.may(Right.OPEN_TEST) else [],
        "villages": villages,
        "units": overview.units(me, today()),
        "rechecks": soon_due_for(me, today()) if me.may(Right.ATTEST) else None,
        "setup": _setup() if me.holds(Role.ADMIN) else None,
    }
    shown = [row.household_id for village in villages or [] for row in village.nearest]
    if shown:
        journal.note_read("household", shown, "nearest")
    return render_template("home/first.html", today=today(), **parts)


@door.get("/hoa-cua-toi")
@allow(Right.OWN_RECORD)
def own_record():
    held = waiting.held([current_user.canonical_id], today())
    standings = skills.standings([current_user.canonical_id], today(), {str(id) for id in held})
    own = standings[current_user.canonical_id]
    framework = skills.framework()
    return render_template(
        "home/own_record.html",
        flower=flower_of(own, framework.short_names),
        standings=own,
        skills=framework.skills,
        words=status_words,
        waits=list(held.values()),
        taught=takehomes.taught_by([current_user.person_id], current_user.canonical_id, today().year),
    )


@door.get("/quan-tri")
@allow(Right.ADMINISTER)
def administration():
    settings = current_app.extensions["settings"]
    disk = shutil.disk_usage(settings.data_dir)
    made = copies.copies(settings.data_dir / "backups")
    outcome = last_outcome(settings.data_dir)
    return render_template(
        "home/administration.html",
        settings=settings,
        version=_version(),
        engine=db.engine.dialect.name,
        disk=disk,
        backed_up_at=_made_at(made[-1].name) if made else None,
        outcome=outcome,
        kept_house_at=datetime.fromisoformat(outcome["at"]) if outcome else None,
        pending=reports.pending_count(),
        broken_seals=journal.broken_seals(db.engine),
        facts_due=overview.facts_due(today()),
    )


@door.route("/quan-tri/cai-dat", methods=["GET", "POST"])
@allow(Right.ADMINISTER)
def setup():
    form = FlaskForm()
    if form.validate_on_submit():
        known_units.found_known_units()
        say(_("Đã đưa vào: tỉnh, vùng, sáu xã và các xã trước ngày 1/7/2025."))
        return redirect(url_for("home.setup"), 303)
    return render_template("home/setup.html", form=form, setup=_setup())


@door.get("/tro-giup-tiep-can")
@public
def accessibility():
    return render_template("home/accessibility.html")


@door.get("/rieng-tu")
@public
def privacy():
    return render_template("home/privacy.html")


def _front():
    framework = skills.framework()
    petals = tuple(Petal(skill.id, PetalState.FULL) for skill in framework.skills)
    flower = Flower(petals, True, _("Hoa nở trọn: một người làm được cả năm việc")) if petals else None
    return render_template("home/front.html", flower=flower, skills=framework.skills, shelf=courses.shelf(None))


def _setup() -> overview.Setup:
    folder = current_app.extensions["settings"].data_dir / "backups"
    return overview.setup(today(), len(copies.copies(folder)))


def _made_at(name: str) -> datetime | None:
    """When a copy was made, by the name of its folder."""
    try:
        return datetime.strptime(name[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _version() -> str:
    try:
        return version("nam-canh")
    except PackageNotFoundError:
        return "2026.11"
