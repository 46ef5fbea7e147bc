"""One step a page: the busiest page of a school, so it is rendered once and filled for each reader (stencil.py)."""

import time
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4, uuid5

from flask import Response, abort, current_app, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import escape

from lms.access.actor import Actor
from lms.access.guard import allow, public
from lms.access.rules import Right
from lms.clock import now, today
from lms.courses import actions, queries
from lms.courses.forms import CheckForm, StepForm
from lms.courses.queries import LessonAt, Outline, Step
from lms.courses.views.browsing import lesson_or_404, reader
from lms.courses.views.doors import door
from lms.courses.views.projecting import on_the_wall
from lms.courses.views.stencil import Stencil, hole
from lms.quizzes import actions as quiz_actions
from lms.quizzes import queries as quizzes
from lms.quizzes.rules.behaviours import Behaviour, PracticeShown, asked, shown_after_answer
from lms.quizzes.rules.items import Answer, field_name, is_in, practice_order, read_answer
from lms.quizzes.rules.shapes import Item, Problem
from lms.skills import queries as skills
from lms.web import language
from lms.web.pages import form_token
from lms.web.refusing import refusing

KEPT_SECONDS = 60
"""A made page is made anew after this, so that a book published by another process is seen."""
MOST_PAGES = 400


@dataclass(frozen=True)
class Reading:
    """A lesson opened at a step."""

    me: Actor | None
    place: LessonAt
    outline: Outline
    read: frozenset[str]
    index: int

    @property
    def step(self) -> Step:
        return self.outline.steps[self.index]

    def address(self, index: int, **more: Any) -> str:
        step = self.outline.steps[index].id
        return url_for("courses.lesson", course=self.place.course_slug, lesson=self.place.slug, buoc=step, **more)


@door.get("/khoa-hoc/<string:course>/<string:lesson>")
@public
def lesson(course: str, lesson: str):
    """A step of a lesson: the one asked for, else the first not read yet, on any device."""
    reading = _open(course, lesson, request.args.get("buoc"))
    if request.args.get("chieu"):
        return on_the_wall(reading.me, reading.place, reading.outline, reading.index)
    if "notices" in session or any(name.startswith("tra-loi.") for name in request.args):
        return render_template("courses/lesson.html", **_shown(reading), **_own_values(reading))
    made = _made(reading)
    return _answer(made.page, _fillings(reading, made.words), is_private=reading.me is not None)


@door.post("/khoa-hoc/<string:course>/<string:lesson>/xong")
@allow(Right.OWN_RECORD)
def finish_step(course: str, lesson: str):
    """«Xong bước này»: remembered, then on to the next step or back to the course."""
    reading, form = _open(course, lesson, request.form.get("buoc")), StepForm()
    if form.validate_on_submit():
        with refusing(form):
            actions.read_step(current_user.person_id, reading.place.id, reading.step.id)
            return redirect(_onward(reading), 303)
    return redirect(reading.address(reading.index), 303)


@door.post("/khoa-hoc/<string:course>/<string:lesson>/thu/<string:item>")
@allow(Right.OWN_RECORD)
def check(course: str, lesson: str, item: str):
    """Keep an answer to an inline check, then show what it says about each option chosen."""
    reading, form = _open(course, lesson, request.form.get("buoc")), CheckForm()
    found = quizzes.practice_items([item]).get(item) if item in reading.step.checks else None
    if found is None:
        abort(404)
    answer = read_answer(found, request.form.to_dict(flat=False))
    if form.validate_on_submit() and isinstance(answer, Answer):
        kept_as = uuid5(UUID(str(form.sent.data)), item)  # a page may hold several checks
        quiz_actions.answer_practice(kept_as, current_user.person_id, found, answer)
    said = {name: values for name, values in request.form.lists() if is_in(found, {name: values})}
    said = said or {field_name(item): [""]}
    return redirect(reading.address(reading.index, _anchor=f"cau-{item}", **said), 303)


def _open(course: str, lesson: str, step_id: str | None) -> Reading:
    me = reader()
    place, read = lesson_or_404(course, lesson, me)
    outline = queries.outline(place.id, place.digest)
    ids = [step.id for step in outline.steps]
    unread = next((n for n, one in enumerate(ids) if one not in read), 0)
    return Reading(me, place, outline, read, ids.index(step_id) if step_id in ids else unread)


# --- the page -----------------------------------------------------------------------------------


def _shown(reading: Reading) -> dict[str, Any]:
    """What the templates show of a step, the same for every reader; practice feedback by the address."""
    place, step = reading.place, reading.step
    items = quizzes.practice_items(step.checks) if step.checks else {}
    checks = {id: _check(items[id], place, step) for id in step.checks if id in items}
    skill = next((one for one in skills.framework().skills if one.id == place.skill_id), None)
    last = len(reading.outline.steps) - 1
    return {
        "place": place,
        "step": step,
        "number": reading.index + 1,
        "count": last + 1,
        "skill": skill,
        "checks": checks,
        "expired": queries.expired_facts(reading.outline.facts, today()),
        "first": reading.address(0),
        "previous": reading.address(reading.index - 1) if reading.index else None,
        "onward": _onward(reading),
        "is_last": reading.index == last,
        "here": reading.address(reading.index),
        "may_teach": reading.me is not None and reading.me.may(Right.READ_GUIDE),
        "signed_in": reading.me is not None,
        "nav": (),  # a lesson is left by its own way back; the menu would cover its last lines on a phone
    }


