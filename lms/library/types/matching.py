"""Ghép đôi, as authors write it."""

from lms.library.fields import Fields
from lms.library.lesson_html import Workshop
from lms.library.types._shared import Asks, said

ASKS_BY_ITSELF = "Ghép từng dòng với ý hợp với nó."


def read(entry: Fields, workshop: Workshop) -> Asks:
    pairs = []
    for row in entry.each("pairs", "cặp"):
        pair: Asks = {"id": row.identifier("id")}
        pair |= {name: said(row, name, workshop) for name in ("left", "right")}
        pair["feedback"] = said(row, "feedback", workshop, required=False)
        pairs.append(pair)
        row.finish()
    return {"pairs": pairs, "extra_right": list(entry.texts("extra_right", required=False))}


def words(body: Asks) -> list[str]:
    """What tells one such question from another: it has no stem of its own."""
    return [str(pair.get("left") or "") for pair in body.get("pairs") or ()]
