"""QTI 3.0 packages: an item for each question, and our own entries beside them, so that nothing is lost between ours."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence

from lms.exchange.formats.attached import WORDS, Attached
from lms.exchange.formats.found import Found, Given, Trouble
from lms.exchange.formats.qti import MANIFEST, OUR_FILES, OUR_FORMAT, OURS
from lms.exchange.formats.xml_text import attribute, blocks, inline, text
from lms.vietnamese import fold

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ITEM = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_MATCH_CORRECT = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"
_MADE_AT = (2026, 1, 1, 0, 0, 0)  # the same questions give the same bytes
_WIDTH, _HEIGHT = 400, 300
_ONE = '<qti-base-value base-type="float">1</qti-base-value>'

_Written = tuple[str, str, str]
"""Declarations, body, the scoring."""


def write(founds: Sequence[Found]) -> tuple[bytes, list[Trouble]]:
    """The package, and what other systems will not see, by the number of the question."""
    files: dict[str, bytes] = {}
    resources, ours, lost = [], [], []
    for number, found in enumerate(founds, 1):
        name = f"q{number:04}"
        file = f"items/{name}.xml"
        lost += [Trouble(number, what, "note") for what in _unseen(found)]
        pictures = {OUR_FILES + one.name: one.medium.content for one in found.files}
        if found.type in _WRITERS:
            files[file] = _item(found, name).encode()
            if found.type == "hotspot" and not _image(found):
                pictures[f"items/{name}.svg"] = _picture(found).encode()
            resources.append(_resource(name, file, pictures))
        files |= pictures
        if found.entry is not None:
            digest = hashlib.sha256(files.get(file, b"")).hexdigest()
            ours.append({"file": file, "sha256": digest, "name": found.name, "entry": found.entry})
    if ours:
        files[OURS] = json.dumps({"format": OUR_FORMAT, "items": ours}, ensure_ascii=False, indent=1).encode()
        resources.append(
            f'<resource identifier="nam-canh" type="webcontent" href="{OURS}"><file href="{OURS}"/></resource>'
        )
    return _zipped({MANIFEST: _manifest(resources).encode(), **files}), lost


def _unseen(found: Found) -> list[str]:
    if found.type not in _WRITERS:
        return [f"Loại câu «{found.type}» chỉ đi trong phần của Năm Cánh; hệ thống khác không thấy câu này."]
    said = []
    entry = found.entry or {}
    if found.type == "ordering":
        said.append("Hệ thống khác chỉ tính điểm khi đúng cả thứ tự.")
    if found.type == "numeric" and (entry.get("band") or entry.get("wrong")):
        said.append("Hệ thống khác không thấy khoảng gần đúng và lời nhắn của số sai hay gặp.")
    there = {one.key for one in found.files}
    if any(entry.get(key) and key not in there for key in WORDS):
        said.append("Ảnh hoặc âm thanh của câu không đi cùng gói.")
    return said


def _item(found: Found, name: str) -> str:
    declarations, body, scoring = _WRITERS[found.type](found, name)
    spoken = any(one.feedback for one in found.answers) and found.type in _WITH_FEEDBACK
    if spoken:
        several = "single" if found.type in ("single", "truefalse") else "multiple"
        declarations += (
            f'<qti-outcome-declaration identifier="FEEDBACK" cardinality="{several}" base-type="identifier"/>'
        )
        scoring += (
            '<qti-set-outcome-value identifier="FEEDBACK"><qti-variable identifier="RESPONSE"/></qti-set-outcome-value>'
        )
    explain = ""
    if found.explain:
        declarations += '<qti-outcome-declaration identifier="EXPLAIN" cardinality="single" base-type="identifier"/>'
        scoring += _set("EXPLAIN", '<qti-base-value base-type="identifier">explain</qti-base-value>')
        explain = (
            '<qti-modal-feedback outcome-identifier="EXPLAIN" identifier="explain" show-hide="show">'
            f"<qti-content-body>{blocks(found.explain)}</qti-content-body></qti-modal-feedback>"
        )
    is_plain = scoring == _matched("RESPONSE")
    processing = (
        f'<qti-response-processing template="{_MATCH_CORRECT}"/>'
        if is_plain
        else f"<qti-response-processing>{scoring}</qti-response-processing>"
    )
    title = attribute(found.name or f"Câu {name[1:].lstrip('0')}")
    outcome = '<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>'
    first, _, rest = declarations.partition("<qti-outcome")
    others = f"<qti-outcome{rest}" if rest else ""
    return (
        f'{_HEAD}<qti-assessment-item xmlns="{_ITEM}" identifier="{name}" title={title} xml:lang="vi" adaptive="false" '
        f'time-dependent="false">{first}{outcome}{others}<qti-item-body>{body}</qti-item-body>{processing}{explain}'
        "</qti-assessment-item>\n"
    )


def _stem(found: Found) -> str:
    """What is seen and heard stands before the words; the picture of a hotspot is its own."""
    shown = ""
    for one in found.files:
        source = attribute(f"../{OUR_FILES}{one.name}")
        if one.key == "audio":
            shown += f'<p><audio controls="controls" src={source}>{text(one.words)}</audio></p>'
        elif found.type != "hotspot":
            shown += f"<p><img src={source} alt={attribute(one.words)}/></p>"
    return shown + blocks(found.stem)


def _image(found: Found) -> Attached | None:
    return next((one for one in found.files if one.key == "image"), None)


def _choice(found: Found, name: str) -> _Written:
    several = found.type == "multiple"
    ids = _ids("c", found.answers)
    most = 0 if several else 1
    body = (
        f'<qti-choice-interaction response-identifier="RESPONSE" max-choices="{most}" shuffle="true">'
        f"<qti-prompt>{_stem(found)}</qti-prompt>{_choices('simple-choice', found.answers)}</qti-choice-interaction>"
    )
    right = [one for one, given in zip(ids, found.answers, strict=True) if given.fraction > 0]
    if not several:
        return _response("RESPONSE", "identifier", "single", right), body, _matched("RESPONSE")
    mapping = _mapping((one, given.fraction) for one, given in zip(ids, found.answers, strict=True))
    return _response("RESPONSE", "identifier", "multiple", right, mapping), body, _mapped("RESPONSE")


def _order(found: Found, name: str) -> _Written:
    ids = _ids("c", found.answers)
    # Written in the order of their words: as the key it would tell itself where a player does not shuffle.
    shown = sorted(zip(ids, found.answers, strict=True), key=lambda pair: pair[1].text)
    lines = "".join(
        f'<qti-simple-choice identifier="{one}">{inline(given.text)}</qti-simple-choice>' for one, given in shown
    )
    body = (
        '<qti-order-interaction response-identifier="RESPONSE" shuffle="true">'
        f"<qti-prompt>{_stem(found)}</qti-prompt>{lines}</qti-order-interaction>"
    )
    return _response("RESPONSE", "identifier", "ordered", ids), body, _matched("RESPONSE")


def _match(found: Found, name: str) -> _Written:
    pairs = [one for one in found.answers if one.text]
    rights = [*dict.fromkeys(one.match for one in found.answers)]
    ends = {said: f"r{number}" for number, said in enumerate(rights, 1)}
    lefts = "".join(
        f'<qti-simple-associable-choice identifier="l{number}" match-max="1">{inline(one.text)}</qti-simple-associable-choice>'
        for number, one in enumerate(pairs, 1)
    )
    told = "".join(
        f'<qti-simple-associable-choice identifier="{end}" match-max="0">{inline(said)}</qti-simple-associable-choice>'
        for said, end in ends.items()
    )
    body = (
        f'<qti-match-interaction response-identifier="RESPONSE" max-associations="{len(pairs)}" shuffle="true">'
        f"<qti-prompt>{_stem(found)}</qti-prompt><qti-simple-match-set>{lefts}</qti-simple-match-set>"
        f"<qti-simple-match-set>{told}</qti-simple-match-set></qti-match-interaction>"
    )
    right = [f"l{number} {ends[one.match]}" for number, one in enumerate(pairs, 1)]
    mapping = _mapping((one, round(1 / len(right), 7)) for one in right)
    return _response("RESPONSE", "directedPair", "multiple", right, mapping), body, _mapped("RESPONSE")


def _typed(found: Found, name: str) -> _Written:
    declared, field, scoring = _field("RESPONSE", found.type, found.answers, "1")
    return declared, f"{_stem(found)}<p>{field}</p>", scoring


def _cloze(found: Found, name: str) -> _Written:
    declarations, scoring, body = "", "", _stem(found)
    for gap in dict.fromkeys(one.gap for one in found.answers):
        place, _, kind = gap.partition(":")
        answers = [one for one in found.answers if one.gap == gap]
        declared, field, scored = _field(place.upper(), kind, answers, str(answers[0].weight))
        declarations += declared
        scoring += scored
        body = body.replace(f"[[{text(place)}]]", field)
    return declarations, body, scoring


def _hotspot(found: Found, name: str) -> _Written:
    ids, image = _ids("c", found.answers), _image(found)
    size = (image.medium.width, image.medium.height) if image else (_WIDTH, _HEIGHT)
    spots = "".join(
        f'<qti-hotspot-choice identifier="{one}" shape="rect" coords="{_coords(given, size)}" '
        f"hotspot-label={attribute(given.text)}/>"
        for one, given in zip(ids, found.answers, strict=True)
    )
    body = (
        '<qti-hotspot-interaction response-identifier="RESPONSE" max-choices="0">'
        f"<qti-prompt>{_stem(found)}</qti-prompt>"
        f"{_scene(found, image, name, size)}"
        f"{spots}</qti-hotspot-interaction>"
    )
    right = [one for one, given in zip(ids, found.answers, strict=True) if given.fraction > 0]
    mapping = _mapping((one, given.fraction) for one, given in zip(ids, found.answers, strict=True))
    return _response("RESPONSE", "identifier", "multiple", right, mapping), body, _mapped("RESPONSE")


def _scene(found: Found, image: Attached | None, name: str, size: tuple[int, int]) -> str:
    kind, file = (image.media_type, f"../{OUR_FILES}{image.name}") if image else ("image/svg+xml", f"{name}.svg")
    words = image.words if image else found.stem
    return f'<object type="{kind}" data="{file}" width="{size[0]}" height="{size[1]}">{text(words)}</object>'


_WITH_FEEDBACK = ("single", "truefalse", "multiple")
_WRITERS: dict[str, Callable[[Found, str], _Written]] = {
    "cloze": _cloze,
    "hotspot": _hotspot,
    "matching": _match,
    "multiple": _choice,
    "numeric": _typed,
    "ordering": _order,
    "short": _typed,
    "single": _choice,
    "truefalse": _choice,
}


def _field(place: str, kind: str, answers: Sequence[Given], weight: str) -> _Written:
    """Declaration, the field itself and its scoring, of one gap or of a question that is nothing but a field."""
    right = [one.text for one in answers if one.fraction >= 1][:1]
    worth = f'<qti-base-value base-type="float">{weight}</qti-base-value>'
    if kind == "single":
        ids = _ids("c", answers)
        keys = [one for one, given in zip(ids, answers, strict=True) if given.fraction > 0]
        field = (
            f'<qti-inline-choice-interaction response-identifier="{place}" shuffle="true">'
            f"{_choices('inline-choice', answers, with_feedback=False)}</qti-inline-choice-interaction>"
        )
        return _response(place, "identifier", "single", keys), field, _matched(place, _sum(worth))
    field = f'<qti-text-entry-interaction response-identifier="{place}" expected-length="30"/>'
    if kind == "numeric":
        off = next((one.tolerance for one in answers if one.fraction >= 1), 0.0)
        compared = (
            f'<qti-equal tolerance-mode="absolute" tolerance="{off!r} {off!r}"><qti-variable identifier="{place}"/>'
            f'<qti-correct identifier="{place}"/></qti-equal>'
        )
        return _response(place, "float", "single", right), field, _condition(compared, _sum(worth))
    declared = _response(place, "string", "single", right, _mapping(_spellings(answers), "false"))
    mapped = f'<qti-map-response identifier="{place}"/>'
    if weight != "1":
        mapped = f"<qti-product>{worth}{mapped}</qti-product>"
    return declared, field, _set("SCORE", _sum(mapped))


def _spellings(answers: Sequence[Given]) -> Iterable[tuple[str, float]]:
    """Each spelling, and what is typed without marks beside it: other systems compare letter by letter."""
    said = {one.text: one.fraction for one in answers}
    bare = {fold(one.text): one.fraction for one in answers if one.fraction > 0}
    held = {fold(one.text) for one in answers if one.fraction <= 0} | {one.casefold() for one in said}
    return [*said.items(), *((name, worth) for name, worth in bare.items() if name not in held)]


def _choices(kind: str, answers: Sequence[Given], with_feedback: bool = True) -> str:
    told = []
    for name, one in zip(_ids("c", answers), answers, strict=True):
        said = (
            f'<qti-feedback-inline outcome-identifier="FEEDBACK" identifier="{name}" show-hide="show">'
            f"{inline(one.feedback)}</qti-feedback-inline>"
            if with_feedback and one.feedback
            else ""
        )
        told.append(f'<qti-{kind} identifier="{name}">{inline(one.text)}{said}</qti-{kind}>')
    return "".join(told)


def _ids(head: str, answers: Sequence[Given]) -> list[str]:
    return [f"{head}{number}" for number, _ in enumerate(answers, 1)]


def _response(place: str, base: str, cardinality: str, right: Iterable[str], mapping: str = "") -> str:
    values = "".join(f"<qti-value>{text(one)}</qti-value>" for one in right)
    return (
        f'<qti-response-declaration identifier="{place}" cardinality="{cardinality}" base-type="{base}">'
        f"<qti-correct-response>{values}</qti-correct-response>{mapping}</qti-response-declaration>"
    )


def _mapping(worths: Iterable[tuple[str, float]], case: str = "") -> str:
    sensitive = f' case-sensitive="{case}"' if case else ""
    rows = "".join(
        f'<qti-map-entry map-key={attribute(key)} mapped-value="{worth!r}"{sensitive}/>' for key, worth in worths
    )
    return f'<qti-mapping lower-bound="0" upper-bound="1" default-value="0">{rows}</qti-mapping>'


def _matched(place: str, worth: str = _ONE) -> str:
    return _condition(
        f'<qti-match><qti-variable identifier="{place}"/><qti-correct identifier="{place}"/></qti-match>', worth
    )


def _condition(compared: str, worth: str) -> str:
    scored = _set("SCORE", worth)
    return f"<qti-response-condition><qti-response-if>{compared}{scored}</qti-response-if></qti-response-condition>"


def _mapped(place: str) -> str:
    return _set("SCORE", f'<qti-map-response identifier="{place}"/>')


def _sum(worth: str) -> str:
    return f'<qti-sum><qti-variable identifier="SCORE"/>{worth}</qti-sum>'


def _set(outcome: str, value: str) -> str:
    return f'<qti-set-outcome-value identifier="{outcome}">{value}</qti-set-outcome-value>'


def _coords(given: Given, size: tuple[int, int]) -> str:
    left, top, width, height = given.box
    sides = (left * size[0], top * size[1], (left + width) * size[0], (top + height) * size[1])
    return ",".join(str(round(side / 100)) for side in sides)


def _picture(found: Found) -> str:
    """A plain drawing of the regions: what is written there, or what it is."""
    written = [str(one.get("text") or "") for one in (found.entry or {}).get("regions", ())]
    drawn = []
    for number, one in enumerate(found.answers):
        left, top, right, bottom = map(int, _coords(one, (_WIDTH, _HEIGHT)).split(","))
        said = (written[number] if number < len(written) else "") or one.text
        drawn.append(
            f'<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" fill="none" stroke="#555"/>'
            f'<text x="{left + 3}" y="{top + 14}" font-size="12">{text(said)}</text>'
        )
    return f'{_HEAD}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}">{"".join(drawn)}</svg>\n'


def _resource(name: str, file: str, pictures: Iterable[str]) -> str:
    files = "".join(f'<file href="{one}"/>' for one in (file, *pictures))
    return f'<resource identifier="{name}" type="imsqti_item_xmlv3p0" href="{file}">{files}</resource>'


def _manifest(resources: Iterable[str]) -> str:
    return (
        f'{_HEAD}<manifest xmlns="{_PACKAGE}" identifier="nam-canh-manifest"><metadata><schema>QTI Package</schema>'
        f"<schemaversion>3.0.0</schemaversion></metadata><organizations/><resources>{''.join(resources)}</resources></manifest>\n"
    )


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, _MADE_AT), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
