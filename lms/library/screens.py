"""Drawn screens of a lesson: lines of `::: man-hinh` → a phone drawn with words, light, sharp, read aloud in order.

Class names: `phone-frame phone-frame--<app>` with one element a line; in front of each, for those who listen,
`span.phone-frame__kind`. A drawing is `div.phone-frame__picture.d-<name>` holding its words; the page puts the drawing in
(`lms/web/drawing.py`), so that what is kept holds no SVG.
"""

import html
import re
from collections.abc import Callable, Iterator

from lms.drawings import DRAWN
from lms.library.fields import did_you_mean
from lms.library.problems import Findings, Place

APPS = ("phone", "messages", "call", "browser", "bank", "shop", "portal", "map", "camera", "note")
LINES = {
    "tieu-de": ("title", "Đầu trang: "),
    "dia-chi": ("address", "Địa chỉ trang: "),
    "chu": ("text", ""),
    "tin": ("bubble", "Tin: "),
    "tin-toi": ("mine", "Mình nhắn: "),
    "goi": ("caller", "Người gọi: "),
    "loi": ("speech", "Nói: "),
    "o": ("field", "Ô điền: "),
    "so": ("field", "Ô số tiền: "),
    "nut": ("button", "Nút: "),
    "nut-phu": ("second", "Nút: "),
    "nut-do": ("danger", "Nút: "),
    "hang": ("row", "Dòng: "),
    "chon": ("option", "Chưa chọn: "),
    "chon-roi": ("chosen", "Đã chọn: "),
    "hinh": ("picture", "Hình: "),
    "ma-vuong": ("picture", "Mã vuông: "),
    "ghim": ("pin", "Ghim trên bản đồ: "),
    "link": ("link", "Đường dẫn: "),
    "chi": ("note", "Nhìn vào đây: "),
}
IN_TWO = frozenset({"goi", "o", "so", "hang"})
"""«Nhãn | chữ nhỏ»: the second part stands under or beside the first."""
CAPTION = "Hình vẽ để học, không phải thật"
LINE = re.compile(r"\s*-\s*(?P<kind>[a-z-]+)\s*:\s*(?P<text>.*?)\s*")
NOTE_OPENS = re.compile(r"^nhìn vào đây:\s*", re.IGNORECASE)

Filled = Callable[[str, Place], str]
"""A text with its facts put in."""


def drawn_screen(app: str, lines: list[tuple[int, str]], place: Place, findings: Findings, filled: Filled) -> str:
    """HTML not yet clean. Unknown words are told at their line; the screen is drawn without them."""
    if app not in APPS:
        findings.error(place, f"màn hình lạ «{app}», dùng được: {', '.join(APPS)}.{did_you_mean(app, APPS)}")
        app = "phone"
    drawn = list(_lines(lines, place, findings, filled))
    if not drawn:
        findings.error(place, "khối ::: man-hinh chưa có dòng nào")
    caption = f'<div class="phone-frame__caption">{CAPTION}</div>'
    return "\n".join([f'<div class="phone-frame phone-frame--{app}">', *drawn, caption, "</div>"])


def _lines(lines: list[tuple[int, str]], place: Place, findings: Findings, filled: Filled) -> Iterator[str]:
    for number, line in lines:
        if not line.strip():
            continue
        at = Place(place.path, number)
        match = LINE.fullmatch(line)
        if match is None or match["kind"] not in LINES:
            known = ", ".join(f"«- {kind}: …»" for kind in LINES)
            findings.error(at, f"dòng màn hình không hiểu, cần một trong: {known}")
            continue
        if not match["text"]:
            findings.error(at, f"dòng «- {match['kind']}:» chưa có chữ")
        yield _line(match["kind"], match["text"], at, findings, filled)


def _line(kind: str, text: str, at: Place, findings: Findings, filled: Filled) -> str:
    css, spoken = LINES[kind]
    if kind in ("hinh", "ma-vuong"):
        name, words = _named(text, at, findings) if kind == "hinh" else ("qr", text)
        css, inside = f"picture d-{name}", _escaped(words, at, filled)
    elif kind in IN_TWO:
        first, _bar, second = text.partition("|")
        small = (
            f'<span class="phone-frame__small">{_escaped(second.strip(), at, filled)}</span>' if second.strip() else ""
        )
        inside = _escaped(first.strip(), at, filled) + (" " + small if small else "")
    else:
        inside = _escaped(NOTE_OPENS.sub("", text) if kind == "chi" else text, at, filled)
    label = f'<span class="phone-frame__kind">{spoken}</span>' if spoken else ""
    return f'<div class="phone-frame__{css}">{label}{inside}</div>'


def _named(text: str, at: Place, findings: Findings) -> tuple[str, str]:
    name, _bar, words = (part.strip() for part in text.partition("|"))
    if name not in DRAWN:
        findings.error(at, f"chưa có hình vẽ «{name}».{did_you_mean(name, DRAWN)}")
        name = "done"
    if not words:
        findings.error(at, f"hình «{name}» thiếu lời tả, viết «- hinh: {name} | lời tả»")
    return name, words


def _escaped(text: str, at: Place, filled: Filled) -> str:
    return html.escape(filled(text, at), quote=False)
