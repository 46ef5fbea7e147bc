"""Moodle XML: read by the names Moodle gives its question types; what the house has no type for is refused by name."""

from collections.abc import Callable

from lms.documents.markup import Element, read_tree
from lms.exchange.formats.attached import Attached, Taking, unfolded
from lms.exchange.formats.cloze import read_gaps
from lms.exchange.formats.entries import MARKS, as_foreign_number
from lms.exchange.formats.found import Found, Given, Trouble, checked, unsupported, without_wildcards
from lms.exchange.formats.html import as_markdown
from lms.exchange.formats.moodle_files import Mention, mentions, without
from lms.exchange.formats.moodle_markers import places
from lms.refusals import Refusal


def read(content: bytes) -> list[Found]:
    root = read_tree(content)
    if root.tag != "quiz":
        raise Refusal("Tệp XML này không phải câu hỏi của Moodle (cần thẻ <quiz>).", "file-renamed")
    found: list[Found] = []
    taking = Taking()
    category = ""
    for number, question in enumerate(root.all("question"), 1):
        if question.attributes.get("type") == "category":
            category = question.said("category", "text")
        else:
            found.append(_Question(question, number, category, taking).read())
    return checked(found)


class _Question:
    def __init__(self, element: Element, number: int, category: str, taking: Taking) -> None:
        self.element, self.line, self.category = element, element.line, category
        self.where = f"question[{number}]"
        self.kind = element.attributes.get("type", "")
        self.troubles: list[Trouble] = []
        self.taking = taking
        self.files: list[Attached] = []

    def read(self) -> Found:
        stem = self.text(self.element.first("questiontext"), takes_files=True)
        name = self.element.said("name", "text")
        reader = _READERS.get(self.kind)
        if reader is None:
            return unsupported(self.line, self.kind, stem, name, self.category, self.where)
        kind, stem, answers = reader(self, stem)
        explain = self.text(self.element.first("generalfeedback"))
        self._note_combined()
        marks = self._marks()
        return Found(
            self.line,
            kind,
            stem,
            answers,
            explain,
            name,
            self.category,
            tuple(self.troubles),
            marks,
            files=tuple(self.files),
        )

    def text(self, holder: Element | None, takes_files: bool = False) -> str:
        """The words of an element that holds <text>; files not taken and what was cut out of it are named."""
        if holder is None:
            return ""
        said = holder.said("text") or (holder.text.strip() if not holder.children else "")
        taken: set[str] = set()
        if takes_files:
            said, taken = self._take_files(holder, said)
        if holder.attributes.get("format", "html") in ("html", "moodle_auto_format"):
            said, lost = as_markdown(said)
            self.troubles += [Trouble(holder.line, what, "note", self.where) for what in lost]
        for file in holder.all("file"):
            name = file.attributes.get("name", "")
            if name not in taken:
                self.note_file(file, name, "")
        return said

    def _take_files(self, holder: Element, said: str) -> tuple[str, set[str]]:
        """The first picture and the first recording come along; gives the words without them, and the names taken."""
        there = {one.attributes.get("name", ""): one for one in holder.all("file")}
        taken: list[Mention] = []
        told: set[str] = set()
        for one in mentions(said):
            if one.name in there and one.name not in told and one.key not in {known.key for known in taken}:
                told.add(one.name)
                try:
                    self.files.append(self.taking.take(one.key, unfolded(there[one.name].text), one.words))
                except Refusal as refusal:
                    self.note_file(there[one.name], one.name, refusal.sentence)
                else:
                    taken.append(one)
        return (without(said, taken).strip() if taken else said), told

    def note_file(self, file: Element, name: str, why: str) -> None:
        what = f"Tệp kèm «{name[:100]}» chưa được nhập" + (f": {why}" if why else ".")
        self.troubles.append(Trouble(file.line, what, "note", self.where))

    def answers(self) -> list[tuple[Element, Given]]:
        return [(one, self.answer(one)) for one in self.element.all("answer")]

    def answer(self, one: Element) -> Given:
        return Given(self.text(one), self.fraction(one), self.text(one.first("feedback")))

    def fraction(self, one: Element) -> float:
        try:
            value = float(one.attributes.get("fraction", "0"))
        except ValueError:
            value = float("nan")
        if not -100 <= value <= 100:
            said = one.attributes.get("fraction", "")[:30]
            self.troubles.append(
                Trouble(one.line, f"Điểm «{said}» không phải là số từ −100 đến 100.", "error", self.where)
            )
            return 0.0
        return round(value / 100, 7)

    def _marks(self) -> tuple[tuple[str, str], ...]:
        """Tags we wrote ourselves say what the house keeps beside the words; other tags are told."""
        marks = []
        for tags in self.element.all("tags"):
            for said in (tag.said("text") for tag in tags.all("tag")):
                name, _, value = said.partition(":")
                if name in MARKS and value:
                    marks.append((name, value[:20]))
                elif said:
                    self.troubles.append(Trouble(self.line, f"Nhãn «{said[:60]}» không được giữ.", "note", self.where))
        return tuple(marks)

    def _note_combined(self) -> None:
        for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
            if self.element.said(tag, "text"):
                self.troubles.append(Trouble(self.line, f"Lời nhắn chung <{tag}> không được giữ.", "note", self.where))
        for hint in self.element.all("hint"):
            self.troubles.append(Trouble(hint.line, "Gợi ý <hint> không được giữ.", "note", self.where))


