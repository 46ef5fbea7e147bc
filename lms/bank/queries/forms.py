"""What the recorded tests say to a change of the bank: whether every form that can be drawn keeps the rule of publication."""

from collections.abc import Sequence

from sqlalchemy import select

from lms import clock
from lms.db import db
from lms.quizzes import queries as quizzes
from lms.quizzes.models import Quiz
from lms.quizzes.rules.blueprints import Blueprint, publishable
from lms.quizzes.rules.shapes import Item


def lacking(skill_id: str | None) -> tuple[str, ...]:
    """Why the recorded test of a skill can no longer be begun; empty where it can."""
    test = _test(skill_id)
    plan = _plan(test)
    return _sentences(quizzes.bank(test), plan) if test and plan else ()


def lacking_with(item: Item) -> tuple[str, ...]:
    """What a question would spoil in its test: it may not be drawn itself, or forms with it break the rule."""
    test = _test(item.skill)
    plan = _plan(test)
    if test is None or plan is None:
        return ("Câu này không thuộc kỹ năng nào có bài kiểm tra, hoặc chưa có bộ quy tắc.",)
    if not plan.admits(item):
        return ("Câu này quá dễ đoán mò.",)
    before = quizzes.bank(test)
    after = [one for one in before if one.id != item.id] + [item]
    # A bank still growing lacks this and that: only what the question itself brings in is held against it.
    known = {(one.code, one.subject) for one in publishable(before, plan)}
    return tuple(one.sentence for one in publishable(after, plan) if (one.code, one.subject) not in known)


def kept_for_the_test(skill_id: str, item_ids: Sequence[str]) -> frozenset[str]:
    """Which of these questions its test cannot do without, taken away in this order."""
    test = _test(skill_id)
    plan = _plan(test)
    left, kept = quizzes.bank(test) if test else [], set()
    for item_id in item_ids:
        fewer = [one for one in left if one.id != item_id]
        if plan is None or len(fewer) == len(left):
            continue
        if publishable(fewer, plan):
            kept.add(item_id)
        else:
            left = fewer
    return frozenset(kept)


def _test(skill_id: str | None) -> Quiz | None:
    return db.session.scalar(select(Quiz).where(Quiz.kind == "skill", Quiz.skill_id == skill_id))


def _plan(test: Quiz | None) -> Blueprint | None:
    ruleset = quizzes.ruleset_on(clock.today())
    return quizzes.blueprint(test, ruleset) if test and ruleset else None


def _sentences(bank: Sequence[Item], plan: Blueprint) -> tuple[str, ...]:
    return tuple(one.sentence for one in publishable(bank, plan))
