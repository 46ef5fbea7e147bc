"""A reorganisation and all that follows it, told once: households, teams, offices, schools, and the counts above."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lms.clock import today
from lms.households.actions import living
from lms.people import actions as people
from lms.places import actions, queries
from lms.places.models import Unit
from lms.refusals import Refusal
from lms.reports import actions as reports
from lms.teams import actions as teams


@dataclass
class Outcome:
    """What became of it, in plain values: the unit to show next, and how much went along."""

    unit_id: int
    lines: list[tuple[str, int]] = field(default_factory=list)
    """(what people call the unit, households that stand there from the day on)."""
    households: int = 0
    villages: int = 0
    teams: int = 0
    roles: int = 0
    sites: int = 0


def merge(old: Sequence[Unit], kind_id: str, name: str, on_day: date, decision: str, actor_id: int | None) -> Outcome:
    """Villages of a commune, or communes of a province, become one."""
    refuse_future(on_day)
    is_village = queries.level_of(old[0]) == "village"
    ids, names = [one.id for one in old], [queries.full_name(one) for one in old]
    above = _above(ids, on_day)
    below = sum(len(queries.children(id, on_day)) for id in ids)
    new = actions.merge_units(old, kind_id, name, on_day, decision=decision, actor_id=actor_id)
    done = Outcome(new.id, villages=0 if is_village else below)
    if is_village:
        done.lines = [(words, living.follow_units([id], new.id, on_day)) for id, words in zip(ids, names, strict=True)]
        done.households = sum(n for _words, n in done.lines)
        done.teams = teams.follow_villages(ids, [new.id], on_day)
    else:
        done.teams = teams.follow_communes(ids, new.id)
        reports.recount_above([new.id, *ids])
    done.roles = people.follow_units(ids, new.id, on_day)
    done.sites = actions.move_sites(ids, new.id)
    reports.recount_above({*above, *_above([new.id], on_day)})
    return done


def split_village(
    old: Unit, names: Sequence[str], part_of: Mapping[int, int], on_day: date, decision: str, actor_id: int | None
) -> Outcome:
    """One village becomes several; every household is told its part."""
    refuse_future(on_day)
    above = _above([old.id], on_day)
    parts = [(old.kind_id, name) for name in names]
    new = actions.split_unit(old, parts, {}, on_day, decision, actor_id)
    done = Outcome(new[0].id)
    for number, unit in enumerate(new):
        mine = {household for household, part in part_of.items() if part == number}
        moved = living.follow_units([old.id], unit.id, on_day, only=mine)
        done.lines.append((queries.full_name(unit), moved))
    done.households = sum(n for _words, n in done.lines)
    done.teams = teams.follow_villages([old.id], [unit.id for unit in new], on_day)
    done.sites = actions.move_sites([old.id], new[0].id)
    reports.recount_above(above)
    return done


def split_commune(
    old: Unit, names: Sequence[str], part_of: Mapping[int, int], on_day: date, decision: str, actor_id: int | None
) -> Outcome:
    """One commune becomes several; every village is told its part. Offices are given anew: nobody can guess them."""
    refuse_future(on_day)
    above = _above([old.id], on_day)
    new = actions.split_unit(old, [(old.kind_id, name) for name in names], part_of, on_day, decision, actor_id)
    ids = [unit.id for unit in new]
    done = Outcome(ids[0], villages=len(part_of))
    done.teams = teams.follow_communes([old.id], ids[0])
    done.sites = actions.move_sites([old.id], ids[0])
    reports.recount_above({*above, old.id, *ids})
    done.lines = [(queries.full_name(unit), len(queries.children(unit.id, on_day))) for unit in new]
    return done


def move(unit: Unit, parent_id: int, on_day: date, decision: str, actor_id: int | None) -> Outcome:
    """A unit stands under another from the day on, with everybody in it."""
    refuse_future(on_day)
    above = _above([unit.id], on_day)
    actions.move_unit(unit, parent_id, on_day, decision, actor_id)
    reports.recount_above({*above, *_above([unit.id], on_day)})
    return Outcome(unit.id)


def refuse_future(on_day: date) -> None:
    """Households are told where they stand today, so what is not yet in force is written down on its day."""
    if on_day > today():
        raise Refusal("Ngày có hiệu lực chưa đến. Đến ngày đó hãy ghi.", "future")


def _above(unit_ids: Iterable[int], day: date) -> set[int]:
    return {one.id for id in unit_ids for one in queries.ancestors(id, day)}
