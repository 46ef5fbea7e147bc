"""The doors of take-home cards: the pupil's own, a class's to print, the five questions at home, claiming a guest's answers."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.actor import Actor
from lms.access.guard import allow, public
from lms.access.rules import Right
from lms.classes import queries as classes
from lms.classes.queries import planning
from lms.clock import today
from lms.quizzes.rules.behaviours import asked, told_to_all
from lms.quizzes.rules.items import Answer, grade, practice_order, read_answer
from lms.quizzes.rules.shapes import Item
from lms.refusals import Refusal
from lms.takehomes import actions, queries
from lms.takehomes.forms import AnswerForm, ClaimForm, CodeForm
from lms.takehomes.rules import CODE_LENGTH, CODE_LETTERS, read_code, taught
from lms.web.pages import say
from lms.web.refusing import refusing

door = Blueprint("takehomes", "lms.takehomes", template_folder="templates")

TRIES, TRIES_WITHIN = 10, timedelta(days=1)


@door.route("/the-ve-nha", methods=["GET", "POST"])
@allow(Right.OWN_RECORD)
def own():
    """A pupil's cards, and «em đã dạy»: how many, never who or how well."""
    me = current_user
    given = {
        module.id: module.title
        for _given, module in planning.assigned_to(me.person_id, classes.class_ids_of(me.person_id, today()), today())
    }
    if request.method == "POST":
        module_id = request.form.get("bai", "")
        if module_id not in given:
            abort(404)
        try:
            actions.make_cards(module_id, {me.person_id: _code()})
        except Refusal as refusal:
            say(refusal.sentence, "warn")
        return redirect(url_for("takehomes.own"), 303)
    cards = queries.cards_of([me.person_id])
    answered = queries.checks([card.id for card in cards])
    return render_template(
        "takehomes/own.html",
        cards=cards,
        titles={**given, **queries.titles([card.module_id for card in cards])},
        taught={card.id: taught(answered.get(card.id, ()), me.canonical_id, today().year) for card in cards},
        without={one: title for one, title in given.items() if one not in {card.module_id for card in cards}},
    )


@door.route("/lop-hoc/<int:class_id>/the-ve-nha", methods=["GET", "POST"])
@allow(Right.ASSIGN_MODULE)
def of_class(class_id: int):
    """Cards for a whole class, to print and hand out."""
    row = classes.visible_class(current_user, class_id, today()) or abort(404)
    if not classes.teaches(current_user.person_id, row.id, today()):
        abort(404)
    given = {module.id: module.title for _given, module in planning.plan_of(row.id)}
    pupils = classes.pupils(row.id, today())
    cards, module_id = [], request.form.get("bai", "")
    if request.method == "POST":
        if module_id not in given:
            abort(404)
        try:
            cards = actions.make_cards(module_id, {person.id: _code() for person in pupils})
        except Refusal as refusal:
            say(refusal.sentence, "warn")
            return redirect(url_for("takehomes.of_class", class_id=row.id), 303)
        journal.note_read("person", [person.id for person in pupils], "take-home cards")
    return render_template(
        "takehomes/of_class.html", school_class=row, given=given, cards=list(zip(pupils, cards, strict=False)),
        title=given.get(module_id, ""),
    )  # fmt: skip


@door.route("/ve-nha", methods=["GET", "POST"])
@public
def enter():
    """Somebody at home has a card in the hand."""
    form = CodeForm()
    if form.validate_on_submit():
        code = read_code(form.code.data)
        if queries.card_by_code(code):
            return redirect(url_for("takehomes.card", code=code), 303)
        form.code.errors = [_("Không có thẻ nào mang mã này. Xem lại từng chữ.")]
    return render_template("takehomes/enter.html", form=form), 422 if request.method == "POST" else 200


@door.route("/ve-nha/<string:code>", methods=["GET", "POST"])
@public
def card(code: str):
    """Five questions; what was right is told at once. The page never says whose card it is."""
    found, module = queries.card_by_code(read_code(code)) or abort(404)
    items = queries.questions_of(module.id, found.code) or abort(404)
    me, form = _reader(), AnswerForm()
    if form.validate_on_submit():
        chosen = {one.id: _chosen(one) for one in items}
        claim = _code()
        with refusing(form):
            row = actions.answer_card(
                UUID(str(form.sent.data)), found, items, chosen, me.person_id if me else None, claim
            )
            kept = {one["item"]: one["option"] for one in row.answers}
            return render_template(
                "takehomes/answered.html",
                title=module.title,
                told=_told(items, kept),
                claim=f"{claim[:4]}-{claim[4:]}" if row.person_id is None and row.claim_digest else None,
                is_kept=row.person_id is not None,
            )
    return render_template(
        "takehomes/card.html",
        title=module.title,
        questions=[asked(one, practice_order(one)) for one in items],
        chosen={one.id: _chosen(one) for one in items} if request.method == "POST" else {},
        form=form,
        sent=request.form.get("sent") or str(uuid4()),
        me_signed_in=me is not None,
    ), 422 if request.method == "POST" else 200


@door.route("/ve-nha/ghi-vao-ho-so", methods=["GET", "POST"])
@allow(Right.OWN_RECORD)
def claim():
    """What a guest answered comes into their own practice, when they say so on their own account."""
    form, key = ClaimForm(), f"claim:{current_user.person_id}"
    if form.validate_on_submit():
        if journal.recent("claim-refused", key, TRIES_WITHIN) >= TRIES:
            form.form_errors.append(_("Đã thử quá nhiều lần hôm nay. Mai thử lại."))
        else:
            with refusing(form):
                _claim(form.code.data, key)
                say(_("Đã ghi vào phần luyện của bác."))
                return redirect(url_for("takehomes.claim"), 303)
    return render_template("takehomes/claim.html", form=form), 422 if request.method == "POST" else 200


def _claim(code: str, key: str) -> None:
    try:
        actions.claim_check(code, current_user.person_id)
    except Refusal:
        journal.note("claim-refused", key)
        raise


def _reader() -> Actor | None:
    """Whoever is signed in on a device of their own; a device that was handed over answers nothing here."""
    actor = current_user._get_current_object()
    if isinstance(actor, Actor) and actor.is_handed_over:
        abort(404)
    return actor if isinstance(actor, Actor) else None


def _chosen(item: Item) -> str:
    """The option ticked, or nothing."""
    answer = read_answer(item, request.form.to_dict(flat=False))
    return next(iter(answer.chosen), "") if isinstance(answer, Answer) and len(answer.chosen) == 1 else ""


def _told(items: Sequence[Item], kept: dict[str, str]) -> list[tuple[Item, bool, str, str]]:
    """Question, whether it was right, what is right, and why."""
    told = []
    for item in items:
        right, whole = told_to_all(item), kept.get(item.id, "")
        is_right = bool(whole) and grade(item, Answer(frozenset({whole}))).right
        words = ", ".join(option.text for option in item.options if right and option.id in right.chosen)
        told.append((item, is_right, words, right.why if right else ""))
    return told


def _code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _n in range(CODE_LENGTH))
