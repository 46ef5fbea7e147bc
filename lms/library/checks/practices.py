"""Simulators: names that exist, lessons they lead to, invented brands and addresses only, every K covered.

Whether the goal can be reached is asked of the engine itself (`practice/checking.py`), which stands above.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from lms.library.books import Books, Lesson, Practice, Skill
from lms.library.checks.references import each_known
from lms.library.fields import did_you_mean
from lms.library.problems import Findings, Place

MIN_PRACTICES = 2
MIN_VARIANTS = 8
RESERVED = frozenset({"address", "back", "hint"})
SAFE_ENDINGS = ("example", "test", "invalid")
REAL_ENDINGS = frozenset(
    "vn com net org info gov edu biz asia top xyz vip online shop site store club icu cc me io co tv app dev link".split()
)
DOMAIN = re.compile(r"(?<![\w.@-])[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
TELEPHONE = re.compile(r"(?<![\d.])(?:\+?84|0)[35789](?:[ .-]?\d){8}(?!\d)")
BRANDS = (
    "Vietcombank|Agribank|BIDV|VietinBank|Techcombank|Sacombank|VPBank|TPBank|MBBank|MB Bank|HDBank|SHB|VIB|Eximbank|SeABank|"
    "LienVietPostBank|LPBank|Momo|ZaloPay|VNPay|VNPT|ViettelPay|Viettel|VinaPhone|MobiFone|Vietnamobile|Napas|VietQR|Visa|"
    "Mastercard|PayPal|Shopee|Lazada|Tiki|Sendo|Alibaba|Amazon|TikTok|Facebook|Messenger|Zalo|Telegram|Instagram|YouTube|Google|"
    "Gmail|Apple|iPhone|Android|Samsung|Oppo|Xiaomi|Microsoft|Grab|GHTK|GHN|J&T|VNPost|Vietnam Post|EVN|VNeID|VssID|"
    "Techcom|Vinamilk|Honda|Yamaha"
).split("|")
BRAND = re.compile(r"(?<!\w)(" + "|".join(re.escape(name) for name in BRANDS) + r")(?!\w)", re.IGNORECASE)
SHOWN_KEYS = ("text", "label", "alt", "name", "number", "title", "address", "hint", "card", "explain", "then")


def check(books: Books, findings: Findings) -> None:
    skills = {skill.id: skill for skill in books.skills}
    for practice in books.practices:
        check_names(practice, findings)
        _check_shape(practice, findings)
        _check_transitions(practice, findings)
        _check_invented(practice, findings)
        _check_covers(practice, skills.get(practice.skill), findings)
        _check_lesson(practice, books, findings)
    for skill in books.skills:
        _check_skill(skill, [one for one in books.practices if one.skill == skill.id], findings)
    for id, times in Counter(practice.id for practice in books.practices).items():
        if times > 1:
            again = [practice for practice in books.practices if practice.id == id][1]
            findings.error(again.place, f"mã bài luyện «{id}» đã có ở tệp khác")


def check_names(practice: Practice, findings: Findings) -> None:
    known = _known(practice)
    for use in practice.uses:
        if use.name not in known[use.kind]:
            findings.error(
                use.place, f"{WORDS[use.kind]} «{use.name}» không có.{did_you_mean(use.name, known[use.kind])}"
            )
    groups = ("params", "derive", "vars")
    names = [key.split(" ")[1] for key in practice.lines if key.split(" ")[0] in groups]
    controls = {item["id"] for screen in practice.spec["screens"].values() for item in screen["items"]}
    for name, times in Counter([*names, *controls]).items():
        if times > 1 and name in names:
            findings.error(practice.place, f"tên «{name}» dùng cho hai thứ (tham số, biến, mục): mỗi tên một thứ")
    for name in sorted(controls & RESERVED):
        findings.error(practice.place, f"mã mục «{name}» đã dành riêng, hãy đặt tên khác")


WORDS = {
    "value": "giá trị",
    "param": "tham số",
    "var": "biến",
    "screen": "màn",
    "control": "mục",
    "mistake": "lỗi",
    "option": "lựa chọn (mục và lựa chọn)",
}


def _known(practice: Practice) -> dict[str, set[str]]:
    spec = practice.spec
    items = [item for screen in spec["screens"].values() for item in screen["items"]]
    params = {param["name"] for param in spec["params"]}
    fields = {item["id"] for item in items if item["kind"] in ("input", "money") or "options" in item}
    return {
        "param": params,
        "var": set(spec["vars"]),
        "value": params | set(spec["vars"]) | fields | {entry["name"] for entry in spec["derive"]},
        "screen": set(spec["screens"]),
        "control": {item["id"] for item in items} | RESERVED,
        "mistake": {mistake["id"] for mistake in spec["mistakes"]},
        "option": {f"{item['id']} {option['id']}" for item in items for option in item.get("options", ())},
    }


def _check_shape(practice: Practice, findings: Findings) -> None:
    spec, lines = practice.spec, practice.lines
    if not re.fullmatch(r"\d+\.\d+\.\d+", spec["version"]):
        findings.error(practice.place, f"version: «{spec['version']}», cần dạng 1.0.0")
    if not practice.id.startswith(f"p.{practice.skill}."):
        findings.error(practice.place, f"mã bài luyện «{practice.id}» cần mở đầu bằng «p.{practice.skill}.»")
    ends = [name for name, screen in spec["screens"].items() if screen.get("end")]
    if not ends:
        findings.error(practice.place, "chưa có màn nào «end: true»: bài không bao giờ kết thúc")
    if not spec["mistakes"]:
        findings.error(practice.place, "chưa có lỗi nào trong «mistakes»")
    count = _count_variants(practice)
    if count < MIN_VARIANTS:
        findings.error(practice.place, f"có {count} biến thể khác hẳn nhau, cần ít nhất {MIN_VARIANTS}")
    for name, screen in spec["screens"].items():
        place = lines.get(f"screens {name}", practice.place)
        if "address" in screen and screen["app"] not in ("browser", "portal"):
            findings.error(place, f"màn {name}: chỉ browser và portal có thanh địa chỉ")
        _each_once([item["id"] for item in screen["items"]], place, f"màn {name}: mã mục", findings)
        for item in screen["items"]:
            if "options" in item:
                own = lines.get(f"{name} {item['id']}", place)
                _each_once([option["id"] for option in item["options"]], own, "mã lựa chọn", findings)
                if len(item["options"]) < 1:
                    findings.error(own, f"mục {item['id']}: chưa có lựa chọn nào")
    _each_once([mistake["id"] for mistake in spec["mistakes"]], practice.place, "mã lỗi", findings)


PRESSES = {
    "tap": ("button", "row", "product"),
    "input": ("input", "money"),
    "choose": ("choice", "checks", "photos", "pins"),
}


def _check_transitions(practice: Practice, findings: Findings) -> None:
    """A way that nobody can go: its control stands on no screen it names, or is pressed in another manner."""
    screens, known = practice.spec["screens"], _known(practice)["control"]
    for at, one in enumerate(practice.spec["transitions"]):
        if one["id"] not in known:
            continue  # told already
        place = practice.lines.get(f"transition {at}", practice.place)
        for name in one["from"]:
            if name in screens and not _stands_on(screens[name], one):
                findings.error(place, f"chuyển màn: màn «{name}» không có mục «{one['id']}» để {one['on']}")
        if not one["from"] and not any(_stands_on(screen, one) for screen in screens.values()):
            findings.error(place, f"chuyển màn: không màn nào có mục «{one['id']}» để {one['on']}")


def _stands_on(screen: dict[str, Any], one: dict[str, Any]) -> bool:
    if one["id"] == "address":
        return "address" in screen
    return any(item["id"] == one["id"] and item["kind"] in PRESSES[one["on"]] for item in screen["items"])


def _each_once(ids: Collection[str], place: Place, what: str, findings: Findings) -> None:
    for id, times in Counter(ids).items():
        if times > 1:
            findings.error(place, f"{what} «{id}» có {times} lần")


def _count_variants(practice: Practice) -> int:
    sizes = {
        param["name"]: len(param["pick"])
        if "pick" in param
        else len(range(param["int"][0], param["int"][1] + 1, param["step"]))
        for param in practice.spec["params"]
    }
    total = 1
    for name in practice.spec["variant"]:
        total *= sizes.get(name, 1)
    return total


def _check_invented(practice: Practice, findings: Findings) -> None:
    for path, text in texts_of(practice):
        for fault in real_things(text):
            findings.error(practice.lines.get(path, practice.place), fault)


def real_things(text: str) -> Iterator[str]:
    """Each brand, address and telephone number in it that may be somebody's."""
    brand = BRAND.search(text)
    if brand:
        yield f"«{brand[0]}» là tên thật: bài luyện chỉ dùng tên tự đặt"
    for found in DOMAIN.findall(text):
        ending = found.lower().rsplit(".", 1)[1]
        if ending in REAL_ENDINGS and ending not in SAFE_ENDINGS:
            yield f"địa chỉ «{found}» có thể có thật: chỉ dùng tên kết thúc bằng .example hoặc .test"
    telephone = TELEPHONE.search(text)
    if telephone:
        yield f"số «{telephone[0]}» có thể là số thật: hãy che, ví dụ 09xx xxx 0xx"


