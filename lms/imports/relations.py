"""Relation to the head of the household, in the words lists use (Law on Residence 2020 art. 10; content-facts E3)."""

import re

from lms.vietnamese import fold

HEAD = "chu-ho"
OTHER = "khac"
ALLOWED = "chủ hộ, vợ, chồng, con, bố, mẹ, ông, bà, cháu, anh, chị, em, khác"

_WORDINGS = (
    (HEAD, r"(la )?(chu ho|chuho|ch|c ho|chu nha|ban than)"),
    ("vo-chong", r"vo|chong|vo chong|vo (ca|hai|ke)"),
    (
        "con",
        r"con( (trai|gai|dau|re|nuoi|de|ruot|rieng|ke|ca|ut|do dau|thu \w+|chong|vo|trai ca|gai ca|trai ut|gai ut|\d+))?",
    ),
    ("cha-me", r"(bo|me|cha|ma|u|thay|bo me|cha me)( (de|ruot|chong|vo|ke|nuoi|duong|gia))?"),
    ("ong-ba", r"(ong|ba|cu|ong ba)( (noi|ngoai|co))?"),
    ("chau", r"(chau|chat)( (noi|ngoai|trai|gai|dau|re|ruot|ho|dich ton|noi (trai|gai)|ngoai (trai|gai)))?"),
    ("anh-chi-em", r"(anh|chi|em|anh chi em|chi em|anh em)( (trai|gai|ruot|dau|re|vo|chong|ho|ke|nuoi))?"),
    (
        OTHER,
        r"khac|(co|di|chu|bac|cau|mo|thim|duong|bac ruot|chu ruot|co ruot|di ruot)"
        r"|(nguoi )?(o nho|o ghep|giup viec|cung o)|ho hang",
    ),
)
_COMPILED = tuple((code, re.compile(wording)) for code, wording in _WORDINGS)


def read_relation(text: str) -> str | None:
    """The code of a relation, or None when it is not one."""
    words = " ".join(re.sub(r"[^\w]+", " ", fold(text)).split())
    words = re.sub(r" (cua |voi )?chu ho$", "", words)
    return next((code for code, wording in _COMPILED if wording.fullmatch(words)), None)
