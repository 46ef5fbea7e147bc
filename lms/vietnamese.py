"""Vietnamese text where names, places, days and sums meet the house.

Every border (form, spreadsheet, command line, sync) calls `clean` once; every comparison of names uses `fold`
or `search_key`; every ordered list of people uses `name_key`, stored beside the name, because neither SQLite
nor PostgreSQL "C" knows that Ă follows A and Đ follows D.
"""

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

# Order of CLDR `vi`: ngang < huyền < hỏi < ngã < sắc < nặng, looked at only when the letters are equal.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# ă, â, ê, ô, ơ, ư are letters of their own: "{" and "|" stand above "z", so "a{" comes after every "a" + letter.
_LETTER_MARKS = {"a\u0306": "a{", "a\u0302": "a|", "e\u0302": "e{", "o\u0302": "o{", "o\u031b": "o|", "u\u031b": "u{"}
_PUNCTUATION = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"  # in the order of the CLDR root table

# Icelandic and African look-alikes of Đ come from old fonts and keyboards.
_LOOK_ALIKES = str.maketrans({"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ"})
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_TONE_BEFORE_LETTER_MARK = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
_FOREIGN_Y = re.compile("(?<=[bcdfghjklmnpqrstvwxz])y|(?<=qu)y")
_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
_SUM = re.compile(r"(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?")


def nfc(text: str) -> str:
    """One spelling for one letter, also for the tone typed before the hat (á + ̂), which plain NFC leaves apart."""
    return unicodedata.normalize("NFC", _TONE_BEFORE_LETTER_MARK.sub(r"\2\1", unicodedata.normalize("NFD", text)))


def clean(text: str) -> str:
    """One line of text as it may be stored: NFC, single spaces, no invisible signs, Đ that is really Đ."""
    return nfc(" ".join(_INVISIBLE.sub("", text).translate(_LOOK_ALIKES).split()))


def fold(text: str) -> str:
    """Text without accents or capitals, one spelling for "Hoà" and "Hòa", "Đức" and "duc"."""
    bare = _without_marks(clean(text)).casefold()
    return " ".join(_without_marks(bare).replace("đ", "d").split())


def search_key(text: str) -> str:
    """What a search box compares: folded, signs as spaces, and Mỹ = Mĩ, Quý = Quí (but Mai is not May)."""
    words = re.sub(r"[^\w]+|_", " ", fold(text))
    return _FOREIGN_Y.sub("i", " ".join(words.split()))


def slug(text: str) -> str:
    """An address part: "Đường Hoà Bình" → "duong-hoa-binh"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def sort_key(text: str) -> str:
    """Plain ASCII that sorts as Vietnamese does; numbers by value, so "Thôn 2" comes before "Thôn 10"."""
    letters, tones = [], []
    for word in clean(text).split():
        letters.append("".join(_primary(word)))
        tones.append(_tone(word))
    return "!".join(letters) + " " + "".join(tones)


def name_key(full_name: str) -> str:
    """Sort key of a person: given name (the last word), then family and middle names."""
    words = clean(full_name).split()
    last = next((i for i in reversed(range(len(words))) if words[i][0].isalpha()), len(words) - 1)
    if last < 0:
        return ""
    rest = words[:last] + words[last + 1 :]
    return f"{sort_key(words[last])} {sort_key(' '.join(rest))}".rstrip()


def given_name(full_name: str) -> str:
    """The word people are called by: the last."""
    return (clean(full_name).split() or [""])[-1]


def parse_date(text: str) -> date | None:
    """A day written dd/mm/yyyy (also with dots or hyphens, also d/m/yyyy); None when it is not one or does not exist."""
    match = _DAY.fullmatch(clean(text))
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


def format_date(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_school_year(first_year: int) -> str:
    return f"{first_year}\u2013{first_year + 1}"


def format_number(value: int | float | Decimal, decimals: int = 0) -> str:
    """1234567.891, 2 → "1.234.567,89"."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if exact == 0:
        exact = abs(exact)
    return f"{exact:,f}".translate(str.maketrans(",.", ".,"))


def format_percent(share: float | Decimal, decimals: int = 0) -> str:
    """0.6985, 2 → "69,85%"."""
    return format_number(Decimal(str(share)) * 100, decimals) + "%"


def format_money(dong: int | Decimal) -> str:
    """120000 → "120.000đ"."""
    return format_number(dong) + "đ"


def parse_number(text: str) -> Decimal | None:
    """ "1.234.567,89" → 1234567.89; None when it is not a number written the Vietnamese way."""
    match = _SUM.fullmatch(clean(text).replace(" ", ""))
    if match is None:
        return None
    try:
        return Decimal(f"{match[1]}{match[2].replace('.', '')}.{match[3] or 0}")
    except InvalidOperation:
        return None


def parse_money(text: str) -> int | None:
    """ "120.000đ", "120.000 đồng", "120000" → 120000; no fractions of a đồng."""
    value = parse_number(re.sub(r"\s*(đồng|đ|vnđ|vnd|₫)\s*$", "", clean(text).casefold()))
    if value is None or value != value.to_integral_value():
        return None
    return int(value)


def _without_marks(text: str) -> str:
    return "".join(
        sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.category(sign).startswith("M")
    )


def _primary(word: str) -> list[str]:
    """The letters of one word without tones, each as ASCII that sorts in its place of the alphabet."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word.casefold()) if sign not in _TONES)
    return [_weight(part) for part in re.findall(r"[aeou][\u0302\u0306\u031b]|[0-9]+|.", plain)]


def _weight(part: str) -> str:
    if part in _LETTER_MARKS:
        return _LETTER_MARKS[part]
    if part == "đ":
        return "d{"
    if part[0] in "0123456789":
        number = part.lstrip("0") or "0"
        return f"{min(len(number), 9)}{number}"
    if "a" <= part[0] <= "z":
        return part[0]
    if part in _PUNCTUATION:
        return f"#{_PUNCTUATION.index(part):02d}"
    return "" if unicodedata.category(part[0]).startswith("M") else f"~{ord(part[0]):06x}"


def _tone(word: str) -> str:
    """One figure per syllable, so that Hoà and Hòa are the same name."""
    return max((_TONES[sign] for sign in unicodedata.normalize("NFD", word) if sign in _TONES), default="0")
