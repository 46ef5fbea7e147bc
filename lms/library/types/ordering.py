"""Sắp thứ tự, as authors write it."""

from lms.library.fields import Fields
from lms.library.lesson_html import Workshop
from lms.library.types._shared import Asks, said

ASKS_BY_ITSELF = "Sắp lại cho đúng thứ tự."


def read(entry: Fields, workshop: Workshop) -> Asks:
    items = []
    for row in entry.each("items", "dòng"):
        items.append({"id": row.identifier("id"), "text": said(row, "text", workshop)})
        row.finish()
    before = [list(pair) for pair in entry.lists("before", required=False)]
    if any(len(pair) != 2 for pair in before):
        entry.findings.error(entry.place_of("before"), "before: mỗi mục là hai mã, [làm trước, làm sau]")
        before = []
    return {"items": items, "before": before}


def words(body: Asks) -> list[str]:
    """What tells one such question from another: it has no stem of its own."""
    return [str(item.get("text") or "") for item in body.get("items") or ()]
