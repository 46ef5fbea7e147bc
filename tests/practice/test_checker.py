"""The checker finds a planted fault, one a rule, and says at which line and in which combination.

Faults are planted in the worked example of the authors' guide, which is therefore sound.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lms.library.checks.practices import BRANDS, check
from lms.library.fields import did_you_mean
from lms.library.practice_values import PAIRS, SUMS
from lms.library.practice_values import VERBS as CONDITIONS
from lms.library.practices import APPS, CHOICES, KINDS, VERBS, read_practice
from lms.library.problems import Findings
from lms.practice.checking import check as check_ways
from tests.practice import shelf

GUIDE = (Path(__file__).parents[2] / "docs/viet-bai-luyen-tap.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
EXAMPLE = BLOCKS[-1]
Check = Callable[[str], list[str]]


@pytest.fixture
def checked(tmp_path: Path) -> Check:
    """The problems of a practice, without the folder of the file: «a.yaml:12: …»."""

    def check_text(text: str) -> list[str]:
        path, findings = tmp_path / "a.yaml", Findings()
        path.write_text(text, "utf-8")
        practice = read_practice(path, findings)
        books = replace(shelf.books(), practices=(practice,) if practice else ())
        check(books, findings)
        check_ways(books, findings)
        return [f"a.yaml:{one.line}: {one.text}" for one in findings.in_order() if one.path == path]

    return check_text


def test_the_worked_example_of_the_guide_is_sound(checked: Check) -> None:
    assert checked(EXAMPLE) == []


@pytest.mark.parametrize("block", BLOCKS[:-1])
def test_the_small_examples_of_the_guide_are_read_without_a_fault(checked: Check, block: str) -> None:
    items = "".join(f"      {line}\n" for line in block.splitlines())
    text = EXAMPLE.replace("  home:\n", f"  extra:\n    app: note\n    items:\n{items}  home:\n")
    text = text.replace("  name: {pick", "  ten: {pick: [a, b]}\n  name: {pick")
    assert checked(text) == [found for found in checked(text) if "không cách nào tới màn «extra»" in found]


NAMES = {*KINDS, *APPS, *VERBS, *CONDITIONS, *PAIRS, *SUMS, *CHOICES["style"], *CHOICES["store"], *CHOICES["mode"]}


@pytest.mark.parametrize("name", sorted(NAMES | {key for needed, more in KINDS.values() for key in (*needed, *more)}))
def test_the_guide_names_it(name: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", GUIDE), f"docs/viet-bai-luyen-tap.md: no «{name}»"


FAULTS: dict[str, tuple[str, str, str]] = {
    "goal unreachable in one combination": (
        "when: {eq: [$sum, $amount]}, set",
        "when: {all: [{eq: [$sum, $amount]}, {ne: [$wish, giuc]}]}, set",
        "a.yaml:1: không tìm thấy đường tới đích .* account=dung_ten, wish=giuc",
    ),
    "goal unreachable at all": (
        "{eq: [$paid, 1]}",
        "{eq: [$paid, 2]}",
        "a.yaml:1: có 4 trong 8|a.yaml:1: không tìm thấy đường tới đích .* account=dung_ten",
    ),
    "mistake that cannot be made": (
        "when: {tapped: give_code}, explain",
        "when: {all: [{tapped: give_code}, {eq: [$wish, giuc]}]}, explain",
        r"a.yaml:{line}: không cách nào mắc lỗi «gave_code».*đã thử \d+ cách",
    ),
    "mistake without an explanation": (
        ', explain: "Mã gửi về máy không đọc cho ai."',
        "",
        "a.yaml:{line}: lỗi: thiếu «explain»",
    ),
    "mistake without what would happen": (
        'then: "Có mã ấy, người ta rút được tiền của bác."',
        'then: ""',
        "a.yaml:{line}: then: cần chữ",
    ),
    "screen that cannot be left": (
        "  - {tap: open_bank, from: home, to: bank}\n  - {tap: open_talk, from: home, to: talk}\n",
        "",
        "a.yaml:{home}: màn «home» là ngõ cụt",
    ),
    "screen that cannot be reached": (
        "  - {tap: open_talk, from: home, to: talk}\n",
        "",
        "a.yaml:{talk}: không cách nào tới màn «talk»",
    ),
    "control without a label": (
        'label: "Xác nhận"',
        'label: ""',
        "a.yaml:{line}: label: cần chữ",
    ),
    "control whose label was forgotten": (
        '{id: to_home, kind: button, label: "Về màn đầu"}',
        "{id: to_home, kind: button}",
        "a.yaml:{line}: mục: thiếu «label»",
    ),
    "picture without words for those who cannot see it": (
        ', alt: "Mã vuông của bài tập"',
        "",
        "a.yaml:{line}: mục: thiếu «alt»",
    ),
    "label that is empty in one combination": (
        'label: "Đọc sáu số ấy"',
        'label: "{{half}}"',
        "a.yaml:{line}: nhãn «{{half}}» trống khi .*half=",
    ),
    "brand": (
        '"Quét mã trả tiền"',
        f'"Quét mã {BRANDS[0]}"',
        f"a.yaml:{{bank}}: «{BRANDS[0]}» là tên thật",
    ),
    "brand put together from two halves": (
        '"Quét mã trả tiền"',
        '"Quét mã Za{{half}}"',
        "a.yaml:{bank}: «Zalo» là tên thật.*khi .*half=lo",
    ),
    "real address": (
        'alt: "Mã vuông của bài tập"',
        'alt: "Vào trang tra-tien.vn"',
        "a.yaml:{line}: địa chỉ «tra-tien.vn» có thể có thật",
    ),
    "telephone number of somebody": (
        '"Bác cứ từ từ nhé."',
        '"Gọi 0912 345 678 nhé."',
        "a.yaml:{asked}: số «0912 345 678» có thể là số thật",
    ),
    "competency that practice cannot show": (
        "covers: [s3.2, s3.4]",
        "covers: [s3.1, s3.4]",
        "a.yaml:1: s3.1 không chứng tỏ được bằng bài luyện",
    ),
    "unknown competency": (
        "covers: [s3.2, s3.4]",
        "covers: [s3.2, s3.44]",
        "a.yaml:1: năng lực của s3 «s3.44» không có",
    ),
    "unknown drawn": (
        "kind: qr, alt",
        "kind: picture, drawn: receip, alt",
        "a.yaml:{line}: hình «receip» chưa vẽ sẵn. Ý là «receipt»?",
    ),
    "unknown value in a text": ("{{shown}}", "{{show}}", "a.yaml:{line}: giá trị «show» không có. Ý là «shown»?"),
    "unknown value in a condition": (
        "[$wish, doi_ma]}}",
        "[$wich, doi_ma]}}",
        "a.yaml:{line}: giá trị «wich» không có",
    ),
    "unknown screen": (
        "set: {paid: 1}, to: receipt",
        "set: {paid: 1}, to: recept",
        "a.yaml:{line}: màn «recept» không có",
    ),
    "unknown variable": ("set: {paid: 1}", "set: {payd: 1}", "a.yaml:{line}: biến «payd» không có"),
    "unknown control": ("{tap: stop,", "{tap: stopp,", "a.yaml:{line}: mục «stopp» không có"),
    "unknown parameter of the variant": (
        "variant: [account, wish]",
        "variant: [acount, wish]",
        "a.yaml:{line}: tham số «acount» không có",
    ),
    "unknown key": ("from: them,", "form: them,", "a.yaml:{line}: mục: khoá lạ «form»"),
    "unknown kind": ("kind: money", "kind: mony", "a.yaml:{line}: kind: «mony», cần một trong"),
    "unknown app": ("app: messages", "app: message", "a.yaml:{line}: app: «message», cần một trong"),
    "unknown step of the lesson": (
        "step: giu-kin",
        "step: giu-chat",
        "a.yaml:{line}: bước của bài .* «giu-chat» không có",
    ),
    "unknown lesson": (
        "lesson: 01-doc-ten-roi-moi-tra",
        "lesson: 01-doc-ten",
        "a.yaml:{line}: bài học «doc-ten» không có",
    ),
    "transition nobody can go": (
        "{tap: pay, from: bank,",
        "{tap: pay, from: talk,",
        "a.yaml:{line}: chuyển màn: màn «talk» không có mục «pay» để tap",
    ),
    "transition by another manner": (
        "{tap: pay, from: bank,",
        "{choose: pay, from: bank,",
        "a.yaml:{line}: chuyển màn: màn «bank» không có mục «pay» để choose",
    ),
    "too few variants": (
        "variant: [account, wish]",
        "variant: [wish]",
        "a.yaml:1: có 4 biến thể khác hẳn nhau, cần ít nhất 8",
    ),
    "two controls of one name": (
        "{id: stop, kind: button",
        "{id: pay, kind: button",
        "a.yaml:{bank}: màn bank: mã mục «pay» có 2 lần",
    ),
    "reserved name": ("{id: to_home,", "{id: back,", "a.yaml:1: mã mục «back» đã dành riêng"),
    "one name for two things": ("vars: {paid: 0,", "vars: {wish: 0, paid: 0,", "a.yaml:1: tên «wish» dùng cho hai thứ"),
    "bold that does not end": ("**{{shown}}**", "**{{shown}}", "a.yaml:{line}: chữ đậm"),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_a_planted_fault_is_told_with_its_line(checked: Check, rule: str) -> None:
    old, new, wanted = FAULTS[rule]
    sound = EXAMPLE.replace("  wish:", '  half: {pick: [lo, ""]}\n  wish:') if "{{half}}" in new else EXAMPLE
    pattern = wanted.replace("{line}", str(_line(sound, old)))
    for name in ("home", "talk", "bank", "asked"):
        pattern = pattern.replace(f"{{{name}}}", str(_line(sound, f"  {name}:")))
    found = checked(sound.replace(old, new, 1))
    assert any(re.search(pattern, one) for one in found), found


def _line(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_a_practice_that_never_ends_is_told(checked: Check) -> None:
    assert any("chưa có màn nào «end: true»" in one for one in checked(EXAMPLE.replace("    end: true\n", "")))


def test_the_two_practices_of_a_skill_together_cover_every_core_competency() -> None:
    books, findings = shelf.books(), Findings()
    mine = [one for one in books.practices if one.skill == "s5"]
    less = [replace(one, covers=tuple(id for id in one.covers if id != "s5.2")) for one in mine]
    check(replace(books, practices=tuple(less)), findings)
    assert any("chưa đụng đến năng lực core s5.2" in one.text for one in findings.in_order())


def test_every_fault_is_told_at_once(checked: Check) -> None:
    text = EXAMPLE.replace("{{shown}}", "{{show}}").replace("kind: money", "kind: mony")
    assert len(checked(text)) >= 2 and did_you_mean("mony", KINDS) in "".join(checked(text))
