"""Questions as an author writes them: the keys of questions.yaml, one sample for each type. All plainly samples."""

from typing import Any

STEP = "l.s3.doc-ten#doc-ten"
MARKS: dict[str, Any] = {"competency": "s3.2", "level": "2", "critical": "false", "pool": "luyen", "step": STEP,
                         "explain": "Tên khác thì chưa trả."}  # fmt: skip
SINGLE: dict[str, Any] = {
    "type": "single",
    **MARKS,
    "stem": "Quét mã ở quầy, tên hiện ra **khác tên chủ quán**. Bác làm gì?",
    "options": [
        {"id": "stop", "text": "Dừng lại, hỏi chủ quán", "correct": "true", "feedback": "Đúng. Tên sai là chưa trả."},
        {"id": "pay", "text": "Cứ trả, mã dán ở quầy mà", "correct": "false", "feedback": "Mã có thể bị dán đè."},
        {"id": "small", "text": "Trả thử ít tiền", "correct": "false", "feedback": "Vẫn mất tiền cho người lạ."},
    ],
}
