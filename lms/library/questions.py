"""Reading questions.yaml: items and their options."""

import re
from dataclasses import replace
from pathlib import Path

from lms.library.books import Image, Item, digest_of
from lms.library.fields import Fields, rows
from lms.library.item_types import ASKS_BY_ITSELF, CHOICE_TYPES, MODULES, TYPES
from lms.library.lesson_html import Workshop, to_html, with_facts
from lms.library.pictures import take_file
from lms.library.problems import Place
from lms.library.types._shared import Options
from lms.library.yaml_text import parse_file

POOLS = ("luyen", "ghi-nhan")
STATUSES = ("nhap", "duyet", "ghi-nhan", "ngung")
MADE_HERE = "b."
"""How ids of questions made in the browser begin; their skill is that of their competency, for the id was there first."""
UNSCORED = "f"
"""`competency: f`: foundation and observer items, taught and checked but not scored."""
ITEM_ID = r"(?:q\.)?[a-z][a-z0-9-]*\.[a-z0-9.-]+"
SKILL_IN_ID = re.compile(r"(?:q\.)?(s[1-9])\.")
_FILES = {"image": "alt", "audio": "transcript"}
"""Key of a file → key of the words for it."""


def read_questions(path: Path, workshop: Workshop) -> tuple[Item, ...]:
    node = parse_file(path, workshop.findings)
    workshop.picture = lambda name, place: workshop.findings.error(place, "câu hỏi chưa dùng ảnh được")
    return tuple(read_one(entry, workshop) for entry in rows(node, workshop.findings, Place(path), "câu hỏi"))


def read_one(entry: Fields, workshop: Workshop) -> Item:
    """One entry, with every fault noted in the workshop."""
    item_id = entry.identifier("id", ITEM_ID, "q.s3.p01")
    kind = entry.choice("type", TYPES)
    in_id = SKILL_IN_ID.match(item_id)
    skill = in_id[1] if in_id else _skill_of_competency(item_id, entry)
    stem = entry.text("stem", required=kind not in ASKS_BY_ITSELF) or ASKS_BY_ITSELF.get(kind, "")
    explain = entry.text("explain")
    workshop.used_facts = set()
    options, lines = _options(kind, entry, workshop)
    media, files = _media(entry, workshop)
    item = Item(
        id=item_id,
        type=kind,
        skill=skill,
        competency=_competency(entry, skill),
        level=entry.number("level", 1, 3),
        critical=entry.flag("critical", default=False),
        pool=entry.choice("pool", POOLS),
        status=entry.choice("status", STATUSES),
        stem=stem,
        stem_html=to_html(stem, entry.place_of("stem"), workshop),
        options=options,
        explain=with_facts(explain, entry.place_of("explain"), workshop),
        step=entry.text("step"),
        facts=tuple(sorted({*entry.texts("facts", required=False), *workshop.used_facts})),
        review_by=entry.day("review_by", required=False),
        fixed=entry.flag("fixed", default=False),
        source=entry.text("source", required=False),
        asks=MODULES[kind].read(entry, workshop) if kind in MODULES else {},
        media=media,
        files=files,
        place=replace(entry.place, parts=lines),
    )
    entry.finish()
    # The same picture, whether it stands beside a file or in the bank.
    named = {key: said.rpartition("/")[2] if key in _FILES else said for key, said in media.items()}
    return replace(item, digest=digest_of(replace(item, media=named)))


def _skill_of_competency(item_id: str, entry: Fields) -> str | None:
    found = SKILL_IN_ID.match(entry.text("competency", required=False)) if item_id.startswith(MADE_HERE) else None
    return found[1] if found else None


def _competency(entry: Fields, skill: str | None) -> str | None:
    value = entry.text("competency", required=skill is not None)
    if skill is None:
        if value not in ("", UNSCORED):
            entry.findings.error(
                entry.place_of("competency"),
                f"mã câu không thuộc kỹ năng nào thì competency để «{UNSCORED}», đang là «{value}»",
            )
        return None
    if value and not value.startswith(f"{skill}."):
        entry.findings.error(
            entry.place_of("competency"), f"competency «{value}» không thuộc kỹ năng {skill} trong mã câu"
        )
    return value or None


def _options(kind: str, entry: Fields, workshop: Workshop) -> Options:
    return MODULES[kind].read_options(entry, workshop) if kind in CHOICE_TYPES else ((), ())


def _media(entry: Fields, workshop: Workshop) -> tuple[dict[str, str], tuple[Image, ...]]:
    """A picture with the words for it, a recording with its words; files stand beside the questions."""
    media: dict[str, str] = {}
    files: dict[str, Image] = {}
    for key, words in _FILES.items():
        name = entry.text(key, required=False)
        if name:
            media |= {key: _address(key, name, entry, workshop, files) or "", words: entry.text(words)}
        elif workshop.kept is not None:
            entry.text(words, required=False)  # its form may hold the words before the file
    return media, tuple(files.values())


def _address(key: str, name: str, entry: Fields, workshop: Workshop, files: dict[str, Image]) -> str | None:
    place = entry.place_of(key)
    if workshop.kept is None:
        return take_file(entry.place.path.parent, name, place, files, workshop.findings, is_sound=key == "audio")
    if name not in workshop.kept:
        workshop.findings.error(place, "không còn tệp này, hãy chọn lại tệp")
    return workshop.kept.get(name)
