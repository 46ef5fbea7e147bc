"""What each of the ten types asks its author to fill in."""

from lms.bank.rules.sheets import NAME, Field

TYPE_WORDS = {
    "single": "Một ý",
    "truefalse": "Đúng hay sai",
    "multiple": "Nhiều ý",
    "matching": "Ghép đôi",
    "ordering": "Sắp thứ tự",
    "numeric": "Điền số",
    "short": "Điền chữ",
    "cloze": "Điền chỗ trống",
    "hotspot": "Chỉ chỗ trên hình",
    "scenario": "Tình huống",
}
TYPE_HINTS = {
    "single": "Chọn một câu trả lời trong 3 đến 6 phương án.",
    "truefalse": "Một lời nói, đúng hay sai. Trong một đề nhiều nhất ba câu.",
    "multiple": "Chọn nhiều ý; lời hỏi nói rõ chọn mấy ý.",
    "matching": "Ghép từng dòng với ý hợp với nó.",
    "ordering": "Sắp các việc theo thứ tự trước sau.",
    "numeric": "Tính hoặc nhớ một con số.",
    "short": "Viết vài chữ; có dấu hay không dấu đều nhận được.",
    "cloze": "Một câu có chỗ trống để điền hoặc chọn.",
    "hotspot": "Chỉ ra những chỗ đáng chú ý trên một ảnh hay một màn hình vẽ.",
    "scenario": "Một chuyện đi tới tuỳ theo việc người học chọn.",
}
POOLS = (("luyen", "Luyện tập: có lời nhắn cho từng ý"), ("ghi-nhan", "Bài kiểm tra: giữ kín đáp án"))
LEVELS = (("1", "1 · nhớ, nhận ra"), ("2", "2 · làm được việc quen"), ("3", "3 · xử lý việc lạ"))

_ID = Field("id", "Mã", "id")
_SAID = Field("feedback", "Lời nhắn khi chọn ý này", hint="Ý sai cần nói vì sao sai.")
_OPTIONS = Field(
    "options", "Các phương án", "rows", spare=4, row="Phương án",
    inside=(_ID, Field("text", "Lời"), Field("correct", "Đây là ý đúng", "flag"), _SAID),
)  # fmt: skip
_FIXED = Field("fixed", "Giữ thứ tự như đã viết, không xáo", "flag")
_HIDE = Field("hide_count", "Không nói chọn mấy ý", "flag")
_NUMBER = "Viết như ở Việt Nam: 120.000 hoặc 2,5."
_ANSWER = Field("answer", "Số đúng", hint=_NUMBER)
_TOLERANCE = Field(
    "tolerance", "Vẫn nhận nếu lệch", "group",
    inside=(Field("abs", "Lệch nhiều nhất (số)"), Field("rel", "Lệch nhiều nhất (phần của số đúng)", hint="Ví dụ 0,05.")),
)  # fmt: skip
_WRONG = Field(
    "wrong",
    "Số sai hay gặp",
    "rows",
    spare=2,
    row="Số sai",
    inside=(Field("value", "Số"), Field("feedback", "Lời nhắn")),
)
_USUAL = ("", "Như thường lệ")
_ACCEPT = Field("accept", "Những cách viết được nhận", "lines", "Mỗi dòng một cách; dòng đầu là cách viết chuẩn.")
_REJECT = Field("reject", "Trông giống mà sai", "lines", "Mỗi dòng một cách.")
_ACCENTS = Field(
    "accents", "Dấu tiếng Việt", "choice", choices=(("lenient", "Không dấu cũng nhận"), ("strict", "Phải đủ dấu"))
)
_TYPO = Field("typo", "Gõ nhầm", "choice", choices=(("0", "Không bỏ qua"), ("1", "Bỏ qua một chữ (từ sáu chữ cái)")))
_NEAR = Field("near", "Gần đúng, được nửa điểm khi luyện", "lines", "Mỗi dòng một cách.")

