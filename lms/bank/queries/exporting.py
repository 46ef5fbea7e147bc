"""Questions of the bank as entries of questions.yaml: read again, each gives the digest it has here."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml
from sqlalchemy import select

from lms.bank.models import Draft, Version
from lms.bank.queries import media
from lms.bank.rules.media import named_in
from lms.db import db
from lms.quizzes.models import Item

FIRST = (
    "id",
    "type",
    "competency",
    "level",
    "critical",
    "pool",
    "status",
    "stem",
    "image",
    "alt",
    "audio",
    "transcript",
    "text",
)
"""The order in which people read an entry; what only a type has follows, and the rest."""
LAST = ("explain", "step", "facts", "review_by", "fixed", "source")


def entries(with_drafts: bool = False) -> Iterator[dict[str, Any]]:
    """Every question made here or brought in that is in use, as approved; with drafts, the newest version of all."""
    n = Draft.n if with_drafts else Draft.approved_n
    wanted = (
        select(Item.id, Item.status, Version.body)
        .join(Draft, Draft.item_id == Item.id)
        .join(Version, (Version.item_id == Item.id) & (Version.n == n))
        .where(Item.retired_at.is_(None))
        .order_by(Item.id)
    )
    for item_id, status, body in db.session.execute(wanted):
        yield in_order({**body, "id": item_id, "status": status})


def files_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, bytes]:
    """The pictures and recordings they name, to stand beside their file."""
    return media.contents({name for row in rows for name in named_in(row).values()})


def in_order(entry: Mapping[str, Any]) -> dict[str, Any]:
    own = [key for key in entry if key not in FIRST and key not in LAST]
    return {key: entry[key] for key in (*FIRST, *own, *LAST) if key in entry}


def as_yaml(rows: Sequence[Mapping[str, Any]]) -> str:
    """A whole questions.yaml; an empty list where there is nothing."""
    return str(yaml.dump([dict(row) for row in rows], Dumper=_Plain, allow_unicode=True, sort_keys=False, width=118))


class _Plain(yaml.SafeDumper):  # type: ignore[misc]
    """No anchors: the reader refuses them."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)
