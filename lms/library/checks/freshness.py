"""Facts and questions age: numbers, apps and tricks change."""

from dataclasses import dataclass
from datetime import date, timedelta

from lms.library.books import Books
from lms.library.problems import Findings, Place

SOON = timedelta(days=30)


@dataclass(frozen=True, order=True)
class Due:
    """Something whose review day has come or comes soon."""

    review_by: date
    id: str
    text: str
    place: Place


def check(books: Books, findings: Findings, today: date | None) -> None:
    """A fact past its day is a warning at each book that cites it, so that its author sees it."""
    if today is None:
        return
    expired = {fact.id: fact.review_by for fact in books.facts if fact.review_by < today}
    cited = [(lesson.facts, lesson.place) for lesson in books.lessons]
    cited += [(item.facts, item.place) for item in books.items]
    for facts, place in cited:
        for fact_id in facts:
            if fact_id in expired:
                day = expired[fact_id].strftime("%d/%m/%Y")
                findings.warning(place, f"dẫn dữ kiện «{fact_id}» đã quá hạn kiểm tra ({day})")
    for item in books.items:
        if item.review_by and item.review_by < today:
            day = item.review_by.strftime("%d/%m/%Y")
            findings.warning(item.place, f"câu {item.id} đã quá hạn xem lại ({day})")


def due(books: Books, today: date) -> list[Due]:
    """Facts and items to review within 30 days, soonest first, cited or not."""
    found = [Due(fact.review_by, fact.id, fact.sentence, fact.place) for fact in books.facts]
    found += [Due(item.review_by, item.id, item.stem, item.place) for item in books.items if item.review_by]
    return sorted(entry for entry in found if entry.review_by <= today + SOON)
