"""Placement: where to begin in a skill. Online one question a page; on paper two pages, keyed in afterwards."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import completion, journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.courses import queries as courses
from lms.people.models import Person
from lms.people.queries import canonical_id
from lms.quizzes import actions, queries
from lms.quizzes.forms import BareForm, StartForm
from lms.quizzes.models import Placement
from lms.quizzes.queries import placing
from lms.quizzes.rules.behaviours import Question, asked
from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.items import field_name, read_answer
from lms.quizzes.rules.placement import Pair, form_code, most_questions, seed_of
from lms.quizzes.rules.shapes import Answer, Item, Problem
from lms.quizzes.rules.types.registry import TYPES
from lms.quizzes.views.doors import door
from lms.quizzes.views.sitting import competency_names
from lms.skills import queries as skills
from lms.skills.models import Skill
from lms.web.pages import say
from lms.web.refusing import refusing
from lms.witnessing.queries.reach import visible_person

DONT_KNOW = "chua-biet"


@door.get("/xep-cho")
@allow(Right.OWN_RECORD)
def placements():
    """Each skill with where its last placement said to begin."""
    whose = _whose()
    mine = canonical_id(whose.id) if whose else current_user.canonical_id
    return render_template(
        "quizzes/placements.html", skills=skills.framework().skills, placed=placing.placed(mine), whose=whose
    )


@door.get("/xep-cho/<string:slug>")
@allow(Right.OWN_RECORD)
def placement(slug: str):
    return _page(_skill_or_404(slug), StartForm(formdata=None, id=str(uuid4())))


@door.post("/xep-cho/<string:slug>/bat-dau")
@allow(Right.OWN_RECORD)
def start_placement(slug: str):
    skill, form = _skill_or_404(slug), StartForm()
    if form.validate_on_submit():
        with refusing(form):
            actions.start_placement(form.id.data, current_user.person_id, skill.id, secrets.token_hex(8))
            return redirect(url_for("quizzes.placement_question", slug=slug), 303)
    form.id.data = str(uuid4())
    return _page(skill, form, 422)


@door.get("/xep-cho/<string:slug>/cau")
@allow(Right.OWN_RECORD)
def placement_question(slug: str):
    skill = _skill_or_404(slug)
    row = placing.open_placement(current_user.canonical_id, skill.id)
    return redirect(url_for("quizzes.placement", slug=slug)) if row is None else _ask(skill, row, BareForm())


@door.post("/xep-cho/<string:slug>/cau")
@allow(Right.OWN_RECORD)
def answer_placement(slug: str):
    """Keep the answer, then the next question or where to begin."""
    skill, form = _skill_or_404(slug), BareForm()
    row = placing.open_placement(current_user.canonical_id, skill.id)
    item = placing.items_of(row).get(request.form.get("cau", "")) if row else None
    if row is None or item is None:
        return redirect(url_for("quizzes.placement", slug=slug), 303)
    given = _given(item, row.seed)
    if not form.validate_on_submit():
        return _ask(skill, row, form, 422)
    if isinstance(given, Problem) and request.form.get("den") != DONT_KNOW:
        form.form_errors.append(_("%(why)s Hoặc bấm «Tôi chưa biết».", why=given.sentence))
        return _ask(skill, row, form, 422)
    answer = given if isinstance(given, Answer) and request.form.get("den") != DONT_KNOW else None
    row = completion.answer_placement(row.id, current_user.canonical_id, {item.id: answer})
    page = "quizzes.placement" if row.closed_at is not None else "quizzes.placement_question"
    return redirect(url_for(page, slug=slug), 303)


# --- on paper -----------------------------------------------------------------------------------


@door.get("/xep-cho/<string:slug>/ban-in")
@allow(Right.OWN_RECORD)
def placement_on_paper(slug: str):
    """Two pages; the code on them says later which questions these were."""
    skill, code = _skill_or_404(slug), request.args.get("ma", "")
    items = placing.questions_of(skill.id)
    seed = seed_of(code) or secrets.token_hex(2)
    pairs = placing.pairs_for(items, seed)
    fresh = form_code(seed, pairs)
    if code != fresh:  # an address of its own, so that printing it again prints the same
        return redirect(url_for("quizzes.placement_on_paper", slug=slug, ma=fresh, nguoi=request.args.get("nguoi")))
    firsts, seconds = _printed(pairs, items, seed)
    return render_template(
        "quizzes/placement_paper.html", skill=skill, code=code, firsts=firsts, seconds=seconds, whose=_whose()
    )


@door.get("/xep-cho/<string:slug>/nhap")
@allow(Right.OWN_RECORD)
def placement_entry(slug: str):
    return _entry(_skill_or_404(slug), StartForm(formdata=None, id=str(uuid4())))


@door.post("/xep-cho/<string:slug>/nhap")
@allow(Right.OWN_RECORD)
def key_placement(slug: str):
    """The answers of a paper form: for oneself, or by a witness for somebody in reach."""
    skill, form, whose = _skill_or_404(slug), StartForm(), _whose()
    person = whose.id if whose else current_user.person_id
    code = request.args.get("ma", "").strip().lower()
    if code and not _is_known(skill, code):
        abort(404)
    if code and form.validate_on_submit():
        with refusing(form):
            seed = seed_of(code)
            row = actions.start_placement(form.id.data, person, skill.id, seed, on_paper=True)
            given = {id: _given(item, seed) for id, item in placing.items_of(row).items()}
            answers = {
                id: one if isinstance(one, Answer) else None for id, one in given.items()
            }  # left empty: not known
            completion.answer_placement(row.id, canonical_id(person), answers)
            say(_("Đã ghi bài xếp chỗ trên giấy."))
            return redirect(url_for("quizzes.placement", slug=slug, nguoi=whose.id if whose else None), 303)
    form.id.data = str(uuid4())
    return _entry(skill, form, 422)


def _entry(skill: Skill, form: StartForm, status: int = 200):
    code = request.args.get("ma", "").strip().lower()
    items = placing.questions_of(skill.id)
    known = bool(code) and _is_known(skill, code)
    firsts, seconds = _printed(placing.pairs_for(items, seed_of(code)), items, seed_of(code)) if known else ([], [])
    return render_template(
        "quizzes/placement_entry.html",
        skill=skill,
        code=code,
        known=known,
        parts=[(_("Trang 1"), firsts), (_("Trang 2"), seconds)],
        form=form,
        whose=_whose(),
    ), status


def _is_known(skill: Skill, code: str) -> bool:
    seed = seed_of(code)
    return form_code(seed, placing.pairs_for(placing.questions_of(skill.id), seed)) == code


def _printed(pairs: Sequence[Pair], items: Mapping[str, Item], seed: str) -> tuple[list[Question], list[Question]]:
    return tuple([asked(items[id], _order(items[id], seed)) for id in ids]  # type: ignore[return-value]
                 for ids in ([pair.first for pair in pairs], [pair.second for pair in pairs]))  # fmt: skip


# --- pages --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """What a placement says: what is known, what to read, and where to begin."""

    found: placing.Placed
    held: list[tuple[str, bool]]
    """(name, whether it is about safety and keeps its lesson)."""
    learn: list[tuple[str, list[courses.StepLink]]]
    skip: list[courses.StepLink]
    begin: courses.StepLink | None


def _page(skill: Skill, form: StartForm, status: int = 200):
    whose = _whose()
    mine = canonical_id(whose.id) if whose else current_user.canonical_id
    items = placing.questions_of(skill.id)
    found = placing.placed(mine).get(skill.id)
    pairs = placing.pairs_for(items, "")
    asked_of = {pair.competency for pair in pairs}
    return render_template(
        "quizzes/placement.html",
        skill=skill,
        most=most_questions(pairs),
        not_asked=[one.name for one in skills.framework().of_skill(skill.id) if one.id not in asked_of],
        open=None if whose else placing.open_placement(mine, skill.id),
        told=_told(skill, found) if found else None,
        whose=whose,
        form=form,
    ), status


def _told(skill: Skill, found: placing.Placed) -> Told:
    framework = skills.framework()
    critical = {one.id for one in framework.competencies if one.is_critical}
    names = competency_names([*found.held, *found.open])
    treated = queries.steps_treating(sorted(found.open))
    links = courses.step_links({step for steps in treated.values() for step in steps})
    known = placing.steps_known([found])
    steps = _steps_of(skill)
    return Told(
        found,
        [(names[one], one in critical) for one in sorted(found.held) if one in names],
        [(names[one], [links[s] for s in treated[one] if s in links]) for one in sorted(found.open) if one in names],
        [link for step, link in steps.items() if step in known],
        next((link for step, link in steps.items() if step not in known), None),
    )


def _steps_of(skill: Skill) -> dict[str, courses.StepLink]:
    """Every step of the skill's lessons, in order."""
    lessons = [card.lesson for one in courses.shelf(None) if one.skill_id == skill.id for card in one.lessons]
    read = courses.outlines((one.id, one.digest) for one in lessons)
    return {
        f"{one.id}#{step.id}": courses.StepLink(one.course_slug, one.slug, one.title, step.id, step.title)
        for one in lessons
        for step in read[one.id].steps
    }