def texts_of(practice: Practice) -> Iterator[tuple[str, str]]:
    """Every text a person may see, with the line it stands at."""
    spec = practice.spec
    yield "", spec["title"]
    yield "", spec["card"]
    for group in ("params", "derive"):
        for entry in spec[group]:
            for text in _strings(entry.get("pick", entry.get("value"))):
                yield f"{group} {entry['name']}", text
    for name, screen in spec["screens"].items():
        for key in SHOWN_KEYS:
            yield f"screens {name}", screen.get(key, "")
        for item in screen["items"]:
            for part in (item, *item.get("options", ())):
                for key in SHOWN_KEYS:
                    yield f"{name} {item['id']}", part.get(key, "")
    for mistake in spec["mistakes"]:
        yield f"mistake {mistake['id']}", f"{mistake['explain']} {mistake['then']}"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
        yield from _strings(part)


def _check_covers(practice: Practice, skill: Skill | None, findings: Findings) -> None:
    if skill is None:
        findings.error(practice.place, f"kỹ năng «{practice.skill}» không có")
        return
    competencies = {competency.id: competency for competency in skill.competencies}
    each_known(practice.covers, competencies, practice.place, f"năng lực của {skill.id}", findings)
    for id in practice.covers:
        if id in competencies and "P" not in competencies[id].evidence:
            findings.error(practice.place, f"{id} không chứng tỏ được bằng bài luyện (evidence không có P)")


