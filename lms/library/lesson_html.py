"""Lesson text → steps of clean HTML with the places of the inline checks between them.

A step begins at `## Title {#id}`. Inside stand Markdown and the blocks `::: chuyen` … `:::`. The same text always
gives the same bytes. Class names used: `story`, `remember`, `warning`, `take-home`, `goals`, `pitfalls` (each a `div` that
opens with `div.block-label`), `practice-link`, those of lms/library/screens.py; `span.term` with `span.term__meaning` after it;
`div.table-scroll` around a table, `stacked` too where it has four columns or more: then each cell but the first opens with
`span.cell-label`, the name of its column, for a phone on which the row becomes a card.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import markdown

from lms.library.books import Check, Fact, Html, LessonStep
from lms.library.fields import did_you_mean
from lms.library.problems import Findings, Place
from lms.library.screens import drawn_screen
from lms.sanitize import is_allowed_link, is_local, sanitize

TEXT_BLOCKS = {
    "chuyen": ("story", "Chuyện làng"),
    "ghi-nho": ("remember", "Ghi nhớ"),
    "canh-bao": ("warning", "Cẩn thận"),
    "ve-nha": ("take-home", "Về nhà"),
    "muc-tieu": ("goals", "Học xong làm được"),
    "loi-hay-gap": ("pitfalls", "Lỗi hay gặp"),
}
BLOCKS = (*TEXT_BLOCKS, "man-hinh", "kiem-tra", "luyen")

STEP_HEADING = re.compile(r"##\s+(?P<title>.+?)\s*(?:\{#(?P<id>[^}]*)\})?\s*#*\s*")
STEP_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FENCE = re.compile(r":::\s*(?P<name>[^\s]*)\s*(?P<argument>.*?)\s*")
FACT = re.compile(r"\{\{\s*(?:fact:)?\s*(?P<id>[^}]*?)\s*\}\}")
TERM = re.compile(r"\[\[(?P<word>[^\]|\n]+)\|(?P<meaning>[^\]\n]+)\]\]")
HALF_TERM = re.compile(r"\[\[[^\]\n]*\]?\]?")
LONGEST_MEANING = 14
"""Words of a meaning: it stands in the sentence, so a longer one makes the sentence hard again."""
RAW_HTML = re.compile(r"<(?:[a-zA-Z/!?])")
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(\s*<?(?P<address>[^)\s>]*)")
LINK = re.compile(r"(?<!!)\[[^\]\[]*\]\(\s*<?(?P<address>[^)\s>]*)")
TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
HEAD_CELL = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
BODY_CELL = re.compile(r"<td\b[^>]*>")
TAG = re.compile(r"<[^>]+>")
STACKED_FROM = 4
"""Columns from which a phone is too narrow for a table."""
CODE = re.compile(r"`[^`\n]*`")
MARK_OPEN, MARK_CLOSE = "\ue000", "\ue001"
"""Private-use signs around what goes in after Markdown; a book that holds them is refused, so no author writes one."""
MARK = re.compile(f"{MARK_OPEN}([0-9]+){MARK_CLOSE}")


@dataclass
class Workshop:
    """What a text may use and where its problems go; also gathers which facts and images it used."""

    findings: Findings
    facts: Mapping[str, Fact]
    picture: Callable[[str, Place], str | None] = lambda name, place: None
    """File name beside the text → its address on this site, None when it cannot be used."""
    kept: Mapping[str, str] | None = None
    """Of a question that did not come from files: name of each file it may use → its address."""
    used_facts: set[str] = field(default_factory=set)
    used_practices: list[tuple[str, Place]] = field(default_factory=list)


def read_steps(lines: list[str], path: Path, first_line: int, workshop: Workshop) -> tuple[LessonStep, ...]:
    """The steps of a lesson body whose first line stands at `first_line` of its file."""
    steps: list[LessonStep] = []
    for title, step_id, place, body in _cut_steps(lines, path, first_line, workshop.findings):
        parts = tuple(_parts(body, workshop))
        if not parts:
            workshop.findings.error(place, f"bước «{title}» chưa có nội dung")
        steps.append(LessonStep(step_id, title, parts, place))
    if not steps:
        workshop.findings.error(
            Place(path, first_line), "bài chưa có bước nào, mỗi bước mở bằng «## Tên bước {#ma-buoc}»"
        )
    return tuple(steps)


def to_html(text: str, place: Place, workshop: Workshop) -> str:
    """Clean HTML of a short Markdown text (a stem, an explanation, a guide)."""
    return _render([(place.line + at, line) for at, line in enumerate(text.split("\n"))], place.path, workshop)


def with_facts(text: str, place: Place, workshop: Workshop) -> str:
    """A plain text with its facts put in."""
    return FACT.sub(lambda match: _fact(match, place, workshop), text)


_Line = tuple[int, str]


def _cut_steps(
    lines: list[str], path: Path, first_line: int, findings: Findings
) -> Iterator[tuple[str, str, Place, list[tuple[Place, str]]]]:
    seen: dict[str, int] = {}
    title, step_id, place = "", "", Place(path, first_line)
    body: list[tuple[Place, str]] = []
    for number, line in enumerate(lines, first_line):
        if not line.startswith("## "):
            if not title and line.strip():
                findings.error(
                    Place(path, number), "chữ đứng trước bước đầu tiên, cần nằm dưới một «## Tên bước {#ma-buoc}»"
                )
                title = title or "?"
            if line.startswith("# "):
                findings.error(Place(path, number), "không dùng tiêu đề «# », tên bài đã ở phần đầu tệp")
            body.append((Place(path, number), line))
            continue
        if title and step_id:
            yield title, step_id, place, body
        place, body = Place(path, number), []
        title, step_id = _heading(line, place, seen, findings)
    if title and step_id:
        yield title, step_id, place, body


def _heading(line: str, place: Place, seen: dict[str, int], findings: Findings) -> tuple[str, str]:
    match = STEP_HEADING.fullmatch(line)
    title, step_id = (match["title"], match["id"] or "") if match else (line[3:], "")
    if not STEP_ID.fullmatch(step_id):
        findings.error(place, "tên bước cần mã ở cuối, ví dụ «## Quét mã {#quet-ma}» (chữ thường không dấu, gạch nối)")
        step_id = f"buoc-{place.line}"
    if step_id in seen:
        findings.error(place, f"mã bước «{step_id}» đã dùng ở dòng {seen[step_id]}")
    seen.setdefault(step_id, place.line)
    return title, step_id


def _parts(body: list[tuple[Place, str]], workshop: Workshop) -> Iterator[Html | Check]:
    """Segments of HTML between the inline checks."""
    segment: list[str] = []
    for name, argument, place, lines in _cut_blocks(body, workshop.findings):
        if name == "kiem-tra":
            if any(segment):
                yield Html("\n".join(filter(None, segment)))
            segment = []
            if argument:
                yield Check(argument, place)
            else:
                workshop.findings.error(place, "::: kiem-tra cần mã câu luyện tập, ví dụ «::: kiem-tra q.s3.p01»")
        elif name == "luyen":
            segment.append(_to_practice(argument, place, workshop))
        elif name == "man-hinh":
            screen = drawn_screen(
                argument or "phone", lines, place, workshop.findings, lambda text, at: with_facts(text, at, workshop)
            )
            segment.append(sanitize(screen))
        else:
            segment.append(_text_block(name, lines, place, workshop))
    if any(segment):
        yield Html("\n".join(filter(None, segment)))


def _cut_blocks(body: list[tuple[Place, str]], findings: Findings) -> Iterator[tuple[str, str, Place, list[_Line]]]:
    """(block name or "", argument, place, lines) in order."""
    name, argument = "", ""
    opened = body[0][0] if body else Place(Path())
    lines: list[_Line] = []
    for place, line in body:
        fence = FENCE.fullmatch(line) if line.startswith(":::") else None
        if fence is None:
            if name == "kiem-tra" and line.strip():
                findings.error(opened, "::: kiem-tra chưa đóng, dòng kế phải là «:::»")
                yield name, argument, opened, []
                name, lines = "", []
            lines.append((place.line, line))
        elif not fence["name"]:
            if not name:
                findings.error(place, "«:::» đóng khối mà chưa có khối nào mở")
            yield name, argument, opened, lines
            name, lines = "", []
        else:
            if name:
                findings.error(opened, f"khối ::: {name} chưa đóng bằng «:::» trước khi mở khối khác")
            if name or lines:
                yield name, argument, opened, lines
            name, argument, opened, lines = _known_block(fence["name"], place, findings), fence["argument"], place, []
    if name:
        findings.error(opened, f"khối ::: {name} chưa đóng bằng «:::»")
    if name or lines:
        yield name, argument, opened, lines


def _known_block(name: str, place: Place, findings: Findings) -> str:
    if name in BLOCKS:
        return name
    findings.error(place, f"khối lạ «::: {name}», dùng được: {', '.join(BLOCKS)}.{did_you_mean(name, BLOCKS)}")
    return "chuyen"


def _text_block(name: str, lines: list[_Line], place: Place, workshop: Workshop) -> str:
    inside = _markdown(lines, place.path, workshop)
    if name:
        if not inside:
            workshop.findings.error(place, f"khối ::: {name} chưa có chữ")
        css, label = TEXT_BLOCKS[name]
        inside = f'<div class="{css}">\n<div class="block-label">{label}</div>\n{inside}\n</div>'
    return sanitize(inside) if inside else ""


def _to_practice(practice_id: str, place: Place, workshop: Workshop) -> str:
    """A link to a practice; whether there is one is checked when all books are read."""
    if not practice_id:
        workshop.findings.error(place, "::: luyen cần mã bài luyện, ví dụ «::: luyen p.s3.quet-ma»")
        return ""
    workshop.used_practices.append((practice_id, place))
    words = "Tự tay làm thử trên điện thoại tập"
    return sanitize(f'<div class="practice-link"><a href="/luyen-tap/{html.escape(practice_id)}">{words}</a></div>')


def _render(lines: list[_Line], path: Path, workshop: Workshop) -> str:
    return sanitize(_markdown(lines, path, workshop))


def _markdown(lines: list[_Line], path: Path, workshop: Workshop) -> str:
    """Markdown → HTML not yet clean. Facts and terms go in after Markdown, escaped: a value is never markup."""
    inserted: list[str] = []

    def keep(fragment: str) -> str:
        inserted.append(fragment)
        return f"{MARK_OPEN}{len(inserted) - 1}{MARK_CLOSE}"

    prepared = [_prepared(line, Place(path, number), keep, workshop) for number, line in lines]
    text = "\n".join(prepared).strip("\n")
    if not text.strip():
        return ""
    made: str = markdown.markdown(text, extensions=["tables", "sane_lists"], output_format="html")
    made = TABLE.sub(lambda found: _table(found[0]), made)
    for _ in range(2):  # a term may hold a fact
        made = MARK.sub(lambda m: inserted[int(m[1])], made)
    return made


def _table(made: str) -> str:
    """A table in its frame; a wide one with the name of its column in every cell but the first of a row."""
    names = [TAG.sub("", name).strip() for name in HEAD_CELL.findall(made)]
    if len(names) < STACKED_FROM:
        return f'<div class="table-scroll">{made}</div>'
    body = "</tr>".join(_labelled(row, names) for row in made.split("</tr>"))
    return f'<div class="table-scroll stacked">{body}</div>'


def _labelled(row: str, names: list[str]) -> str:
    cells = iter(["", *names[1:]])

    def label(opening: re.Match[str]) -> str:
        name = next(cells, "")
        return f'{opening[0]}<span class="cell-label">{name}: </span>' if name else opening[0]

    return BODY_CELL.sub(label, row)


def _prepared(line: str, place: Place, keep: Callable[[str], str], workshop: Workshop) -> str:
    """A line ready for Markdown: facts, terms and pictures in their places."""
    _check_line(line, place, workshop)
    line = FACT.sub(lambda match: keep(html.escape(_fact(match, place, workshop))), line)
    line = TERM.sub(lambda match: keep(_term(match["word"], match["meaning"])), line)
    return IMAGE.sub(lambda match: _picture(match, place, workshop), line)


def _fact(match: re.Match[str], place: Place, workshop: Workshop) -> str:
    fact_id = match["id"]
    fact = workshop.facts.get(fact_id)
    if fact is None:
        hint = did_you_mean(fact_id, workshop.facts.keys())
        workshop.findings.error(place, f"dữ kiện «{fact_id}» không có trong facts.yaml.{hint}")
        return "…"
    workshop.used_facts.add(fact_id)
    if not fact.value:
        workshop.findings.error(place, f"dữ kiện «{fact_id}» không có value, không chèn vào chữ được")
    return fact.shown


def _term(word: str, meaning: str) -> str:
    """The meaning stands right behind the word: nothing to tap, nothing to find, and the voice reads it."""
    return (
        f'<span class="term">{html.escape(word.strip())}</span>'
        f'<span class="term__meaning"> ({html.escape(meaning.strip())})</span>'
    )


def _picture(match: re.Match[str], place: Place, workshop: Workshop) -> str:
    address = workshop.picture(match["address"], place)
    if not match["alt"].strip():
        workshop.findings.error(place, f"ảnh «{match['address']}» thiếu lời tả, viết ![lời tả ảnh](tệp)")
    return match[0] if address is None else f"![{match['alt']}]({address}"


def _check_line(line: str, place: Place, workshop: Workshop) -> None:
    spoken = CODE.sub("", line)
    if RAW_HTML.search(spoken):
        workshop.findings.error(place, "không viết thẻ HTML trong bài, dùng Markdown và các khối :::")
    for match in TERM.finditer(spoken):
        if not match["word"].strip() or not match["meaning"].strip():
            workshop.findings.error(place, f"«{match[0]}»: thiếu từ hoặc thiếu lời giải thích")
        elif len(match["meaning"].split()) > LONGEST_MEANING:
            workshop.findings.warning(
                place, f"lời giải thích «{match['word']}» dài quá {LONGEST_MEANING} chữ, hãy nói gọn lại"
            )
    for match in HALF_TERM.finditer(TERM.sub("", spoken)):
        workshop.findings.error(place, f"«{match[0]}» chưa thành từ giải thích, viết [[từ|giải thích]] trên một dòng")
    for match in LINK.finditer(spoken):
        if not is_allowed_link(match["address"]):
            workshop.findings.error(
                place,
                f"đường dẫn «{match['address']}» không dùng được, chỉ dẫn trong trang này hoặc tới https://….gov.vn",
            )
    for match in IMAGE.finditer(spoken):
        if re.match(r"[a-z]+:|//", match["address"]) or is_local(match["address"]):
            workshop.findings.error(place, f"ảnh «{match['address']}» phải là tên tệp nằm cạnh bài")
