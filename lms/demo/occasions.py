"""One occasion of the year: a test is opened, people sit it, and whoever passed shows two task cards. All by real acts."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms import clock, completion
from lms.demo.world import World
from lms.people.models import Person
from lms.people.queries import canonical_id
from lms.quizzes.models import Quiz
from lms.quizzes.queries import form_items
from lms.quizzes.queries import quizzes as all_quizzes
from lms.quizzes.rules.items import Answer, Item, whole_answer
from lms.witnessing import actions as witnessing
from lms.witnessing.actions.observing import Sighting
from lms.witnessing.queries.cards import Card
from lms.witnessing.queries.cards import cards as all_cards

MINUTES = 120
SITTING = timedelta(minutes=25)
OBSERVER_QUIZ = "nguoi-chung"


@dataclass(frozen=True)
class Learner:
    """Who takes part, and how it goes for them."""

    person: Person
    wrong: int = 1
    """Questions answered wrongly, never the safety ones; four are too many."""
    cards: int = 2
    """Task cards done alone; none after a failed test."""
    needs_help: bool = False
    """At the second card the witness had to prompt: it is kept and does not count."""


@dataclass(frozen=True)
class Shelf:
    """What a test of each skill is called and which cards it has; read once."""

    quizzes: dict[str, Quiz]
    cards: dict[str, list[Card]]


def shelf() -> Shelf:
    cards: dict[str, list[Card]] = {}
    for card in all_cards():
        cards.setdefault(card.skill_id, []).append(card)
    return Shelf({quiz.skill_id: quiz for quiz in all_quizzes() if quiz.skill_id}, cards)


def hold(
    world: World,
    shelf: Shelf,
    skill: str,
    moment: datetime,
    host: Person,
    learners: list[Learner],
    class_id: int | None = None,
    place: str = "",
) -> None:
    """Open the test, let everybody sit it, then sign what was seen; concluded once at the end."""
    with completion.together():
        with clock.frozen(moment):
            named = [] if class_id is not None else [learner.person.id for learner in learners]
            witnessing.open_window(
                world.id(), host.id, shelf.quizzes[skill].id, class_id=class_id, person_ids=named, minutes=MINUTES,
                name=place,
            )  # fmt: skip
        for number, learner in enumerate(learners):
            begins = moment + timedelta(seconds=20 * number)
            if sit(
                world, learner.person, shelf.quizzes[skill].id, begins, learner.wrong, host.id if not class_id else None
            ):
                _show(world, shelf.cards[skill], moment + SITTING + timedelta(minutes=number), host, learner, place)


def sit(world: World, person: Person, quiz_id: str, begins: datetime, wrong: int, host_id: int | None = None) -> bool:
    """Begin, answer question by question in three goes, hand in; says whether it was passed."""
    with clock.frozen(begins):
        attempt = completion.begin_attempt(
            world.id(), person.id, quiz_id, f"{world.dice.getrandbits(64):x}", host_id=host_id
        )
    questions = form_items(attempt)
    missed = _missed(world.dice, questions, wrong)
    reader = canonical_id(person.id)
    for go, start in enumerate(range(0, len(questions), 5)):
        answers = {one.id: _answer(one, one.id not in missed) for one in questions[start : start + 5]}
        with clock.frozen(begins + timedelta(minutes=4 * (go + 1), seconds=world.dice.randint(0, 90))):
            completion.save_answers(attempt.id, reader, answers, world.id())
    with clock.frozen(begins + timedelta(minutes=16, seconds=world.dice.randint(0, 240))):
        return bool((completion.finish_attempt(attempt.id).result or {}).get("passed"))


def _show(world: World, cards: list[Card], moment: datetime, host: Person, learner: Learner, place: str) -> None:
    for number, card in enumerate(cards[: learner.cards]):
        prompted = learner.needs_help and number == 1
        levels = {
            line["id"]: 2 if prompted and line["core"] else world.dice.choice((3, 3, 3, 4)) for line in card.rubric
        }
        seen = Sighting(levels, 2 if prompted else 3, identity_checked=True, not_kin=True, place=place)
        with clock.frozen(moment + timedelta(seconds=20 * number)):
            completion.record_observation(world.id(), host.id, learner.person.id, card.id, seen)


def _missed(dice: random.Random, questions: list[Item], wrong: int) -> set[str]:
    plain = [one.id for one in questions if not one.critical]
    return set(dice.sample(plain, min(wrong, len(plain))))


def _answer(item: Item, is_right: bool) -> Answer:
    if is_right:
        return whole_answer(item)
    wrong = next((option.id for option in item.options if not option.correct), None)
    return Answer(frozenset([wrong])) if wrong else Answer()
