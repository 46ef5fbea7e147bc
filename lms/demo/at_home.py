"""A pupil of the demo as the teacher at home: a take-home card that a grown-up of the family answered."""

from datetime import date, timedelta

from lms import clock
from lms.demo.world import World
from lms.quizzes.rules.items import whole_answer
from lms.takehomes import actions, queries

MODULE = "m.s3.1"
CODE = "MAUB2345"
"""«Mẫu» as far as a code's letters go."""


def teach_at_home(world: World, today: date) -> None:
    """The evening before yesterday, four of five right; nothing where the pupil is of no household of the demo."""
    pupil = world.accounts["hocsinh"]
    family = world.family_of.get(pupil.id)
    adults = family[0].adults if family else []
    items = queries.questions_of(MODULE, CODE)
    if not adults or not items:
        return
    evening = clock.start_of(today - timedelta(days=2)) + timedelta(hours=19)
    with clock.frozen(evening):
        [card] = actions.make_cards(MODULE, {pupil.id: CODE})
        chosen = {item.id: min(whole_answer(item).chosen) for item in items[:-1]}
        chosen[items[-1].id] = min(one.id for one in items[-1].options if not one.correct)
        actions.answer_card(world.id(), card, items, chosen, adults[0].id, "")
