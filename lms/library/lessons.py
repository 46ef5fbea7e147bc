"""Reading course.yaml, lesson.md with its questions and guide, and the observer lesson."""

import re
from dataclasses import replace
from pathlib import Path

from lms.library.books import Course, Image, Item, Lesson, Module, ObserverLesson, digest_of
from lms.library.fields import Fields
from lms.library.lesson_html import Workshop, read_steps, to_html
from lms.library.pictures import take_file, take_voices
from lms.library.problems import Place
from lms.library.questions import read_questions
from lms.library.yaml_text import parse, parse_file, read_text

AUDIENCE = ("hoc-sinh", "nguoi-lon", "giao-vien", "to-cong-nghe", "can-bo")
LESSON_FOLDER = re.compile(r"(?P<order>[0-9]{2})-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)")


def read_course(folder: Path, workshop: Workshop) -> Course | None:
    path = folder / "course.yaml"
    if not path.is_file():
        workshop.findings.error(Place(folder), "thư mục khoá học thiếu course.yaml")
        return None
    node = parse_file(path, workshop.findings)
    if node is None:
        return None
    course = _course(Fields(node, workshop.findings, Place(path), "khoá học"))
    if course.slug and course.slug != folder.name:
        workshop.findings.error(course.place, f"slug «{course.slug}» phải giống tên thư mục «{folder.name}»")
    lessons: list[Lesson] = []
    items: list[Item] = []
    for lesson_folder in sorted(child for child in folder.iterdir() if child.is_dir()):
        match = LESSON_FOLDER.fullmatch(lesson_folder.name)
        if match is None:
            workshop.findings.error(Place(lesson_folder), "tên thư mục bài phải như «01-quet-ma»")
            continue
        lesson, questions = _read_lesson_folder(lesson_folder, int(match["order"]), match["slug"], workshop)
        lessons += [lesson] if lesson else []
        items += questions
    digest = digest_of(course)
    return replace(course, lessons=tuple(lessons), items=tuple(items), digest=digest)


def read_observer(folder: Path, workshop: Workshop) -> ObserverLesson | None:
    lesson, items = _read_lesson_folder(folder, 1, "quan-sat", workshop)
    return ObserverLesson(lesson, items) if lesson else None


def _course(entry: Fields) -> Course:
    course = Course(
        id=entry.identifier("id", r"c\.[a-z0-9-]+", "c.thanh-toan"),
        slug=entry.identifier("slug", r"[a-z0-9-]+", "thanh-toan"),
        title=entry.text("title"),
        skill=entry.text("skill", required=False) or None,
        audience=entry.choices("for", AUDIENCE),
        summary=entry.text("summary"),
        modules=tuple(_module(row) for row in entry.each("modules", "học phần")),
        lessons=(),
        items=(),
        place=entry.place,
    )
    entry.finish()
    return course


def _module(entry: Fields) -> Module:
    module = Module(
        id=entry.identifier("id", r"m\.[a-z0-9.-]+", "m.s3.1"),
        title=entry.text("title"),
        lessons=entry.texts("lessons"),
        requires=entry.texts("requires", required=False),
        place=entry.place,
    )
    entry.finish()
    return module


def _read_lesson_folder(
    folder: Path, order: int, slug: str, workshop: Workshop
) -> tuple[Lesson | None, tuple[Item, ...]]:
    lesson = _read_lesson(folder, order, slug, workshop)
    questions = folder / "questions.yaml"
    return lesson, read_questions(questions, workshop) if questions.is_file() else ()


def _read_lesson(folder: Path, order: int, slug: str, workshop: Workshop) -> Lesson | None:
    path = folder / "lesson.md"
    if not path.is_file():
        workshop.findings.error(Place(folder), "thư mục bài thiếu lesson.md")
        return None
    text = read_text(path, workshop.findings)
    if text is None:
        return None
    lines = text.split("\n")
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() == "---"), None)
    if lines[0].rstrip() != "---" or end is None:
        workshop.findings.error(Place(path), "bài phải mở đầu bằng phần khai báo giữa hai dòng «---»")
        return None
    node = parse("\n".join(lines[1:end]), path, workshop.findings, first_line=2)
    if node is None:
        return None
    images: dict[str, Image] = {}
    workshop.picture = lambda name, place: take_file(folder, name, place, images, workshop.findings)
    workshop.used_facts, workshop.used_practices = set(), []
    steps = read_steps(lines[end + 1 :], path, end + 2, workshop)
    voices = take_voices(folder, [step.id for step in steps], images, workshop.findings)
    steps = tuple(replace(step, voices=voices.get(step.id, ())) for step in steps)
    front = Fields(node, workshop.findings, Place(path), "phần khai báo của bài")
    lesson = replace(_front(front, order, slug), steps=steps, guide_html=_guide(folder, workshop))
    facts = tuple(sorted({*lesson.facts, *workshop.used_facts}))
    lesson = replace(lesson, facts=facts, images=tuple(images.values()), practices=tuple(workshop.used_practices))
    return replace(lesson, digest=digest_of(lesson))


def _front(entry: Fields, order: int, slug: str) -> Lesson:
    lesson = Lesson(
        id=entry.identifier("id", r"l\.[a-z0-9.-]+", "l.s3.1"),
        title=entry.text("title"),
        minutes=entry.number("minutes", 3, 90),
        competencies=entry.texts("competencies"),
        facts=entry.texts("facts"),
        audience=entry.choices("audience", AUDIENCE),
        sources=entry.texts("sources"),
        requires=entry.texts("requires", required=False),
        can_do=entry.texts("can_do", required=False),
        slug=slug,
        order=order,
        steps=(),
        place=entry.place,
    )
    entry.finish()
    return lesson


def _guide(folder: Path, workshop: Workshop) -> str:
    path = folder / "guide.md"
    text = read_text(path, workshop.findings) if path.is_file() else None
    if not text:
        return ""
    lines = text.split("\n")
    skipped = 1 if lines[0].startswith("# ") else 0  # the page has its own title
    return to_html("\n".join(lines[skipped:]), Place(path, 1 + skipped), workshop)