def _check(item: Item, place: LessonAt, step: Step) -> SimpleNamespace:
    """A practice question in its step, with the feedback to the answer in the address, if any."""
    question = asked(item, practice_order(item))
    sent = request.args.to_dict(flat=False)
    given = read_answer(item, sent) if is_in(item, sent) else None
    told = shown_after_answer(Behaviour.PRACTICE, item, given, now()) if isinstance(given, Answer) else None
    shown = told if isinstance(told, PracticeShown) else None
    link = queries.step_links([shown.step]).get(shown.step) if shown and shown.step else None
    return SimpleNamespace(
        question=question,
        chosen=given.chosen if isinstance(given, Answer) else frozenset(),
        typed={name: values[0] for name, values in sent.items()},
        problem=given.sentence if isinstance(given, Problem) else "",
        shown=shown,
        states={reply.option: "right" if reply.correct else "wrong" for reply in shown.replies} if shown else {},
        link=link if link and (link.lesson, link.step) != (place.slug, step.id) else None,
    )


def _onward(reading: Reading) -> str:
    if reading.index + 1 < len(reading.outline.steps):
        return reading.address(reading.index + 1)
    return url_for("courses.course", course=reading.place.course_slug)


# --- what differs from reader to reader ---------------------------------------------------------


@dataclass(frozen=True)
class Made:
    """A page kept in memory, with the words of its main button for one who has read the step and one who has not."""

    at: float
    page: Stencil
    words: tuple[str, str]


def _made(reading: Reading) -> Made:
    """The page with holes, made once for each step and language."""
    pages: dict[Any, Made] = current_app.extensions.setdefault("lesson_pages", {})
    teaches = reading.me is not None and reading.me.may(Right.READ_GUIDE)
    key = (
        reading.place,
        reading.index,
        language.chosen(),
        reading.me is not None,
        teaches,
        _is_seated(reading),
        today(),
    )
    made = pages.get(key)
    if made is None or time.monotonic() - made.at > KEPT_SECONDS:
        if len(pages) > MOST_PAGES:
            pages.clear()
        text = render_template("courses/lesson.html", **_shown(reading), **_holes(reading))
        made = pages[key] = Made(time.monotonic(), Stencil(text), (_onward_words(True), _onward_words(False)))
    return made


def _holes(reading: Reading) -> dict[str, Any]:
    return {
        "me": SimpleNamespace(initial=hole("initial"), given_name=hole("name")) if reading.me else None,
        "seat": SimpleNamespace(given_name=hole("name")) if _is_seated(reading) else None,
        "notices": [],
        "csrf_token": lambda: hole("token"),
        "diamonds": _diamonds(reading, lambda n, step: hole(f"d{n}")),
        "onward_words": hole("onward"),
        "sent": hole("sent"),
    }


def _is_seated(reading: Reading) -> bool:
    return reading.me is not None and reading.me.is_seated


def _fillings(reading: Reading, words: tuple[str, str]) -> dict[str, str]:
    me = reading.me
    values = {"token": form_token(), "sent": str(uuid4())}
    values["onward"] = words[0] if reading.step.id in reading.read or me is None else words[1]
    if me is not None:
        values["initial"], values["name"] = str(escape(me.initial)), str(escape(me.given_name))
    for n, step in enumerate(reading.outline.steps):
        values[f"d{n}"] = _state(reading, step)
    return values


def _own_values(reading: Reading) -> dict[str, Any]:
    """The same values for a page rendered whole: one with feedback or a notice on it."""
    return {
        "diamonds": _diamonds(reading, lambda n, step: _state(reading, step)),
        "onward_words": _onward_words(reading.me is None or reading.step.id in reading.read),
        "sent": str(uuid4()),
    }


def _diamonds(reading: Reading, state: Any) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(state="now" if n == reading.index else state(n, step), title=step.title, url=reading.address(n))
        for n, step in enumerate(reading.outline.steps)
    ]


def _state(reading: Reading, step: Step) -> str:
    return "done" if step.id in reading.read else "open"


def _onward_words(is_read: bool) -> str:
    return str(_("Tiếp tục") if is_read else _("Xong bước này"))


def _answer(page: Stencil, values: dict[str, str], is_private: bool) -> Response:
    """Squeezed where the browser takes it; readers who are not signed in may keep the page and ask whether it is new."""
    squeezed = "gzip" in request.headers.get("Accept-Encoding", "")
    if is_private:
        return _bytes(page, values, squeezed)
    # The token in a kept page is good as long as the session it was made for.
    tag = f"{page.digest}-{session.get('csrf_token', '')[:12]}-{'z' if squeezed else 'p'}"
    is_known = request.if_none_match.contains(tag)
    response = make_response(b"", 304) if is_known else _bytes(page, values, squeezed)
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _bytes(page: Stencil, values: dict[str, str], squeezed: bool) -> Response:
    response = Response(page.fill_gzip(values) if squeezed else page.fill(values), mimetype="text/html")
    response.headers["Vary"] = "Accept-Encoding"
    if squeezed:
        response.headers["Content-Encoding"] = "gzip"
    return response