def _ask(skill: Skill, row: Placement, form: BareForm, status: int = 200):
    standing = placing.standing_of(row)
    if standing.next is None:
        return redirect(url_for("quizzes.placement", slug=skill.slug))
    item = placing.items_of(row)[standing.next.item]
    return render_template(
        "quizzes/placement_question.html",
        skill=skill,
        number=standing.asked + 1,
        most=most_questions(placing.pairs_of(row)),
        question=asked(item, _order(item, row.seed)),
        form=form,
        nav=(),  # while answering, the two actions stand alone
    ), status


def _given(item: Item, seed: str) -> Answer | Problem:
    """Pages number the options as shown: the word by which an author knows one would tell too much."""
    places = {str(n): option for n, option in enumerate(_order(item, seed), 1)}
    chosen = [places[sent] for sent in request.form.getlist(field_name(item.id)) if sent in places]
    return read_answer(item, {field_name(item.id): chosen})


def _order(item: Item, seed: str) -> Sequence[str]:
    return TYPES[item.type].shuffled(item.body, Dice(seed, f"options/{item.id}"))


def _skill_or_404(slug: str) -> Skill:
    return skills.skill_by_slug(slug) or abort(404)


def _whose() -> Person | None:
    """Somebody else, whose paper a witness keys in; out of reach they do not exist."""
    if "nguoi" not in request.args:
        return None
    if not current_user.may(Right.ATTEST):
        abort(404)
    person = visible_person(current_user, request.args.get("nguoi", type=int) or abort(404), today()) or abort(404)
    journal.note_read("person", person.id, "placement")
    return person
