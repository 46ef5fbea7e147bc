"""Login cards on paper: what the sheet just shown carries back, and the A4 file made of it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import get_template_attribute
from itsdangerous import BadSignature, URLSafeSerializer

from lms.documents.typesetting import set_pdf
from lms.entry.rules import CardKind
from lms.web.qr import Qr, drawn_qr

HERE = Path(__file__).parent.parent / "typesetting"
SHEET_LASTS = timedelta(minutes=30)
"""How long the sheet that was just made can still become a file; nothing of it lies on the server meanwhile."""


@dataclass(frozen=True)
class Sheet:
    """What one card shows; nothing of it is kept but hashes."""

    person_id: int
    name: str
    username: str
    kind: CardKind
    secret: str
    token: str
    address: str
    """What the QR holds."""

    @property
    def qr(self) -> Qr:
        return drawn_qr(self.address)


def carried(sheets: Sequence[Sheet], class_id: int, maker_id: int, secret_key: str, now: datetime) -> str:
    """The sheets as a field of the very page that shows them; no other class and no other teacher can send it."""
    made = {"until": (now + SHEET_LASTS).timestamp(), "cards": [asdict(one) for one in sheets]}
    return str(_signer(class_id, maker_id, secret_key).dumps(made))


def brought_back(field: str, class_id: int, maker_id: int, secret_key: str, now: datetime) -> list[Sheet]:
    """Empty when it was not made here, by this teacher for this class, within half an hour."""
    try:
        made = _signer(class_id, maker_id, secret_key).loads(field)
    except BadSignature:
        return []
    if now.timestamp() >= made["until"]:
        return []
    return [Sheet(**{**row, "kind": CardKind(row["kind"])}) for row in made["cards"]]


def pdf_of(sheets: Sequence[Sheet], title: str, place: str, address: str) -> bytes:
    """Ten cards a page."""
    values = {"title": title, "place": place, "address": address, "cards": [_card(one) for one in sheets]}
    return set_pdf(HERE / "cards.typ", values)


def _signer(class_id: int, maker_id: int, secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt=f"card-sheet:{class_id}:{maker_id}")


def _card(sheet: Sheet) -> dict[str, Any]:
    has_pin = sheet.kind is CardKind.PIN
    return {
        "name": sheet.name,
        "username": sheet.username,
        "pin": sheet.secret if has_pin else None,
        "pictures": [] if has_pin else [_picture(id) for id in sheet.secret.split()],
        "qr": _qr_svg(sheet.qr),
    }


def _picture(id: str) -> dict[str, str]:
    """The same drawings as on the screen."""
    drawn, named = (get_template_attribute("entry/_pictures.html", one) for one in ("picture", "picture_name"))
    inside = str(drawn(id)).partition(">")[2]
    look = 'fill="none" stroke="#000" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"'
    dress = "<style>.full{fill:#000}</style>"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" {look}>{dress}{inside}'
    return {"svg": svg, "name": str(named(id)).strip()}


def _qr_svg(qr: Qr) -> str:
    box = f'viewBox="0 0 {qr.size} {qr.size}" shape-rendering="crispEdges"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}><path d="{qr.path}"/></svg>'
