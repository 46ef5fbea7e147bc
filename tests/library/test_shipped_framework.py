"""The framework that ships: 36 competencies with their flags, the can-do statements, facts fit to be cited."""

import re
from collections import Counter
from pathlib import Path

import pytest

from lms.library.books import Books
from lms.library.checks.references import each_known
from lms.library.framework import read_can_do, read_facts, read_locality, read_skills
from lms.library.problems import Findings
from lms.library.tasks import read_task

CONTENT = Path(__file__).resolve().parents[2] / "content"
CRITICAL = "s1.1 s1.2 s2.4 s2.7 s3.2 s3.4 s3.6 s4.2 s4.3 s4.4 s4.7 s5.1 s5.4"
CORE = "s1.4 s1.5 s1.6 s1.7 s2.3 s2.4 s2.6 s3.2 s3.3 s3.6 s4.2 s4.3 s4.4 s4.7 s5.2 s5.3"
SOURCE = re.compile(r"content-facts [A-E][0-9](?:, [A-E][0-9])*(?: \([^()]+\))?")
"""Sections of the sheet of researched facts (A–E); in brackets the number of the source there, or the act and its year."""
QUIZZED = {"s1": 4, "s2": 5, "s3": 5, "s4": 8, "s5": 4}
"""Competencies per skill whose evidence includes Q; a form of 15 must hold one of each."""


@pytest.fixture(scope="module")
def books() -> Books:
    findings = Findings()
    read = Books(
        skills=read_skills(CONTENT / "skills.yaml", findings),
        can_do=read_can_do(CONTENT / "can-do.yaml", findings),
        facts=read_facts(CONTENT / "facts.yaml", findings),
        locality=read_locality(CONTENT / "locality.yaml", findings),
    )
    assert findings.in_order() == []
    return read


def test_thirty_six_competencies_with_their_flags(books: Books) -> None:
    assert [len(skill.competencies) for skill in books.skills] == [7, 7, 7, 8, 7]
    assert " ".join(c.id for c in books.competencies if c.critical) == CRITICAL
    assert " ".join(c.id for c in books.competencies if c.core) == CORE
    counted = {skill.id: sum("Q" in c.evidence for c in skill.competencies) for skill in books.skills}
    assert counted == QUIZZED
    assert not [c.id for c in books.competencies if c.crosswalk], "no annex at hand yet: a code would be invented"


def test_every_can_do_statement_leads_to_competencies_that_exist(books: Books) -> None:
    assert len(books.can_do) == 60
    findings = Findings()
    for statement in books.can_do:
        each_known(statement.maps_to, {c.id for c in books.competencies}, statement.place, "năng lực", findings)
    assert findings.in_order() == []
    for competency in books.competencies:
        codes = {code for s in books.can_do if competency.id in s.maps_to for code in s.digcomp}
        assert set(competency.digcomp) == codes, competency.id


def test_facts_are_short_sourced_and_dated(books: Books) -> None:
    assert len(books.facts) >= 80
    for fact in books.facts:
        assert fact.sentence.endswith(".") and len(fact.sentence.split()) <= 26, fact.id
        assert SOURCE.fullmatch(fact.source), f"{fact.id} names no section of the fact sheet: {fact.source}"
        assert 60 <= (fact.review_by - fact.checked_on).days <= 366, fact.id


def test_nothing_local_is_called_true_before_somebody_looked(books: Books) -> None:
    assert books.locality and not any(platform.verified for platform in books.locality.platforms)


def test_each_skill_has_a_card_left_for_renewal() -> None:
    """Two make the two successes of *Làm*; a renewal wants one the person has not done."""
    findings = Findings()
    cards = [read_task(path, findings) for path in sorted((CONTENT / "tasks").glob("*/*.yaml"))]
    assert findings.in_order() == []
    assert Counter(card.skill for card in cards if card) == dict.fromkeys(QUIZZED, 3)
