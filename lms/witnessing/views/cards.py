"""Task cards: the list by skill, and one card to print and cut out."""

from flask import abort, render_template

from lms.access.guard import allow
from lms.access.rules import Right
from lms.skills import queries as skills
from lms.witnessing.queries import cards as queries
from lms.witnessing.views.doors import door


@door.get("/chung-kien/phieu-viec")
@allow(Right.ATTEST)
def cards():
    by_skill: dict[str, list[queries.Card]] = {}
    for card in queries.cards():
        by_skill.setdefault(card.skill_id, []).append(card)
    return render_template("witnessing/cards.html", skills=skills.framework().skills, cards=by_skill)


@door.get("/chung-kien/phieu-viec/<string:card_id>")
@allow(Right.ATTEST)
def card(card_id: str):
    row = queries.card(card_id) or abort(404)
    names = {one.id: one.name for one in skills.framework().of_skill(row.skill_id)}
    return render_template("witnessing/card.html", card=row, competencies=names)
