"""The four words at the top of a desk and at the bottom of a phone, by what somebody is here."""

from dataclasses import dataclass
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


def navigation(me: Actor | None) -> list[Entry]:
    """Nothing for visitors: the front page is enough."""
    if me is None:
        return []
    chosen = _choices(me)[:4]
    if me.may(Right.WRITE_QUESTIONS) and not me.holds(Role.ADMIN):
        chosen[-1] = (_("Câu hỏi"), "bank.bank", "question", {})
    return [_entry(words, endpoint, icon, **more) for words, endpoint, icon, more in chosen]


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
            (_("Hộ"), "households.households", "house", {}),
            (_("Chứng"), "witnessing.witnessing", "witness", {}),
            _lessons(),
        ]
    return [
        (_("Việc"), "home.first_page", "home", {}),
        _lessons(),
        (_("Kiểm tra"), "quizzes.quizzes", "test", {}),
        (_("Hoa"), "home.own_record", "flower", {}),
    ]


def _lessons() -> tuple[str, str, str, dict[str, int]]:
    return (_("Bài học"), "courses.courses", "book", {})


def _entry(words: str, endpoint: str, icon: str, **more: int) -> Entry:
    url = url_for(endpoint, **cast(Any, more))
    here = request.path == url or (url != "/" and request.path.startswith(url + "/"))
    return Entry(words, url, icon, here)
