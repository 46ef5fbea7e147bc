"""Names for sample people: common parts put together by dice. Nobody real is meant; pages of the demo say so."""

import random

FAMILY = ("Bùi", "Phạm", "Quách", "Trương", "Lê", "Nguyễn", "Hà", "Cao", "Đinh", "Lò")
WOMEN = tuple("Ấm Bống Cúc Dậu Đào Hoà Khuyên Lan Mận Ngân Nụ Oanh Quỳnh Sen Thơm Ún Vân Xuyến Ý Ánh".split())
MEN = tuple("An Bảo Chiến Dũng Đạt Giang Hùng Khải Lâm Mạnh Nam Phúc Quyết Sơn Thắng Tư Út Vinh Việt Ỏn".split())
MIDDLE = {"nu": ("Thị", "Thị Mẫu", "Ngọc"), "nam": ("Văn", "Văn Mẫu", "Đức")}


def name(dice: random.Random, gender: str, family: str | None = None) -> str:
    """«Bùi Thị Lan»."""
    given = dice.choice(WOMEN if gender == "nu" else MEN)
    return f"{family or dice.choice(FAMILY)} {dice.choice(MIDDLE[gender])} {given}"
