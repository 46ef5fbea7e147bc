"""A small but complete library in a folder: the ground on which single faults are planted."""

from dataclasses import dataclass
from pathlib import Path

SKILLS = """\
skills:
  - id: s1
    slug: dich-vu-cong
    name: "Dịch vụ công trực tuyến"
    short: "dịch vụ công"
    verb: "dùng dịch vụ công"
    en: "Online public services"
    competencies:
      - id: s1.1
        name: "Nhận ra cổng chính thức"
        en: "tells the official portal"
        critical: true
        core: false
        evidence: [Q, P]
        digcomp: ["1.2"]
        crosswalk: {}
      - id: s1.2
        name: "Điền tờ khai"
        en: "fills the form"
        critical: true
        core: true
        evidence: [P, O]
        digcomp: []
        crosswalk: {qd757: ["A1"]}
"""
CAN_DO = """\
- id: DVC-01
  text: "chỉ ra cổng thật"
  teach_first: true
  how: [TH]
  digcomp: ["1.2"]
  maps_to: [s1.1]
"""
FACTS = """\
- id: f.cong
  sentence: "Cổng có địa chỉ dichvucong.gov.vn."
  source: "bảng dữ kiện B1"
  confidence: cao
  checked_on: 2026-11-22
  review_by: 2027-11-22
  value: "dichvucong.gov.vn"
- id: f.tam-tru
  sentence: "Ở từ 30 ngày thì đăng ký tạm trú."
  source: "bảng dữ kiện B1"
  confidence: TB–cao
  checked_on: 2026-11-22
  review_by: 2027-02-22
  value: "30"
  unit: "ngày"
- id: f.khong-so
  sentence: "Dữ kiện này không có con số."
  source: "bảng dữ kiện B1"
  confidence: TB
  checked_on: 2026-11-22
  review_by: 2027-02-22
"""
LOCALITY = """\
locality: "Xã Mẫu"
platforms:
  - id: ung-dung-tinh
    name: "ứng dụng của tỉnh"
    purpose: "gửi phản ánh"
    competencies: [s1.1]
    verified: false
"""
PLAIN_WORDS = """\
office:
  - {word: "tiến hành", say: "làm"}
common: [QR]
"""
COURSE = """\
id: c.dich-vu-cong
slug: dich-vu-cong
title: "Dịch vụ công"
skill: s1
for: [hoc-sinh, nguoi-lon]
summary: "Tự nộp một hồ sơ."
modules:
  - id: m.s1.1
    title: "Tự nộp một hồ sơ"
    lessons: [l.s1.1]
"""
LESSON = """\
---
id: l.s1.1
title: "Tự nộp một hồ sơ"
minutes: 45
competencies: [s1.1, s1.2]
facts: [f.cong]
audience: [hoc-sinh]
sources: ["bảng dữ kiện B1"]
---

## Nhận ra cổng thật {#cong-that}

Cổng có địa chỉ {{fact:f.cong}}. Đọc [[tên miền|tên của trang]] trước.

::: chuyen
Bác Mận cầm máy lên. Bác bảo: «Mở cái nào?»
:::

::: kiem-tra q.s1.p01
:::

## Điền tờ khai {#dien}

| Ô | Ghi |
|---|---|
| Họ tên | đủ dấu |

::: man-hinh phone
- tieu-de: Cổng MẪU
- tin: Ở quá {{fact:f.tam-tru}} thì khai.
- nut: Tiếp
- so: Số định danh
- link: dichvucong.example
:::

::: ghi-nho
Đọc kỹ rồi mới gửi.
:::
"""
GUIDE = "# Hướng dẫn\n\n## Mục tiêu\n\nHọc viên tự điền được.\n"
CARD = """\
id: t.s1.{name}
version: 1.0.0
skill: s1
title: "Nộp hồ sơ {name}"
setting: "Người học đóng vai người nộp hồ sơ."
materials: ["Tờ khai giấy"]
steps: ["Đưa tờ khai", "Nhìn người học điền"]
rubric:
  - {{id: r1, competency: s1.2, core: true, critical: true, text: "Tự điền đủ ô"}}
safety: "Không dùng giấy tờ thật."
minutes: 15
"""
OBSERVER = """\
---
id: l.quan-sat
title: "Làm người chứng"
minutes: 10
competencies: []
facts: []
audience: [to-cong-nghe]
sources: ["quy tắc r2026.0"]
---

## Nhìn, không làm hộ {#nhin}

Người chứng chỉ nhìn.
"""
RULESET = "id: r2026.0\nknow: {items: 15, min_share: 0.80}\n"
ITEM = """\
- id: {id}
  type: single
  competency: {competency}
  level: 1
  critical: {critical}
  pool: {pool}
  status: {status}
  stem: "Câu {id}: cổng nào thật?"
  options:
    - {{id: a, text: "Cổng đuôi gov.vn", correct: true, feedback: "Đúng."}}
    - {{id: b, text: "Cổng đuôi lạ", feedback: "Đuôi lạ là giả."}}
    - {{id: c, text: "Cổng trong tin nhắn", feedback: "Tin nhắn có thể giả."}}
  explain: "Nhìn đuôi tên miền."
  step: {step}
  facts: []
"""


