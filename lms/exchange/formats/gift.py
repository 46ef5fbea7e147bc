"""GIFT, Moodle's text format: read as Moodle reads it, written so that it reads back the same."""

import re
from collections.abc import Iterator, Sequence

from lms.exchange.formats.found import Found, Given, Trouble, checked, unsupported, without_wildcards

_CONTROL = "~=#{}:"
_TRUE_FALSE = re.compile(r"\s*(TRUE|T|FALSE|F)\s*(?:#|$)", re.IGNORECASE)
_NAME = re.compile(r"::((?:\\.|[^\\:]|:(?!:))*)::", re.DOTALL)
_MARKUP = re.compile(r"\[(html|markdown|plain|moodle)\]", re.IGNORECASE)
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{1,9})?)%")
_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
_NUMBER = re.compile(r"\s*[-+]?(?:\d{1,30}(?:[.,]\d{0,30})?|[.,]\d{1,30})(?:[eE][-+]?\d{1,2})?\s*")
WRITES = frozenset({"single", "multiple", "truefalse", "matching", "numeric", "short"})


def read(text: str) -> list[Found]:
    found: list[Found] = []
    category = ""
    for line, block in _blocks(text):
        if block.lstrip().startswith("$CATEGORY:"):
            category = block.strip().removeprefix("$CATEGORY:").strip()
        else:
            found.append(_question(line, block, category))
    return checked(found)


def write(founds: Sequence[Found]) -> tuple[str, list[Trouble]]:
    """The text, and what it could not carry, by the number of the question."""
    blocks, lost = [], []
    category = ""
    for number, found in enumerate(founds, 1):
        if found.type not in WRITES:
            lost.append(Trouble(number, f"GIFT không có loại câu «{found.type}» nên câu này không được ghi."))
            continue
        if any("->" in one.text + one.match + one.feedback for one in found.answers):
            lost.append(Trouble(number, "Đáp án có «->», GIFT sẽ hiểu là ghép đôi, nên câu này không được ghi."))
            continue
        if found.category != category:
            category = found.category
            blocks.append(f"$CATEGORY: {category}")
        blocks.append(_written(found))
        if found.type == "matching" and any(one.feedback for one in found.answers):
            lost.append(Trouble(number, "GIFT không giữ được lời nhắn của từng cặp.", "note"))
    return "\n\n".join(blocks) + "\n", lost


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """(line, text) of each question: parted by an empty line outside the braces; comments and categories apart."""
    kept: list[str] = []
    begun = depth = 0
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith("//"):
            continue
        starts_anew = line.startswith(("::", "$CATEGORY:")) and kept and not kept[-1].strip()
        if kept and ((not line.strip() and depth <= 0) or starts_anew):
            yield begun, "\n".join(kept)
            kept, depth = [], 0
        if line.startswith("$CATEGORY:"):
            yield number, line
        elif line.strip() or kept:
            begun = begun if kept else number
            kept.append(line)
            bare = _ESCAPE.sub("", line)
            depth += bare.count("{") - bare.count("}")
    if kept:
        yield begun, "\n".join(kept)


def _question(line: int, block: str, category: str) -> Found:
    name = ""
    block = block.strip()
    named = _NAME.match(block)
    if named:
        name, block = _plain(named[1]), block[named.end() :].strip()
    markup = _MARKUP.match(block)
    if markup:
        block = block[markup.end() :].lstrip()
    opened, closed = _find(block, "{"), _rfind(block, "}")
    if opened < 0 and closed < 0:
        return unsupported(line, "description", _plain(block), name, category)
    if opened < 0 or closed < opened:
        trouble = Trouble(line, "Ngoặc { } mở mà không đóng, hoặc đóng mà chưa mở.")
        return Found(line, "", _plain(block), name=name, category=category, problems=(trouble,))
    stem, after = block[:opened].rstrip(), block[closed + 1 :].strip()
    if after:
        stem = f"{stem} _____{'' if after[0] in '.,;:?!' else ' '}{after}"
    return _answered(line, _plain(stem), block[opened + 1 : closed].strip(), name, category)


def _answered(line: int, stem: str, body: str, name: str, category: str) -> Found:
    explain = ""
    general = body.find("####")
    if general >= 0:
        body, explain = body[:general].strip(), _plain(body[general + 4 :])
    if not body:
        return unsupported(line, "essay", stem, name, category)
    kind, answers, troubles = _kind_of(line, body)
    return Found(line, kind, stem, answers, explain, name, category, tuple(troubles))


def _kind_of(line: int, body: str) -> tuple[str, tuple[Given, ...], list[Trouble]]:
    if body.startswith("#"):
        return "numeric", *_numbers(line, body[1:])
    if _TRUE_FALSE.match(body):
        return "truefalse", _true_false(body), []
    parts = _parts(body)
    if not parts:
        return "", (), [Trouble(line, "Trong ngoặc { } không có đáp án nào bắt đầu bằng = hoặc ~.")]
    if all(sign == "=" and "->" in text for sign, text in parts):
        return "matching", tuple(_pair(text) for _, text in parts), []
    answers = tuple(_choice(sign, text) for sign, text in parts)
    if all(sign == "=" for sign, _ in parts):
        return "short", *without_wildcards(line, answers)
    return "single" if any(sign == "=" for sign, _ in parts) else "multiple", answers, []


