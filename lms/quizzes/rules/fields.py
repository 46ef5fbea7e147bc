"""What an author fills in for a question, as data; each type names its own (`types/`), the bank lays them out."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "line",
    "area",
    "flag",
    "choice",
    "lines",
    "pairs",
    "numbers",
    "day",
    "rows",
    "named",
    "group",
    "id",
    "image",
    "audio",
]
NAME = "_"
"""The field of a named row that holds its name."""


@dataclass(frozen=True, slots=True)
class Field:
    key: str
    label: str
    kind: Kind = "line"
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    inside: tuple["Field", ...] = ()
    spare: int = 0
    """So many rows are offered at least."""
    row: str = ""
    """What one row is called."""
    stem: str = ""
    """How the names begin that are given to rows whose author gave none; empty: letters."""


ID = Field("id", "Mã", "id")
SAID = Field("feedback", "Lời nhắn khi chọn ý này", hint="Ý sai cần nói vì sao sai.")
OPTIONS = Field(
    "options", "Các phương án", "rows", spare=4, row="Phương án",
    inside=(ID, Field("text", "Lời"), Field("correct", "Đây là ý đúng", "flag"), SAID),
)  # fmt: skip
FIXED = Field("fixed", "Giữ thứ tự như đã viết, không xáo", "flag")
HIDE = Field("hide_count", "Không nói chọn mấy ý", "flag")
NUMBER = "Viết như ở Việt Nam: 120.000 hoặc 2,5."
ANSWER = Field("answer", "Số đúng", hint=NUMBER)
TOLERANCE = Field(
    "tolerance", "Vẫn nhận nếu lệch", "group",
    inside=(Field("abs", "Lệch nhiều nhất (số)"), Field("rel", "Lệch nhiều nhất (phần của số đúng)", hint="Ví dụ 0,05.")),
)  # fmt: skip
WRONG = Field(
    "wrong",
    "Số sai hay gặp",
    "rows",
    spare=2,
    row="Số sai",
    inside=(Field("value", "Số"), Field("feedback", "Lời nhắn")),
)
USUAL = ("", "Như thường lệ")
ACCEPT = Field("accept", "Những cách viết được nhận", "lines", "Mỗi dòng một cách; dòng đầu là cách viết chuẩn.")
REJECT = Field("reject", "Trông giống mà sai", "lines", "Mỗi dòng một cách.")
ACCENTS = Field(
    "accents", "Dấu tiếng Việt", "choice", choices=(("lenient", "Không dấu cũng nhận"), ("strict", "Phải đủ dấu"))
)
TYPO = Field("typo", "Gõ nhầm", "choice", choices=(("0", "Không bỏ qua"), ("1", "Bỏ qua một chữ (từ sáu chữ cái)")))
NEAR = Field("near", "Gần đúng, được nửa điểm khi luyện", "lines", "Mỗi dòng một cách.")
