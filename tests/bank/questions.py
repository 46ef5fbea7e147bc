"""Questions as an author writes them: the keys of questions.yaml, one sample for each type. All plainly samples."""

from typing import Any

STEP = "l.s3.1#quet-ma"
MARKS: dict[str, Any] = {"competency": "s3.2", "level": "2", "pool": "luyen", "explain": "Tên khác thì chưa trả."}
STEMS = {
    "single": "Quét mã ở quầy, tên hiện ra **khác tên chủ quán**. Bác làm gì?",
    "truefalse": "Cán bộ có thể hỏi mã OTP để làm giúp hồ sơ.",
    "multiple": "Chọn 2 việc làm ngay khi lỡ bấm liên kết lạ.",
    "numeric": "Giá 120.000đ, phí 15.000đ, giảm 20.000đ. Phải trả bao nhiêu?",
    "short": "Mã ghi trên biên nhận để tra cứu gọi là mã gì?",
    "hotspot": "Chọn 2 chỗ đáng ngờ.",
}
OPTIONS = [
    {"id": "stop", "text": "Dừng lại, hỏi chủ quán", "correct": "true", "feedback": "Đúng. Tên sai là chưa trả."},
    {"id": "pay", "text": "Cứ trả, mã dán ở quầy mà", "feedback": "Mã có thể bị dán đè."},
    {"id": "small", "text": "Trả thử ít tiền", "feedback": "Vẫn mất tiền cho người lạ."},
]
ASKED: dict[str, dict[str, Any]] = {
    "single": {"options": OPTIONS},
    "truefalse": {"answer": "sai", "feedback": {"dung": "Không ai được hỏi OTP.", "sai": "Đúng rồi."}},
    "multiple": {"options": [*OPTIONS, {"id": "ask", "text": "Gọi số trên thẻ", "correct": "true"}]},
    "matching": {
        "pairs": [
            {"id": "p1", "left": "Hàng sai mẫu", "right": "Đổi trả"},
            {"id": "p2", "left": "Chưa giao, đổi ý", "right": "Huỷ đơn"},
        ],
        "extra_right": ["Gọi số lạ trên bưu kiện"],
    },
    "ordering": {
        "items": [{"id": f"v{n}", "text": f"Việc mẫu {n}"} for n in range(1, 5)],
        "before": [["v1", "v2"], ["v2", "v4"], ["v3", "v4"]],
    },
    "numeric": {
        "answer": "115.000",
        "unit": "đ",
        "tolerance": {"abs": "0"},
        "wrong": [{"value": "135.000", "feedback": "Bác quên trừ mã giảm."}],
    },
    "short": {"accept": ["mã hồ sơ", "mã số hồ sơ"], "reject": ["mã OTP"], "accents": "lenient", "typo": "1"},
    "cloze": {
        "text": "Trước khi bấm xác nhận, xem [[g1]] người nhận và [[g2]].",
        "gaps": {
            "g1": {"type": "short", "accept": ["tên"], "accents": "lenient", "typo": "0"},
            "g2": {
                "type": "single",
                "options": [{"id": "x", "text": "số tiền", "correct": "true"}, {"id": "y", "text": "màu nền"}],
            },
        },
    },
    "hotspot": {
        "regions": [
            {"id": "sender", "box": ["4", "2", "60", "8"], "alt": "Tên người gửi", "target": "true", "text": "KHO QUÀ"},
            {
                "id": "link",
                "box": ["6", "40", "88", "8"],
                "alt": "Đường liên kết",
                "target": "true",
                "text": "a.example",
            },
            {"id": "time", "box": ["70", "2", "25", "6"], "alt": "Giờ nhận", "text": "9:41"},
            {"id": "greet", "box": ["6", "14", "60", "6"], "alt": "Lời chào", "text": "Chào bạn"},
        ]
    },
    "scenario": {
        "start": "n1",
        "nodes": {
            "n1": {
                "say": "«Tôi là công an, mở máy quay lên»",
                "choices": [
                    {"id": "hang", "text": "Tắt máy", "to": "safe"},
                    {"id": "obey", "text": "Làm theo", "to": "bad", "critical": "true"},
                ],
            },
            "safe": {"end": "safe"},
            "bad": {"end": "unsafe"},
        },
    },
}


def of_type(kind: str, **more: Any) -> dict[str, Any]:
    stem = {"stem": STEMS[kind]} if kind in STEMS else {}
    return {"type": kind, **stem, **ASKED[kind], **MARKS, "step": STEP, **more}


SINGLE = of_type("single")
