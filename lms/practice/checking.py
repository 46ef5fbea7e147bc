"""The checks that need the engine: what each variant says, the goal reached in every variant, every mistake made
somewhere, nobody stuck."""

from collections.abc import Iterator, Mapping
from typing import Any

from lms.drawings import DRAWN
from lms.library.books import Books, Practice
from lms.library.checks.practices import real_things, texts_of
from lms.library.fields import did_you_mean
from lms.library.problems import Findings, Place
from lms.practice.rules.params import completed
from lms.practice.rules.searching import MAX_STATES, Found, combinations, searched
from lms.practice.rules.texts import filled, names_in

SHOWN_FAILURES = 3
LABELS = ("label", "alt", "name")
Picked = Mapping[str, Any]


def check(books: Books, findings: Findings) -> None:
    """Runs only practices that are otherwise sound: the engine would stumble over names that do not exist."""
    for practice in books.practices:
        _check_pictures(practice, findings)
    faulty = {problem.path for problem in findings.in_order() if problem.level == "error"}
    for practice in books.practices:
        if practice.place.path not in faulty:
            _check_each_drawing(practice, findings)
            _check_ways(practice, findings)


def _check_pictures(practice: Practice, findings: Findings) -> None:
    for place, part in _parts(practice):
        name = part.get("drawn", DRAWN[0])
        if name not in DRAWN:
            findings.error(place, f"hình «{name}» chưa vẽ sẵn.{did_you_mean(name, DRAWN)}")


def _check_each_drawing(practice: Practice, findings: Findings) -> None:
    """What a text becomes when values are put in: a brand in two halves, a label that is empty in one combination."""
    texts = [(path, text) for path, text in texts_of(practice) if names_in(text)]
    labels = [
        (place, said) for place, part in _parts(practice) for key in LABELS if names_in(said := part.get(key, ""))
    ]
    seen: set[str] = set()
    for picked in combinations(practice.spec):
        values = completed(practice.spec, picked)
        for path, text in texts:
            said = filled(text, values)
            for fault in real_things(said) if said not in seen else ():
                findings.error(practice.lines.get(path, practice.place), f"{fault} (khi {_told(picked)})")
            seen.add(said)
        for place, label in labels:
            if names_in(label) <= set(values) and not filled(label, values).strip(" *") and label not in seen:
                findings.error(place, f"nhãn «{label}» trống khi {_told(picked)}")
                seen.add(label)


def _parts(practice: Practice) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every item and every option, with its line."""
    for name, screen in practice.spec["screens"].items():
        for item in screen["items"]:
            place = practice.lines.get(f"{name} {item['id']}", practice.place)
            for part in (item, *item.get("options", ())):
                yield place, part


def _check_ways(practice: Practice, findings: Findings) -> None:
    found = searched(practice.spec)
    for picked in found.unreachable[:SHOWN_FAILURES]:
        told = _told(picked)
        findings.error(practice.place, f"không tìm thấy đường tới đích (trong {MAX_STATES} trạng thái) khi {told}")
    if len(found.unreachable) > SHOWN_FAILURES:
        many = f"{len(found.unreachable)} trong {found.combinations}"
        findings.error(practice.place, f"có {many} cách rút tham số không tới đích")
    _check_reached(practice, found, findings)


def _check_reached(practice: Practice, found: Found, findings: Findings) -> None:
    tried = f"(đã thử {found.combinations} cách rút tham số)"
    for mistake in practice.spec["mistakes"]:
        if mistake["id"] not in found.mistakes:
            place = practice.lines.get(f"mistake {mistake['id']}", practice.place)
            findings.error(place, f"không cách nào mắc lỗi «{mistake['id']}»: điều kiện không bao giờ đúng {tried}")
    for name, screen in practice.spec["screens"].items():
        place = practice.lines.get(f"screens {name}", practice.place)
        if name not in found.screens:
            findings.error(place, f"không cách nào tới màn «{name}» {tried}")
        elif name not in found.left and not screen.get("end"):
            findings.error(place, f"màn «{name}» là ngõ cụt: không mục nào đưa ra khỏi màn này {tried}")


def _told(picked: Picked) -> str:
    return ", ".join(f"{name}={value}" for name, value in picked.items())
