"""Issuing and reading signed tickets. Who is not signed in, or has not agreed to being recorded, gets one for nobody."""

import secrets
from typing import Any

from flask import current_app
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer

from lms.access.actor import Actor
from lms.clock import now, today
from lms.practice.queries import PracticeAt
from lms.practice.rules.tickets import Ticket, as_mapping, ticket_from
from lms.quizzes.queries import consent_to_tests


def learner() -> Actor | None:
    """Whoever is signed in, taken out of the proxy once."""
    actor = current_user._get_current_object()
    return actor if isinstance(actor, Actor) else None


def on_lent_device() -> bool:
    """Handed over in a practice session: nothing but the session's practices can be opened."""
    me = learner()
    return me is not None and me.is_handed_over


def may_keep(me: Actor | None) -> bool:
    """Whether runs of this person are kept: signed in, or handed a device in a practice session, and agreed to."""
    return me is not None and consent_to_tests(me.canonical_id, today()).holds


def issued(practice: PracticeAt) -> tuple[Ticket, str]:
    """A fresh variant, and the signed text a device keeps."""
    me = learner()
    person = me.person_id if me is not None and may_keep(me) else 0
    ticket = Ticket(
        nonce=secrets.token_urlsafe(12),
        practice=practice.id,
        digest=practice.digest,
        seed=secrets.token_urlsafe(9),
        person=person,
        issued=int(now().timestamp()),
    )
    return ticket, str(_signer().dumps(as_mapping(ticket)))


def read_ticket(text: Any) -> Ticket | None:
    """None where it is not signed by us, or says something no ticket says."""
    try:
        return ticket_from(_signer().loads(text)) if isinstance(text, str) else None
    except BadSignature:
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="practice-ticket")
