"""The bank as a list: searched without accents, filtered, paged; as many statements for ten questions as for ten thousand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from lms.access.actor import Actor
from lms.bank.models import Draft, Flagged
from lms.bank.queries import visible_to
from lms.bank.rules.lifecycle import State
from lms.db import db
from lms.quizzes.models import Item
from lms.vietnamese import search_key
from lms.web.paging import Page, page_of

SIZE = 30
STATUS_WORDS = {
    "nhap": "Nháp",
    "cho-duyet": "Chờ duyệt",
    "duyet": "Đã duyệt",
    "ghi-nhan": "Trong đề kiểm tra",
    "khoa": "Đang khoá",
    "cat": "Đã cất",
}
ORIGIN_WORDS = {"files": "Từ tệp", "browser": "Soạn trên trang", "import": "Nhập từ tệp ngoài"}


@dataclass(frozen=True)
class Filter:
    words: str = ""
    skill: str = ""
    competency: str = ""
    level: str = ""
    kind: str = ""
    status: str = ""
    origin: str = ""
    flag: str = ""
    mine: str = ""

    @property
    def is_narrow(self) -> bool:
        return any((self.competency, self.level, self.kind, self.origin, self.flag, self.mine))


def filter_from(args: Mapping[str, str]) -> Filter:
    names = {
        "tim": "words", "ky-nang": "skill", "nang-luc": "competency", "muc": "level", "loai": "kind",
        "trang-thai": "status", "goc": "origin", "co": "flag", "cua-toi": "mine",
    }  # fmt: skip
    return Filter(**{name: args.get(key, "").strip()[:100] for key, name in names.items()})


def found(actor: Actor, wanted: Filter, mark: str | None) -> Page[Any]:
    """Rows (Item columns, state of its draft), by id."""
    everything: Select[Any] = select(Item, Draft.state, Draft.approved_n, Draft.n).outerjoin(  # type: ignore[assignment]
        Draft, Draft.item_id == Item.id
    )
    return page_of(_narrowed(everything, actor, wanted), (Item.id,), mark, SIZE, lambda row: (row.Item.id,))


def every(actor: Actor, wanted: Filter, most: int) -> list[Item]:
    """The same without pages, to be written into a file."""
    everything: Select[Any] = select(Item).outerjoin(Draft, Draft.item_id == Item.id)
    return list(db.session.scalars(_narrowed(everything, actor, wanted).order_by(Item.id).limit(most)))


def waiting(actor: Actor) -> int:
    """How many wait for a review by somebody else than oneself."""
    wanted = (
        select(func.count()).select_from(Draft).where(Draft.state == State.IN_REVIEW, Draft.made_by != actor.person_id)
    )
    return db.session.scalar(wanted) or 0


def folded_stems(actor: Actor) -> dict[str, str]:
    """Id → folded stem of every question somebody may see and that is not put away; for finding doubles."""
    rows = db.session.execute(select(Item.id, Item.words).where(Item.retired_at.is_(None), visible_to(actor)))
    return {id: words.partition(" ")[2] for id, words in rows}


def labels(item_ids: list[str]) -> dict[str, Any]:
    wanted = select(Item.id, Item.label, Item.type, Item.pool, Item.status, Item.origin).where(Item.id.in_(item_ids))
    return {row.id: row for row in db.session.execute(wanted)}


def _narrowed(statement: Select[Any], actor: Actor, wanted: Filter) -> Select[Any]:
    statement = statement.where(visible_to(actor))
    for column, value in (
        (Item.skill_id, wanted.skill), (Item.competency_id, wanted.competency),
        (Item.type, wanted.kind), (Item.origin, wanted.origin),
    ):  # fmt: skip
        if value:
            statement = statement.where(column == value)
    if wanted.level in ("1", "2", "3"):
        statement = statement.where(Item.level == int(wanted.level))
    if wanted.status:
        statement = statement.where(_status(wanted.status))
    if wanted.flag:
        flagged = (
            select(Flagged.item_id).where(Flagged.flag == wanted.flag)
            if wanted.flag != "*"
            else select(Flagged.item_id)
        )
        statement = statement.where(Item.id.in_(flagged))
    if wanted.mine:
        statement = statement.where(Draft.made_by == actor.person_id)
    for word in _words(wanted.words):
        statement = statement.where(Item.words.contains(word, autoescape=True))
    return statement


def _words(text: str) -> list[str]:
    """Each word must be there; an id is looked for as it is written."""
    plain = text.casefold().strip()
    return [plain] if "." in plain and " " not in plain else search_key(text).split()


def _status(status: str) -> ColumnElement[bool]:
    kept = Item.retired_at.is_(None)
    in_review = Draft.state == State.IN_REVIEW
    conditions: dict[str, ColumnElement[bool]] = {
        "nhap": and_(kept, Item.status == "nhap", or_(Draft.state.is_(None), Draft.state != State.IN_REVIEW)),
        "cho-duyet": and_(kept, in_review),
        "duyet": and_(kept, Item.status == "duyet"),
        "ghi-nhan": and_(kept, Item.status == "ghi-nhan"),
        "khoa": and_(kept, Item.frozen_at.is_not(None)),
        "cat": Item.retired_at.is_not(None),
    }
    return conditions.get(status, kept)
