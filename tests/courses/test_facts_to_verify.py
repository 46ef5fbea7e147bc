"""What must be verified is listed for the administrator, doubtful facts and those near their day, soonest first."""

from datetime import date
from types import SimpleNamespace

from flask import Flask
from sqlalchemy import select

from lms.courses import queries
from lms.courses.models import Fact
from lms.db import db, open_write


def test_doubtful_and_soon_due_facts_page_by_page(app: Flask, world: SimpleNamespace) -> None:
    with app.app_context():
        open_write()
        sure = db.session.scalars(select(Fact).where(Fact.confidence == "cao").order_by(Fact.id).limit(2)).all()
        sure[0].review_by, sure[1].review_by = date(2026, 1, 5), date(2099, 1, 1)
        db.session.commit()
        until = date(2026, 2, 1)
        doubtful = set(db.session.scalars(select(Fact.id).where(Fact.confidence == "TB")))
        found, mark = [], None
        while True:
            page = queries.facts_to_verify(until, mark, size=7)
            found += [fact.id for fact in page.rows]
            mark = page.next_mark
            if mark is None:
                break
        assert found[0] == sure[0].id and sure[1].id not in found
        assert set(found) >= doubtful and len(found) == len(set(found))


def test_only_an_administrator_reads_it(as_, world: SimpleNamespace) -> None:
    assert as_("an").get("/quan-tri/du-kien").status_code == 403
    assert as_("mai").get("/quan-tri/du-kien").status_code == 403
