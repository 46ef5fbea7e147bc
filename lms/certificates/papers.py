"""Certificates on paper: a page each, its QR, the seal behind the file, and the badge as a picture."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lms.certificates import keys
from lms.certificates.actions import sealed_text
from lms.certificates.models import Certificate
from lms.certificates.queries import number_words
from lms.certificates.rules import KINDS
from lms.certificates.rules.codes import grouped
from lms.certificates.rules.seals import fragment
from lms.documents.typesetting import set_pdf, set_png
from lms.web.qr import drawn_qr

HERE = Path(__file__).parent / "typesetting"
PART = 50
"""Certificates in one file of a batch: some half a second and less than 100 MB, whatever the batch's size."""
SKILL_COLORS = {"s1": "#1F5FA8", "s2": "#A8431F", "s3": "#1F7A4D", "s4": "#7A2F8A", "s5": "#8A6A0F"}
PETAL = "M0-2.7 16.3-25.2C21-31.7 18.5-38.6 11-42.6 6-45.2 2.5-46.6 0-49-2.5-46.6-6-45.2-11-42.6-18.5-38.6-21-31.7-16.3-25.2Z"
SEAL_WORD = b"%NAMCANH1"
_MARK = b"\n" + SEAL_WORD + b" "


def address_on_paper(row: Certificate, base_url: str) -> str:
    """What the printed QR leads to: the page of the code, and behind the # what a phone without network checks."""
    return f"{base_url}/xac-minh/{row.code}#{fragment(sealed_text(row), bytes.fromhex(row.seal))}"


def pdf_of(row: Certificate, base_url: str, names: Mapping[str, str], key_id: str) -> bytes:
    """One certificate, with the seal of the whole file behind its end: one byte changed, and it no longer fits."""
    made = set_pdf(HERE / "certificate.typ", _pages([row], base_url, names))
    head = made + _MARK + f"{row.code} {key_id} ".encode()
    return head + keys.signature(key_id, head).hex().encode() + b"\n"


def pdf_of_many(rows: Sequence[Certificate], base_url: str, names: Mapping[str, str]) -> bytes:
    """For printing a class at once; a file of many carries no seal, each page has its own QR."""
    return set_pdf(HERE / "certificate.typ", _pages(rows, base_url, names))


def read_pdf(content: bytes) -> tuple[str, str, bytes, bytes] | None:
    """Code, key, what was sealed and the seal, of a file as we give it out; None when it carries no seal of ours."""
    start = content.rfind(_MARK)
    fields = content[start + len(_MARK) :].split(b" ") if start > 0 else []
    if len(fields) != 3 or len(fields[2]) != 2 * keys.SIGNATURE_BYTES + 1 or not fields[2].endswith(b"\n"):
        return None
    try:
        code, key_id, given = (field.decode("ascii") for field in fields)
        seal = bytes.fromhex(given)
    except ValueError:
        return None
    if given != seal.hex() + "\n":
        return None
    return code, key_id, content[: len(content) - len(given)], seal


def badge_svg(row: Certificate, more: str = "") -> str:
    """The flower of the skills it stands for; `more` goes inside, for a credential that travels with the picture."""
    needed = KINDS[row.kind].needs
    petals = "".join(
        f'<path transform="rotate({72 * n})" d="{PETAL}" stroke="{color}" fill="{color if skill in needed else "none"}"/>'
        for n, (skill, color) in enumerate(SKILL_COLORS.items())
    )
    heart = '<circle r="8" fill="#C98A12"/>' if len(needed) == len(SKILL_COLORS) else ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" width="480" '
        f'height="480" viewBox="-60 -60 120 120"><title>{escape(KINDS[row.kind].title)}</title>{more}'
        f'<rect x="-60" y="-60" width="120" height="120" rx="10" fill="#FFFDF8"/><g stroke-width="1.2">{petals}</g>{heart}</svg>'
    )


def badge_png(row: Certificate) -> bytes:
    return set_png(HERE / "badge.typ", {"svg": badge_svg(row)}, 102)


def sentence_of(kind_id: str, names: Mapping[str, str]) -> str:
    if kind_id in names:
        return f"đã hoàn thành nội dung kỹ năng số cơ bản «{names[kind_id]}»."
    if KINDS[kind_id].parts:
        return "đã hoàn thành khoá tập huấn thành viên tổ công nghệ số cộng đồng và năm kỹ năng số cơ bản."
    return "đã hoàn thành nội dung năm kỹ năng số cơ bản."


def _pages(rows: Sequence[Certificate], base_url: str, names: Mapping[str, str]) -> dict[str, Any]:
    return {"title": "Giấy chứng nhận", "certificates": [_page(row, base_url, names) for row in rows]}


def _page(row: Certificate, base_url: str, names: Mapping[str, str]) -> dict[str, Any]:
    body, issuer = row.body, row.body["issuer"]
    qr = drawn_qr(address_on_paper(row, base_url))
    return {
        "above": "Ủy ban nhân dân",
        "unit": issuer,
        "issuer": f"Ủy ban nhân dân {issuer[:1].lower()}{issuer[1:]}",
        "name": row.name,
        "born": body["birth_year"],
        "sentence": sentence_of(row.kind, names),
        "criteria": KINDS[row.kind].criteria,
        "skills": [
            {"id": skill, "name": names[skill], "until": f"{date.fromisoformat(day):%d/%m/%Y}"}
            for skill, day in body["skills"]
        ],
        "held": [skill for skill, _day in body["skills"]],
        "qr": asdict(qr),
        "code": grouped(row.code),
        "place": f"{urlsplit(base_url).netloc}/xac-minh",
        "number": number_words(row.number, row.year),
        "until": f"{row.last_day:%d/%m/%Y}",
        "dated": dated(issuer, row.issued_on),
        "office": body["office"].replace(", ", "\n"),
        "signer": body["signer"],
    }


def dated(place: str, day: date) -> str:
    """«Xã Mẫu, ngày 05 tháng 9 năm 2026»: a nought before days below 10 and before January and February."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{place}, ngày {day.day:02} tháng {month} năm {day.year}"