_Read = tuple[str, str, tuple[Given, ...]]


def _multichoice(question: _Question, stem: str) -> _Read:
    is_single = question.element.said("single").lower() not in ("false", "0")
    return "single" if is_single else "multiple", stem, tuple(given for _, given in question.answers())


def _truefalse(question: _Question, stem: str) -> _Read:
    given = {one.text.lower(): one for _, one in question.answers()}
    yes, no = given.get("true", Given("")), given.get("false", Given(""))
    if (yes.fraction >= 1) == (no.fraction >= 1):
        question.troubles.append(Trouble(question.line, "Chưa rõ câu này đúng hay sai.", "error", question.where))
    return "truefalse", stem, (Given("Đúng", yes.fraction, yes.feedback), Given("Sai", no.fraction, no.feedback))


def _short(question: _Question, stem: str) -> _Read:
    answers, troubles = without_wildcards(question.line, [given for _, given in question.answers()], question.where)
    question.troubles += troubles
    return "short", stem, answers


def _numerical(question: _Question, stem: str) -> _Read:
    answers = []
    for one, given in question.answers():
        try:
            float(given.text)
            tolerance = abs(float(one.said("tolerance") or 0))
        except ValueError:
            level = "note" if given.text == "*" else "error"
            what = f"«{given.text[:60]}» không phải là số nên không được giữ."
            question.troubles.append(Trouble(one.line, what, level, question.where))
            continue
        answers.append(Given(given.text, given.fraction, given.feedback, tolerance=tolerance))
    return "numeric", stem, tuple(answers)


def _matching(question: _Question, stem: str) -> _Read:
    rows = ((question.text(one), one.said("answer", "text")) for one in question.element.all("subquestion"))
    return "matching", stem, tuple(Given(left, float(bool(left)), match=right) for left, right in rows)


def _ordering(question: _Question, stem: str) -> _Read:
    """Moodle writes the place of each line as its fraction; files without places stand in order."""
    answers = [
        (as_foreign_number(one.attributes.get("fraction", "")) or 0, one) for one in question.element.all("answer")
    ]
    answers.sort(key=lambda pair: pair[0])
    if any(one.said("feedback", "text") for _, one in answers):
        what = "Lời nhắn của từng dòng không được giữ."
        question.troubles.append(Trouble(question.line, what, "note", question.where))
    return "ordering", stem, tuple(Given(question.text(one), 1.0) for _, one in answers)


def _markers(question: _Question, stem: str) -> _Read:
    """The picture behind the markers stands in the question itself, and comes before one of its words."""
    size = (0, 0)
    for file in list(question.element.all("file"))[:1]:
        try:
            scene = question.taking.take("image", unfolded(file.text), "")
        except Refusal as refusal:
            question.note_file(file, file.attributes.get("name", ""), refusal.sentence)
        else:
            question.files = [scene, *(one for one in question.files if one.key != "image")]
            size = (scene.medium.width, scene.medium.height)
    answers, troubles = places(question.element, size, question.where)
    question.troubles += troubles
    return "hotspot", stem, answers


def _cloze(question: _Question, stem: str) -> _Read:
    text, answers, unknown = read_gaps(stem)
    for kind in unknown:
        what = f"Chỗ trống loại «{kind}» chưa nhận được."
        question.troubles.append(Trouble(question.line, what, "error", question.where))
    kept: list[Given] = []
    for gap in dict.fromkeys(one.gap for one in answers):
        of_gap = [one for one in answers if one.gap == gap]
        if gap.endswith(":short"):
            told, troubles = without_wildcards(question.line, of_gap, question.where)
            question.troubles += troubles
            kept += told
        else:
            kept += [one for one in of_gap if one.text != "*" or not gap.endswith(":numeric")]  # all the rest
    return "cloze", text, tuple(kept)


_READERS: dict[str, Callable[[_Question, str], _Read]] = {
    "cloze": _cloze,
    "ddmarker": _markers,
    "matching": _matching,
    "multichoice": _multichoice,
    "numerical": _numerical,
    "ordering": _ordering,
    "shortanswer": _short,
    "truefalse": _truefalse,
}
