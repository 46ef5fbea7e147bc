"""The plan every form of a test follows, and whether a bank of questions can serve it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lms.quizzes.rules.guessers import NOBODY_GUESSES, at_least, passing_chance
from lms.quizzes.rules.items import p_guess, problems
from lms.quizzes.rules.shapes import Item, Problem


@dataclass(frozen=True, slots=True)
class PassMark:
    """How much must be right: shares as fractions, so 12 of 15 does not depend on how a float rounds 0.8."""

    share: Fraction = Fraction(4, 5)
    critical_share: Fraction = Fraction(3, 4)
    min_valid: int = 12
    """Below so many valid items a test says nothing."""

    def needs(self, items: int) -> int:
        return at_least(self.share, items)

    def needs_critical(self, critical: int) -> int:
        return at_least(self.critical_share, critical)


@dataclass(frozen=True, slots=True)
class Competency:
    """What the blueprint must know about a competency of the skill."""

    id: str
    evidence: frozenset[str]
    """Codes of assessment.md §2: Q, P, O."""
    critical: bool = False
    """★"""


@dataclass(frozen=True, slots=True)
class Blueprint:
    items: int
    critical: int
    """So many safety items, no more and no fewer: every form is equally hard on safety."""
    max_true_false: int
    competencies: frozenset[str]
    """Each is asked at least once."""
    stars: frozenset[str]
    """Each is asked at least once by a safety item."""
    pass_mark: PassMark
    max_guess: Fraction = Fraction(1, 2)
    """Items easier to guess stay out."""
    recorded: bool = True
    """False: any approved item will do, because no skill depends on it."""

    def shelves(self, item: Item) -> bool:
        """Whether the item stands on the shelf this form is drawn from."""
        return item.is_recorded if self.recorded else item.is_approved

    def admits(self, item: Item) -> bool:
        return self.shelves(item) and p_guess(item) <= self.max_guess


def recorded_blueprint(
    competencies: Iterable[Competency],
    *,
    items: int = 15,
    critical: int = 4,
    max_true_false: int = 3,
    pass_mark: PassMark | None = None,
) -> Blueprint:
    """The form behind *Biết*; the numbers are `know` of the ruleset."""
    asked = [one for one in competencies if "Q" in one.evidence]
    stars = frozenset(one.id for one in asked if one.critical)
    return Blueprint(
        items,
        critical,
        max_true_false,
        frozenset(one.id for one in asked),
        stars if len(stars) <= critical else frozenset(),
        pass_mark or PassMark(),
    )


def renewal_blueprint(
    competencies: Iterable[Competency], *, items: int = 8, min_right: int = 7, critical: int = 3
) -> Blueprint:
    """8 items with 4 options, ≥ 7 right, all critical right; 3 critical are to 8 what 4 are to 15, rounded up."""
    pass_mark = PassMark(Fraction(min_right, items), Fraction(1), min_valid=min_right)
    plan = recorded_blueprint(competencies, items=items, critical=critical, max_true_false=0, pass_mark=pass_mark)
    return Blueprint(plan.items, critical, 0, plan.competencies, plan.stars, pass_mark, max_guess=Fraction(1, 4))


def observer_blueprint(items: int = 5) -> Blueprint:
    """The five questions after the observer lesson: all must be right, none is scored for a skill."""
    return Blueprint(
        items, 0, items, frozenset(), frozenset(), PassMark(Fraction(1), Fraction(1), items), recorded=False
    )


def team_blueprint(
    topics: Iterable[str],
    *,
    items: int = 16,
    critical: int = 4,
    max_true_false: int = 3,
    pass_mark: PassMark | None = None,
) -> Blueprint:
    """The exam at the end of the team's course: every lesson of it is asked, and what a member may never do.

    16 questions, 13 right, as *Biết* asks 12 of 15; of its safety questions (a secret held, a consent given for somebody
    else, a signature for one's kin) as large a share as *Biết* asks. A guesser passes as rarely (`publishable` computes it).
    """
    mark = pass_mark or PassMark()
    whole = PassMark(mark.share, mark.critical_share, min_valid=items - 3)
    return Blueprint(items, critical, max_true_false, frozenset(topics), frozenset(), whole)


def unmet(form: Sequence[Item], blueprint: Blueprint) -> list[Problem]:
    """What a form, drawn or printed, owes its blueprint; empty when it may be used."""
    found = _counts(form, blueprint)
    for item in form:
        if not blueprint.admits(item):
            found.append(Problem("not-admitted", f"Câu {item.id} không được dùng trong đề ghi nhận.", item.id))
    for item_id, count in Counter(item.id for item in form).items():
        if count > 1:
            found.append(Problem("twice", f"Câu {item_id} có hai lần trong đề.", item_id))
    for competency in sorted(blueprint.competencies - {item.competency for item in form}):
        found.append(Problem("competency", f"Đề chưa hỏi năng lực {competency}.", competency))
    for competency in sorted(blueprint.stars - {item.competency for item in form if item.critical}):
        found.append(Problem("star", f"Đề chưa có câu an toàn của năng lực {competency}.", competency))
    return found or _guessed([item for item in form if item.critical], [i for i in form if not i.critical], blueprint)


def publishable(pool: Iterable[Item], blueprint: Blueprint) -> list[Problem]:
    """Why no recorded test may be drawn from this bank; empty when it may, whatever the dice say."""
    bank = [item for item in pool if blueprint.shelves(item)]
    broken = [problem for item in bank for problem in problems(item)]
    if broken:
        return broken
    usable = [item for item in bank if blueprint.admits(item)]
    found = _missing(usable, blueprint)
    if not found and not can_complete((), usable, blueprint):
        found.append(Problem("no-form", "Các câu hiện có không xếp được thành một đề đúng khung."))
    return found or _worst_form(usable, blueprint)


def can_complete(chosen: Sequence[Item], rest: Iterable[Item], blueprint: Blueprint) -> bool:
    """Whether the chosen items can be filled up from the rest to a form that owes its blueprint nothing."""
    available = list(rest)
    critical_left = blueprint.critical - sum(item.critical for item in chosen)
    others_left = blueprint.items - blueprint.critical - sum(not item.critical for item in chosen)
    true_false_left = blueprint.max_true_false - sum(map(_is_true_false, chosen))
    if min(critical_left, others_left, true_false_left) < 0:
        return False
    stock = Counter((item.critical, _is_true_false(item)) for item in available)
    for used in _ways_to_cover(chosen, available, blueprint):
        tf_spent = used[True, True] + used[False, True]
        for critical, left in ((True, critical_left), (False, others_left)):
            fill = left - used[critical, False] - used[critical, True]
            as_true_false = max(0, fill - (stock[critical, False] - used[critical, False]))
            if fill < 0 or as_true_false > stock[critical, True] - used[critical, True]:
                break
            tf_spent += as_true_false
        else:
            if tf_spent <= true_false_left:
                return True
    return False


def _ways_to_cover(
    chosen: Sequence[Item], available: list[Item], blueprint: Blueprint
) -> list[Counter[tuple[bool, bool]]]:
    """How many items of each kind (safety?, true/false?) asking every competency still unasked may take."""
    starred = {item.competency for item in chosen if item.critical}
    asked = {item.competency for item in chosen}
    kinds: dict[str | None, set[tuple[bool, bool]]] = {}
    for item in available:
        if item.critical or item.competency not in blueprint.stars:
            kinds.setdefault(item.competency, set()).add((item.critical, _is_true_false(item)))
    ways: set[tuple[int, int, int, int]] = {(0, 0, 0, 0)}
    for competency in (blueprint.stars - starred) | (blueprint.competencies - blueprint.stars - asked):
        ways = {
            tuple(count + (place == 2 * critical + tf) for place, count in enumerate(way))  # type: ignore[misc]
            for way in ways
            for critical, tf in kinds.get(competency, ())
        }
    order = ((False, False), (False, True), (True, False), (True, True))
    return [Counter(dict(zip(order, way, strict=True))) for way in ways]


def _is_true_false(item: Item) -> bool:
    return item.type == "truefalse"


def _counts(form: Sequence[Item], blueprint: Blueprint) -> list[Problem]:
    found: list[Problem] = []
    critical = sum(item.critical for item in form)
    true_false = sum(map(_is_true_false, form))
    if len(form) != blueprint.items:
        found.append(Problem("length", f"Đề có {len(form)} câu, phải đúng {blueprint.items} câu."))
    if critical != blueprint.critical:
        found.append(Problem("critical", f"Đề có {critical} câu an toàn, phải đúng {blueprint.critical} câu."))
    if true_false > blueprint.max_true_false:
        sentence = f"Đề có {true_false} câu đúng/sai, nhiều nhất {blueprint.max_true_false} câu."
        found.append(Problem("true-false", sentence))
    return found


def _missing(usable: list[Item], blueprint: Blueprint) -> list[Problem]:
    """Each shortage by itself, so that an author sees all of them at once."""
    found: list[Problem] = []
    for item_id, count in Counter(item.id for item in usable).items():
        if count > 1:
            found.append(Problem("twice", f"Câu {item_id} có hai lần trong ngân hàng.", item_id))
    if len(usable) < blueprint.items:
        found.append(Problem("length", f"Có {len(usable)} câu ghi nhận, một đề cần {blueprint.items} câu."))
    critical = sum(item.critical for item in usable)
    if critical < blueprint.critical:
        found.append(Problem("critical", f"Có {critical} câu an toàn, một đề cần {blueprint.critical} câu."))
    others = blueprint.items - blueprint.critical
    if len(usable) - critical < others:
        sentence = f"Có {len(usable) - critical} câu không phải câu an toàn, một đề cần {others} câu."
        found.append(Problem("others", sentence))
    for competency in sorted(blueprint.competencies - {item.competency for item in usable}):
        found.append(Problem("competency", f"Năng lực {competency} chưa có câu ghi nhận nào.", competency))
    for competency in sorted(blueprint.stars - {item.competency for item in usable if item.critical}):
        found.append(Problem("star", f"Năng lực {competency} chưa có câu an toàn nào.", competency))
    return found


def _worst_form(usable: list[Item], blueprint: Blueprint) -> list[Problem]:
    """The form most kind to a guesser: the easiest items of each kind, the true/false ones placed in every way allowed.

    A form must also ask every competency, so none drawn is kinder than the kindest of these.
    """
    by_kind: dict[tuple[bool, bool], list[Item]] = {}
    for item in sorted(usable, key=p_guess, reverse=True):
        by_kind.setdefault((item.critical, _is_true_false(item)), []).append(item)
    worst: list[Problem] = []
    for critical_tf in range(blueprint.max_true_false + 1):
        for other_tf in range(blueprint.max_true_false - critical_tf + 1):
            critical = _easiest(by_kind, True, critical_tf, blueprint.critical)
            others = _easiest(by_kind, False, other_tf, blueprint.items - blueprint.critical)
            if critical is not None and others is not None:
                worst = worst or _guessed(critical, others, blueprint)
    return worst


def _easiest(
    by_kind: dict[tuple[bool, bool], list[Item]], critical: bool, true_false: int, wanted: int
) -> list[Item] | None:
    """The easiest `wanted` items with exactly so many true/false among them, None when there are not enough."""
    plain = by_kind.get((critical, False), [])[: max(0, wanted - true_false)]
    either = by_kind.get((critical, True), [])[:true_false]
    return [*plain, *either] if len(plain) + len(either) == wanted else None


def _guessed(critical: Sequence[Item], others: Sequence[Item], blueprint: Blueprint) -> list[Problem]:
    chance = guessing_chance(critical, others, blueprint.pass_mark)
    if chance <= NOBODY_GUESSES:
        return []
    return [Problem("guessable", f"Đoán mò qua được {_percent(chance)} % số lần; cho phép nhiều nhất 0,1 %.")]


def guessing_chance(critical: Sequence[Item], others: Sequence[Item], pass_mark: PassMark) -> Fraction:
    """The exact chance that somebody who knows nothing passes this form."""
    return passing_chance(
        [p_guess(item) for item in critical],
        [p_guess(item) for item in others],
        pass_mark.needs(len(critical) + len(others)),
        pass_mark.needs_critical(len(critical)),
    )


def _percent(chance: Fraction) -> str:
    """Two decimals, rounded up: 0,1001 % must not read as 0,10 %."""
    hundredths = -(-chance.numerator * 10_000 // chance.denominator)
    return f"{hundredths // 100},{hundredths % 100:02d}"
