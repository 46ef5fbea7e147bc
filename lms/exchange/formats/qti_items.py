"""One QTI item (2.x or 3.0) as a question: the interaction decides the type, declarations decide what is right."""

from collections.abc import Callable
from dataclasses import replace

from lms.documents.markup import Element
from lms.exchange.formats.attached import Attached, Taking
from lms.exchange.formats.entries import as_foreign_number, plain_number
from lms.exchange.formats.found import Found, Given, Trouble, unsupported
from lms.exchange.formats.lesser import or_true_false
from lms.exchange.formats.qti_scores import Declared, declared_in, strange_scoring
from lms.exchange.formats.qti_text import Placed, among, below, file_in, kind_of, told, words_of
from lms.refusals import Refusal
from lms.vietnamese import fold

ContentOf = Callable[[str], bytes | None]
_IN_TEXT = ("text-entry-interaction", "inline-choice-interaction")
_EXPLAINS = ("explain", "solution", "general", "general_fb", "general-feedback", "feedback_general")


def read_item(item: Element, file: str, content_of: ContentOf, taking: Taking) -> Found:
    """`content_of`: a file beside the item, as its `src` or `href` names it."""
    return _Reading(item, file, content_of, taking).read()


class _Reading:
    """One item being read; what is left behind on the way is gathered in `troubles`."""

    def __init__(self, item: Element, file: str, content_of: ContentOf, taking: Taking) -> None:
        self.content_of, self.taking = content_of, taking
        self.files: dict[str, Attached] = {}
        self.item, self.line, self.file = item, item.line, file
        self.name = told(item, "title") or told(item, "identifier")
        self.declared = declared_in(item)
        self.body = next(iter(among(item, "item-body")), Element("", item.line, {}))
        self.troubles: list[Trouble] = []
        self.feedback = {told(one, "identifier"): one for one in among(item, "modal-feedback")}

    def read(self) -> Found:
        asked = [one for one in _inside(self.body) if kind_of(one).endswith("interaction")]
        kinds = [*dict.fromkeys(kind_of(one) for one in asked)]
        refused = self.refused_by(asked, kinds)
        if refused:
            return unsupported(self.line, refused, self.words(self.body)[:200], self.name, element=self.file)
        in_text = all(kind in _IN_TEXT for kind in kinds)
        found = _in_text(self, asked) if in_text else _READERS[kinds[0]](self, asked[0])
        explain = self.explain()
        self.note_the_rest()
        problems, files = (*found.problems, *self.troubles), tuple(self.files.values())
        return replace(found, explain=explain, name=self.name, problems=problems, files=files)

    def refused_by(self, asked: list[Element], kinds: list[str]) -> str:
        if told(self.item, "adaptive") == "true":
            return "adaptive"
        if among(self.item, "template-declaration"):
            return "template-declaration"
        if not asked:
            return "không có phần hỏi"
        strange = next((kind for kind in kinds if kind not in (*_READERS, *_IN_TEXT)), "")
        if strange:
            return strange
        if len(asked) > 1 and not all(kind in _IN_TEXT for kind in kinds):
            return "nhiều phần hỏi: " + ", ".join(kinds)
        scoring = strange_scoring(self.item)
        return f"{kinds[0]}, cách chấm riêng: {scoring}" if scoring else ""

    def words(self, element: Element, placed: Placed = lambda _: None) -> str:
        said, lost = words_of(element, placed)
        self.troubles += [Trouble(element.line, what, "note", self.file) for what in lost]
        return said

    def stem(self, interaction: Element) -> str:
        prompts = [self.words(one, self.taken) for one in among(interaction, "prompt")]
        return "\n\n".join(one for one in (self.words(self.body, self.taken), *prompts) if one)

    def taken(self, part: Element) -> str | None:
        """Nothing in the place of a picture or recording that comes along; the first of each does."""
        key, said = file_in(part)
        if not key or key in self.files:
            return None
        content = self.content_of(said)
        if content is None:
            return None
        words = told(part, "alt") or words_of(part)[0]
        try:
            self.files[key] = self.taking.take(key, content, words)
        except Refusal as refusal:
            self.note(f"Tệp «{said[:100]}»: {refusal.sentence}")
            return None
        return ""

    def of(self, interaction: Element) -> Declared:
        return self.declared.get(told(interaction, "response-identifier"), Declared())

    def option(self, choice: Element, fraction: float) -> Given:
        name = told(choice, "identifier")
        inline = [self.words(one) for one in below(choice, "feedback-inline", "feedback-block")]
        modal = [self.words(self.feedback.pop(name))] if name in self.feedback else []
        return Given(self.words(choice), fraction, " ".join(one for one in (*inline, *modal) if one))

    def explain(self) -> str:
        told_ones = [self.words(self.feedback.pop(name)) for name in _EXPLAINS if name in self.feedback]
        return "\n\n".join(one for one in told_ones if one)

    def note(self, what: str, level: str = "note") -> None:
        self.troubles.append(Trouble(self.line, what, level, self.file))

    def note_the_rest(self) -> None:
        for name, one in self.feedback.items():
            said = words_of(one)[0][:80]
            if said:
                self.note(f"Lời nhắn «{name[:40]}» không được giữ: {said}")
        for one in below(self.body, "rubric-block"):
            if "candidate" not in told(one, "view").split():
                self.note(f"Lời dặn người chấm không được giữ: {words_of(one)[0][:80]}")
        for one in self.body.children:
            if kind_of(one) == "feedback-block" and words_of(one)[0]:
                self.note(f"Lời nhắn trong bài không được giữ: {words_of(one)[0][:80]}")


