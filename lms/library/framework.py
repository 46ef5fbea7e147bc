"""Reading skills.yaml, can-do.yaml, facts.yaml, locality.yaml, plain-words.yaml and the rulesets."""

import hashlib
from pathlib import Path

from lms.library.books import CanDo, Competency, Fact, Locality, PlainWords, Platform, Ruleset, Skill
from lms.library.fields import Fields, rows
from lms.library.problems import Findings, Place
from lms.library.yaml_text import Keyed, parse, parse_file, plain, read_text

EVIDENCE = ("Q", "P", "O")
TEACHING = ("MP", "TH", "QS")
CONFIDENCE = ("cao", "TB–cao", "TB")
DIGCOMP = tuple(
    f"{area}.{number}" for area, count in ((1, 3), (2, 6), (3, 4), (4, 4), (5, 4)) for number in range(1, count + 1)
)
"""DigComp 2.2: five areas, 21 competences."""
CROSSWALKS = ("qd757", "tt02-2025", "digcomp3")


def read_skills(path: Path, findings: Findings) -> tuple[Skill, ...]:
    node = parse_file(path, findings)
    if node is None:
        return ()
    top = Fields(node, findings, Place(path), "skills.yaml")
    skills = tuple(_skill(entry) for entry in top.each("skills", "kỹ năng"))
    top.finish()
    return skills


def _skill(entry: Fields) -> Skill:
    skill_id = entry.identifier("id", r"s[1-9]", "s1")
    skill = Skill(
        id=skill_id,
        slug=entry.identifier("slug", r"[a-z0-9-]+", "dich-vu-cong"),
        name=entry.text("name"),
        short=entry.text("short"),
        verb=entry.text("verb"),
        name_en=entry.text("en"),
        competencies=tuple(_competency(row, skill_id) for row in entry.each("competencies", "năng lực")),
        place=entry.place,
    )
    entry.finish()
    return skill


def _competency(entry: Fields, skill_id: str) -> Competency:
    crosswalk = entry.mapping("crosswalk", "crosswalk")
    competency = Competency(
        id=entry.identifier("id", rf"{skill_id}\.[0-9]+", f"{skill_id}.1"),
        name=entry.text("name"),
        name_en=entry.text("en"),
        critical=entry.flag("critical"),
        core=entry.flag("core"),
        evidence=entry.choices("evidence", EVIDENCE),
        digcomp=entry.choices("digcomp", DIGCOMP),
        crosswalk=_crosswalk(crosswalk) if crosswalk else (),
        place=entry.place,
    )
    if competency.core and not set(competency.evidence) & {"P", "O"}:
        entry.findings.error(entry.place_of("core"), f"{competency.id}: năng lực core phải có bằng chứng P hoặc O")
    entry.finish()
    return competency


def _crosswalk(entry: Fields) -> tuple[tuple[str, tuple[str, ...]], ...]:
    known = tuple((key, entry.texts(key)) for key in CROSSWALKS if entry.has(key))
    for key in CROSSWALKS:
        entry.texts(key, required=False)
    entry.finish()
    return known


def read_can_do(path: Path, findings: Findings) -> tuple[CanDo, ...]:
    return tuple(_can_do(entry) for entry in rows(parse_file(path, findings), findings, Place(path), "câu tôi có thể"))


def _can_do(entry: Fields) -> CanDo:
    statement = CanDo(
        id=entry.identifier("id", r"[A-Z]{2,4}-[0-9]{2}", "DVC-01"),
        text=entry.text("text"),
        teach_first=entry.flag("teach_first"),
        how=entry.choices("how", TEACHING),
        digcomp=entry.choices("digcomp", DIGCOMP),
        maps_to=entry.texts("maps_to"),
        place=entry.place,
    )
    entry.finish()
    return statement


def read_facts(path: Path, findings: Findings) -> tuple[Fact, ...]:
    found = [_fact(entry) for entry in rows(parse_file(path, findings), findings, Place(path), "dữ kiện")]
    return tuple(fact for fact in found if fact)


def _fact(entry: Fields) -> Fact | None:
    fact_id = entry.identifier("id", r"f\.[a-z0-9-]+", "f.vneid-mot-may")
    sentence, source = entry.text("sentence"), entry.text("source")
    confidence = _confidence(entry)
    checked_on, review_by = entry.day("checked_on"), entry.day("review_by")
    value, unit = entry.text("value", required=False), entry.text("unit", required=False)
    if unit and not value:
        entry.findings.error(entry.place_of("unit"), "có unit thì phải có value")
    entry.finish()
    if checked_on is None or review_by is None:
        return None
    if review_by <= checked_on:
        entry.findings.error(entry.place_of("review_by"), "review_by phải sau checked_on")
    return Fact(fact_id, sentence, source, confidence, checked_on, review_by, value, unit, entry.place)


def _confidence(entry: Fields) -> str:
    value = entry.text("confidence").replace("-", "–")
    if value.startswith("thấp"):
        entry.findings.error(
            entry.place_of("confidence"), "độ tin thấp không được vào bài; hãy kiểm lại nguồn hoặc bỏ dữ kiện này"
        )
    elif value and value not in CONFIDENCE:
        entry.findings.error(
            entry.place_of("confidence"), f"confidence: «{value}», cần một trong: {', '.join(CONFIDENCE)}"
        )
    return value


def read_locality(path: Path, findings: Findings) -> Locality | None:
    node = parse_file(path, findings)
    if node is None:
        return None
    top = Fields(node, findings, Place(path), "locality.yaml")
    locality = Locality(
        top.text("locality"), tuple(_platform(row) for row in top.each("platforms", "nền tảng")), top.place
    )
    top.finish()
    return locality


def read_plain_words(path: Path, findings: Findings) -> PlainWords | None:
    node = parse_file(path, findings)
    if node is None:
        return None
    top = Fields(node, findings, Place(path), "plain-words.yaml")
    office: dict[str, str] = {}
    for row in top.each("office", "chữ của cơ quan"):
        office[row.text("word").casefold()] = row.text("say")
        row.finish()
    words = PlainWords(office, frozenset(top.texts("common")))
    top.finish()
    return words


def _platform(entry: Fields) -> Platform:
    platform = Platform(
        id=entry.identifier("id"),
        name=entry.text("name"),
        purpose=entry.text("purpose"),
        competencies=entry.texts("competencies"),
        verified=entry.flag("verified"),
        address=entry.text("address", required=False),
        place=entry.place,
    )
    entry.finish()
    return platform


def read_ruleset(path: Path, findings: Findings) -> Ruleset | None:
    """The file as text with its digest; what the rules mean is for the room of skills to say."""
    text = read_text(path, findings)
    node = parse(text, path, findings) if text is not None else None
    if text is None or node is None:
        return None
    if not isinstance(node, Keyed):
        findings.error(node.place, "quy tắc: cần các dòng «khoá: giá trị»")
        return None
    values = plain(node)
    ruleset_id = values.get("id")
    if ruleset_id != path.stem:
        findings.error(node.places.get("id", node.place), f"id của quy tắc phải là tên tệp: «{path.stem}»")
    return Ruleset(path.stem, text, hashlib.sha256(path.read_bytes()).hexdigest(), values, Place(path))
