"""The words at the top of a desk, by what somebody is here; a phone has the first four at the bottom, the rest at the foot."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, cast

from flask import request, url_for
from flask_babel import gettext as _

from lms.access.actor import Actor
from lms.access.rules import Right, Role


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    icon: str
    current: bool


def navigation(me: Actor | None) -> tuple[Entry, ...]:
    """Nothing for visitors: the front page is enough."""
    if me is None:
        return ()
    choices = [*_choices(me), *_practising(me), *_certifying(me), *_leading(me), *_training(me), *_asking(me)]
    if me.may(Right.WRITE_QUESTIONS) and not me.holds(Role.ADMIN):
        choices.insert(3, (_("Câu hỏi"), "bank.bank", "question", {}))
    return _with_current(
        [_entry(words, endpoint, icon, **more) for words, endpoint, icon, more in choices], request.path
    )


def _choices(me: Actor) -> list[tuple[str, str, str, dict[str, int]]]:
    if me.holds(Role.ADMIN):
        return [
            (_("Việc"), "home.first_page", "home", {}),
            (_("Người"), "people.people", "people", {}),
            (_("Đơn vị"), "places.units", "village", {}),
            (_("Quản trị"), "home.administration", "gear", {}),
        ]
    if me.holds(Role.COMMUNE_OFFICER, Role.REGION_OFFICER, Role.PROVINCE_OFFICER):
        unit = me.unit_ids(Role.COMMUNE_OFFICER, Role.REGION_OFFICER, Role.PROVINCE_OFFICER)[0]
        last = (_("Chứng"), "witnessing.witnessing", "witness", {}) if me.may(Right.ATTEST) else _lessons()
        return [
            (_("Việc"), "home.first_page", "home", {}),
            (_("Con số"), "reports.unit", "chart", {"unit_id": unit}),
            (_("Hộ"), "households.households", "house", {}),
            last,
        ]
    if me.holds(Role.TEACHER, Role.PRINCIPAL):
        return [
            (_("Việc"), "home.first_page", "home", {}),
            (_("Lớp"), "classes.classes", "class", {}),
            *([(_("Chứng"), "witnessing.witnessing", "witness", {})] if me.may(Right.ATTEST) else []),
            _lessons(),
        ]
    if me.holds(Role.TEAM_MEMBER, Role.TEAM_LEADER):
        return [
            (_("Việc"), "home.first_page", "home", {}),
            (_("Đi thăm"), "visits.visits", "house", {}),
            (_("Chứng"), "witnessing.witnessing", "witness", {}),
            _lessons(),
        ]
    return [
        (_("Việc"), "home.first_page", "home", {}),
        _lessons(),
        (_("Luyện tập"), "practice.practices", "phone", {}),
        (_("Hoa"), "home.own_record", "flower", {}),
        (_("Kiểm tra"), "quizzes.quizzes", "test", {}),
    ]


def _practising(me: Actor) -> list[tuple[str, str, str, dict[str, int]]]:
    """Those who may attest lead sessions; others among the staff practise like anybody, and learners have it above."""
    if me.may(Right.ATTEST):
        return [(_("Buổi thực hành"), "witnessing.sessions", "phone", {})]
    return [(_("Luyện tập"), "practice.practices", "phone", {})] if me.grants else []


def _certifying(me: Actor) -> list[tuple[str, str, str, dict[str, int]]]:
    """Who proposes or signs begins at the batches, who only reads at the register."""
    if me.may(Right.PROPOSE_CERTIFICATE):
        return [(_("Cấp giấy"), "certificates.batches", "flower", {})]
    return [(_("Sổ cấp giấy"), "certificates.register", "flower", {})] if me.may(Right.READ_REGISTER) else []


def _leading(me: Actor) -> list[tuple[str, str, str, dict[str, int]]]:
    """How ready the teams are; whoever goes with them finds the drives."""
    if me.may(Right.READ_BOARD):
        return [(_("Bảng tổ"), "drives.boards", "people", {})]
    return [(_("Đợt ra quân"), "drives.drives", "flag", {})] if me.may(Right.READ_TEAM) else []


def _training(me: Actor) -> list[tuple[str, str, str, dict[str, int]]]:
    """Days on which the members of the teams are trained."""
    is_for = me.may(Right.JOIN_TRAINING) or me.may(Right.KEEP_TRAINING)
    return [(_("Tập huấn"), "training.days", "class", {})] if is_for else []


def _asking(me: Actor) -> list[tuple[str, str, str, dict[str, int]]]:
    """Whom to ask, and what businesses offer the teams."""
    return [(_("Danh bạ"), "offers.contacts", "call", {})] if me.may(Right.READ_OFFERS) else []


def _lessons() -> tuple[str, str, str, dict[str, int]]:
    return (_("Bài học"), "courses.courses", "book", {})


@lru_cache(maxsize=1024)
def _entry(words: str, endpoint: str, icon: str, **more: int) -> Entry:
    return Entry(words, url_for(endpoint, **cast(Any, more)), icon, False)


def _with_current(entries: list[Entry], path: str) -> tuple[Entry, ...]:
    """The nearest one above this page: of «Chứng» and «Buổi thực hành», which stands under it, the second."""
    above = [one.url for one in entries if one.url != "/" and path.startswith(one.url + "/")]
    here = max([*above, *(one.url for one in entries if one.url == path)], key=len, default="")
    return tuple(replace(one, current=True) if one.url == here else one for one in entries)
