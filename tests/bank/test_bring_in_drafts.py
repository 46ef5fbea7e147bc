"""Drafts brought in by a file: added as they are, unseen by any pupil, and taken back again."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms.bank import actions
from lms.bank.models import Deed, Draft, Version
from lms.db import db
from lms.quizzes import queries as quizzes
from lms.quizzes.models import Item
from lms.quizzes.queries import placing
from lms.refusals import Refusal
from tests.bank.questions import SINGLE


def test_a_draft_gets_an_id_of_its_own_and_keeps_what_was_written(inside: SimpleNamespace) -> None:
    brought = uuid4()
    item = actions.add_draft(
        {**SINGLE, "id": "s3.001", "status": "ghi-nhan"},
        origin="import",
        by=inside.hoa,
        import_id=brought,
        source="đề.gift",
    )
    draft = db.session.get_one(Draft, item.id)
    assert item.id.startswith("b.") and (item.status, item.digest, item.origin) == ("nhap", "", "import")
    assert (item.skill_id, item.competency_id, item.type, item.level) == ("s3", "s3.2", "single", 2)
    assert (draft.state, draft.n, draft.approved_n, draft.source) == ("draft", 1, 0, "đề.gift")
    kept = db.session.get_one(Version, (item.id, 1)).body
    assert "id" not in kept and "status" not in kept and kept["stem"] == SINGLE["stem"]
    assert item.label.startswith("Quét mã ở quầy") and "khac ten chu quan" in item.words


def test_a_draft_may_still_have_faults(inside: SimpleNamespace) -> None:
    item = actions.add_draft({"type": "?", "level": "9", "competency": "x"}, origin="import", by=inside.hoa)
    assert (item.skill_id, item.competency_id, item.level, item.pool) == (None, None, 1, "luyen")


def test_no_pupil_meets_a_draft(inside: SimpleNamespace) -> None:
    for pool in ("luyen", "ghi-nhan"):
        item = actions.add_draft({**SINGLE, "pool": pool}, origin="browser", by=inside.hoa)
        assert item.id not in quizzes.practice_items([item.id])
        assert item.id not in placing.questions_of("s3")
        for test in quizzes.quizzes():
            assert item.id not in [one.id for one in quizzes.bank(test)]
    assert quizzes.steps_treating(["s3.2"]) and placing.steps_known([]) == frozenset()


def test_an_import_is_taken_back_but_not_what_was_worked_on(inside: SimpleNamespace) -> None:
    brought, other = uuid4(), uuid4()
    ids = [actions.add_draft(SINGLE, origin="import", by=inside.hoa, import_id=brought).id for _ in range(3)]
    stays = actions.add_draft(SINGLE, origin="import", by=inside.hoa, import_id=other).id
    db.session.get_one(Draft, ids[0]).state = "in-review"
    db.session.flush()
    done = actions.withdraw_import(brought, inside.hoa)
    assert set(done.gone) == set(ids[1:]) and [one for one, _why in done.kept] == [ids[0]]
    for table, column in ((Item, Item.id), (Draft, Draft.item_id), (Version, Version.item_id), (Deed, Deed.item_id)):
        assert db.session.scalar(select(func.count()).select_from(table).where(column.in_(ids))) == 1
        assert db.session.scalar(select(func.count()).select_from(table).where(column == stays)) == 1


def test_somebody_else_takes_nothing_back(inside: SimpleNamespace) -> None:
    brought = uuid4()
    item = actions.add_draft(SINGLE, origin="import", by=inside.hoa, import_id=brought)
    assert actions.withdraw_import(brought, inside.mai).kept == ((item.id, "người khác nhập câu này"),)


def test_what_is_far_too_long_is_refused(inside: SimpleNamespace) -> None:
    with pytest.raises(Refusal, match="dài quá"):
        actions.add_draft({**SINGLE, "stem": "chữ " * 50_000}, origin="import", by=inside.hoa)
