"""The code on a certificate: 16 signs of 5 bits; signs that look alike are read as one. Pure."""

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U: nobody has to tell a letter from a digit."""
LENGTH = 16
BITS = 80
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def code_of(random_bits: int) -> str:
    """80 random bits as a code."""
    return "".join(SIGNS[(random_bits >> shift) & 31] for shift in range(BITS - 5, -1, -5))


def read_code(text: str) -> str:
    """A code as somebody typed it, in its one shape; empty when it cannot be one."""
    plain = "".join(sign for sign in text[:80].upper().replace("Đ", "D") if sign.isascii() and sign.isalnum())
    plain = plain.translate(_ALIKE)
    return plain if len(plain) == LENGTH and set(plain) <= set(SIGNS) else ""


def grouped(code: str) -> str:
    """«7K4M-2PQ9-0A3C-9XTZ»: how it stands on paper."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