@dataclass
class Shelf:
    """A content folder whose files can be spoiled one word at a time."""

    folder: Path

    def path(self, name: str) -> Path:
        return self.folder / FILES.get(name, name)

    def replace(self, name: str, old: str, new: str) -> int:
        """Put `new` for the first `old`; the line where the change begins."""
        path = self.path(name)
        text = path.read_text("utf-8")
        assert old in text, f"{name} holds no {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return text[: text.index(old)].count("\n") + 1


FILES = {
    "course": "courses/dich-vu-cong/course.yaml",
    "lesson": "courses/dich-vu-cong/01-nop-ho-so/lesson.md",
    "questions": "courses/dich-vu-cong/01-nop-ho-so/questions.yaml",
    "guide": "courses/dich-vu-cong/01-nop-ho-so/guide.md",
    "skills": "skills.yaml",
    "can-do": "can-do.yaml",
    "facts": "facts.yaml",
    "locality": "locality.yaml",
    "plain words": "plain-words.yaml",
    "card": "tasks/dich-vu-cong/mot.yaml",
    "card 2": "tasks/dich-vu-cong/hai.yaml",
    "observer": "observer/lesson.md",
    "observer questions": "observer/questions.yaml",
    "ruleset": "rulesets/r2026.0.yaml",
}


def set_up(folder: Path) -> Shelf:
    shelf = Shelf(folder)
    texts = {
        "skills": SKILLS,
        "can-do": CAN_DO,
        "facts": FACTS,
        "locality": LOCALITY,
        "plain words": PLAIN_WORDS,
        "course": COURSE,
        "lesson": LESSON,
        "guide": GUIDE,
        "questions": _questions(),
        "card": CARD.format(name="mot"),
        "card 2": CARD.format(name="hai"),
        "observer": OBSERVER,
        "observer questions": "".join(_item(f"q.quan-sat.{n}", "f", "luyen", "l.quan-sat#nhin") for n in range(1, 6)),
        "ruleset": RULESET,
    }
    for name, text in texts.items():
        path = shelf.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return shelf


def _questions() -> str:
    practice = [_item(f"q.s1.p{n:02d}", "s1.1", "luyen", "l.s1.1#cong-that") for n in range(1, 11)]
    recorded = [_item(f"s1.q{n:02d}", "s1.1", "ghi-nhan", "l.s1.1#dien", critical=n <= 4) for n in range(1, 21)]
    return "".join((*practice, *recorded))


def _item(item_id: str, competency: str, pool: str, step: str, critical: bool = False) -> str:
    status = "ghi-nhan" if pool == "ghi-nhan" else "duyet"
    return ITEM.format(
        id=item_id, competency=competency, pool=pool, status=status, step=step, critical=str(critical).lower()
    )