SHEETS: dict[str, tuple[Field, ...]] = {
    "single": (_OPTIONS, _FIXED),
    "multiple": (_OPTIONS, _HIDE, _FIXED),
    "truefalse": (
        Field("answer", "Câu nói trên", "choice", choices=(("dung", "Đúng"), ("sai", "Sai"))),
        Field(
            "feedback", "Lời nhắn", "group",
            inside=(Field("dung", "Khi chọn Đúng"), Field("sai", "Khi chọn Sai")),
        ),
    ),
    "matching": (
        Field(
            "pairs", "Các cặp", "rows", spare=3, row="Cặp", stem="p",
            inside=(_ID, Field("left", "Bên trái"), Field("right", "Hợp với"), Field("feedback", "Lời nhắn khi ghép sai")),
        ),
        Field("extra_right", "Ý thừa bên phải", "lines", "Mỗi dòng một ý không hợp với dòng nào."),
    ),
    "ordering": (
        Field(
            "items", "Các việc, theo thứ tự đúng", "rows", spare=4, row="Việc", stem="v",
            inside=(Field("id", "Mã", hint="Để trống thì trang tự đặt."), Field("text", "Lời")),
        ),
        Field(
            "before", "Việc nào phải trước việc nào", "pairs",
            "Chỉ điền khi có nhiều thứ tự đúng. Mỗi dòng: mã -> mã, ví dụ v1 -> v3.",
        ),
    ),
    "numeric": (
        _ANSWER,
        Field("unit", "Đơn vị", hint="Ví dụ đ, km."),
        _TOLERANCE,
        Field("band", "Được nửa điểm khi luyện nếu lệch", "group", inside=_TOLERANCE.inside),
        _WRONG,
    ),
    "short": (_ACCEPT, _NEAR, _REJECT, _ACCENTS, _TYPO),
    "cloze": (
        Field("text", "Câu có chỗ trống", "area", "Chỗ trống viết [[g1]], [[g2]]. Mỗi chỗ trống một lần."),
        Field(
            "gaps", "Từng chỗ trống", "named", spare=2, row="Chỗ trống", stem="g",
            inside=(
                Field(NAME, "Tên chỗ trống", hint="Như đã viết trong câu, ví dụ g1."),
                Field("type", "Điền kiểu nào", "choice",
                      choices=(("short", "Viết chữ"), ("single", "Chọn một ý"), ("numeric", "Viết số"))),
                Field("accept", "Viết chữ: những cách được nhận", "lines", "Mỗi dòng một cách."),
                Field("near", "Viết chữ: gần đúng, được nửa điểm khi luyện", "lines", "Mỗi dòng một cách."),
                Field("reject", "Viết chữ: trông giống mà sai", "lines", "Mỗi dòng một cách."),
                Field("accents", "Viết chữ: dấu tiếng Việt", "choice", choices=(_USUAL, *_ACCENTS.choices)),
                Field("typo", "Viết chữ: gõ nhầm", "choice", choices=(_USUAL, *_TYPO.choices)),
                Field("options", "Chọn một ý: các ý", "rows", spare=2, row="Ý",
                      inside=(_ID, Field("text", "Lời"), Field("correct", "Đây là ý đúng", "flag"), _SAID)),
                Field("fixed", "Chọn một ý: giữ thứ tự như đã viết", "flag"),
                Field("answer", "Viết số: số đúng", hint=_NUMBER),
                Field("unit", "Viết số: đơn vị"),
                Field("tolerance", "Viết số: vẫn nhận nếu lệch", "group", inside=_TOLERANCE.inside),
                Field("band", "Viết số: được nửa điểm khi luyện nếu lệch", "group", inside=_TOLERANCE.inside),
                Field("wrong", "Viết số: số sai hay gặp", "rows", row="Số sai", inside=_WRONG.inside),
                Field("weight", "Nặng bằng mấy chỗ thường", hint="Để trống là 1."),
            ),
        ),
    ),
    "hotspot": (
        Field(
            "regions", "Các chỗ trên hình", "rows", spare=4, row="Chỗ",
            hint="Hình rộng 100, cao 100. Mỗi chỗ là một ô: cách trái, cách trên, rộng, cao. Không có ảnh thì ghi chữ để vẽ.",
            inside=(
                _ID,
                Field("alt", "Gọi tên chỗ này", hint="Lời trung tính, không lộ đáp án."),
                Field("text", "Chữ viết ở đó"),
                Field("box", "Ô", "numbers", hint="Bốn số cách nhau bằng dấu phẩy, ví dụ 4, 2, 60, 8."),
                Field("target", "Đây là chỗ phải chỉ ra", "flag"),
                Field("feedback", "Lời nhắn khi chọn chỗ này"),
            ),
        ),
        _HIDE,
    ),
    "scenario": (
        Field("start", "Bắt đầu ở phần", hint="Tên một phần dưới đây, ví dụ n1."),
        Field(
            "nodes", "Các phần của chuyện", "named", spare=3, row="Phần", stem="n",
            inside=(
                Field(NAME, "Tên phần", hint="Chữ không dấu, ví dụ n1, xong, mat-tien."),
                Field("say", "Chuyện gì xảy ra", "area"),
                Field("end", "Đây là kết thúc", "choice",
                      choices=(("", "Không, chuyện còn đi tiếp"), ("safe", "Kết thúc an toàn"),
                               ("unsafe", "Kết thúc không an toàn"))),
                Field("choices", "Việc để chọn", "rows", spare=2, row="Việc",
                      inside=(
                          _ID,
                          Field("text", "Lời"),
                          Field("to", "Dẫn tới phần"),
                          Field("critical", "Sai lầm nguy hiểm", "flag"),
                          Field("points", "Điểm khi luyện"),
                          Field("feedback", "Lời nhắn"),
                      )),
            ),
        ),
    ),
}  # fmt: skip
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
OWN_STEM = frozenset({"cloze", "matching", "ordering", "scenario"})
"""Types that need no question of their own: the reader supplies a plain one."""


def sheet(
    kind: str, competencies: tuple[tuple[str, str], ...], steps: tuple[tuple[str, str], ...]
) -> tuple[Field, ...]:
    """All fields of a question of this type, in the order of the page and of its file."""
    hint = "Dưới 40 chữ, một ý. **chữ đậm** được." + (" Để trống thì dùng câu quen thuộc." if kind in OWN_STEM else "")
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
