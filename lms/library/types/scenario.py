"""Tình huống, as authors write it."""

from lms.library.fields import Fields
from lms.library.lesson_html import Workshop
from lms.library.types._shared import Asks, said

ASKS_BY_ITSELF = "Chuyện xảy ra như sau. Làm gì?"
ENDS = ("safe", "unsafe")


def read(entry: Fields, workshop: Workshop) -> Asks:
    nodes: Asks = {}
    rows = entry.mapping("nodes", "các phần")
    for name in rows.keys() if rows else ():
        row = rows.mapping(name, f"phần «{name}»") if rows else None
        if row is None:
            continue
        nodes[name] = _node(row, workshop)
        row.finish()
    return {"start": entry.text("start"), "nodes": nodes}


def words(body: Asks) -> list[str]:
    """What tells one such question from another: it has no stem of its own, but what happens first."""
    return [str(node.get("say") or "") for node in (body.get("nodes") or {}).values()][:1]


def _node(row: Fields, workshop: Workshop) -> Asks:
    if row.has("end"):
        return {"end": row.choice("end", ENDS)}
    choices = []
    for one in row.each("choices", "việc để chọn"):
        choices.append(
            {
                "id": one.identifier("id"),
                "text": said(one, "text", workshop),
                "to": one.text("to"),
                "critical": one.flag("critical", default=False),
                "points": one.number("points", 0, 9) if one.has("points") else 0,
                "feedback": said(one, "feedback", workshop, required=False),
            }
        )
        one.finish()
    return {"say": said(row, "say", workshop), "choices": choices}
