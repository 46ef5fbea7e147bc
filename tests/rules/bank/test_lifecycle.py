"""Who may do what with a question, and when: a table of the way it goes, and what never holds."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.bank.rules.lifecycle import REVIEWERS_ONLY, Act, Standing, State, allowed, may

AUTHOR, OTHER = 1, 2
DRAFT = Standing(False, State.DRAFT, "nhap", "ghi-nhan", frozenset({AUTHOR}))
IN_REVIEW = replace(DRAFT, state=State.IN_REVIEW)
APPROVED = replace(DRAFT, state=State.APPROVED, status="duyet", writers=frozenset())
RECORDED = replace(APPROVED, status="ghi-nhan")
OF_FILES = Standing(True, None, "ghi-nhan", "ghi-nhan", frozenset())

STANDINGS = st.builds(
    Standing, st.booleans(), st.sampled_from([None, *State]), st.sampled_from(["nhap", "duyet", "ghi-nhan", "ngung"]),
    st.sampled_from(["luyen", "ghi-nhan"]), st.frozensets(st.integers(1, 3)), st.booleans(), st.booleans(),
)  # fmt: skip


@pytest.mark.parametrize(
    ("standing", "who", "is_reviewer", "acts"),
    [
        (DRAFT, AUTHOR, False, "edit send retire"),
        (IN_REVIEW, AUTHOR, False, "take-back retire"),
        (IN_REVIEW, AUTHOR, True, "take-back return retire"),
        (IN_REVIEW, OTHER, True, "take-back return approve retire"),
        (APPROVED, AUTHOR, False, "edit"),
        (APPROVED, OTHER, True, "edit record retire"),
        (replace(APPROVED, pool="luyen"), OTHER, True, "edit retire"),
        (RECORDED, OTHER, True, "edit unrecord retire freeze"),
        (replace(RECORDED, is_frozen=True), OTHER, True, "edit unrecord retire lift"),
        (replace(RECORDED, is_retired=True), OTHER, True, "restore"),
        (replace(RECORDED, is_retired=True), OTHER, False, ""),
        (OF_FILES, AUTHOR, False, ""),
        (OF_FILES, OTHER, True, "freeze"),
        (replace(OF_FILES, is_frozen=True), OTHER, True, "lift"),
    ],
)  # fmt: skip
def test_what_may_be_done(standing: Standing, who: int, is_reviewer: bool, acts: str) -> None:
    assert " ".join(allowed(standing, who, is_reviewer)) == acts


@given(STANDINGS, st.integers(1, 3), st.booleans(), st.sampled_from(Act))
def test_what_never_holds(standing: Standing, who: int, is_reviewer: bool, act: Act) -> None:
    if may(act, standing, who, is_reviewer) is not None:
        return
    assert not (act is Act.APPROVE and who in standing.writers)
    assert is_reviewer or act not in REVIEWERS_ONLY
    assert not standing.from_files or act in (Act.FREEZE, Act.LIFT)
    assert act is not Act.RECORD or (standing.status == "duyet" and not standing.is_retired)
    assert not standing.is_retired or act in (Act.RESTORE, Act.LIFT)


@given(STANDINGS, st.integers(1, 3), st.booleans(), st.sampled_from(Act))
def test_every_no_is_a_sentence(standing: Standing, who: int, is_reviewer: bool, act: Act) -> None:
    no = may(act, standing, who, is_reviewer)
    assert no is None or no.sentence.endswith(".")