def _check_skill(skill: Skill, practices: list[Practice], findings: Findings) -> None:
    """The practices of a skill together cover every K; a shelf without any practice is one that has not begun."""
    if not practices:
        return
    if len(practices) < MIN_PRACTICES:
        findings.warning(skill.place, f"kỹ năng {skill.id} mới có {len(practices)} bài luyện, cần {MIN_PRACTICES}")
        return
    covered = {id for practice in practices for id in practice.covers}
    for competency in skill.competencies:
        if competency.core and competency.id not in covered:
            findings.error(
                practices[0].place, f"các bài luyện của {skill.id} chưa đụng đến năng lực core {competency.id}"
            )


def _check_lesson(practice: Practice, books: Books, findings: Findings) -> None:
    place = practice.lines.get("lesson", practice.place)
    course = next((one for one in books.courses if one.slug == practice.course), None)
    if course is None:
        each_known([practice.course], {one.slug for one in books.courses}, place, "khoá học", findings)
        return
    lesson = next((one for one in course.lessons if one.slug == practice.lesson), None)
    if lesson is None:
        each_known([practice.lesson], {one.slug for one in course.lessons}, place, "bài học", findings)
        return
    _check_steps(practice, lesson, place, findings)


def _check_steps(practice: Practice, lesson: Lesson, place: Place, findings: Findings) -> None:
    steps = {step.id for step in lesson.steps}
    each_known([practice.step], steps, place, f"bước của bài {lesson.slug}", findings)
    for mistake in practice.spec["mistakes"]:
        if mistake["step"]:
            line = practice.lines.get(f"mistake {mistake['id']}", practice.place)
            each_known([mistake["step"]], steps, line, f"bước của bài {lesson.slug}", findings)
