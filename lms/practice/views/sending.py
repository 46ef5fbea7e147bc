"""What the script asks for and sends: a practice with its ticket, and a trace."""

import json
from typing import Any
from uuid import UUID

from flask import abort, jsonify, request, url_for

from lms import completion
from lms.access.guard import allow, public
from lms.access.rules import Right
from lms.practice import queries
from lms.practice.actions import Sent
from lms.practice.models import PracticeTrace
from lms.practice.views.doors import door
from lms.practice.views.shelf import practice_or_404
from lms.practice.views.tickets import issued, learner, on_lent_device, read_ticket
from lms.web.pages import form_token

LARGEST = 64_000
"""Bytes: sixty actions are four thousand."""


@door.get("/luyen-tap/<string:practice>/bo.json")
@public
def bundle(practice: str):
    """The spec and a fresh ticket. Not to be kept by caches between people: each ticket is one person's."""
    one = practice_or_404(practice)
    spec = queries.spec(one.id, one.digest) or abort(404)
    ticket, text = issued(one)
    answer = jsonify(
        practice=one.id,
        title=one.title,
        digest=one.digest,
        seed=ticket.seed,
        ticket=text,
        keeps=ticket.person,
        csrf=form_token(),
        lesson="" if on_lent_device() else url_for("courses.lesson", course=one.course, lesson=one.lesson),
        step=one.step,
        spec=spec,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@door.post("/luyen-tap/<string:practice>/vet")
@allow(Right.PRACTISE)
def trace(practice: str):
    """A trace from a device; the same id again gets the same answer."""
    practice_or_404(practice)
    if (request.content_length or 0) > LARGEST:
        abort(413)
    said = request.get_json(silent=True)
    me = learner() or abort(401)
    row = completion.record_practice(practice, me.person_id, *_sent(said if isinstance(said, dict) else {}))
    return jsonify(_answer(row))


def _sent(said: dict[str, Any]) -> tuple[Any, Sent]:
    try:
        id = UUID(str(said.get("id")))
    except ValueError:
        abort(400)
    actions = said.get("actions")
    text = lambda key: said[key] if isinstance(said.get(key), str) else None  # noqa: E731 said three times below
    began = said.get("began")
    return read_ticket(text("ticket")), Sent(
        id, actions if _is_plain(actions) else None, text("digest"), text("end"), began if type(began) is int else None
    )


def _is_plain(actions: Any) -> bool:
    """Whether a database can keep it: no lone surrogates, no U+0000."""
    try:
        return b"\x00" not in json.dumps(actions, ensure_ascii=False).encode().replace(b"\\u0000", b"\x00")
    except UnicodeEncodeError:
        return False


def _answer(row: PracticeTrace) -> dict[str, Any]:
    verdict = row.verdict
    return {
        "id": str(row.id),
        "accepted": not row.reason,
        "reason": row.reason,
        "passed": bool(verdict.get("passed")),
        "assisted": bool(verdict.get("assisted")),
        "goal_met": bool(verdict.get("goal_met")),
        "mistakes": verdict.get("mistakes", []),
        "page": url_for("practice.kept_result", practice=row.practice_id, trace=row.id),
    }
