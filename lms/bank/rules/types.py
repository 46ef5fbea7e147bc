"""What a question asks its author to fill in: the same for all, and what its type adds."""

from lms.quizzes.rules.fields import Field
from lms.quizzes.rules.types.registry import TYPES

TYPE_WORDS = {kind: one.WORD for kind, one in TYPES.items()}
TYPE_HINTS = {kind: one.HINT for kind, one in TYPES.items()}
SHEETS = {kind: one.FORM for kind, one in TYPES.items()}
POOLS = (("luyen", "Luyện tập: có lời nhắn cho từng ý"), ("ghi-nhan", "Bài kiểm tra: giữ kín đáp án"))
LEVELS = (("1", "1 · nhớ, nhận ra"), ("2", "2 · làm được việc quen"), ("3", "3 · xử lý việc lạ"))

MEDIA = (
    Field(
        "image",
        "Ảnh",
        "image",
        "PNG, JPEG hoặc WebP, nhiều nhất 300 kB; ảnh chụp lớn hơn được tự thu nhỏ. Nơi chụp, ngày chụp và tên máy được bỏ đi.",
    ),
    Field(
        "alt", "Lời tả ảnh", hint="Có ảnh thì phải có, cho người không nhìn thấy ảnh. Tả điều thấy, không nói đáp án."
    ),
    Field("audio", "Đoạn tiếng", "audio", "MP3, OGG hoặc M4A, nhiều nhất 300 kB."),
    Field("transcript", "Lời trong đoạn tiếng", "area", "Có tiếng thì phải có, ghi đúng từng lời nói trong đó."),
)


def sheet(
    kind: str, competencies: tuple[tuple[str, str], ...], steps: tuple[tuple[str, str], ...]
) -> tuple[Field, ...]:
    """All fields of a question of this type, in the order of the page and of its file."""
    asks_by_itself = getattr(TYPES[kind], "ASKS_BY_ITSELF", False)
    hint = "Dưới 40 chữ, một ý. **chữ đậm** được." + (" Để trống thì dùng câu quen thuộc." if asks_by_itself else "")
    return (
        Field("stem", "Lời hỏi", "area", hint),
        *MEDIA,
        *SHEETS[kind],
        Field("explain", "Lời giải thích", "area", "Nói sau khi trả lời, khi luyện."),
        Field("competency", "Năng lực", "choice", choices=(("", "Chọn…"), *competencies)),
        Field("level", "Mức", "choice", choices=LEVELS),
        Field("critical", "Câu an toàn (★): sai là mất tiền, mất tài khoản", "flag"),
        Field("pool", "Dùng ở đâu", "choice", choices=POOLS),
        Field("step", "Bước bài học nói về điều này", "choice", choices=(("", "Chọn…"), *steps)),
        Field("facts", "Dữ kiện đã dẫn", "lines", "Mã trong facts.yaml, mỗi dòng một mã."),
        Field("review_by", "Xem lại trước ngày", "day"),
        Field("source", "Nguồn"),
    )
