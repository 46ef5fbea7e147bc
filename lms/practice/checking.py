"""The checks that need the engine: the goal reached in every variant, every mistake made somewhere, nobody stuck."""

from lms.library.books import Books, Practice
from lms.library.problems import Findings
from lms.practice.rules.searching import MAX_STATES, Found, searched

SHOWN_FAILURES = 3


def check(books: Books, findings: Findings) -> None:
    """Only practices that are otherwise sound: the engine would stumble over names that do not exist."""
    faulty = {problem.path for problem in findings.in_order() if problem.level == "error"}
    for practice in books.practices:
        if practice.place.path not in faulty:
            _check_one(practice, findings)


def _check_one(practice: Practice, findings: Findings) -> None:
    found = searched(practice.spec)
    for picked in found.unreachable[:SHOWN_FAILURES]:
        told = ", ".join(f"{name}={value}" for name, value in picked.items())
        findings.error(practice.place, f"không tìm thấy đường tới đích (trong {MAX_STATES} trạng thái) khi {told}")
    if len(found.unreachable) > SHOWN_FAILURES:
        many = f"{len(found.unreachable)} trong {found.combinations}"
        findings.error(practice.place, f"tất cả {many} cách rút tham số không tới đích")
    _check_parts(practice, found, findings)


def _check_parts(practice: Practice, found: Found, findings: Findings) -> None:
    for mistake in practice.spec["mistakes"]:
        if mistake["id"] not in found.mistakes:
            place = practice.lines.get(f"mistake {mistake['id']}", practice.place)
            findings.error(place, f"không cách nào mắc lỗi «{mistake['id']}»: điều kiện không bao giờ đúng")
    for name, screen in practice.spec["screens"].items():
        place = practice.lines.get(f"screens {name}", practice.place)
        if name not in found.screens:
            findings.error(place, f"không cách nào tới màn «{name}»")
        elif name not in found.left and not screen.get("end"):
            findings.error(place, f"màn «{name}» là ngõ cụt: không mục nào đưa ra khỏi màn này")
