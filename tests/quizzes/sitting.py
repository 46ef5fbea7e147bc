"""Taking a test in a browser without a window, and by acts alone."""

import html
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from sqlalchemy import select

from lms import completion
from lms.db import db
from lms.quizzes import queries
from lms.quizzes.models import Attempt, AttemptStep, Item, ItemVersion
from lms.quizzes.rules.items import whole_answer
from lms.quizzes.rules.shapes import Answer

TEST = "thanh-toan"
CHOICE = re.compile(r'name="(tra-loi\.[^"]+)" value="([^"]+)"')
OFFERED = re.compile(r'name="(tra-loi\.[^"]+)" value="([^"]+)"[^>]*><span>(.*?)</span>')


def begin(client: FlaskClient, quiz: str = TEST, **more: str) -> Any:
    return client.post(f"/kiem-tra/{quiz}/bat-dau", data={"id": str(uuid4()), **more})


def attempt_in(address: str) -> UUID:
    return UUID(re.search(r"/bai/([0-9a-f-]{36})", address)[1])


def answer(client: FlaskClient, address: str, keys: dict[str, frozenset[str]] | None = None, **more: str) -> Any:
    """Answer the question at an address: rightly where the keys are given, else with the first options."""
    offered = OFFERED.findall(client.get(address).text)
    field = offered[0][0]
    right = (keys or {}).get(field.removeprefix("tra-loi."), frozenset())
    chosen = [value for _field, value, text in offered if html.unescape(text) in right] or [offered[0][1]]
    return client.post(address, data={"sent": str(uuid4()), field: chosen, "den": "sau", **more})


def keys_of_everything() -> dict[str, frozenset[str]]:
    """Item id → the texts of its right options: the page names them by their place only."""
    wanted = select(Item.id, Item.digest)
    return {
        id: frozenset(option.text for option in item.options if option.correct)
        for id, item in queries.items_by_digest((row.id, row.digest) for row in db.session.execute(wanted)).items()
    }


def through(client: FlaskClient, address: str, keys: dict[str, frozenset[str]] | None = None) -> str:
    """Answer every question from here on; gives the address of the review page."""
    while re.search(r"/\d+$", address):
        address = answer(client, address, keys).location
    return address


def take(world: SimpleNamespace, who: int, right: int = 15, quiz: str = TEST) -> Attempt:
    """A whole test by acts: so many right, the others wrong."""
    attempt = completion.begin_attempt(uuid4(), who, quiz, uuid4().hex)
    items = sorted(queries.form_items(attempt), key=lambda item: not item.critical)
    answers = {}
    for place, item in enumerate(items):
        if place < right:
            answers[item.id] = whole_answer(item)
        elif item.options:  # of the other types nothing given is wrong enough
            answers[item.id] = Answer(frozenset([next(one for one in item.body.ids if one not in item.body.keys)]))
    completion.save_answers(attempt.id, who, answers, uuid4())
    return completion.finish_attempt(attempt.id)


def steps(attempt_id: UUID, kind: str = "answer") -> list[AttemptStep]:
    wanted = select(AttemptStep).where(AttemptStep.attempt_id == attempt_id, AttemptStep.kind == kind)
    return list(db.session.scalars(wanted.order_by(AttemptStep.n)))


def secrets_of(item_ids: list[str]) -> list[str]:
    """Every text of these questions that a taker must never receive: feedback and explanation."""
    wanted = select(ItemVersion.body).where(ItemVersion.item_id.in_(item_ids))
    told = []
    for body in db.session.scalars(wanted):
        told += [body["explain"], *(option["feedback"] for option in body["options"])]
    return [text for text in told if text and len(text) > 12]


Act = Callable[..., Any]
