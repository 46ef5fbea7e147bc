"""The daily housekeeping, each part in transactions of its own and safe to repeat."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from lms import clock, completion, journal, regrading
from lms.backups import copies
from lms.backups.replaying import replayed
from lms.bank.actions import freezing, media
from lms.bank.queries import flagging
from lms.db import db, give_way
from lms.gradebooks import actions as gradebooks
from lms.households.models import Household
from lms.people.models import Person
from lms.reports import actions as reports
from lms.rosters.actions import keeping
from lms.rulesets.concluding import conclude_all

SAMPLE = 200
OUTCOME_FILE = "upkeep.json"
BACKUP_EVERY = timedelta(hours=20)
"""So that a restart in the evening does not push the morning's copy out of the fourteen."""


def run_upkeep() -> dict[str, Any]:
    """Close what is overdue, conclude by a ruleset whose day came, fold counts, check a sample, seal, back up, keep fourteen.

    Returns what was done, and keeps it for the administrator's page.
    """
    settings = current_app.extensions["settings"]
    problems: list[str] = []
    lapsed, previews = _clear_up()
    concluded = conclude_all()
    frozen, held = _look_at_questions()
    folded = reports.count()
    drifted = _drift_in_a_sample()
    if drifted:
        problems.append(f"{drifted} kết luận không khớp bằng chứng: chạy flask completion replay.")
    sealed = journal.seal_until(db.engine, clock.today())
    broken = journal.broken_seals(db.engine)
    problems += [f"nhật ký ngày {day:%d/%m/%Y} không khớp niêm" for day in broken]
    copy, removed = _back_up(settings.data_dir / "backups", problems)
    outcome = {
        "at": clock.now().isoformat(),
        "lapsed": lapsed,
        "removed_previews": previews,
        "concluded_by_new_rules": concluded,
        "frozen_questions": frozen,
        "held_questions": held,
        "folded": folded,
        "checked": SAMPLE,
        "drifted": drifted,
        "sealed_days": sealed,
        "backup": copy,
        "removed_backups": removed,
        "problems": problems,
    }
    _write(settings.data_dir / OUTCOME_FILE, outcome)
    return outcome


def _clear_up() -> tuple[int, int]:
    """Closes what time has closed, marks again what was withdrawn, drops lists nobody applied; counts of first and last."""
    lapsed = completion.lapse_overdue(clock.now())
    db.session.commit()
    while regrading.regrade_waiting():
        db.session.commit()
        give_way()
    db.session.commit()
    previews = keeping.discard_stale(clock.now()) + gradebooks.discard_stale(clock.now())
    media.clear_unused(clock.now())
    db.session.commit()
    return lapsed, previews


def last_outcome(data_dir: Path) -> dict[str, Any] | None:
    """What the last upkeep wrote, for the administrator's page."""
    path = data_dir / OUTCOME_FILE
    if not path.exists():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _look_at_questions() -> tuple[int, int]:
    """The statistics first, without a lock; then what they flag is frozen in one short transaction."""
    found = flagging.verdicts(flagging.flagged_now())
    db.session.rollback()
    done = freezing.keep_flags(found, clock.now())
    db.session.commit()
    return done


def _drift_in_a_sample() -> int:
    people, households = _sampled(Person.id), _sampled(Household.id)
    db.session.rollback()
    return replayed(people, households, keep=False)


def _sampled(column: Any) -> list[int]:
    """Ids at random; asked by number, so that a million rows are not read to pick two hundred."""
    least, most = db.session.execute(select(func.min(column), func.max(column))).one()
    if most is None:
        return []
    dice = random.Random(clock.now().timestamp())  # noqa: S311 a sample for checking, not a secret
    wanted = sorted({dice.randint(least, most) for _ in range(SAMPLE)})
    return list(db.session.scalars(select(column).where(column.in_(wanted)).order_by(column)))


def _back_up(place: Path, problems: list[str]) -> tuple[str, list[str]]:
    settings = current_app.extensions["settings"]
    done = copies.copies(place)
    now = clock.now()
    if done and now.strftime("%Y%m%d-%H%M%S") < _name_after(done[-1].name):
        return done[-1].name, []
    try:
        made = copies.create(settings, db.engine, now)
        copies.verify(made.folder)
    except copies.BackupError as problem:
        problems.append(str(problem))
        return "", []
    return made.folder.name, [folder.name for folder in copies.keep_latest(place)]


def _name_after(name: str) -> str:
    made = datetime.strptime(name, "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    return (made + BACKUP_EVERY).strftime("%Y%m%d-%H%M%S")


def _write(path: Path, outcome: dict[str, Any]) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(outcome, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(path)
