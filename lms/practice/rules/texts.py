"""Texts as both languages see them: NFC, trimmed, compared without case and spaces; and what looks like real data."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

MAX_TYPED = 200
SPACES = " \t\r\n\u00a0"
_SPACES = re.compile(f"[{SPACES}]+")
_NOT_DIGITS = re.compile(r"[^0-9]+")
_DIGIT_RUNS = re.compile(r"\+?[0-9](?:[ .\-]?[0-9])*")
_NAMED = re.compile(r"\{\{ *([a-z][a-z0-9_]*)(\|money)? *\}\}")
_MONEY_SIGNS = re.compile(f"[{SPACES}.,đ₫]+")
_AMOUNT = re.compile(r"[0-9]{1,12}")


def text_of(value: Any) -> str:
    """A value as a text: a list stands with commas, nothing is the empty text."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ",".join(text_of(one) for one in value)
    return str(value)


def typed(raw: str) -> str | None:
    """What was typed, NFC and trimmed; None where it is no text a person types."""
    if any("\ud800" <= sign <= "\udfff" or sign == "\x00" for sign in raw):
        return None
    text = unicodedata.normalize("NFC", raw).strip(SPACES)
    return text if len(text) <= MAX_TYPED else None


def folded(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFC", text).lower())


def amount_of(raw: Any) -> int | None:
    """An amount of đồng as typed: «120.000đ» is 120000."""
    if type(raw) is int:
        return raw if 0 <= raw < 10**12 else None
    digits = _MONEY_SIGNS.sub("", raw) if isinstance(raw, str) else ""
    return int(digits) if _AMOUNT.fullmatch(digits) else None


def money(value: Any) -> str:
    """120000 → 120.000đ"""
    if type(value) is not int:
        return text_of(value)
    grouped = f"{abs(value):,}".replace(",", ".")
    return f"{'-' if value < 0 else ''}{grouped}đ"


def filled(template: str, values: Mapping[str, Any]) -> str:
    """`{{name}}` and `{{name|money}}` put in; an unknown name is empty."""

    def put(found: re.Match[str]) -> str:
        value = values.get(found[1], "")
        return money(value) if found[2] else text_of(value)

    return _NAMED.sub(put, template)


def names_in(template: str) -> set[str]:
    """What a text puts in."""
    return {found[1] for found in _NAMED.finditer(template)}


def looks_personal(text: str, allowed: str, known: Iterable[Any]) -> bool:
    """A run of 12 digits, of a card, or of a telephone, that is neither in `allowed` (the role card) nor a drawn value."""
    on_card = _NOT_DIGITS.sub("", allowed)
    for run in _DIGIT_RUNS.findall(text):
        digits = _NOT_DIGITS.sub("", run)
        is_known = digits in on_card or any(_NOT_DIGITS.sub("", text_of(value)) == digits for value in known)
        if _is_personal(digits) and not is_known:
            return True
    return False


def _is_personal(digits: str) -> bool:
    size = len(digits)
    is_phone = (size in (10, 11) and digits[0] == "0") or (size == 11 and digits[:2] == "84")
    return size >= 12 or is_phone