def _choice(reading: _Reading, asked: Element) -> Found:
    declared = reading.of(asked)
    choices = among(asked, "simple-choice")
    answers = tuple(reading.option(one, declared.fraction(told(one, "identifier"))) for one in choices)
    stem = reading.stem(asked)
    if declared.several:
        if not declared.by_map:
            reading.note("Hệ thống cũ chỉ tính điểm khi chọn trọn; ở đây mỗi ý đúng được một phần điểm khi luyện.")
        return Found(reading.line, "multiple", stem, answers)
    return or_true_false(Found(reading.line, "single", stem, answers))


def _hottext(reading: _Reading, asked: Element) -> Found:
    declared = reading.of(asked)
    texts = list(below(asked, "hottext"))
    answers = tuple(reading.option(one, declared.fraction(told(one, "identifier"))) for one in texts)
    inside = reading.words(asked)
    reading.note("Chỗ bấm trong đoạn văn trở thành các phương án; đoạn văn đứng trong lời hỏi.")
    stem = "\n\n".join(one for one in (reading.stem(asked), inside) if one)
    return Found(reading.line, "multiple" if declared.several else "single", stem, answers)


def _order(reading: _Reading, asked: Element) -> Found:
    declared = reading.of(asked)
    lines = {told(one, "identifier"): one for one in among(asked, "simple-choice")}
    if sorted(declared.correct) != sorted(lines):
        reading.note("Thứ tự đúng không kể đủ các dòng.", "error")
    answers = tuple(replace(reading.option(lines[name], 1.0)) for name in declared.correct if name in lines)
    return Found(reading.line, "ordering", reading.stem(asked), answers)


def _match(reading: _Reading, asked: Element) -> Found:
    declared = reading.of(asked)
    sets = among(asked, "simple-match-set")[:2]
    columns = [{told(one, "identifier"): one for one in among(half, "simple-associable-choice")} for half in sets]
    lefts, rights = (*columns, {}, {})[:2]
    right_pairs = declared.correct or tuple(key for key, worth in declared.mapped.items() if worth > 0)
    pairs = [(first, second) for first, _, second in (one.partition(" ") for one in right_pairs)]
    if sorted(first for first, _ in pairs) != sorted(lefts) and sorted(two for _, two in pairs) == sorted(rights):
        lefts, rights, pairs = rights, lefts, [(two, one) for one, two in pairs]
    if sorted(first for first, _ in pairs) != sorted(lefts) or not {two for _, two in pairs} <= set(rights):
        reading.note("Mỗi dòng bên trái phải ghép với đúng một dòng bên phải.", "error")
        return Found(reading.line, "matching", reading.stem(asked), (Given("?", 1.0, match="?"),) * 2)
    if declared.mapped and len({declared.mapped.get(pair) for pair in right_pairs}) > 1:
        reading.note("Các cặp có điểm khác nhau; ở đây mỗi cặp được phần điểm bằng nhau.")
    by_left = dict(pairs)
    said = {name: reading.words(one) for name, one in rights.items()}
    answers = [replace(reading.option(one, 1.0), match=said[by_left[name]]) for name, one in lefts.items()]
    extra = [Given("", 0.0, match=text) for name, text in said.items() if name not in by_left.values()]
    return Found(reading.line, "matching", reading.stem(asked), (*answers, *extra))


def _hotspot(reading: _Reading, asked: Element) -> Found:
    declared = reading.of(asked)
    spots = among(asked, "hotspot-choice")
    coords = [_numbers(told(one, "coords")) for one in spots]
    width, height = _size(asked, coords)
    answers = []
    for number, (spot, said) in enumerate(zip(spots, coords, strict=True), 1):
        box = _box(told(spot, "shape"), said, width, height)
        if box is None:
            reading.note(f"Chỗ số {number} không nói rõ ở đâu trên hình.", "error")
        alt = told(spot, "hotspot-label") or told(spot, "aria-label") or f"Chỗ số {number}"
        given = reading.option(spot, declared.fraction(told(spot, "identifier")))
        answers.append(replace(given, text=alt, box=box or ()))
    if any(told(one, "shape") not in ("rect", "") for one in spots):
        reading.note("Chỗ hình tròn hoặc nhiều cạnh trở thành khung chữ nhật bao quanh.")
    for picture in below(asked, "object", "img"):
        if reading.taken(picture) is not None:
            continue
        file = told(picture, "data") or told(picture, "src")
        reading.note(f"Ảnh «{file[:100]}» chưa được nhập; sau khi giữ, thêm chữ cho từng chỗ để vẽ lại hình.")
    return Found(reading.line, "hotspot", reading.stem(asked), tuple(answers))