def _true_false(body: str) -> tuple[Given, ...]:
    """`{T#said to the wrong#said to the right}`."""
    said, *feedback = _cut(body, "#")
    is_true = said.strip().upper().startswith("T")
    to_wrong, to_right = (*map(_plain, feedback[:2]), "", "")[:2]
    return (
        Given("Đúng", float(is_true), to_right if is_true else to_wrong),
        Given("Sai", float(not is_true), to_wrong if is_true else to_right),
    )


def _pair(text: str) -> Given:
    left, _, right = text.partition("->")
    return Given(_plain(left), float(bool(left.strip())), match=_plain(right))  # without a left it belongs to nothing


def _choice(sign: str, text: str) -> Given:
    text, fraction = _weighed(text, 1.0 if sign == "=" else 0.0)
    said, *feedback = _cut(text, "#")
    return Given(_plain(said), fraction, _plain("#".join(feedback)))


def _weighed(text: str, fraction: float) -> tuple[str, float]:
    weight = _WEIGHT.match(text.lstrip())
    if weight is None:
        return text, fraction
    return text.lstrip()[weight.end() :], round(float(weight[1]) / 100, 7)


def _numbers(line: int, body: str) -> tuple[tuple[Given, ...], list[Trouble]]:
    parts = _parts(body if body.lstrip().startswith(("=", "~")) else f"={body}")
    answers, troubles = [], []
    for sign, part in parts:
        text, fraction = _weighed(part, 1.0 if sign == "=" else 0.0)
        said, *feedback = _cut(text, "#")
        value = _value(said)
        if not said.strip() and not fraction:
            troubles.append(Trouble(line, "Lời nhắn cho mọi số khác không được giữ.", "note"))
            continue
        if value is None:
            troubles.append(Trouble(line, f"«{_plain(said)[:60]}» không phải là số, hoặc khoảng số."))
            continue
        answers.append(Given(value[0], fraction, _plain("#".join(feedback)), tolerance=value[1]))
    return tuple(answers), troubles


def _value(said: str) -> tuple[str, float] | None:
    """`3:0.5` and `2.5..3.5` are the same number with the same tolerance."""
    low, between, high = said.partition("..")
    if between and _NUMBER.fullmatch(low) and _NUMBER.fullmatch(high):
        first, last = _float(low), _float(high)
        return f"{round((first + last) / 2, 12):g}", round(abs(last - first) / 2, 12)
    value, _, tolerance = said.replace("\\:", ":").partition(":")
    if not _NUMBER.fullmatch(value) or (tolerance and not _NUMBER.fullmatch(tolerance)):
        return None
    return value.strip().replace(",", "."), abs(_float(tolerance)) if tolerance else 0.0


def _float(text: str) -> float:
    return float(text.strip().replace(",", "."))


def _parts(body: str) -> list[tuple[str, str]]:
    """Answers by their sign; a sign after a backslash is a letter."""
    signs = [at for at in _unescaped(body, "=~")]
    return [(body[at], body[at + 1 : end]) for at, end in zip(signs, [*signs[1:], len(body)], strict=True)]


def _cut(text: str, sign: str) -> list[str]:
    at = [-1, *_unescaped(text, sign), len(text)]
    return [text[first + 1 : last] for first, last in zip(at, at[1:], strict=False)]


def _find(text: str, sign: str) -> int:
    return next(_unescaped(text, sign), -1)


def _rfind(text: str, sign: str) -> int:
    return max(_unescaped(text, sign), default=-1)


def _unescaped(text: str, signs: str) -> Iterator[int]:
    at = 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] in signs:
            yield at
        at += 1


def _plain(text: str) -> str:
    """Without the mark of its own format that an answer may begin with, and without backslashes."""
    text = text.strip()
    markup = _MARKUP.match(text)
    text = text[markup.end() :] if markup else text
    return _ESCAPE.sub(lambda match: "\n" if match[1] == "n" else match[1], text.strip()).strip()


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\")
    for sign in _CONTROL:
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _written(found: Found) -> str:
    name = f"::{_escaped(found.name)}::" if found.name else ""
    explain = f"\n####{_escaped(found.explain)}" if found.explain else ""
    return f"{name}[markdown]{_escaped(found.stem)}{{{_written_answers(found)}{explain}}}"


def _written_answers(found: Found) -> str:
    if found.type == "truefalse":
        yes, no = found.answers
        right, wrong = (yes, no) if yes.fraction else (no, yes)
        said = f"#{_escaped(wrong.feedback)}#{_escaped(right.feedback)}" if wrong.feedback or right.feedback else ""
        return f"{'TRUE' if yes.fraction else 'FALSE'}{said}"
    if found.type == "matching":
        return "".join(f"={_escaped(one.text)} -> {_escaped(one.match)}\n" for one in found.answers)
    head = "#" if found.type == "numeric" else ""
    return head + "".join(_written_answer(one, found.type) for one in found.answers)


def _written_answer(one: Given, kind: str) -> str:
    whole = one.fraction == 1 and kind != "multiple"
    sign = "=" if whole or kind in ("short", "numeric") else "~"
    weight = "" if whole or not one.fraction and sign == "~" else f"%{one.fraction * 100:.9g}%"
    text = f"{one.text}:{one.tolerance!r}" if kind == "numeric" else _escaped(one.text)
    return f"{sign}{weight}{text}{'#' + _escaped(one.feedback) if one.feedback else ''}\n"
