"""One question of each of the ten types, as published."""

from typing import Any

from lms.quizzes.rules.items import read_item
from lms.quizzes.rules.shapes import Item

REGIONS = [
    {"id": "sender", "box": [4, 2, 60, 8], "alt": "Tên người gửi", "target": True, "text": "Người gửi: KHO QUÀ"},
    {"id": "link", "box": [6, 40, 88, 8], "alt": "Đường liên kết", "target": True, "text": "qua-tang.example"},
    {"id": "hurry", "box": [6, 28, 80, 8], "alt": "Hạn hai giờ", "target": True, "text": "Chỉ còn 2 giờ"},
    {"id": "time", "box": [70, 2, 25, 6], "alt": "Giờ nhận", "text": "9:41"},
    {"id": "greet", "box": [6, 14, 60, 6], "alt": "Lời chào", "text": "Chào bạn"},
]
CHOICES = [
    {"id": "stop", "text": "Dừng lại", "correct": True, "feedback": "Đúng."},
    {"id": "pay", "text": "Cứ trả", "correct": False, "feedback": "Mã có thể bị dán đè."},
    {"id": "small", "text": "Trả thử ít tiền", "correct": False, "feedback": "Vẫn mất tiền."},
    {"id": "later", "text": "Chụp mã lại", "correct": False, "feedback": "Mã vẫn lạ."},
]
BODIES: dict[str, dict[str, Any]] = {
    "single": {"options": CHOICES},
    "truefalse": {
        "options": [
            {"id": "dung", "text": "Đúng", "correct": False, "feedback": "Không ai được hỏi."},
            {"id": "sai", "text": "Sai", "correct": True, "feedback": "Đúng rồi."},
        ]
    },
    "multiple": {"options": [{**one, "correct": one["id"] in ("stop", "later")} for one in CHOICES]},
    "matching": {
        "pairs": [
            {"id": "p1", "left": "Hàng sai mẫu", "right": "Đổi trả"},
            {"id": "p2", "left": "Chưa giao, đổi ý", "right": "Huỷ đơn"},
        ],
        "extra_right": ["Gọi số lạ trên bưu kiện"],
    },
    "ordering": {"items": [{"id": f"e{n}", "text": f"Việc {n}"} for n in range(1, 6)]},
    "numeric": {
        "answer": "115000",
        "unit": "đ",
        "band": {"abs": "5000"},
        "wrong": [{"value": "135000", "feedback": "Bác quên trừ mã giảm."}],
    },
    "short": {"accept": ["mã hồ sơ", "mã số hồ sơ"], "reject": ["mã OTP"], "near": ["số hồ sơ"], "typo": 1},
    "cloze": {
        "text": "Trước khi bấm, xem [[g1]] người nhận và [[g2]].",
        "gaps": {
            "g1": {"type": "short", "accept": ["tên"]},
            "g2": {
                "type": "single",
                "options": [
                    {"id": "x", "text": "số tiền", "correct": True},
                    {"id": "y", "text": "màu nền", "correct": False},
                ],
            },
        },
    },
    "hotspot": {"regions": REGIONS},
    "scenario": {
        "start": "n1",
        "nodes": {
            "n1": {
                "say": "«Tôi là công an, mở máy quay lên»",
                "choices": [
                    {"id": "hang", "text": "Tắt máy", "to": "n2", "points": 1},
                    {"id": "ask", "text": "Hỏi thêm", "to": "n2"},
                    {"id": "obey", "text": "Làm theo", "to": "bad", "critical": True},
                ],
            },
            "n2": {
                "say": "Người ấy gọi lại.",
                "choices": [
                    {"id": "report", "text": "Gọi số đã biết", "to": "good", "points": 1},
                    {"id": "pay", "text": "Chuyển tiền", "to": "bad", "critical": True},
                ],
            },
            "good": {"end": "safe"},
            "bad": {"end": "unsafe"},
        },
    },
}
STEMS = {"multiple": "Chọn 2 ý nên làm.", "hotspot": "Chọn 3 chỗ đáng ngờ."}


def of_type(kind: str, item_id: str | None = None, **body: Any) -> Item:
    raw = {
        "id": item_id or f"s3.{kind}",
        "type": kind,
        "stem": STEMS.get(kind, "Làm gì?"),
        "skill": "s3",
        "competency": "s3.2",
        "pool": "ghi-nhan",
        "status": "ghi-nhan",
        "digest": f"digest of {kind}",
        **BODIES[kind],
        **body,
    }
    return read_item(raw)


def all_types() -> list[Item]:
    return [of_type(kind) for kind in BODIES]