def _in_text(reading: _Reading, asked: list[Element]) -> Found:
    """One field to type into is a question of its own; several, or a list inside a sentence, are gaps."""
    kinds = {id(one): f"g{number}" for number, one in enumerate(asked, 1)}
    if len(asked) == 1 and kind_of(asked[0]) == "text-entry-interaction":
        stem = reading.words(reading.body, lambda one: "_____" if id(one) in kinds else reading.taken(one))
        kind, answers = _typed(reading, asked[0])
        return Found(reading.line, kind, stem.removesuffix("_____").strip(), answers)
    text = reading.words(reading.body, lambda one: f"[[{kinds[id(one)]}]]" if id(one) in kinds else reading.taken(one))
    gaps: list[Given] = []
    for one in asked:
        kind, answers = _typed(reading, one) if kind_of(one) == "text-entry-interaction" else _listed(reading, one)
        gaps += [replace(answer, gap=f"{kinds[id(one)]}:{kind}") for answer in answers]
    return Found(reading.line, "cloze", text, tuple(gaps))


def _listed(reading: _Reading, asked: Element) -> tuple[str, tuple[Given, ...]]:
    declared = reading.of(asked)
    choices = among(asked, "inline-choice")
    return "single", tuple(reading.option(one, declared.fraction(told(one, "identifier"))) for one in choices)


def _typed(reading: _Reading, asked: Element) -> tuple[str, tuple[Given, ...]]:
    declared = reading.of(asked)
    worth = dict.fromkeys(declared.correct, 1.0)
    best = max((one for one in declared.mapped.values() if one > 0), default=1.0)
    worth = {name: round(max(value, 0) / best, 7) for name, value in declared.mapped.items()} | worth
    if declared.is_case_sensitive:
        reading.note("Chữ hoa chữ thường không được phân biệt ở đây.")
    if declared.base in ("float", "integer"):
        return "numeric", _numeric(reading, declared, worth)
    return "short", tuple(Given(name, fraction) for name, fraction in worth.items() if not _is_bare(name, worth))


def _is_bare(name: str, worth: dict[str, float]) -> bool:
    """Another spelling typed without its marks: the house takes that as right by itself."""
    return name == fold(name) and any(one != name and fold(one) == name and worth[one] == worth[name] for one in worth)


def _numeric(reading: _Reading, declared: Declared, worth: dict[str, float]) -> tuple[Given, ...]:
    answers = []
    for name, fraction in worth.items():
        value = as_foreign_number(name)
        if value is None:
            reading.note(f"«{name[:60]}» không phải là số nên không được giữ.", "error")
            continue
        off = as_foreign_number(declared.tolerance[1].split(" ")[0]) if declared.tolerance[1] else None
        near = float(abs(off)) if off is not None and declared.tolerance[0] != "exact" else 0.0
        near *= float(abs(value)) / 100 if declared.tolerance[0] == "relative" else 1.0
        answers.append(Given(plain_number(value), fraction, tolerance=near))
    return tuple(answers)


_READERS: dict[str, Callable[[_Reading, Element], Found]] = {
    "choice-interaction": _choice,
    "hotspot-interaction": _hotspot,
    "hottext-interaction": _hottext,
    "match-interaction": _match,
    "order-interaction": _order,
}


def _inside(element: Element) -> list[Element]:
    found = []
    for one in element.children:
        found.append(one)
        if not kind_of(one).endswith("interaction"):
            found += _inside(one)
    return found


def _numbers(said: str) -> list[float]:
    values = [as_foreign_number(one) for one in said.split(",")]
    return [float(one) for one in values if one is not None] if len(values) < 1000 else []


def _size(asked: Element, coords: list[list[float]]) -> tuple[float, float]:
    for picture in below(asked, "object", "img"):
        width, height = as_foreign_number(told(picture, "width")), as_foreign_number(told(picture, "height"))
        if width and height and width > 0 and height > 0:
            return float(width), float(height)
    across = [value for said in coords for value in said[0::2]]
    down = [value for said in coords for value in said[1::2]]
    return max([*across, 1.0]), max([*down, 1.0])


def _box(shape: str, said: list[float], width: float, height: float) -> tuple[float, ...] | None:
    if shape == "circle" and len(said) == 3:
        x, y, r = said
        said = [x - r, y - r, x + r, y + r]
    if len(said) < 4 or (shape in ("rect", "") and len(said) != 4):
        return None
    left, right, top, bottom = min(said[0::2]), max(said[0::2]), min(said[1::2]), max(said[1::2])
    return tuple(
        round(value, 3)
        for value in (
            left / width * 100,
            top / height * 100,
            (right - left) / width * 100,
            (bottom - top) / height * 100,
        )
    )
