"""Typed Vietnamese: when two short texts are the same, and what number somebody wrote (assessment.md §5)."""

import re
import unicodedata
from fractions import Fraction

_TONE_BEFORE_HAT = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_ETH = str.maketrans({"\u00d0": "Đ", "\u00f0": "đ"})
_KEPT_INSIDE = "@.-/"
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_DROPPED = str.maketrans(dict.fromkeys(set(_PUNCTUATION) - set(_KEPT_INSIDE)))
_NEW_STYLE = re.compile(r"(?P<first>o)(?P<second>[àáảãạèéẻẽẹ])(?!\w)|(?<!q)(?P<u>u)(?P<y>[ỳýỷỹỵ])(?!\w)")
_NUMBER = re.compile(
    r"(?P<sign>[-−+]?)(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,(?P<part>[0-9]+))?(?P<times>k|nghìn|ngàn|tr|triệu)?"
)
_CURRENCY = re.compile(r"(?:đồng|vnđ|vnd|đ|₫)$")
_TIMES = {None: 1, "k": 1000, "nghìn": 1000, "ngàn": 1000, "tr": 1_000_000, "triệu": 1_000_000}


def tidy(text: str) -> str:
    """One line as it is kept: NFC, single spaces, nothing unseen, Đ that is really Đ. The words stay as typed."""
    return _nfc(" ".join(_UNSEEN.sub("", text).translate(_ETH).split()))


def normal(text: str) -> str:
    """One writing for all that a reader takes for the same words with the same marks."""
    letters = _nfc(_nfc(text).translate(_ETH).casefold())
    words = (word.translate(_DROPPED).strip(_PUNCTUATION) for word in letters.split())
    return " ".join(_old_style(word) for word in words if word)


def bare(text: str) -> str:
    """The same without marks: NFD takes no stroke off đ, so it is named."""
    apart = unicodedata.normalize("NFD", normal(text).replace("đ", "d"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def is_one_slip(said: str, meant: str) -> bool:
    """One letter too many, too few, or wrong."""
    if said == meant or abs(len(said) - len(meant)) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(said, meant, strict=False)) if a != b), min(len(said), len(meant)))
    rest_said, rest_meant = said[same:], meant[same:]
    return rest_said[1:] == rest_meant[1:] or rest_said[1:] == rest_meant or rest_said == rest_meant[1:]


def number(text: str) -> Fraction | None:
    """«1.250.000đ», «1250 nghìn», «1,25 triệu» → 1 250 000; None where it is no number as Vietnamese write it."""
    tight = _CURRENCY.sub("", re.sub(r"\s+", "", tidy(text).casefold()))
    found = _NUMBER.fullmatch(tight)
    if found is None:
        return None
    whole, part = found["whole"].replace(".", ""), found["part"] or ""
    value = Fraction(int(whole + part), 10 ** len(part)) * _TIMES[found["times"]]
    return -value if found["sign"] in ("-", "−") else value


def written(value: Fraction) -> str:
    """115000 → «115.000», 5/2 → «2,5»."""
    if value.denominator == 1:
        return f"{value.numerator:,}".replace(",", ".")
    places = next((n for n in range(1, 7) if (value * 10**n).denominator == 1), 6)
    digits = f"{abs(round(value * 10**places)):0{places + 1}d}"
    whole, part = int(digits[:-places]), digits[-places:]
    return f"{'-' if value < 0 else ''}{whole:,}".replace(",", ".") + "," + part


def _nfc(text: str) -> str:
    """NFC, also where the tone was typed before the hat (á + ̂)."""
    return unicodedata.normalize("NFC", _TONE_BEFORE_HAT.sub(r"\2\1", unicodedata.normalize("NFD", text)))


def _old_style(word: str) -> str:
    """oà → òa, oè → òe, uý → úy at the end of a syllable; the u of qu belongs to the q."""
    return _NEW_STYLE.sub(_mark_on_first, word)


def _mark_on_first(found: re.Match[str]) -> str:
    first, second = found["first"] or found["u"], found["second"] or found["y"]
    apart = unicodedata.normalize("NFD", second)
    return unicodedata.normalize("NFC", first + apart[1:]) + apart[0]
